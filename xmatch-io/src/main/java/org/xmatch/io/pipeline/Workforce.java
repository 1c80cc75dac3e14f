package org.xmatch.io.pipeline;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The workers of a job: all, or as many as help. To scale, it watches the bytes read in a second and how short
 * the memory gets, and {@link WorkerTrials} says how many work. Units are begun in the order they come in,
 * whatever the number: the one that others may have to wait for is never behind them. Thread-safe.
 */
final class Workforce implements AutoCloseable {

    /** Milliseconds in which the rate of work is sampled. */
    static final long SAMPLE_MILLIS = 750;

    private static final long CLOSE_SECONDS = 60;
    private static final double MEMORY_SHORT = 0.9;

    private final int most;
    private final long sampleMillis;
    private final boolean scales;
    private final JobProgress progress;
    private final ThreadPoolExecutor pool;

    Workforce(int most, boolean scales, long sampleMillis, JobProgress progress, ThreadFactory threads) {
        this.most = most;
        this.scales = scales && most > 1;
        this.sampleMillis = sampleMillis;
        this.progress = progress;
        this.pool = new ThreadPoolExecutor(most, most, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
    }

    /** Most workers at a time. */
    int most() {
        return most;
    }

    /**
     * Begins to watch.
     *
     * @param read bytes read so far: work goes on in step with them, and they tell more finely than units
     */
    void start(LongSupplier read) {
        progress.workers(most);
        if (scales) {
            Thread watch = new Thread(() -> watch(read), "xmatch-scale");
            watch.setDaemon(true);
            watch.start();
        }
    }

    /** Has a worker do this as soon as one is free, after all that was submitted before. */
    void submit(Runnable work) {
        pool.execute(work);
    }

    private void watch(LongSupplier read) {
        WorkerTrials trials = new WorkerTrials(most);
        int now = most;
        try {
            while (!pool.isShutdown()) {
                long bytes = read.getAsLong();
                long started = System.nanoTime();
                if (pool.awaitTermination(sampleMillis, TimeUnit.MILLISECONDS)) {
                    return;
                }
                if (now < pool.getActiveCount()) {
                    continue; // one too many has not ended its unit yet
                }
                trials.add((read.getAsLong() - bytes) / ((System.nanoTime() - started) * 1e-9), isMemoryShort());
                if (trials.workers() != now) {
                    now = trials.workers();
                    work(now);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets so many work; those too many end their units first. */
    void work(int workers) {
        if (workers > pool.getMaximumPoolSize()) {
            pool.setMaximumPoolSize(workers);
            pool.setCorePoolSize(workers);
        } else {
            pool.setCorePoolSize(workers);
            pool.setMaximumPoolSize(workers);
        }
        progress.workers(workers);
    }

    /** Whether little was free after the last collection. */
    private static boolean isMemoryShort() {
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            MemoryUsage usage = pool.getCollectionUsage();
            if (usage != null && (pool.getName().contains("Old Gen") || pool.getName().contains("Tenured Gen"))
                    && usage.getMax() > 0 && usage.getUsed() > MEMORY_SHORT * usage.getMax()) {
                return true;
            }
        }
        return false;
    }

    /** Interrupts the workers and waits for their end, as they hold open files and native buffers until they have seen it. */
    @Override
    public void close() {
        pool.shutdownNow();
        try {
            pool.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
