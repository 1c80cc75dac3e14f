package org.xmatch.core.match;

import org.xmatch.core.sky.SkyPoints;

/**
 * Finds, for every left position, the right positions within a radius.
 * <p>
 * Keeps its work arrays from call to call: make one per thread. Not thread-safe.
 */
public final class Matcher {

    /** A matcher with ties by right row. */
    public static Matcher of(MatchOptions options) {
        return of(options, TieRule.ROW);
    }

    public static Matcher of(MatchOptions options, TieRule ties) {
        throw new UnsupportedOperationException("contract only");
    }

    private Matcher() {}

    /**
     * Replaces the content of {@code result} by all pairs.
     *
     * @throws IllegalArgumentException naming the row, for a finite declination outside [-90, 90]
     */
    public void match(SkyPoints left, SkyPoints right, MatchResult result) {
        throw new UnsupportedOperationException("contract only");
    }

    /** One match with a new matcher and a new result. */
    public static MatchResult match(SkyPoints left, SkyPoints right, MatchOptions options) {
        MatchResult result = new MatchResult();
        of(options).match(left, right, result);
        return result;
    }
}
