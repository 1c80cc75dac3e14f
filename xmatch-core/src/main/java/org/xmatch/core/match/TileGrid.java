package org.xmatch.core.match;

import java.util.Arrays;

/**
 * The right rows of one tile and its margin, in square cells at least two margins wide: whatever is
 * within the radius of a left position is in a square of 2 x 2 cells.
 * <p>
 * Rows are numbered from 1 here; row 0 is nowhere. A cell is a chain of rows. All of it fits the
 * first two levels of a processor's cache.
 */
final class TileGrid {

    static final int MAX_ROWS = 30_000;
    private static final int MAX_SIDE = 126;
    private static final int MIN_SIDE = 4;
    // An offset of row 0: no match at any radius a tile serves.
    private static final double NOWHERE = 1e4;

    double[] u = new double[1024];
    double[] v = new double[1024];
    /** Position among the right points. */
    int[] position = new int[1024];
    /** The next row of the same cell, 0 at the end. */
    short[] next = new short[1024];
    /** The first row of each cell. */
    short[] head = new short[(MAX_SIDE + 3) * (MAX_SIDE + 3)];
    int size;

    /** Cells along a side. */
    int side;
    /** Cells a unit of x or y. */
    double scale;
    /** Where x or y of 0 is, in cells, for right rows; left positions start half a cell before. */
    double origin;

    /** Takes the rows of some blocks, once laid out; false for more than {@link #MAX_ROWS}. */
    boolean fill(TileFrame tile, PlainPoints right, int[] blocks, int count) {
        Arrays.fill(head, 0, side * side, (short) 0);
        size = 0;
        for (int i = 0; i < count; i++) {
            int from = blocks[i] * BlockTree.BLOCK_ROWS;
            int to = Math.min(right.end(), from + BlockTree.BLOCK_ROWS);
            if (size + BlockTree.BLOCK_ROWS >= u.length) {
                if (size + BlockTree.BLOCK_ROWS > MAX_ROWS) {
                    return false;
                }
                grow();
            }
            if (tile.isWrapped) {
                addWrapped(tile, right, from, to);
            } else {
                add(tile, right, from, to);
            }
        }
        return true;
    }

    private void grow() {
        int capacity = 2 * u.length;
        u = Arrays.copyOf(u, capacity);
        v = Arrays.copyOf(v, capacity);
        position = Arrays.copyOf(position, capacity);
        next = Arrays.copyOf(next, capacity);
    }

    /** Chooses the cells for the rows of that many blocks. */
    void layOut(TileFrame tile, int blocks) {
        double extent = 2 * (tile.half + tile.margin);
        // Eight cells a row where the radius allows: about half of the rows found are in the tile.
        int wanted = (int) Math.sqrt(4.0 * BlockTree.BLOCK_ROWS * blocks) + 1;
        double width = Math.max(2 * tile.margin * (1 + 1e-6),
                extent / Math.max(MIN_SIDE, Math.min(MAX_SIDE, wanted)));
        scale = 1 / width;
        origin = extent / 2 * scale;
        // one more for the last row, one more for the last square of 2 x 2, and rounding
        side = (int) (extent * scale) + 3;
        u[0] = NOWHERE;
        v[0] = 0;
        next[0] = 0;
        position[0] = 0;
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
        double reach = tile.half + tile.margin;
        double perUnit = scale;
        double zero = origin;
        int stride = side;
        int last = size;
        for (int p = from; p < to; p++) {
            double du = ra[p] - ra0;
            double dv = dec[p] - dec0;
            double x = xu * du + xv * dv;
            double y = yu * du + yv * dv;
            if (Math.abs(x) <= reach && Math.abs(y) <= reach) {
                int cell = (int) (y * perUnit + zero) * stride + (int) (x * perUnit + zero);
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

    /** {@link #add} for a tile across ra = 0. */
    private void addWrapped(TileFrame tile, PlainPoints right, int from, int to) {
        double[] ra = right.ra();
        double[] dec = right.dec();
        double reach = tile.half + tile.margin;
        for (int p = from; p < to; p++) {
            double du = tile.offsetRa(ra[p]);
            double dv = dec[p] - tile.dec0;
            double x = tile.xu * du + tile.xv * dv;
            double y = tile.yu * du + tile.yv * dv;
            if (Math.abs(x) <= reach && Math.abs(y) <= reach) {
                int cell = (int) (y * scale + origin) * side + (int) (x * scale + origin);
                size++;
                u[size] = du;
                v[size] = dv;
                position[size] = p;
                next[size] = head[cell];
                head[cell] = (short) size;
            }
        }
    }

    /** Rows a left position has to look at, on average over the tile. */
    double meanCandidates() {
        double cells = 2 * origin;
        return 4.0 * size / (cells * cells);
    }
}
