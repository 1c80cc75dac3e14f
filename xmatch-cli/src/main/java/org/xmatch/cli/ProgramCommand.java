package org.xmatch.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

import java.util.concurrent.Callable;

/** A command of the program; returns its exit status. */
abstract class ProgramCommand implements Callable<Integer> {

    /** Its name and options, which are listed in the order they are added. */
    final CommandSpec spec;

    ProgramCommand(String name, String description) {
        spec = CommandSpec.wrapWithoutInspection(this).name(name);
        spec.usageMessage().description(description).sortOptions(false);
    }

    /** A failure that says what is wrong on the command line. */
    final ParameterException bad(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
