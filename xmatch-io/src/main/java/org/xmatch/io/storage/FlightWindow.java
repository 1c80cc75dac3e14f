package org.xmatch.io.storage;

/**
 * How many bytes to have under way at a time: what the line was seen to bring in a quarter of a
 * second, and never less than what keeps an ordinary one busy. All requests share the line, so with
 * more under way the bytes that are needed first arrive together with those needed last.
 * <p>
 * Starts small and grows with the rate seen, as only what is under way can arrive. Guarded by its
 * owner's lock.
 */
final class FlightWindow {

    static final long LEAST = 16L << 20;

    private static final double SECONDS = 0.25;
    private static final double SHORTEST_SAMPLE = 0.2; // seconds; bytes are counted a block at a time

    private double bestRate; // bytes a second
    private long since;
    private long arrived;

    /** Bytes that may be under way. */
    long bytes() {
        return Math.max(LEAST, (long) (bestRate * SECONDS));
    }

    /** Something was asked for at this time, {@link System#nanoTime()}, when nothing was under way. */
    void begin(long now) {
        since = now;
        arrived = 0;
    }

    /** So many bytes that were asked for are here. */
    void arrived(long bytes, long now) {
        arrived += bytes;
        double seconds = (now - since) * 1e-9;
        if (seconds >= SHORTEST_SAMPLE) {
            bestRate = Math.max(bestRate, arrived / seconds);
            begin(now);
        }
    }
}
