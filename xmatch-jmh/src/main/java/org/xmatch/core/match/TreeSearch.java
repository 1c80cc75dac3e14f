package org.xmatch.core.match;

import org.xmatch.core.sky.SkyPoints;

/**
 * The two halves of a k-d tree match, for timing them apart: a kernel's own methods, which only this
 * package sees. Not thread-safe.
 */
public final class TreeSearch {

    private final MatchKernel kernel;

    /** A search by {@link Algorithm#KDTREE} or {@link Algorithm#HAVERSINE_KDTREE}. */
    public TreeSearch(MatchOptions options) {
        this.kernel = switch (options.algorithm()) {
            case KDTREE -> new KdTreeKernel(options, TieRule.ROW);
            case HAVERSINE_KDTREE -> new HaversineKdTreeKernel(options, TieRule.ROW);
            case TILE, GRID -> throw new IllegalArgumentException(
                    options.algorithm().id() + " has no tree that is built first: choose kdtree or haversine-kdtree");
        };
    }

    /** Builds the tree over the right positions. */
    public void build(SkyPoints right) {
        kernel.prepare(right, Pieces.WHOLE);
    }

    /** Replaces the content of {@code result} by the pairs of all left rows. */
    public void query(SkyPoints left, MatchResult result) {
        result.clear();
        kernel.append(left, 0, left.size(), result);
    }
}
