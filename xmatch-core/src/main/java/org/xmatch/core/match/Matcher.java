package org.xmatch.core.match;

import org.xmatch.core.sky.SkyPoints;

import java.util.function.Consumer;

/**
 * Finds, for every left position, the right positions within a radius.
 * <p>
 * Keeps its work arrays from call to call: make one per thread. Not thread-safe.
 */
public final class Matcher {

    private final MatchKernel kernel;

    /** A matcher with ties by right row. */
    public static Matcher of(MatchOptions options) {
        return of(options, TieRule.ROW);
    }

    public static Matcher of(MatchOptions options, TieRule ties) {
        return new Matcher(options, ties);
    }

    private Matcher(MatchOptions options, TieRule ties) {
        this.kernel = switch (options.algorithm()) {
            case TILE -> new TileKernel(options, ties);
            case GRID -> new GridKernel(options, ties);
            case KDTREE -> new KdTreeKernel(options, ties);
            case HAVERSINE_KDTREE -> new HaversineKdTreeKernel(options, ties);
        };
    }

    /**
     * Replaces the content of {@code result} by all pairs.
     *
     * @throws IllegalArgumentException naming the row, for a finite declination outside [-90, 90]
     * @throws IllegalStateException for more pairs than an array holds
     */
    public void match(SkyPoints left, SkyPoints right, MatchResult result) {
        result.clear();
        if (left.size() == 0 || right.size() == 0) {
            requireDeclinations("left", left);
            requireDeclinations("right", right);
            return;
        }
        try {
            kernel.prepare(right, Pieces.WHOLE);
            kernel.append(left, 0, left.size(), result);
        } catch (RuntimeException e) {
            // not a list that looks whole
            result.clear();
            throw e;
        }
    }

    /**
     * Hands all pairs to a consumer in batches, in the order of one whole {@link MatchResult}; the pairs
     * of a left row may be spread over several. Holds no more than one batch, and the pairs of one left row.
     *
     * @param batchPairs most pairs in a batch, at least 1024
     * @param consumer may use a batch until it returns
     * @throws IllegalArgumentException as {@link #match(SkyPoints, SkyPoints, MatchResult)} does
     */
    public void match(SkyPoints left, SkyPoints right, int batchPairs, Consumer<? super MatchResult> consumer) {
        requireForBatches(left, right, batchPairs);
        MatchResult batch = new MatchResult(batchPairs, consumer);
        match(left, right, batch);
        batch.handOn();
    }

    /** Refuses input before the first batch, not in the midst. */
    static void requireForBatches(SkyPoints left, SkyPoints right, int batchPairs) {
        if (batchPairs < 1024) {
            throw new IllegalArgumentException("a batch must hold at least 1024 pairs, got " + batchPairs);
        }
        requireDeclinations("left", left);
        requireDeclinations("right", right);
    }

    /** Makes ready to match parts of the left positions with {@link #append}. */
    void prepare(SkyPoints right, Pieces pieces) {
        kernel.prepare(right, pieces);
    }

    /** Makes ready to match parts of the left positions, with what another matcher has prepared. */
    void share(Matcher prepared) {
        kernel.share(prepared.kernel);
    }

    /** Appends the pairs of left rows {@code [from, to)}. */
    void append(SkyPoints left, int from, int to, MatchResult result) {
        kernel.append(left, from, to, result);
    }

    static void requireDeclinations(String side, SkyPoints points) {
        requireDeclinations(side, points, 0, points.size());
    }

    static void requireDeclinations(String side, SkyPoints points, int from, int to) {
        double[] dec = points.dec();
        for (int row = from; row < to; row++) {
            double magnitude = Math.abs(dec[row]);
            if (magnitude > 90 && magnitude < Double.POSITIVE_INFINITY) {
                throw new IllegalArgumentException(side + " row " + row + " has dec " + dec[row]
                        + ": declinations are degrees in [-90, 90]");
            }
        }
    }

    /** One match with a new matcher and a new result. */
    public static MatchResult match(SkyPoints left, SkyPoints right, MatchOptions options) {
        MatchResult result = new MatchResult();
        of(options).match(left, right, result);
        return result;
    }
}
