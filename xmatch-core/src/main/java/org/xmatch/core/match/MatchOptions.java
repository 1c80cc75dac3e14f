package org.xmatch.core.match;

/**
 * What counts as a match.
 *
 * @param radiusArcsec largest separation, arcsec, inclusive; greater than 0, at most 648,000
 * @param minRadiusArcsec separations up to and including this one, arcsec, are passed over, except
 *     that 0 passes over nothing; at least 0, less than the radius
 * @param nNeighbors most right rows per left row, nearest first, at least 1, or {@link #ALL}
 * @param algorithm how to search; changes the time, never the answer
 */
public record MatchOptions(
        double radiusArcsec, double minRadiusArcsec, int nNeighbors, Algorithm algorithm) {

    /** For {@code nNeighbors}: every right row within the radius. */
    public static final int ALL = Integer.MAX_VALUE;

    public MatchOptions {
        if (!(radiusArcsec > 0 && radiusArcsec <= 648_000)) {
            throw new IllegalArgumentException(
                    "radius must be more than 0 and at most 648000 arcsec, got " + radiusArcsec);
        }
        if (!(minRadiusArcsec >= 0 && minRadiusArcsec < radiusArcsec)) {
            throw new IllegalArgumentException(
                    "minimum radius must be at least 0 and less than the radius of " + radiusArcsec
                            + " arcsec, got " + minRadiusArcsec);
        }
        if (nNeighbors < 1) {
            throw new IllegalArgumentException(
                    "number of neighbors must be at least 1, got " + nNeighbors);
        }
    }

    /** The nearest right row within {@code radiusArcsec}, by the default algorithm. */
    public static MatchOptions nearestWithin(double radiusArcsec) {
        return new MatchOptions(radiusArcsec, 0, 1, Algorithm.TILE);
    }

    public MatchOptions withMinRadiusArcsec(double value) {
        return new MatchOptions(radiusArcsec, value, nNeighbors, algorithm);
    }

    public MatchOptions withNNeighbors(int value) {
        return new MatchOptions(radiusArcsec, minRadiusArcsec, value, algorithm);
    }

    public MatchOptions withAlgorithm(Algorithm value) {
        return new MatchOptions(radiusArcsec, minRadiusArcsec, nNeighbors, value);
    }
}
