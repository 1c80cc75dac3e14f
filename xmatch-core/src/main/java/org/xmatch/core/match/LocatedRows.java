package org.xmatch.core.match;

/**
 * A block of left positions in one tile: offsets from its centre, cells of its grid, and the right
 * rows that come first in those cells.
 */
final class LocatedRows {

    static final int MOST = 512;

    final double[] u = new double[MOST];
    final double[] v = new double[MOST];
    /** The first of the 2 x 2 cells that hold whatever is within the radius. */
    final int[] cell = new int[MOST];
    /** Two rows of the four cells; 0 for none. */
    final int[] first = new int[MOST];
    final int[] second = new int[MOST];
    /** 0 unless there are more rows than those two. */
    final int[] others = new int[MOST];

    /**
     * Takes left positions from {@code from} on, up to a block of them.
     *
     * @return how many lie in the tile before the first that does not
     */
    int locate(TileFrame tile, TileGrid cells, PlainPoints left, int from) {
        double[] ra = left.ra();
        double[] dec = left.dec();
        double[] us = u;
        double[] vs = v;
        int[] cellOf = cell;
        int count = Math.min(MOST, left.end() - from);
        double ra0 = tile.ra0;
        double dec0 = tile.dec0;
        double xu = tile.xu;
        double xv = tile.xv;
        double yu = tile.yu;
        double yv = tile.yv;
        double half = tile.half;
        boolean isWrapped = tile.isWrapped;
        double scaleX = cells.scaleX;
        double scaleY = cells.scaleY;
        double originX = cells.originX - 0.5;
        double originY = cells.originY - 0.5;
        int side = cells.side;
        for (int i = 0; i < count; i++) {
            double du = isWrapped ? tile.offsetRa(ra[from + i]) : ra[from + i] - ra0;
            double dv = dec[from + i] - dec0;
            double x = xu * du + xv * dv;
            double y = yu * du + yv * dv;
            if (!(Math.abs(x) <= half && Math.abs(y) <= half)) {
                return i;
            }
            us[i] = du;
            vs[i] = dv;
            cellOf[i] = (int) (y * scaleY + originY) * side + (int) (x * scaleX + originX);
        }
        return count;
    }

    /**
     * Finds the first two rows in the cells of each position.
     * <p>
     * A chain starts at its largest number and descends, and an empty one is 0: the largest of the
     * heads is the first row, and the second is either the next head or the one after the first.
     */
    void findFirstRows(TileGrid cells, int count) {
        short[] head = cells.head;
        short[] next = cells.next;
        int side = cells.side;
        for (int i = 0; i < count; i++) {
            int c = cell[i];
            int h0 = head[c];
            int h1 = head[c + 1];
            int h2 = head[c + side];
            int h3 = head[c + side + 1];
            int max01 = Math.max(h0, h1);
            int max23 = Math.max(h2, h3);
            int largest = Math.max(max01, max23);
            int otherMax = max01 + max23 - largest;
            int min01 = h0 + h1 - max01;
            int min23 = h2 + h3 - max23;
            int nextHead = Math.max(otherMax, Math.max(min01, min23));
            int nextInChain = next[largest];
            int runnerUp = Math.max(nextHead, nextInChain);
            first[i] = largest;
            second[i] = runnerUp;
            others[i] = otherMax + min01 + min23 - nextHead | nextHead + nextInChain - runnerUp | next[runnerUp];
        }
    }
}
