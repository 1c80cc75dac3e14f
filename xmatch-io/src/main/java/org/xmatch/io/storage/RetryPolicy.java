package org.xmatch.io.storage;

import java.time.Duration;

/**
 * How patient to be with a server.
 *
 * @param attempts requests for the same bytes, at least 1; one that brought a good part is not counted
 * @param firstPause longest wait before the second request; doubled with each further one
 * @param longestPause bound of the waits
 * @param timeout for connecting, and for each wait for more bytes
 */
public record RetryPolicy(int attempts, Duration firstPause, Duration longestPause, Duration timeout) {

    /** Gives up on a dead server after about half a minute. */
    public static final RetryPolicy DEFAULT =
            new RetryPolicy(8, Duration.ofMillis(100), Duration.ofSeconds(10), Duration.ofSeconds(30));

    public RetryPolicy {
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts must be at least 1, got " + attempts);
        }
    }

    /** Milliseconds to wait before the request after {@code attempt}, jittered over {@code [half, whole]}. */
    long pauseMillis(int attempt, double random) {
        double whole = Math.min((double) longestPause.toMillis(),
                firstPause.toMillis() * Math.pow(2, attempt - 1));
        return Math.round(whole * (0.5 + 0.5 * random));
    }
}
