package org.xmatch.jmh;

import org.xmatch.core.match.MatchOptions;
import org.xmatch.core.match.MatchResult;
import org.xmatch.core.match.Matcher;
import org.xmatch.core.sky.SkyPoints;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * One match on several threads: contiguous runs of left rows, each with a matcher of its own that
 * looks at all right rows. Not thread-safe.
 */
final class ThreadedMatch implements AutoCloseable {

    private final List<Run> runs = new ArrayList<>();
    private final ExecutorService workers;

    /** A run of left rows from {@code first} on. */
    private record Run(int first, SkyPoints left, Matcher matcher, MatchResult result) {}

    ThreadedMatch(SkyPoints left, MatchOptions options, int threads) {
        for (int i = 0; i < threads; i++) {
            int from = (int) ((long) left.size() * i / threads);
            int to = (int) ((long) left.size() * (i + 1) / threads);
            SkyPoints part = threads == 1 ? left : SkyPoints.of(
                    Arrays.copyOfRange(left.ra(), from, to), Arrays.copyOfRange(left.dec(), from, to));
            runs.add(new Run(from, part, Matcher.of(options), new MatchResult()));
        }
        workers = Executors.newFixedThreadPool(Math.max(1, threads - 1), task -> {
            Thread thread = new Thread(task, "match");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Matches; the number of pairs. */
    int match(SkyPoints right) {
        List<Future<?>> others = new ArrayList<>();
        for (Run run : runs.subList(1, runs.size())) {
            others.add(workers.submit(() -> run.matcher.match(run.left, right, run.result)));
        }
        Run own = runs.get(0);
        own.matcher.match(own.left, right, own.result);
        try {
            for (Future<?> other : others) {
                other.get();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("a thread of the match failed", e);
        }
        return runs.stream().mapToInt(run -> run.result.size()).sum();
    }

    /** The pairs of the last match, in one piece. */
    MatchResult pairs() {
        if (runs.size() == 1) {
            return runs.get(0).result;
        }
        MatchResult all = new MatchResult();
        for (Run run : runs) {
            MatchResult part = run.result;
            all.reserve(part.size());
            for (int i = 0; i < part.size(); i++) {
                all.add(run.first + part.leftRow()[i], part.rightRow()[i], part.separationArcsec()[i]);
            }
        }
        return all;
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
