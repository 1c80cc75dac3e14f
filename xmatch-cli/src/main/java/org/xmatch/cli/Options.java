package org.xmatch.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Describes commands and options to picocli one by one. Annotations would say the same, but for those the JVM makes
 * classes in each process: a seventh of the time of a short job.
 */
final class Options {

    private Options() {}

    /** Adds {@code --help} and {@code --version}. */
    static void addStandard(CommandSpec spec) {
        spec.addOption(OptionSpec.builder("-h", "--help").usageHelp(true)
                .description("Show this help message and exit.").build());
        spec.addOption(OptionSpec.builder("-V", "--version").versionHelp(true)
                .description("Print version information and exit.").build());
    }

    /** An option without a value. */
    static OptionSpec.Builder flag(String name, Consumer<Boolean> set, String description) {
        return OptionSpec.builder(name).type(boolean.class).setter(new Setter<>(set)).description(description);
    }

    static OptionSpec.Builder text(String name, String label, Consumer<String> set, String description) {
        return option(name, label, String.class, set, description);
    }

    static OptionSpec.Builder path(String name, String label, Consumer<Path> set, String description) {
        // picocli's own converter finds this method by reflection, which takes longer
        return converted(name, label, Path.class, Path::of, set, description);
    }

    static OptionSpec.Builder uri(String name, String label, Consumer<URI> set, String description) {
        return option(name, label, URI.class, set, description);
    }

    static OptionSpec.Builder integer(String name, String label, Consumer<Integer> set, String description) {
        return option(name, label, int.class, set, description);
    }

    static OptionSpec.Builder wholeNumber(String name, String label, Consumer<Long> set, String description) {
        return option(name, label, long.class, set, description);
    }

    static OptionSpec.Builder number(String name, String label, Consumer<Double> set, String description) {
        return option(name, label, double.class, set, description);
    }

    /** Values parted by commas. */
    static <T> OptionSpec.Builder list(String name, String label, Class<T> type, Consumer<List<T>> set,
            String description) {
        return option(name, label, List.class, set, description).auxiliaryTypes(type).splitRegex(",");
    }

    static <T> OptionSpec.Builder converted(String name, String label, Class<T> type, ITypeConverter<T> converter,
            Consumer<T> set, String description) {
        return option(name, label, type, set, description).converters(converter);
    }

    private static <T> OptionSpec.Builder option(String name, String label, Class<?> type, Consumer<T> set,
            String description) {
        return OptionSpec.builder(name).paramLabel(label).type(type).setter(new Setter<>(set)).description(description);
    }

    /** A required argument that is no option; to be added after options, so that all that is missing is named at once. */
    static PositionalParamSpec argument(int index, String label, Consumer<String> set, String description) {
        return PositionalParamSpec.builder().index(Integer.toString(index)).paramLabel(label).type(String.class)
                .setter(new Setter<>(set)).required(true).description(description).build();
    }

    /** Adds options in this order. */
    static void add(CommandSpec spec, OptionSpec.Builder... options) {
        for (OptionSpec.Builder option : options) {
            spec.addOption(option.build());
        }
    }

    /** Leaves alone what was not given and has no default. */
    private record Setter<S>(Consumer<S> consumer) implements ISetter {

        @Override
        @SuppressWarnings("unchecked") // picocli has converted the value to the type of the option
        public <T> @Nullable T set(@Nullable T value) {
            if (value != null) {
                consumer.accept((S) value);
            }
            return null;
        }
    }
}
