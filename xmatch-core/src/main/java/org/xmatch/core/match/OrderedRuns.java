package org.xmatch.core.match;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Pairs of runs of left rows that several threads match at once, handed to one taker in the order of the rows.
 * <p>
 * A run whose turn has not come waits when it has a batch of pairs, or when too many runs before it are not
 * taken: what is held is a batch for each of a fixed number of runs. Runs are so short that their pairs fit a
 * batch, as far as those before tell. Thread-safe; one thread takes.
 */
final class OrderedRuns {

    // rows of the first runs, by which it is not yet known how many pairs a row has
    private static final int FIRST_ROWS = 2048;
    private static final int FEWEST_ROWS = 64;

    private final int rows;
    private final int mostRows;
    private final int batchPairs;
    private final List<Run> runs = new ArrayList<>(); // that are held, each at its number modulo how many are
    private int begun;
    private int taken;
    private int nextRow;
    private double pairsPerRow; // of the run that ended last
    private boolean isRateKnown;
    private boolean isStopped;

    /** Left rows {@code [from, to)} and their pairs. */
    final class Run {
        private final MatchResult pairs = new MatchResult(batchPairs, batch -> offer());
        private int from;
        private int to;
        private boolean isOffered;
        private boolean isDone;

        int from() {
            return from;
        }

        int to() {
            return to;
        }

        /** Where the pairs belong; waits when there is a batch of them, until it is taken. */
        MatchResult pairs() {
            return pairs;
        }

        /** Lets the taker have what is left. */
        void end() {
            synchronized (OrderedRuns.this) {
                isDone = true;
                pairsPerRow = (double) pairs.added() / (to - from);
                isRateKnown = true;
                OrderedRuns.this.notifyAll();
            }
        }

        private void offer() {
            synchronized (OrderedRuns.this) {
                isOffered = true;
                OrderedRuns.this.notifyAll();
                while (isOffered) {
                    await();
                }
            }
        }
    }

    /** Ends a thread whose pairs nobody takes any more, or that would wait for pairs that never come. */
    static final class StoppedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        StoppedException() {
            super("the match was given up", null, false, false);
        }
    }

    /**
     * @param rows left rows
     * @param mostRows of a run
     * @param held how many runs are held at once
     * @param batchPairs most pairs of a run that wait
     */
    OrderedRuns(int rows, int mostRows, int held, int batchPairs) {
        this.rows = rows;
        this.mostRows = mostRows;
        this.batchPairs = batchPairs;
        for (int i = 0; i < held; i++) {
            runs.add(new Run());
        }
    }

    /** The next run, when there is room for it; null when all are begun. */
    synchronized @Nullable Run begin() {
        while (nextRow < rows && begun == taken + runs.size()) {
            await();
        }
        if (nextRow == rows || isStopped) {
            return null;
        }
        Run run = runs.get(begun++ % runs.size());
        run.from = nextRow;
        nextRow = (int) Math.min(rows, (long) nextRow + rowsOfRun());
        run.to = nextRow;
        return run;
    }

    private int rowsOfRun() {
        double fitting = isRateKnown ? batchPairs / 2 / Math.max(pairsPerRow, 1e-9) : FIRST_ROWS;
        return (int) Math.max(FEWEST_ROWS, Math.min(mostRows, fitting));
    }

    /** Whoever waits, or would, gets a {@link StoppedException}. */
    synchronized void stop() {
        isStopped = true;
        notifyAll();
    }

    /** Hands on the pairs of all runs. */
    void takeAll(Consumer<? super MatchResult> taker) {
        while (true) {
            Run run = runs.get(taken % runs.size());
            synchronized (this) {
                while (!run.isOffered && !run.isDone && (nextRow < rows || taken < begun)) {
                    await();
                }
                if (!run.isOffered && !run.isDone) {
                    return;
                }
            }
            taker.accept(run.pairs); // nobody writes there: its thread waits, or is done with it
            synchronized (this) {
                if (run.isOffered) {
                    run.isOffered = false;
                } else {
                    run.isDone = false;
                    run.pairs.clear();
                    taken++;
                }
                notifyAll();
            }
        }
    }

    private void await() {
        try {
            if (!isStopped) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while matching", e);
        }
        if (isStopped) {
            throw new StoppedException();
        }
    }
}
