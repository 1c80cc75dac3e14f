package org.xmatch.cli;

import org.xmatch.io.pipeline.CrossMatch;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

import java.util.function.Consumer;

/**
 * How many workers the user asked for.
 *
 * @param text {@code default}, {@code scale} or the number, as recorded in the benchmark file
 * @param count worker threads
 */
record Threads(String text, int count) {

    static final String DEFAULT = "default";
    private static final String SCALE = "scale";

    /** The match on so many threads. */
    CrossMatch applyTo(CrossMatch match) {
        return text.equals(SCALE) ? match.withScalingThreads(count) : match.withThreads(count);
    }

    /** The text; that of a record takes the milliseconds of a start in which it is made. */
    @Override
    public String toString() {
        return text;
    }

    /** The option {@code --threads}. */
    static OptionSpec.Builder option(Consumer<Threads> set, String description) {
        return Options.converted("--threads", "default|N|scale", Threads.class, Threads::parse, set, description)
                .defaultValue(DEFAULT);
    }

    /** Reads {@code default|N|scale}. */
    static Threads parse(String value) {
        int cores = Runtime.getRuntime().availableProcessors();
        if (value.equals(DEFAULT) || value.equals(SCALE)) {
            return new Threads(value, cores);
        }
        try {
            int count = Integer.parseInt(value);
            if (count >= 1 && count <= 1024) {
                return new Threads(value, count);
            }
        } catch (NumberFormatException notANumber) {
            // reported below with what is allowed
        }
        throw new TypeConversionException("threads must be default, scale or a number from 1 to 1024, got '"
                + value + "'");
    }
}
