package org.xmatch.io.storage;

/**
 * How much to have under way at a time.
 * <p>
 * Bytes: what the line was seen to bring in a quarter of a second, and never less than what keeps an ordinary one busy.
 * All requests share the line, so with more under way the bytes that are needed first arrive together with those needed
 * last.
 * <p>
 * Requests: starts with what serves most lines. Where these are all in use and still the line is not full, as with small
 * requests over a long way, it takes half as many more, and keeps them if the rate rises by a tenth; if not, it goes back
 * and waits longer before the next trial. When a server fails or refuses, it takes half as many.
 * <p>
 * Guarded by its owner's lock.
 */
final class FlightWindow {

    static final long LEAST = 16L << 20;
    static final int FEWEST_REQUESTS = 4;

    private static final double SECONDS = 0.25;
    private static final double SHORTEST_SAMPLE = 0.2; // seconds; bytes are counted a block at a time
    private static final double WORTH = 1.1;
    private static final int LONGEST_PAUSE = 64; // samples

    private final int most;
    private double bestRate; // bytes a second
    private long since;
    private long arrived;
    private int requests;
    private boolean full;
    private int before; // requests before the trial that is on, or 0
    private double rateBefore;
    private int pause = 1;
    private int samplesLeft = 1; // before the next trial
    private long failedAt;
    private boolean failed;

    /** At most so many requests. */
    FlightWindow(int most) {
        this.most = most;
        this.requests = Math.min(most, FetchOptions.FIRST_IN_FLIGHT);
    }

    /** Bytes that may be under way. */
    long bytes() {
        return Math.max(LEAST, (long) (bestRate * SECONDS));
    }

    /** Requests that may be under way. */
    int requests() {
        return requests;
    }

    /** There was more to ask for than {@link #requests}, and room for its bytes. */
    void isFull() {
        full = true;
    }

    /** Something was asked for at this time, {@link System#nanoTime()}, when nothing was under way. */
    void begin(long now) {
        since = now;
        arrived = 0;
        full = false;
    }

    /** So many bytes that were asked for are here. */
    void arrived(long bytes, long now) {
        arrived += bytes;
        double seconds = (now - since) * 1e-9;
        if (seconds >= SHORTEST_SAMPLE) {
            double rate = arrived / seconds;
            bestRate = Math.max(bestRate, rate);
            if (full) {
                adjust(rate);
            }
            begin(now);
        }
    }

    private void adjust(double rate) {
        if (before > 0 && rate < WORTH * rateBefore) {
            requests = before;
            pause = Math.min(LONGEST_PAUSE, 2 * pause);
            samplesLeft = pause;
            before = 0;
            return;
        }
        if (before > 0) {
            pause = 1;
        }
        before = 0;
        if (--samplesLeft <= 0 && requests < most) {
            before = requests;
            rateBefore = rate;
            requests = Math.min(most, requests + requests / 2);
            samplesLeft = 1;
        }
    }

    /** A request failed or was refused, and is to be made again. */
    void failed(long now) {
        // many fail together: they count once
        if (!failed || (now - failedAt) * 1e-9 >= SHORTEST_SAMPLE) {
            requests = Math.max(Math.min(most, FEWEST_REQUESTS), requests / 2);
            before = 0;
            samplesLeft = pause;
            failed = true;
            failedAt = now;
        }
    }
}
