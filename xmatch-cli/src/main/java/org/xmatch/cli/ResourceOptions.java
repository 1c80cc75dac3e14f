package org.xmatch.cli;

import org.xmatch.io.pipeline.CrossMatch;
import picocli.CommandLine.Option;

import java.util.Optional;

/** The options that say what a job may use of the machine. */
final class ResourceOptions {

    @Option(names = "--threads", paramLabel = "default|N|scale", defaultValue = "default",
            converter = Threads.Converter.class, description = "Worker threads; default: one for each core; scale: as"
                    + " many of them as help.")
    private Threads threads;

    @Option(names = "--memory", paramLabel = "SIZE", converter = MemorySize.Converter.class,
            description = "Memory for the process, as 2G; rows that do not fit are done in portions. Default: half of"
                    + " what the machine or container has.")
    private Optional<MemorySize> memory;

    Threads threads() {
        return threads;
    }

    /** The match with these resources. */
    CrossMatch applyTo(CrossMatch match) {
        CrossMatch threaded = threads.applyTo(match);
        return memory.map(size -> size.applyTo(threaded)).orElse(threaded);
    }
}
