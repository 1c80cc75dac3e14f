package org.xmatch.core.match;

/**
 * Chooses the nearest right row of located left positions by the tile's metric.
 * <p>
 * Small loops over a whole block, each without a branch that the data decide. A position with one row in
 * its cells gets that, however far it is: exact separations see to it. Of positions with more, the nearer
 * of the first two is chosen; the few that have others, or two equally far, are left to the last.
 */
final class NearestInCells {

    /** Choices other than a row: none, to be decided by exact separations in the cells, by a search. */
    static final int NONE = 0;
    static final int IN_CELLS = -1;
    static final int BY_SEARCH = -2;
    // Rows of each chain that are looked at for all positions in turn; for the few that have more, one by one.
    private static final int TURNS = 3;
    // More rows than this are left to a search.
    private static final int LONG_CHAINS = 96;

    private final TileFrame tile;
    private final TileGrid cells;
    private final LocatedRows located;
    /** The grid's number of the row chosen, or another choice. */
    final int[] choice = new int[LocatedRows.MOST];
    // positions with more than one row, then those that more than two decide; of these, with rows not looked at yet
    private final int[] several = new int[LocatedRows.MOST];
    private final int[] open = new int[LocatedRows.MOST];
    // metrics as the bits of doubles, which are in the same order
    private final long[] best = new long[LocatedRows.MOST];
    private final long[] runnerUp = new long[LocatedRows.MOST];
    private final int[] bestRow = new int[LocatedRows.MOST];
    private long scanned;

    NearestInCells(TileFrame tile, TileGrid cells, LocatedRows located) {
        this.tile = tile;
        this.cells = cells;
        this.located = located;
    }

    /** Rows, and ends of chains, looked at for positions with more than two rows since {@link #resetScanned}. */
    long scanned() {
        return scanned;
    }

    void resetScanned() {
        scanned = 0;
    }

    void choose(int count) {
        located.findFirst(cells, count, choice);
        int many = findSeveral(count);
        many = chooseNearer(many);
        startChains(many);
        int opened = many;
        for (int turn = 0; turn < TURNS && opened > 0; turn++) {
            scanned += 4L * opened;
            opened = lookAtNext(opened);
        }
        chooseBest(many);
        for (int k = 0; k < opened; k++) {
            choice[open[k]] = chooseNearest(open[k]);
        }
    }

    /** Positions with another choice than {@link #NONE}. */
    int countChosen(int count) {
        int[] choices = choice;
        int chosen = 0;
        for (int i = 0; i < count; i++) {
            chosen += (choices[i] | -choices[i]) >>> 31;
        }
        return chosen;
    }

    /** Finds the positions with more than one row. */
    private int findSeveral(int count) {
        short[] next = cells.next;
        int[] first = choice;
        int[] others = located.others;
        int[] found = several;
        int many = 0;
        for (int i = 0; i < count; i++) {
            found[many] = i;
            many += -(others[i] | next[first[i]]) >>> 31;
        }
        return many;
    }

    /**
     * Chooses the nearer of the first two rows of several positions.
     *
     * @return how many positions there are with more than two rows, or two that are too close
     */
    private int chooseNearer(int many) {
        short[] next = cells.next;
        double[] us = cells.u;
        double[] vs = cells.v;
        double[] leftU = located.u;
        double[] leftV = located.v;
        int[] heads0 = located.head0;
        int[] heads1 = located.head1;
        int[] heads2 = located.head2;
        int[] heads3 = located.head3;
        int[] found = several;
        int[] chosen = choice;
        double a0 = tile.a0;
        double a1 = tile.a1;
        double a2 = tile.a2;
        double a3 = tile.a3;
        double b0 = tile.b0;
        double b1 = tile.b1;
        double limit = tile.limit;
        double slack = tile.slack;
        int left = 0;
        for (int k = 0; k < many; k++) {
            int i = found[k];
            int h0 = heads0[i];
            int h1 = heads1[i];
            int h2 = heads2[i];
            int h3 = heads3[i];
            int row1 = chosen[i];
            int low01 = LocatedRows.min(h0, h1);
            int low23 = LocatedRows.min(h2, h3);
            int high01 = h0 + h1 - low01;
            int high23 = h2 + h3 - low23;
            int nextHead = LocatedRows.max(LocatedRows.min(high01, high23), LocatedRows.max(low01, low23));
            int nextInChain = next[row1];
            int row2 = LocatedRows.max(nextHead, nextInChain);
            int others = h0 + h1 + h2 + h3 - row1 - row2 + nextInChain | next[row2];
            double u = leftU[i];
            double v = leftV[i];
            double a = Math.fma(v, Math.fma(v, Math.fma(v, a3, a2), a1), a0);
            double b = Math.fma(v, b1, b0);
            double q1 = TileFrame.metric(u - us[row1], v - vs[row1], a, b);
            double q2 = TileFrame.metric(u - us[row2], v - vs[row2], a, b);
            // all ones where the second row is nearer, where the nearer is too far, where they are close
            long bits1 = Double.doubleToRawLongBits(q1);
            long difference = Double.doubleToRawLongBits(q2) - bits1;
            long isSecond = difference >> 63;
            double nearer = Double.longBitsToDouble(bits1 + (difference & isSecond));
            int isFar = (int) (Double.doubleToRawLongBits(limit - nearer) >> 63);
            double gap = Math.abs(q1 - q2) - nearer * slack - TileFrame.ROUNDING;
            int isClose = (int) (Double.doubleToRawLongBits(gap) >> 63);
            chosen[i] = row1 ^ (row1 ^ row2) & (int) isSecond;
            found[left] = i;
            left += -(others | isClose & ~isFar & 1) >>> 31;
        }
        return left;
    }

