package org.xmatch.cli;

import picocli.CommandLine.Model.CommandSpec;

import java.util.concurrent.Callable;

/** A command of the program; returns its exit status. */
interface ProgramCommand extends Callable<Integer> {

    /** Its name and options, which set what it runs with. */
    CommandSpec spec();
}
