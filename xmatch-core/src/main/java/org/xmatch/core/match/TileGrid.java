package org.xmatch.core.match;

import java.util.Arrays;

/**
 * The right rows of one tile and its margin, in cells at least two margins wide: whatever is
 * within the radius of a left position is in a square of 2 x 2 cells.
 * <p>
 * Rows are numbered from 1 here; row 0 is nowhere. A cell is a chain of rows. All of it fits the
 * first two levels of a processor's cache.
 */
final class TileGrid {

    /** More rows than this have no chains: they are for a {@link DenseGrid}. */
    static final int MAX_CHAINED = 30_000;
    /** More rows than this are too many. */
    static final int MAX_ROWS = 1 << 20;
    private static final int MAX_SIDE = 126;
    private static final int MIN_SIDE = 4;
    // One row in so many.
    private static final int MANY_EQUAL = 16;
    // An offset of row 0: no match at any radius a tile serves.
    private static final double NOWHERE = 1e4;
    // Rows, or cells, of a loop: short ones, as a JVM compiles what is called often.
    private static final int AT_ONCE = 256;

    double[] u = new double[1024];
    double[] v = new double[1024];
    /**
     * Position among the right points; of row 0 that of any row here, if there is one: farther than the radius from
     * whatever has no row within it.
     */
    int[] position = new int[1024];
    /** The next row of the same cell, 0 at the end. */
    short[] next = new short[1024];
    /** The first row of each cell. */
    short[] head = new short[(MAX_SIDE + 3) * (MAX_SIDE + 3)];
    int size;

    /** Cells in a line along x. */
    int side;
    /** Cells a unit of x, and of y. */
    double scaleX;
    double scaleY;
    /** Where x, and y, of 0 is, in cells, for right rows; left positions start half a cell before. */
    double originX;
    double originY;
    private int lines;
    private long looked;

    /**
     * Takes the rows of some blocks, once laid out.
     *
     * @param mostEqual rows that follow this many others with the very same position are left out
     * @return whether there was room, for {@link #MAX_ROWS}
     */
    boolean fill(TileFrame tile, BlockBoxes boxes, BlockTree blocks, int count, int mostEqual) {
        clearHeads();
        size = 0;
        looked += blocks.foundRows();
        PlainPoints right = boxes.points();
        RimRows rim = boxes.rim();
        for (int i = 0; i < count; i++) {
            int found = blocks.found()[i];
            int block = found < 0 ? ~found : found;
            int from = boxes.from(block);
            int to = boxes.to(block);
            if (size + to - from >= u.length) {
                if (size + to - from > MAX_ROWS) {
                    return false;
                }
                grow(size + to - from);
            }
            if (mostEqual != MatchOptions.ALL) {
                addUnequal(tile, right, from, to, mostEqual);
            } else if (found < 0) {
                for (int r = boxes.rimFrom(block); r < boxes.rimTo(block); r++) {
                    add(tile, rim.ra[r], rim.dec[r], rim.position[r]);
                }
            } else {
                addRows(tile, right, from, to);
            }
        }
        position[0] = size == 0 ? 0 : position[1];
        return true;
    }

    private void clearHeads() {
        int cells = side * lines;
        int cleared = Math.min(cells, AT_ONCE);
        Arrays.fill(head, 0, cleared, (short) 0);
        while (cleared < cells) {
            int more = Math.min(cleared, cells - cleared);
            System.arraycopy(head, 0, head, cleared, more);
            cleared += more;
        }
    }

    /** Whether rows equal to the ones before them are worth being left out, by a sample of them. */
    static boolean areManyEqual(BlockBoxes boxes, BlockTree blocks, int count) {
        PlainPoints right = boxes.points();
        int equal = 0;
        int sampled = 0;
        for (int i = 0; i < count; i++) {
            int block = blocks.found()[i];
            if (block >= 0) {
                int rows = boxes.to(block) - boxes.from(block);
                for (int k = 1; k < rows; k += BlockBoxes.BLOCK_ROWS) {
                    equal += right.isEqualToPrevious(boxes.from(block) + k) ? 1 : 0;
                    sampled++;
                }
            }
        }
        return equal > sampled / MANY_EQUAL;
    }

    private void addUnequal(TileFrame tile, PlainPoints right, int from, int to, int mostEqual) {
        int equal = right.equalBefore(from, mostEqual);
        int start = from;
        for (int p = from; p < to; p++) {
            if (p > from) {
                equal = right.isEqualToPrevious(p) ? equal + 1 : 0;
            }
            if (equal >= mostEqual) {
                addRows(tile, right, start, p);
                start = p + 1;
            }
        }
        addRows(tile, right, start, to);
    }

