package org.xmatch.cli;

import org.xmatch.io.pipeline.JobProgress;

import java.io.PrintStream;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.locks.LockSupport;

/**
 * Shows how far a job is, on a thread of its own: as a bar where errors go to a terminal, else as a line every few
 * seconds. A job that ends sooner shows nothing, and loads nothing for it.
 */
final class ProgressDisplay implements AutoCloseable {

    // Set by the launcher on a terminal: its width in characters, or empty where that is not known.
    private static final String TERMINAL = "xmatch.terminal";
    private static final int USUAL_WIDTH = 80;
    private static final long BAR_AFTER_MILLIS = 1_000;
    private static final long BAR_EVERY_MILLIS = 200;
    private static final long LINE_EVERY_MILLIS = 5_000;

    private final JobProgress progress;
    private final OptionalInt width;
    private final PrintStream out;
    private final Thread thread;
    private volatile boolean ended;

    private ProgressDisplay(JobProgress progress, OptionalInt width, PrintStream out) {
        this.progress = progress;
        this.width = width;
        this.out = out;
        this.thread = new Thread(this::run, "xmatch-progress");
        thread.setDaemon(true);
    }

    /** Begins to show a job on standard error. */
    static ProgressDisplay start(JobProgress progress) {
        return start(progress, terminalWidth(), System.err);
    }

    /** On a terminal of that width, or empty for lines. */
    static ProgressDisplay start(JobProgress progress, OptionalInt width, PrintStream out) {
        ProgressDisplay display = new ProgressDisplay(progress, width, out);
        display.thread.start();
        return display;
    }

    private static OptionalInt terminalWidth() {
        String text = System.getProperty(TERMINAL);
        if (text == null) {
            return OptionalInt.empty();
        }
        try {
            int width = Integer.parseInt(text);
            return OptionalInt.of(width > 0 ? width : USUAL_WIDTH);
        } catch (NumberFormatException notKnown) {
            return OptionalInt.of(USUAL_WIDTH);
        }
    }

    private void run() {
        if (width.isPresent()) {
            try {
                bar();
                return;
            } catch (NoClassDefFoundError withoutDisplayJar) {
                // xmatch-display.jar is not beside xmatch.jar: lines do
            }
        }
        while (rested(LINE_EVERY_MILLIS)) {
            out.println("xmatch: " + line(progress.snapshot()));
        }
    }

    private void bar() {
        if (!rested(BAR_AFTER_MILLIS)) {
            return;
        }
        try (ProgressBarView bar = new ProgressBarView(width.getAsInt(), out)) {
            do {
                bar.show(progress.snapshot());
            } while (rested(BAR_EVERY_MILLIS));
        }
    }

    /** Waits; returns false, at once, when the job has ended. */
    private boolean rested(long millis) {
        long until = System.nanoTime() + millis * 1_000_000;
        while (!ended && System.nanoTime() < until) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
        return !ended;
    }

    /** A job in one line. */
    static String line(JobProgress.Snapshot job) {
        if (job.state() == JobProgress.State.PLANNING) {
            return "opening and planning";
        }
        return String.format(Locale.ROOT, "%.0f %% of %,d units, %,d left rows, %,d pairs, %s%s", 100 * job.share(),
                job.units(), job.rowsLeft(), job.rowsOut(), pace(job), job.state() == JobProgress.State.FINISHING
                        ? ", completing the result"
                        : job.secondsLeft().isPresent() ? ", " + time(job.secondsLeft().getAsDouble()) + " left" : "");
    }

    /** Rows and bytes in a second, and who works. */
    static String pace(JobProgress.Snapshot job) {
        return String.format(Locale.ROOT, "%s rows/s, %.0f MB/s, %d %s%s", count(job.rowsPerSecond()),
                job.bytesPerSecond() * 1e-6, job.workers(), job.workers() == 1 ? "worker" : "workers",
                job.fetches() > 0 ? ", " + job.fetches() + " fetches" : "");
    }

    private static String count(double rows) {
        return rows >= 1e6 ? String.format(Locale.ROOT, "%.1f M", rows * 1e-6)
                : rows >= 1e4 ? String.format(Locale.ROOT, "%.0f k", rows * 1e-3)
                : String.format(Locale.ROOT, "%.0f", rows);
    }

    private static String time(double seconds) {
        return seconds < 100 ? String.format(Locale.ROOT, "%.0f s", seconds)
                : seconds < 6000 ? String.format(Locale.ROOT, "%.0f min", seconds / 60)
                : String.format(Locale.ROOT, "%.1f h", seconds / 3600);
    }

    /** Ends the display; a bar is wiped off. */
    @Override
    public void close() {
        ended = true;
        LockSupport.unpark(thread);
        try {
            thread.join(1_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
