package org.xmatch.core.match;

import org.xmatch.core.sky.SkyPoints;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A {@link Matcher} that shares one match among threads: the same pairs in the same order.
 * <p>
 * Each thread takes runs of left rows, one after the other, so that a dense part of the sky does not
 * keep the others waiting. All read one index of the right positions. Keeps threads and work arrays from call to
 * call. One caller at a time; {@link #close} ends the threads.
 */
public final class ParallelMatcher implements AutoCloseable {

    // Enough runs that the last one is short beside the whole.
    private static final int RUNS_PER_THREAD = 8;
    private static final int FEWEST_ROWS = 4096;

    private final List<Matcher> matchers = new ArrayList<>();
    private final List<MatchResult> runs = new ArrayList<>();
    private final ExecutorService threads;

    /**
     * @param threads at least 1
     */
    public static ParallelMatcher of(MatchOptions options, TieRule ties, int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, got " + threads);
        }
        return new ParallelMatcher(options, ties, threads);
    }

    private ParallelMatcher(MatchOptions options, TieRule ties, int count) {
        for (int i = 0; i < count; i++) {
            matchers.add(Matcher.of(options, ties));
        }
        threads = Executors.newFixedThreadPool(count, task -> {
            Thread thread = new Thread(task, "xmatch-match");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Replaces the content of {@code result} by all pairs.
     *
     * @throws IllegalArgumentException naming the row, for a finite declination outside [-90, 90]
     * @throws IllegalStateException for more pairs than an array holds, or when the thread is interrupted
     */
    public void match(SkyPoints left, SkyPoints right, MatchResult result) {
        int most = Math.min(matchers.size() * RUNS_PER_THREAD, left.size() / FEWEST_ROWS);
        if (matchers.size() == 1 || most < 2) {
            matchers.get(0).match(left, right, result);
            return;
        }
        result.clear();
        if (right.size() == 0) {
            Matcher.requireDeclinations("left", left);
            return;
        }
        while (runs.size() < most) {
            runs.add(new MatchResult());
        }
        Matcher first = matchers.get(0);
        first.prepare(right, this::share);
        AtomicInteger nextRun = new AtomicInteger();
        onAllThreads(matcher -> {
            if (matcher != first) {
                matcher.share(first);
            }
            work(matcher, left, most, nextRun);
        });
        collect(most, result);
    }

    /**
     * Hands all pairs to a consumer in batches, in order, on the calling thread; the pairs of a left row may be
     * spread over several. Holds about as many pairs as two batches.
     *
     * @param batchPairs most pairs in a batch, at least 1024
     * @param consumer may use a batch until it returns; the match goes on meanwhile
     * @throws IllegalArgumentException naming the row, for a finite declination outside [-90, 90]
     * @throws IllegalStateException when the thread is interrupted
     */
    public void match(SkyPoints left, SkyPoints right, int batchPairs, Consumer<? super MatchResult> consumer) {
        if (matchers.size() == 1 || left.size() < 2 * FEWEST_ROWS || right.size() == 0) {
            matchers.get(0).match(left, right, batchPairs, consumer);
            return;
        }
        Matcher.requireForBatches(left, right, batchPairs);
        Matcher first = matchers.get(0);
        first.prepare(right, this::share);
        int held = 2 * matchers.size();
        int mostRows = Math.max(FEWEST_ROWS, left.size() / (matchers.size() * RUNS_PER_THREAD));
        OrderedRuns ordered = new OrderedRuns(left.size(), mostRows, held, Math.max(1024, batchPairs / held));
        List<Future<?>> working = submit(matcher -> {
            try {
                if (matcher != first) {
                    matcher.share(first);
                }
                for (OrderedRuns.Run run = ordered.begin(); run != null; run = ordered.begin()) {
                    matcher.append(left, run.from(), run.to(), run.pairs());
                    run.end();
                }
            } catch (OrderedRuns.StoppedException e) {
                // another thread, or the consumer, failed: that is what is thrown
            } catch (Throwable e) {
                ordered.stop();
                throw e;
            }
        });
        try {
            MatchResult batch = new MatchResult(batchPairs, consumer);
            ordered.takeAll(batch::append);
            batch.handOn();
        } finally {
            ordered.stop();
            await(working); // throws why a thread failed, in place of what that stopped here
        }
    }

    /** Puts the pairs of all runs together, in order. */
    private void collect(int most, MatchResult result) {
        int[] start = new int[most];
        long pairs = 0;
        for (int run = 0; run < most; run++) {
            start[run] = (int) pairs; // what does not fit is refused by reserve
            pairs += runs.get(run).size();
        }
        result.reserve((int) Math.min(pairs, Integer.MAX_VALUE));
        AtomicInteger next = new AtomicInteger();
        onAllThreads(matcher -> {
            for (int run = next.getAndIncrement(); run < most; run = next.getAndIncrement()) {
                result.place(start[run], runs.get(run));
            }
        });
        result.setSize((int) pairs);
    }

    /** Work on ranges, several of them a thread. */
    private void share(int count, Pieces.Work work) {
        int ranges = matchers.size() * RUNS_PER_THREAD;
        AtomicInteger next = new AtomicInteger();
        onAllThreads(matcher -> {
            for (int i = next.getAndIncrement(); i < ranges; i = next.getAndIncrement()) {
                work.on((int) ((long) count * i / ranges), (int) ((long) count * (i + 1) / ranges));
            }
        });
    }

    private void onAllThreads(Consumer<Matcher> task) {
        await(submit(task));
    }

    private List<Future<?>> submit(Consumer<Matcher> task) {
        List<Future<?>> working = new ArrayList<>();
        for (Matcher matcher : matchers) {
            working.add(threads.submit(() -> task.accept(matcher)));
        }
        return working;
    }

    private void work(Matcher matcher, SkyPoints left, int most, AtomicInteger next) {
        for (int run = next.getAndIncrement(); run < most; run = next.getAndIncrement()) {
            MatchResult pairs = runs.get(run);
            pairs.clear();
            int from = (int) ((long) left.size() * run / most);
            int to = (int) ((long) left.size() * (run + 1) / most);
            matcher.append(left, from, to, pairs);
        }
    }

    private static void await(List<Future<?>> working) {
        RuntimeException failure = null;
        for (Future<?> future : working) {
            try {
                future.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof Error error) {
                    throw error;
                }
                failure = (RuntimeException) e.getCause();
            } catch (InterruptedException e) {
                working.forEach(other -> other.cancel(true));
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while matching", e);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
