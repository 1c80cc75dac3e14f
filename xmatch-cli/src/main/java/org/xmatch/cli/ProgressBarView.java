package org.xmatch.cli;

import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.xmatch.io.pipeline.JobProgress;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;

/** A job as a bar on a terminal: its own class, so that the library of bars is loaded for a terminal only. One thread. */
final class ProgressBarView implements AutoCloseable {

    private static final String WIPE = "\r\u001b[K";
    private static final long MILLION = 1_000_000;

    private final PrintStream out;
    private final ProgressBar bar;
    private Optional<Duration> left = Optional.empty();

    ProgressBarView(int width, PrintStream out) {
        this.out = out;
        this.bar = new ProgressBarBuilder()
                .setTaskName("xmatch")
                .setInitialMax(-1) // not known yet
                .setUnit(" M rows", MILLION)
                .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BLOCK)
                .setUpdateIntervalMillis(Integer.MAX_VALUE) // drawn when there is something new
                .setConsumer(new DelegatingProgressBarConsumer(text -> {
                    out.print(WIPE + text);
                    out.flush();
                }, width - 1))
                .setEtaFunction(state -> left)
                .build();
    }

    /** Draws the job as it is. */
    void show(JobProgress.Snapshot job) {
        left = job.secondsLeft().isPresent()
                ? Optional.of(Duration.ofSeconds(Math.round(job.secondsLeft().getAsDouble()))) : Optional.empty();
        job.rowsLeftInAll().ifPresent(bar::maxHint);
        bar.stepTo(job.rowsLeft());
        bar.setExtraMessage(" " + ProgressDisplay.pace(job));
        bar.refresh();
    }

    @Override
    public void close() {
        bar.close();
        out.print(WIPE);
        out.flush();
    }
}
