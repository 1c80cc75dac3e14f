package org.xmatch.io.pipeline;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.util.function.LongSupplier;

/**
 * How many workers work at a time: all, or as many as help. To scale, it watches the bytes read in a second,
 * tries from time to time one worker fewer, and stays there where that was no slower; when the memory gets
 * short it takes one away. Thread-safe.
 */
final class Workforce implements AutoCloseable {

    private static final long TICK_MILLIS = 250;
    // A trial lasts as long as a measurement before it, and trials get rarer where they do not help.
    private static final int TICKS_MEASURED = 6;
    private static final int FIRST_PAUSE = 2;
    private static final int LONGEST_PAUSE = 32;
    private static final double NO_SLOWER = 0.97;
    private static final double MEMORY_SHORT = 0.9;

    private final int most;
    private final boolean scales;
    private final JobProgress progress;
    private LongSupplier bytesRead = () -> 0;
    private int limit;
    private int working;
    private boolean closed;

    Workforce(int most, boolean scales, JobProgress progress) {
        this.most = most;
        this.scales = scales && most > 1;
        this.progress = progress;
        this.limit = most;
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
        bytesRead = read;
        progress.workers(most);
        if (scales) {
            Thread watch = new Thread(this::watch, "xmatch-scale");
            watch.setDaemon(true);
            watch.start();
        }
    }

    /** Waits until one more may work, who says {@link #leave} in the end. */
    synchronized void enter() throws InterruptedException {
        while (working >= limit) {
            wait();
        }
        working++;
    }

    synchronized void leave() {
        working--;
        notifyAll();
    }

    private synchronized void setLimit(int value) {
        limit = Math.max(1, Math.min(most, value));
        progress.workers(limit);
        notifyAll();
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private void watch() {
        int pause = FIRST_PAUSE;
        try {
            while (!isClosed()) {
                double before = 0;
                for (int i = 0; i < pause && !isClosed(); i++) {
                    before = bytesPerSecond();
                }
                int now = limit;
                if (isMemoryShort() && now > 1) {
                    setLimit(now - 1);
                    pause = FIRST_PAUSE;
                } else if (now < most && pause >= LONGEST_PAUSE) {
                    pause = tryOther(now, now + 1, before, 1 / NO_SLOWER, pause);
                } else if (now > 1) {
                    pause = tryOther(now, now - 1, before, NO_SLOWER, pause);
                } else {
                    pause = Math.min(LONGEST_PAUSE, 2 * pause);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Works with another number for a while and stays there if that does so much of the work; returns the next pause. */
    private int tryOther(int now, int other, double before, double enough, int pause) throws InterruptedException {
        setLimit(other);
        double after = bytesPerSecond();
        if (before > 0 && after >= enough * before) {
            return FIRST_PAUSE;
        }
        setLimit(now);
        return Math.min(LONGEST_PAUSE, 2 * pause);
    }

    private double bytesPerSecond() throws InterruptedException {
        long bytes = bytesRead.getAsLong();
        long started = System.nanoTime();
        for (int i = 0; i < TICKS_MEASURED && !isClosed(); i++) {
            Thread.sleep(TICK_MILLIS);
        }
        return (bytesRead.getAsLong() - bytes) / ((System.nanoTime() - started) * 1e-9);
    }

    /** Whether little was free after the last collection. */
    private static boolean isMemoryShort() {
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            MemoryUsage usage = pool.getCollectionUsage();
            if (usage != null && pool.getName().contains("Old Gen") && usage.getMax() > 0
                    && usage.getUsed() > MEMORY_SHORT * usage.getMax()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
