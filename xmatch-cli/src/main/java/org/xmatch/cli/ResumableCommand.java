package org.xmatch.cli;

import org.xmatch.io.pipeline.UnfinishedJob;
import org.xmatch.io.storage.OutputLock;

import java.nio.file.Path;
import java.util.Optional;

/** A command that may leave the work of a job that failed for a later run to go on with. */
interface ResumableCommand {

    /** The HATS catalog it writes, if it writes one. */
    Optional<Path> catalog();

    /** How to go on after a failure, as the end of a sentence; empty where there is nothing to go on with. */
    static String hint(Object command) {
        return Optional.of(command)
                .filter(ResumableCommand.class::isInstance).map(ResumableCommand.class::cast)
                .flatMap(ResumableCommand::catalog).filter(OutputLock::isFree).flatMap(UnfinishedJob::of)
                .filter(job -> job.finishedUnits() > 0)
                .map(job -> "; " + job.finishedUnits() + " finished units of work are kept in " + job.folder()
                        + ", the same command with --resume goes on from there")
                .orElse("");
    }
}
