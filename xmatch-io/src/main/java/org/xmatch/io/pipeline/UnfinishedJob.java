package org.xmatch.io.pipeline;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A job that failed, or was interrupted or killed, and left what it had done.
 *
 * @param folder where it is
 * @param finishedUnits units of work that are done
 */
public record UnfinishedJob(Path folder, int finishedUnits) {

    /** The unfinished job that was to write a catalog, if there is one. */
    public static Optional<UnfinishedJob> of(Path catalog) {
        return JobFolder.look(catalog);
    }
}
