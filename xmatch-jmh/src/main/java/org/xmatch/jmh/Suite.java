package org.xmatch.jmh;

import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.xmatch.jmh.gate.Gate;

import java.io.IOException;
import java.util.List;

/**
 * JMH's command line, after the {@link Gate} for the benchmarks that it will run; the first failure of
 * one ends it without results.
 * <p>
 * {@code java -jar xmatch-jmh/target/xmatch-jmh.jar [-l] [REGEX] [-p name=value,...]}
 */
public final class Suite {

    private Suite() {}

    public static void main(String[] args) throws IOException, CommandLineOptionException {
        CommandLineOptions options = new CommandLineOptions(args);
        if (options.shouldHelp() || options.shouldList() || options.shouldListWithParams()
                || options.shouldListProfilers() || options.shouldListResultFormats()) {
            org.openjdk.jmh.Main.main(args);
            return;
        }
        Gate.prove(Gate.benchmarkClasses(
                options.getIncludes().isEmpty() ? List.of(".*") : options.getIncludes()));
        try {
            // else JMH would report the iterations before a benchmark's own check at the end failed
            new Runner(new OptionsBuilder().parent(options).shouldFailOnError(true).build()).run();
        } catch (RunnerException e) {
            System.err.println("ERROR: " + e.getMessage());
            System.exit(1);
        }
    }
}
