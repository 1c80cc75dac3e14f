package org.xmatch.core.match;

import org.xmatch.core.sky.SkyPoints;

/** The k-d tree that takes over left rows which a kernel of cells would search too slowly. */
final class KdTreeFallback {

    static final SkyPoints NO_POINTS = SkyPoints.of(new double[0], new double[0]);

    // A search in a tree costs about as much as looking at this many rows of cells.
    private static final long ROWS_PER_SEARCH = 256;
    // Building a tree is worth no less.
    private static final long ROWS_AT_LEAST = 1 << 20;

    private final KdTreeKernel tree;
    private boolean isPrepared;

    KdTreeFallback(MatchOptions options, TieRule ties) {
        this.tree = new KdTreeKernel(options, ties);
    }

    /**
     * Whether a tree would have been faster.
     *
     * @param scanned right rows looked at so far
     * @param leftRows left rows done so far
     * @param pairs pairs found for them, which any search has to look at
     */
    static boolean pays(long scanned, long leftRows, long pairs) {
        return scanned > ROWS_AT_LEAST + ROWS_PER_SEARCH * leftRows + 16 * pairs;
    }

    /** What follows is for another right side. */
    void forget() {
        isPrepared = false;
    }

    void append(SkyPoints left, int from, int to, SkyPoints right, MatchResult result) {
        if (!isPrepared) {
            tree.prepare(right, Pieces.WHOLE);
            isPrepared = true;
        }
        tree.append(left, from, to, result);
    }
}
