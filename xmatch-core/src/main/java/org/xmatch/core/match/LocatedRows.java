package org.xmatch.core.match;

/**
 * A block of left positions in one tile: offsets from its centre, cells of its grid, and the right
 * rows that come first in those cells.
 */
final class LocatedRows {

    static final int MOST = 768;
    // A JVM compiles what is called often: the first blocks are short, lest many rows wait for that.
    private static final int FIRST_BLOCKS = 300;
    private static final int FIRST_ROWS = 128;

    final double[] u = new double[MOST];
    final double[] v = new double[MOST];
    /** The first of the 2 x 2 cells that hold whatever is within the radius. */
    final int[] cell = new int[MOST];
    /** Two rows of the four cells; 0 for none. */
    final int[] first = new int[MOST];
    final int[] second = new int[MOST];
    /** The next row to be looked at of each of the four cells: at first the first one. */
    final int[] head0 = new int[MOST];
    final int[] head1 = new int[MOST];
    final int[] head2 = new int[MOST];
    final int[] head3 = new int[MOST];
    /**
     * 0 unless there are rows beside those found: in all four cells after {@link #findFirstRows}, in the other three
     * after {@link #findFirst}.
     */
    final int[] others = new int[MOST];
    private int most = FIRST_ROWS;
    private int blocks;

    /** Positions of a full block, at present. */
    int most() {
        return most;
    }

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
        int count = Math.min(most, left.end() - from);
        if (++blocks == FIRST_BLOCKS) {
            most = MOST;
        }
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
        double side = cells.side;
        for (int i = 0; i < count; i++) {
            double du = isWrapped ? tile.offsetRa(ra[from + i]) : ra[from + i] - ra0;
            double dv = dec[from + i] - dec0;
            double x = Math.fma(xu, du, xv * dv);
            double y = Math.fma(yu, du, yv * dv);
            if (!(Math.abs(x) <= half && Math.abs(y) <= half)) {
                return i;
            }
            us[i] = du;
            vs[i] = dv;
            cellOf[i] = (int) Math.fma(Math.floor(Math.fma(y, scaleY, originY)), side, Math.fma(x, scaleX, originX));
        }
        return count;
    }

    /**
     * Finds the first two rows in the cells of each position.
     * <p>
     * A chain starts at its largest number and descends, and an empty one is 0: the largest of the
     * heads is the first row, and the second is either the next head or the one after the first.
     * <p>
     * Loops that store one thing each, without {@link Math#max}: compilers turn these into vector instructions.
     * A method each, or a JVM that has just started compiles all of it anew for every loop it is busy in.
     */
    void findFirstRows(TileGrid cells, int count) {
        findFirst(cells, count, first);
        findNextLargest(head0, head1, head2, head3, count, second);
        chooseSecond(cells.next, count);
    }

    /** Finds the first row of each position. */
    void findFirst(TileGrid cells, int count, int[] firstRow) {
        loadHeads(cells, count);
        findLargest(head0, head1, head2, head3, count, firstRow);
        findOthers(firstRow, count);
    }

    private static void findLargest(int[] a, int[] b, int[] c, int[] d, int count, int[] largest) {
        for (int i = 0; i < count; i++) {
            largest[i] = max(max(a[i], b[i]), max(c[i], d[i]));
        }
    }

    private static void findNextLargest(int[] a, int[] b, int[] c, int[] d, int count, int[] nextLargest) {
        for (int i = 0; i < count; i++) {
            nextLargest[i] = max(min(max(a[i], b[i]), max(c[i], d[i])), max(min(a[i], b[i]), min(c[i], d[i])));
        }
    }

    private void findOthers(int[] largest, int count) {
        int[] a = head0;
        int[] b = head1;
        int[] c = head2;
        int[] d = head3;
        int[] rest = others;
        for (int i = 0; i < count; i++) {
            rest[i] = a[i] + b[i] + c[i] + d[i] - largest[i];
        }
    }

    private void chooseSecond(short[] next, int count) {
        int[] largest = first;
        int[] nextLargest = second;
        int[] rest = others;
        for (int i = 0; i < count; i++) {
            int nextHead = nextLargest[i];
            int nextInChain = next[largest[i]];
            int runnerUp = max(nextHead, nextInChain);
            nextLargest[i] = runnerUp;
            rest[i] = rest[i] - nextHead | nextHead + nextInChain - runnerUp | next[runnerUp];
        }
    }

    private void loadHeads(TileGrid cells, int count) {
        short[] head = cells.head;
        int side = cells.side;
        int[] cellOf = cell;
        int[] heads0 = head0;
        int[] heads1 = head1;
        int[] heads2 = head2;
        int[] heads3 = head3;
        for (int i = 0; i < count; i++) {
            int c = cellOf[i];
            heads0[i] = head[c];
            heads1[i] = head[c + 1];
            heads2[i] = head[c + side];
            heads3[i] = head[c + side + 1];
        }
    }

    /** {@link #head0} to {@link #head3}. */
    int[] head(int cell) {
        return cell < 2 ? cell == 0 ? head0 : head1 : cell == 2 ? head2 : head3;
    }

    static int max(int a, int b) {
        return a - (a - b & a - b >> 31);
    }

    static int min(int a, int b) {
        return b + (a - b & a - b >> 31);
    }
}