    private void startChains(int many) {
        for (int k = 0; k < many; k++) {
            int i = several[k];
            open[k] = i;
            best[i] = Long.MAX_VALUE;
            runnerUp[i] = Long.MAX_VALUE;
        }
    }

    /**
     * Looks at the next row in each cell of the open positions: without a branch that depends on how many
     * there are, which are but few.
     *
     * @return how many positions are open after that
     */
    private int lookAtNext(int opened) {
        short[] next = cells.next;
        double[] us = cells.u;
        double[] vs = cells.v;
        int left = 0;
        for (int k = 0; k < opened; k++) {
            int i = open[k];
            double u = located.u[i];
            double v = located.v[i];
            double a = tile.cosSquared(v);
            double b = tile.cosSin(v);
            int r0 = located.head0[i];
            int r1 = located.head1[i];
            int r2 = located.head2[i];
            int r3 = located.head3[i];
            long q0 = Double.doubleToRawLongBits(TileFrame.metric(u - us[r0], v - vs[r0], a, b));
            long q1 = Double.doubleToRawLongBits(TileFrame.metric(u - us[r1], v - vs[r1], a, b));
            long q2 = Double.doubleToRawLongBits(TileFrame.metric(u - us[r2], v - vs[r2], a, b));
            long q3 = Double.doubleToRawLongBits(TileFrame.metric(u - us[r3], v - vs[r3], a, b));
            // the lower and the higher of each two, and so on: a tournament
            long d01 = q1 - q0 & q1 - q0 >> 63;
            long low01 = q0 + d01;
            long high01 = q1 - d01;
            int lowRow01 = r0 ^ (r0 ^ r1) & (int) (q1 - q0 >> 63);
            long d23 = q3 - q2 & q3 - q2 >> 63;
            long low23 = q2 + d23;
            long high23 = q3 - d23;
            int lowRow23 = r2 ^ (r2 ^ r3) & (int) (q3 - q2 >> 63);
            long isSecond = low23 - low01 >> 63;
            long low = low01 + (low23 - low01 & isSecond);
            long second = low23 + low01 - low;
            second = Math.min(second, high01 + (high23 - high01 & isSecond));
            int lowRow = lowRow01 ^ (lowRow01 ^ lowRow23) & (int) isSecond;
            long before = best[i];
            long isNearer = low - before >> 63;
            best[i] = before + (low - before & isNearer);
            runnerUp[i] = Math.min(Math.min(runnerUp[i], second), low - (low - before & isNearer));
            bestRow[i] ^= (bestRow[i] ^ lowRow) & (int) isNearer;
            int n0 = next[r0];
            int n1 = next[r1];
            int n2 = next[r2];
            int n3 = next[r3];
            located.head0[i] = n0;
            located.head1[i] = n1;
            located.head2[i] = n2;
            located.head3[i] = n3;
            open[left] = i;
            left += -(n0 | n1 | n2 | n3) >>> 31;
        }
        return left;
    }

    /** The nearest of all rows in the cells of a position, of which some have been looked at, or {@link #BY_SEARCH}. */
    private int chooseNearest(int i) {
        double u = located.u[i];
        double v = located.v[i];
        double a = tile.cosSquared(v);
        double b = tile.cosSin(v);
        short[] next = cells.next;
        double[] us = cells.u;
        double[] vs = cells.v;
        long nearest = best[i];
        long nextNearest = runnerUp[i];
        int nearestRow = bestRow[i];
        int steps = 0;
        for (int c = 0; c < 4; c++) {
            int row = located.head(c)[i];
            while (row != 0) {
                long q = Double.doubleToRawLongBits(TileFrame.metric(u - us[row], v - vs[row], a, b));
                long isNearer = q - nearest >> 63;
                long low = nearest + (q - nearest & isNearer);
                nextNearest = Math.min(nextNearest, q + nearest - low);
                nearest = low;
                nearestRow ^= (nearestRow ^ row) & (int) isNearer;
                row = next[row];
                if (++steps > LONG_CHAINS) {
                    scanned += steps;
                    return BY_SEARCH;
                }
            }
        }
        scanned += steps;
        return choiceOf(nearest, nextNearest, nearestRow);
    }

    private void chooseBest(int many) {
        for (int k = 0; k < many; k++) {
            int i = several[k];
            choice[i] = choiceOf(best[i], runnerUp[i], bestRow[i]);
        }
    }

    /** What to choose of the lowest two metrics, as bits. */
    private int choiceOf(long lowest, long second, int row) {
        double nearest = Double.longBitsToDouble(lowest);
        int isFar = (int) (Double.doubleToRawLongBits(tile.limit - nearest) >> 63);
        boolean isClose = Double.longBitsToDouble(second) <= nearest * (1 + tile.slack) + TileFrame.ROUNDING;
        return (isClose ? IN_CELLS : row) & ~isFar;
    }
}
