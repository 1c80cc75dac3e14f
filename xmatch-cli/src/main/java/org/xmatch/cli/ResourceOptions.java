package org.xmatch.cli;

import org.xmatch.io.pipeline.CrossMatch;
import picocli.CommandLine.Model.CommandSpec;

import java.util.Optional;

/** The options that say what a job may use of the machine. */
final class ResourceOptions {

    private Threads threads = Threads.parse(Threads.DEFAULT);
    private Optional<MemorySize> memory = Optional.empty();

    void addTo(CommandSpec spec) {
        Options.add(spec,
                Threads.option(value -> threads = value,
                        "Worker threads; default: one for each core; scale: as many of them as help."),
                Options.converted("--memory", "SIZE", MemorySize.class, MemorySize::parse,
                        value -> memory = Optional.of(value), "Memory for the process, as 2G; rows that do not fit are"
                                + " done in portions. Default: half of what the machine or container has."));
    }

    Threads threads() {
        return threads;
    }

    /** The match with these resources. */
    CrossMatch applyTo(CrossMatch match) {
        CrossMatch threaded = threads.applyTo(match);
        return memory.map(size -> size.applyTo(threaded)).orElse(threaded);
    }
}
