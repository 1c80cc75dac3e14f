package org.xmatch.core.match;

import org.xmatch.core.sky.SkyPoints;

/**
 * One way to search. A kernel only finds candidates; {@link NearestRows} decides every pair.
 * <p>
 * Keeps its work arrays from match to match. Not thread-safe.
 */
sealed interface MatchKernel permits GridKernel, HaversineKdTreeKernel, KdTreeKernel, TileKernel {

    /**
     * Indexes the right positions, which stay as they are until the last {@link #append}.
     *
     * @param pieces how the work is shared, where it can be
     * @throws IllegalArgumentException naming the row, for a finite declination outside [-90, 90]
     */
    void prepare(SkyPoints right, Pieces pieces);

    /**
     * Takes over what another kernel with the same options has prepared, which is only read from then on.
     */
    void share(MatchKernel prepared);

    /**
     * Appends the pairs of left rows {@code [from, to)}, in the order of {@link MatchResult}.
     *
     * @throws IllegalArgumentException naming the row, for a finite declination outside [-90, 90]
     */
    void append(SkyPoints left, int from, int to, MatchResult result);
}
