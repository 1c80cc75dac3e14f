package org.xmatch.core.match;

/**
 * Chooses the nearest right row of located left positions by the tile's metric.
 * <p>
 * Small loops over a whole block, each without a branch that the data decide: the few positions with
 * more than two rows in their cells, or two equally far, are left to the last.
 */
final class NearestInCells {

    /** Choices other than a row: none, to be decided by exact separations in the cells, by a search. */
    static final int NONE = 0;
    static final int IN_CELLS = -1;
    static final int BY_SEARCH = -2;
    // A chain of rows longer than this is left to a search.
    private static final int LONG_CHAINS = 96;

    private final TileFrame tile;
    private final TileGrid cells;
    private final LocatedRows located;
    /** The grid's number of the row chosen, or another choice. */
    final int[] choice = new int[LocatedRows.MOST];
    private final int[] open = new int[LocatedRows.MOST];
    private long scanned;

    NearestInCells(TileFrame tile, TileGrid cells, LocatedRows located) {
        this.tile = tile;
        this.cells = cells;
        this.located = located;
    }

    /** Rows of long chains looked at since {@link #resetScanned}. */
    long scanned() {
        return scanned;
    }

    void resetScanned() {
        scanned = 0;
    }

    void choose(int count) {
        located.findFirstRows(cells, count);
        chooseNearer(count);
        int opened = 0;
        for (int i = 0; i < count; i++) {
            open[opened] = i;
            opened += -located.others[i] >>> 31;
        }
        for (int i = 0; i < opened; i++) {
            choice[open[i]] = chooseNearest(open[i]);
        }
    }

    /** The nearer of the first and second row; adds to the others where it is too close. */
    private void chooseNearer(int count) {
        double[] us = cells.u;
        double[] vs = cells.v;
        double[] leftU = located.u;
        double[] leftV = located.v;
        int[] first = located.first;
        int[] second = located.second;
        int[] others = located.others;
        double a0 = tile.a0;
        double a1 = tile.a1;
        double a2 = tile.a2;
        double a3 = tile.a3;
        double b0 = tile.b0;
        double b1 = tile.b1;
        double limit = tile.limit;
        double slack = tile.slack;
        for (int i = 0; i < count; i++) {
            double u = leftU[i];
            double v = leftV[i];
            int row1 = first[i];
            int row2 = second[i];
            double a = a0 + v * (a1 + v * (a2 + v * a3));
            double b = b0 + v * b1;
            double q1 = metric(u - us[row1], v - vs[row1], a, b);
            double q2 = metric(u - us[row2], v - vs[row2], a, b);
            // all ones where the second row is nearer, where the nearer is too far, where they are close
            long bits1 = Double.doubleToRawLongBits(q1);
            long difference = Double.doubleToRawLongBits(q2) - bits1;
            long isSecond = difference >> 63;
            double nearer = Double.longBitsToDouble(bits1 + (difference & isSecond));
            int isFar = (int) (Double.doubleToRawLongBits(limit - nearer) >> 63);
            double gap = Math.abs(q1 - q2) - nearer * slack - TileFrame.ROUNDING;
            int isClose = (int) (Double.doubleToRawLongBits(gap) >> 63);
            choice[i] = (row1 ^ (row1 ^ row2) & (int) isSecond) & ~isFar;
            others[i] |= isClose & ~isFar & 1;
        }
    }

    /** The nearest of all rows in the cells of a position, {@link #IN_CELLS} or {@link #BY_SEARCH}. */
    private int chooseNearest(int i) {
        double u = located.u[i];
        double v = located.v[i];
        double a = tile.cosSquared(v);
        double b = tile.cosSin(v);
        short[] head = cells.head;
        short[] next = cells.next;
        double[] us = cells.u;
        double[] vs = cells.v;
        int cell = located.cell[i];
        // metrics as the bits of doubles, which are in the same order; the row in the place of the lowest
        long best = Long.MAX_VALUE;
        long runnerUp = Long.MAX_VALUE;
        int bestRow = 0;
        int steps = 0;
        for (int c = 0; c < 4; c++) {
            int row = head[cell + (c & 1) + (c >> 1) * cells.side];
            while (row != 0) {
                long q = Double.doubleToRawLongBits(metric(u - us[row], v - vs[row], a, b));
                long isNearer = q - best >> 63;
                long low = best + (q - best & isNearer);
                long high = q + best - low;
                runnerUp += high - runnerUp & high - runnerUp >> 63;
                best = low;
                bestRow ^= (bestRow ^ row) & (int) isNearer;
                row = next[row];
                if (++steps > LONG_CHAINS) {
                    scanned += steps;
                    return BY_SEARCH;
                }
            }
        }
        scanned += steps;
        double bestMetric = Double.longBitsToDouble(best);
        if (!(bestMetric <= tile.limit)) {
            return NONE;
        }
        return Double.longBitsToDouble(runnerUp) <= bestMetric * (1 + tile.slack) + TileFrame.ROUNDING
                ? IN_CELLS : bestRow;
    }

    private static double metric(double du, double dv, double a, double b) {
        return du * du * (a + b * dv) + dv * dv;
    }
}
