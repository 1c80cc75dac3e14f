package org.xmatch.cli;

import org.xmatch.io.pipeline.CrossMatch;
import org.xmatch.io.pipeline.JobProgress;
import org.xmatch.io.pipeline.MatchSummary;
import picocli.CommandLine.Model.CommandSpec;

import java.util.function.Function;

/** The options of commands that may take long: what they show meanwhile. */
final class ProgressOptions {

    private boolean quiet;

    void addTo(CommandSpec spec) {
        Options.add(spec, Options.flag("--quiet", value -> quiet = value, "Show no progress."));
    }

    /** Runs a cross-match, and shows how far it is unless told not to. */
    MatchSummary run(CrossMatch match, Function<CrossMatch, MatchSummary> job) {
        if (quiet) {
            return job.apply(match);
        }
        JobProgress progress = new JobProgress();
        ProgressDisplay display = ProgressDisplay.start(progress);
        try {
            return job.apply(match.withProgress(progress));
        } finally {
            display.close();
        }
    }
}
