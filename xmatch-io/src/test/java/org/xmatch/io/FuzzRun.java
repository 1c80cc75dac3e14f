package org.xmatch.io;

import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;

import java.lang.management.ManagementFactory;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs many cases, each of which has to end in a result or an {@link XMatchException} that names the
 * file, within a time and an allocation. The first seed is fixed; {@code -Dxmatch.fuzz.seed} and
 * {@code -Dxmatch.fuzz.cases} choose others.
 */
public final class FuzzRun {

    public static final String LOCATION = "memory/file";

    private static final int MOST_CASE_SECONDS = 20; // a pause of the machine is no fault
    private static final long SEED = Long.getLong("xmatch.fuzz.seed", 20_261_124);
    private static final double SCALE = Integer.getInteger("xmatch.fuzz.percent", 100) / 100.0;

    private volatile String current = "";
    private volatile long startedAt = System.nanoTime();
    private int refused;
    private int results;

    /** One case; says what it does before it does it. */
    public interface Case {
        void run(long seed, Note note) throws Exception;
    }

    /** Takes the description of a case. */
    public interface Note {
        void says(String what);
    }

    public int refused() {
        return refused;
    }

    public int results() {
        return results;
    }

    /** Runs {@code count} cases in a thread of their own. */
    public void run(int count, long mostBytes, Case one) throws InterruptedException {
        ExecutorService worker = Executors.newSingleThreadExecutor();
        try {
            Future<?> done = worker.submit(() -> {
                for (int i = 0; i < count * SCALE; i++) {
                    runOne(SEED + i, mostBytes, one);
                }
            });
            await(done);
        } finally {
            worker.shutdownNow();
        }
    }

    private void await(Future<?> done) throws InterruptedException {
        while (true) {
            try {
                done.get(1, TimeUnit.SECONDS);
                return;
            } catch (TimeoutException running) {
                if (System.nanoTime() - startedAt > MOST_CASE_SECONDS * 1_000_000_000L) {
                    fail("a case has not ended after " + MOST_CASE_SECONDS + " s: " + current);
                }
            } catch (ExecutionException e) {
                throw new AssertionError(e.getCause().getMessage(), e.getCause());
            }
        }
    }

    private void runOne(long seed, long mostBytes, Case one) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        current = "seed " + seed;
        startedAt = System.nanoTime();
        long before = threads.getCurrentThreadAllocatedBytes();
        try {
            one.run(seed, what -> current = "seed " + seed + ": " + what);
            results++;
        } catch (XMatchException e) {
            refused++;
            if (!e.getMessage().contains(LOCATION)) {
                throw new AssertionError(current + ": a message without the file: " + e.getMessage(), e);
            }
        } catch (Throwable e) { // errors too are what is looked for
            throw new AssertionError(current + ": " + e, e);
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        if (allocated > mostBytes) {
            throw new AssertionError(current + ": " + allocated + " bytes were allocated");
        }
    }
}
