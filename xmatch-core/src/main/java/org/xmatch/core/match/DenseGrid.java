package org.xmatch.core.match;

import java.util.Arrays;

/**
 * The rows of a {@link TileGrid} in cells as small as the rows are close, for searches that shrink
 * their radius: where many rows are within the radius of a left position, few need to be looked at.
 * <p>
 * A search looks at the 3 x 3 cells around the position, which says how far the cells can lie that
 * still matter, then at those.
 */
final class DenseGrid {

    // Rows in a cell, on average over the tile.
    private static final double ROWS_PER_CELL = 2;
    private static final int MAX_SIDE = 720;

    private final TileFrame tile;

    private double[] u = new double[1024];
    private double[] v = new double[1024];
    private int[] row = new int[1024];
    private int[] cellOf = new int[1024];
    private int[] start = new int[0];
    private int side;
    private double scale;
    private double origin;

    // what the last scan found
    private double best;
    private double runnerUp;
    private int bestAt;
    private long scanned;

    DenseGrid(TileFrame tile) {
        this.tile = tile;
    }

    /** Takes all rows of the tile's grid. */
    void fill(TileGrid rows) {
        int size = rows.size;
        if (u.length <= size) {
            int capacity = rows.u.length;
            u = new double[capacity];
            v = new double[capacity];
            row = new int[capacity];
            cellOf = new int[capacity];
        }
        double extent = 2 * (tile.half + tile.margin);
        side = (int) Math.max(4, Math.min(MAX_SIDE, Math.sqrt(size / ROWS_PER_CELL)));
        scale = side / extent * (1 - 1e-12);
        origin = extent / 2 * scale;
        int cells = side * side;
        if (start.length < cells + 1) {
            start = new int[cells + 1];
        }
        Arrays.fill(start, 0, cells + 1, 0);
        for (int i = 1; i <= size; i++) {
            int cell = cell(tile.xu * rows.u[i] + tile.xv * rows.v[i], tile.yu * rows.u[i] + tile.yv * rows.v[i]);
            cellOf[i] = cell;
            start[cell]++;
        }
        int end = 0;
        for (int cell = 0; cell <= cells; cell++) {
            end += start[cell];
            start[cell] = end;
        }
        for (int i = size; i >= 1; i--) {
            int at = --start[cellOf[i]];
            u[at] = rows.u[i];
            v[at] = rows.v[i];
            row[at] = i;
        }
    }

    private int cell(double x, double y) {
        return index(y) * side + index(x);
    }

    /** The column or row of cells of a coordinate, the first or last one beyond the ends. */
    private int index(double coordinate) {
        return Math.max(0, Math.min(side - 1, (int) (coordinate * scale + origin)));
    }

    /** Rows looked at since {@link #resetScanned}. */
    long scanned() {
        return scanned;
    }

    void resetScanned() {
        scanned = 0;
    }

    /**
     * The grid's number of the row nearest to an offset, 0 for none within the radius, or
     * {@code undecided} where two are too close to each other for the metric to tell.
     */
    int nearest(double u0, double v0, int undecided) {
        double x = tile.xu * u0 + tile.xv * v0;
        double y = tile.yu * u0 + tile.yv * v0;
        int column = index(x);
        int line = index(y);
        scan(u0, v0, Math.max(0, column - 1), Math.min(side - 1, column + 1), Math.max(0, line - 1),
                Math.min(side - 1, line + 1));
        double reach = best <= tile.limit ? tile.marginOfMetric(best) : tile.margin;
        int west = index(x - reach);
        int east = index(x + reach);
        int south = index(y - reach);
        int north = index(y + reach);
        if (west < column - 1 || east > column + 1 || south < line - 1 || north > line + 1) {
            scan(u0, v0, west, east, south, north);
        }
        if (!(best <= tile.limit)) {
            return 0;
        }
        return runnerUp <= best * (1 + tile.slack) + TileFrame.ROUNDING ? undecided : row[bestAt];
    }

    private void scan(double u0, double v0, int west, int east, int south, int north) {
        double a = tile.cosSquared(v0);
        double b = tile.cosSin(v0);
        double first = Double.POSITIVE_INFINITY;
        double second = Double.POSITIVE_INFINITY;
        int at = 0;
        for (int line = south; line <= north; line++) {
            int end = start[line * side + east + 1];
            int from = start[line * side + west];
            scanned += end - from;
            for (int i = from; i < end; i++) {
                double du = u0 - u[i];
                double dv = v0 - v[i];
                double q = TileFrame.metric(du, dv, a, b);
                if (q < second) {
                    if (q < first) {
                        second = first;
                        first = q;
                        at = i;
                    } else {
                        second = q;
                    }
                }
            }
        }
        best = first;
        runnerUp = second;
        bestAt = at;
    }

    /** Offers the rows near an offset, those of the cells around it first. */
    void offer(double u0, double v0, NearestRows nearest, PlainPoints right, int[] position) {
        double x = tile.xu * u0 + tile.xv * v0;
        double y = tile.yu * u0 + tile.yv * v0;
        int west = Math.max(0, index(x) - 1);
        int east = Math.min(side - 1, index(x) + 1);
        int south = Math.max(0, index(y) - 1);
        int north = Math.min(side - 1, index(y) + 1);
        for (int line = south; line <= north; line++) {
            offerCells(u0, v0, line, west, east, nearest, right, position);
        }
        double limit = tile.limitOf(nearest.limitArcsec());
        double reach = Math.min(tile.margin, tile.marginOfMetric(limit));
        int farWest = Math.min(west, index(x - reach));
        int farEast = Math.max(east, index(x + reach));
        int farSouth = Math.min(south, index(y - reach));
        int farNorth = Math.max(north, index(y + reach));
        for (int line = farSouth; line <= farNorth; line++) {
            if (line < south || line > north) {
                offerCells(u0, v0, line, farWest, farEast, nearest, right, position);
            } else {
                offerCells(u0, v0, line, farWest, west - 1, nearest, right, position);
                offerCells(u0, v0, line, east + 1, farEast, nearest, right, position);
            }
        }
    }

    private void offerCells(double u0, double v0, int line, int west, int east, NearestRows nearest,
            PlainPoints right, int[] position) {
        if (west > east) {
            return;
        }
        double a = tile.cosSquared(v0);
        double b = tile.cosSin(v0);
        double limitArcsec = nearest.limitArcsec();
        double limit = tile.limitOf(limitArcsec);
        int end = start[line * side + east + 1];
        int from = start[line * side + west];
        scanned += end - from;
        for (int i = from; i < end; i++) {
            double du = u0 - u[i];
            double dv = v0 - v[i];
            if (TileFrame.metric(du, dv, a, b) <= limit && nearest.offer(right.row(position[row[i]]))
                    && nearest.limitArcsec() < limitArcsec) {
                limitArcsec = nearest.limitArcsec();
                limit = tile.limitOf(limitArcsec);
            }
        }
    }
}
