package org.xmatch.core.match;

import org.xmatch.core.sky.SkyPoints;

/** The k-d tree that takes over left rows which a kernel of cells would search too slowly. */
final class KdTreeFallback {

    static final SkyPoints NO_POINTS = SkyPoints.of(new double[0], new double[0]);

    // Nanoseconds, about: of a right row when the tree is built, of a search, of a pair that it finds.
    private static final long BUILD = 250;
    private static final long SEARCH = 250;
    private static final long PAIR = 60;

    private final KdTreeKernel tree;
    private SkyPoints right = NO_POINTS;
    private boolean isPrepared;

    KdTreeFallback(MatchOptions options, TieRule ties) {
        this.tree = new KdTreeKernel(options, ties);
    }

    /** What follows is for this right side. */
    void searchIn(SkyPoints rightSide) {
        right = rightSide;
        isPrepared = false;
    }

    /**
     * Whether as much time has been lost against a tree as half of building one takes, or little where there is one.
     *
     * @param nanos how long, about, left rows have taken so far
     * @param leftRows how many
     * @param pairs pairs found for them
     */
    boolean pays(long nanos, long leftRows, long pairs) {
        return nanos > BUILD / (isPrepared ? 16 : 2) * right.size() + SEARCH * leftRows + PAIR * pairs;
    }

    void append(SkyPoints left, int from, int to, MatchResult result) {
        if (!isPrepared) {
            tree.prepare(right, Pieces.WHOLE);
            isPrepared = true;
        }
        tree.append(left, from, to, result);
    }
}
