package org.xmatch.core.match;

import org.xmatch.core.sky.SkyPoints;

/** All right rows that may be within the radius of located left positions, as pairs by left row. */
final class SeveralInCells {

    // A left position with more rows in its cells is left to a search that keeps the best.
    private static final int LONG_CHAINS = 48;
    // One left row of this many is a sample.
    private static final int SAMPLED = 128;

    private final TileFrame tile;
    private final TileGrid cells;
    private final LocatedRows located;
    private final PairBlock pairs;
    private final int nNeighbors;
    private long scanned;

    SeveralInCells(TileFrame tile, TileGrid cells, LocatedRows located, PairBlock pairs, int nNeighbors) {
        this.tile = tile;
        this.cells = cells;
        this.located = located;
        this.pairs = pairs;
        this.nNeighbors = nNeighbors;
    }

    /** Rows of long chains looked at since {@link #resetScanned}. */
    long scanned() {
        return scanned;
    }

    void resetScanned() {
        scanned = 0;
    }

    /**
     * Adds the pairs of located rows {@code [from, count)} to the block, as far as there is room and
     * their cells hold few rows; {@link LocatedRows#findFirstRows} has been called.
     *
     * @param firstPosition position of the first located row among the left points
     * @return where it ends
     */
    int add(int from, int count, int firstPosition, PlainPoints left, PlainPoints right) {
        double[] us = cells.u;
        double[] vs = cells.v;
        int[] position = cells.position;
        int[] leftRow = pairs.leftRow;
        int[] rightRow = pairs.rightRow;
        double limit = tile.limit;
        int size = pairs.size;
        int i = from;
        for (; i < count && size <= PairBlock.MOST - LONG_CHAINS; i++) {
            double u = located.u[i];
            double v = located.v[i];
            double a = tile.cosSquared(v);
            double b = tile.cosSin(v);
            int row = left.row(firstPosition + i);
            if (located.others[i] == 0) {
                int row1 = located.first[i];
                double q1 = TileFrame.metric(u - us[row1], v - vs[row1], a, b);
                leftRow[size] = row;
                rightRow[size] = right.row(position[row1]);
                // rows farther than the limit are written over
                size += 1 + (int) (Double.doubleToRawLongBits(limit - q1) >> 63);
                int row2 = located.second[i];
                double q2 = TileFrame.metric(u - us[row2], v - vs[row2], a, b);
                leftRow[size] = row;
                rightRow[size] = right.row(position[row2]);
                size += 1 + (int) (Double.doubleToRawLongBits(limit - q2) >> 63);
                continue;
            }
            int before = size;
            int steps = 0;
            for (int c = 0; c < 4; c++) {
                int next = cells.head[located.cell[i] + (c & 1) + (c >> 1) * cells.side];
                while (next != 0 && ++steps < LONG_CHAINS) {
                    leftRow[size] = row;
                    rightRow[size] = right.row(position[next]);
                    double q = TileFrame.metric(u - us[next], v - vs[next], a, b);
                    size += 1 + (int) (Double.doubleToRawLongBits(limit - q) >> 63);
                    next = cells.next[next];
                }
            }
            scanned += steps;
            if (steps >= LONG_CHAINS) {
                size = before;
                break;
            }
        }
        pairs.size = size;
        return i;
    }

    /**
     * Whether, by a sample of located rows, there are many rows in their cells beside those that can be kept.
     *
     * @param few how many are not many
     */
    boolean isCrowded(int count, double few) {
        long steps = 0;
        long wanted = 0;
        int samples = 0;
        for (int i = Math.min(count, SAMPLED) / 2; i < count; i += SAMPLED) {
            double u = located.u[i];
            double v = located.v[i];
            double a = tile.cosSquared(v);
            double b = tile.cosSin(v);
            int near = 0;
            for (int c = 0; c < 4; c++) {
                int row = cells.head[located.cell[i] + (c & 1) + (c >> 1) * cells.side];
                while (row != 0) {
                    near += TileFrame.metric(u - cells.u[row], v - cells.v[row], a, b) <= tile.limit ? 1 : 0;
                    steps++;
                    row = cells.next[row];
                }
            }
            wanted += Math.min(near, nNeighbors);
            samples++;
        }
        return steps > few * samples + 4 * wanted;
    }

    /** Offers all rows in the cells of one located row. */
    void offer(int i, NearestRows nearest, PlainPoints right) {
        double u = located.u[i];
        double v = located.v[i];
        double a = tile.cosSquared(v);
        double b = tile.cosSin(v);
        double limit = tile.limit;
        double limitArcsec = nearest.limitArcsec();
        int steps = 0;
        for (int c = 0; c < 4; c++) {
            int row = cells.head[located.cell[i] + (c & 1) + (c >> 1) * cells.side];
            while (row != 0) {
                if (TileFrame.metric(u - cells.u[row], v - cells.v[row], a, b) <= limit
                        && nearest.offer(right.row(cells.position[row]))
                        && nearest.limitArcsec() < limitArcsec) {
                    limitArcsec = nearest.limitArcsec();
                    limit = tile.limitOf(limitArcsec);
                }
                row = cells.next[row];
                steps++;
            }
        }
        scanned += steps;
    }
}
