package org.xmatch.cli;

import org.xmatch.io.pipeline.CrossMatch;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * How many workers the user asked for.
 *
 * @param text {@code default}, {@code scale} or the number, as recorded in the benchmark file
 * @param count worker threads
 */
record Threads(String text, int count) {

    /** The match on so many threads. */
    CrossMatch applyTo(CrossMatch match) {
        return text.equals("scale") ? match.withScalingThreads(count) : match.withThreads(count);
    }

    /** The text; that of a record takes the milliseconds of a start in which it is made. */
    @Override
    public String toString() {
        return text;
    }

    /** Reads {@code default|N|scale}. */
    static final class Converter implements ITypeConverter<Threads> {

        @Override
        public Threads convert(String value) {
            int cores = Runtime.getRuntime().availableProcessors();
            if (value.equals("default") || value.equals("scale")) {
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
}