    private void addRows(TileFrame tile, PlainPoints right, int from, int to) {
        if (tile.isWrapped) {
            for (int p = from; p < to; p++) {
                add(tile, right.ra()[p], right.dec()[p], p);
            }
        } else {
            int p = from;
            while (p < to) {
                int end = p + Math.min(AT_ONCE, to - p); // rows may be as many as ints
                add(tile, right, p, end);
                p = end;
            }
        }
    }

    /** Rows looked at by {@link #fill} since {@link #resetLooked}. */
    long looked() {
        return looked;
    }

    void resetLooked() {
        looked = 0;
    }

    private void grow(int rows) {
        int capacity = Math.max(2 * u.length, rows + 1);
        u = Arrays.copyOf(u, capacity);
        v = Arrays.copyOf(v, capacity);
        position = Arrays.copyOf(position, capacity);
        next = Arrays.copyOf(next, capacity);
    }

    /** Chooses the cells for that many rows, about. */
    void layOut(TileFrame tile, double rows) {
        double extentX = 2 * (tile.half + tile.marginX);
        double extentY = 2 * (tile.half + tile.marginY);
        // sixteen cells a row where the radius allows
        int wanted = (int) Math.sqrt(16.0 * rows) + 1;
        double most = Math.max(MIN_SIDE, Math.min(MAX_SIDE, wanted));
        scaleX = 1 / Math.max(2 * tile.marginX * (1 + 1e-6), extentX / most);
        scaleY = 1 / Math.max(2 * tile.marginY * (1 + 1e-6), extentY / most);
        originX = extentX / 2 * scaleX + 0.5;
        originY = extentY / 2 * scaleY + 0.5;
        // one more for the last row, one more for the last square of 2 x 2, and rounding
        side = (int) (extentX * scaleX + 0.5) + 3;
        lines = (int) (extentY * scaleY + 0.5) + 3;
        u[0] = NOWHERE;
        v[0] = 0;
        next[0] = 0;
    }

    private void add(TileFrame tile, PlainPoints right, int from, int to) {
        double[] ra = right.ra();
        double[] dec = right.dec();
        double[] us = u;
        double[] vs = v;
        int[] positions = position;
        short[] nexts = next;
        short[] heads = head;
        double ra0 = tile.ra0;
        double dec0 = tile.dec0;
        double xu = tile.xu;
        double xv = tile.xv;
        double yu = tile.yu;
        double yv = tile.yv;
        double reachX = tile.half + tile.marginX;
        double reachY = tile.half + tile.marginY;
        double perX = scaleX;
        double perY = scaleY;
        double zeroX = originX;
        double zeroY = originY;
        double stride = side;
        int last = size;
        for (int p = from; p < to; p++) {
            double du = ra[p] - ra0;
            double dv = dec[p] - dec0;
            double x = Math.fma(xu, du, xv * dv);
            double y = Math.fma(yu, du, yv * dv);
            if (Math.abs(x) <= reachX && Math.abs(y) <= reachY) {
                int cell = (int) Math.fma(Math.floor(Math.fma(y, perY, zeroY)), stride, Math.fma(x, perX, zeroX));
                last++;
                us[last] = du;
                vs[last] = dv;
                positions[last] = p;
                nexts[last] = heads[cell];
                heads[cell] = (short) last;
            }
        }
        size = last;
    }

    /** Adds one row, in any tile. */
    private void add(TileFrame tile, double ra, double dec, int p) {
        double du = tile.offsetRa(ra);
        double dv = dec - tile.dec0;
        double x = tile.xu * du + tile.xv * dv;
        double y = tile.yu * du + tile.yv * dv;
        if (Math.abs(x) <= tile.half + tile.marginX && Math.abs(y) <= tile.half + tile.marginY) {
            int cell = (int) Math.fma(Math.floor(Math.fma(y, scaleY, originY)), side, Math.fma(x, scaleX, originX));
            size++;
            u[size] = du;
            v[size] = dv;
            position[size] = p;
            next[size] = head[cell];
            head[cell] = (short) size;
        }
    }

    /** Rows a left position has to look at, on average over the tile. */
    double meanCandidates() {
        return 4.0 * size / ((2 * originX - 1) * (2 * originY - 1));
    }
}
