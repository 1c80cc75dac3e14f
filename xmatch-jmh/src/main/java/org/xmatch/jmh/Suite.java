package org.xmatch.jmh;

import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.xmatch.jmh.gate.Gate;

import java.io.IOException;
import java.util.List;

/**
 * JMH's command line, after the {@link Gate} for the benchmarks that it will run.
 * <p>
 * {@code java -jar xmatch-jmh/target/xmatch-jmh.jar [-l] [REGEX] [-p name=value,...]}
 */
public final class Suite {

    private Suite() {}

    public static void main(String[] args) throws IOException, CommandLineOptionException {
        CommandLineOptions options = new CommandLineOptions(args);
        if (!options.shouldHelp() && !options.shouldList() && !options.shouldListWithParams()
                && !options.shouldListProfilers() && !options.shouldListResultFormats()) {
            Gate.prove(Gate.benchmarkClasses(
                    options.getIncludes().isEmpty() ? List.of(".*") : options.getIncludes()));
        }
        org.openjdk.jmh.Main.main(args);
    }
}
