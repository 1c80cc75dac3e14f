package org.xmatch.core.match;

import java.util.Arrays;

/**
 * Cuts right rows into blocks of consecutive rows and bounds each: the rows of a tile where rows come
 * like that, as they do when sorted by pixel, else {@link BlockBoxes#BLOCK_ROWS} rows each.
 * <p>
 * That rows lie in a tile takes a fraction of the time that bounding them one by one does. Those close
 * to its edge, all that a tile beside it needs, are listed on the way.
 */
final class BlockCutter {

    private static final int BLOCK_ROWS = BlockBoxes.BLOCK_ROWS;
    private static final int WIDTH = BlockBoxes.WIDTH;
    private static final int MOST_ROWS = 1600;
    private static final int FEW_ROWS = 400;
    // Until a larger tile is tried, where one was bent.
    private static final int MOST_SHORT_RUNS = 16;
    // Tiles so large that their edges are bent have too many rows close to these; half a side.
    private static final double LEAST_INNER = 0.43;
    // Closer to the poles there are no tiles, or hardly.
    private static final double POLAR = 85;
    // 2^4 blocks until tiles are tried again.
    private static final int MOST_FAILURES = 4;
    // Rows of a loop: a short one, as a JVM compiles what is called often.
    private static final int AT_ONCE = 256;

    private final TileFrame tile;
    private int order = TileFrame.USUAL_ORDER;
    private int shortRuns;

    /** Blocks; the first row of each. */
    int count;
    int[] start = new int[64];
    /** {@link BlockBoxes#WIDTH} values a block. */
    int[] box = new int[64 * WIDTH];
    /** Four values a block: where rows of it that are not rim rows lie, low and high of p and q. */
    int[] inner = new int[64 * 4];
    /** One past the last rim row of each block. */
    int[] rimEnd = new int[64];
    final RimRows rim = new RimRows();
    /** Whether all rows are plain; if not, the rest is good for nothing. */
    boolean isPlain;

    /**
     * @param tile to be used; null for no tiles
     */
    BlockCutter(TileFrame tile) {
        this.tile = tile;
    }

    /** Cuts the rows {@code [from, to)}. */
    void cut(PlainPoints points, int from, int to) {
        count = 0;
        rim.size = 0;
        isPlain = true;
        int failures = 0;
        int nextTile = from;
        int row = from;
        while (row < to) {
            int end = row;
            if (tile != null && row >= nextTile) {
                end = endOfTile(points, row, to);
                failures = end - row < BLOCK_ROWS ? Math.min(failures + 1, MOST_FAILURES) : 0;
                nextTile = end - row < BLOCK_ROWS ? endOf(row, BLOCK_ROWS << failures, to) : end;
            }
            makeRoom(row);
            if (end - row < BLOCK_ROWS) {
                end = endOf(row, BLOCK_ROWS, to);
                bound(points, row, end);
            } else {
                boundTile();
            }
            rimEnd[count++] = rim.size;
            row = end;
        }
    }

    /** One past so many rows from a row on, at most {@code to}: rows may be as many as ints. */
    private static int endOf(int row, int rows, int to) {
        return row + Math.min(rows, to - row);
    }

    private void makeRoom(int row) {
        if (count == start.length) {
            start = Arrays.copyOf(start, 2 * count);
            box = Arrays.copyOf(box, 2 * count * WIDTH);
            inner = Arrays.copyOf(inner, 2 * count * 4);
            rimEnd = Arrays.copyOf(rimEnd, 2 * count);
        }
        start[count] = row;
    }

    /** One past the last of the rows from {@code from} on that lie in the tile of the first; {@code from} for none. */
    private int endOfTile(PlainPoints points, int from, int to) {
        double ra = points.ra()[from];
        double dec = points.dec()[from];
        if (!points.isPlain(from) || Math.abs(dec) > POLAR) {
            return from;
        }
        int rimsBefore = rim.size;
        int lowestOrder = TileFrame.MIN_ORDER;
        while (isSquareAt(ra, dec) && order >= lowestOrder) {
            int end = scanTile(points, from, endOf(from, MOST_ROWS, to));
            if (end - from < MOST_ROWS) {
                if (end - from < BLOCK_ROWS) {
                    rim.size = rimsBefore;
                }
                rim.takeCoordinates(rimsBefore, points);
                adaptOrder(end - from, end == to);
                return end;
            }
            rim.size = rimsBefore;
            if (order == TileFrame.MAX_ORDER) {
                return from;
            }
            lowestOrder = ++order;
            shortRuns = 0;
        }
        return from;
    }

    /**
     * Whether the tile of a position serves, of an order that follows from the last one: a smaller tile where it is
     * bent, a larger one where the radius asks for that.
     */
    private boolean isSquareAt(double ra, double dec) {
        int lastStep = 0;
        while (true) {
            boolean isPlaced = tile.place(ra, dec, order);
            if (isPlaced && (!tile.isSquareInPlane || tile.isWrapped)) {
                return false;
            }
            if (isPlaced && tile.inner > LEAST_INNER) {
                return true;
            }
            int step = tile.margin >= 0.5 - LEAST_INNER ? -1 : 1;
            if (step == -lastStep || order + step < TileFrame.MIN_ORDER || order + step > TileFrame.MAX_ORDER) {
                return false;
            }
            order += step;
            lastStep = step;
            shortRuns = -MOST_SHORT_RUNS;
        }
    }

    private void adaptOrder(int rows, boolean isLast) {
        if (rows >= FEW_ROWS) {
            shortRuns = 0;
        } else if (!isLast && ++shortRuns == 2 && order > TileFrame.MIN_ORDER) {
            order--;
            shortRuns = 0;
        }
    }

    private int scanTile(PlainPoints points, int from, int to) {
        int row = from;
        int pieceEnd;
        do {
            pieceEnd = endOf(row, AT_ONCE, to);
            row = scan(points, row, pieceEnd);
        } while (row == pieceEnd && row < to);
        return row;
    }

    private int scan(PlainPoints points, int from, int to) {
        rim.reserve(rim.size + to - from);
        double[] ra = points.ra();
        double[] dec = points.dec();
        int[] rimRows = rim.position;
        double ra0 = tile.ra0;
        double dec0 = tile.dec0;
        double xu = tile.xu;
        double xv = tile.xv;
        double yu = tile.yu;
        double yv = tile.yv;
        double half = tile.half;
        double within = tile.inner;
        int last = rim.size;
        int row = from;
        for (; row < to; row++) {
            double du = ra[row] - ra0;
            double dv = dec[row] - dec0;
            double x = Math.abs(Math.fma(xu, du, xv * dv));
            double y = Math.abs(Math.fma(yu, du, yv * dv));
            if (!(x <= half && y <= half)) {
                break;
            }
            rimRows[last] = row;
            // the sign of either is set where it is in the rim
            last += (int) ((Double.doubleToRawLongBits(within - x) | Double.doubleToRawLongBits(within - y)) >>> 63);
        }
        rim.size = last;
        return row;
    }

    private void boundTile() {
        int at = WIDTH * count;
        box[at] = BlockBoxes.raUnits(tile.ra0 - tile.halfRa);
        box[at + 1] = BlockBoxes.raUnits(tile.ra0 + tile.halfRa);
        box[at + 2] = (int) Math.floor((tile.dec0 - tile.halfDec) * BlockBoxes.UNITS_PER_DEGREE);
        box[at + 3] = (int) Math.ceil((tile.dec0 + tile.halfDec) * BlockBoxes.UNITS_PER_DEGREE);
        boundInPlane(box, at + 4, tile.planeSquare);
        boundInPlane(inner, 4 * count, tile.planeInner);
    }

    private void boundInPlane(int[] bounds, int at, double reach) {
        bounds[at] = planeUnits(tile.planeX + tile.planeY - reach);
        bounds[at + 1] = planeUnits(tile.planeX + tile.planeY + reach);
        bounds[at + 2] = planeUnits(tile.planeX - tile.planeY - reach);
        bounds[at + 3] = planeUnits(tile.planeX - tile.planeY + reach);
    }

    /** Within one unit. */
    static int planeUnits(double coordinate) {
        return (int) (coordinate * BlockBoxes.PLANE_UNITS);
    }

    private void bound(PlainPoints points, int from, int to) {
        double[] ra = points.ra();
        double[] dec = points.dec();
        boolean areRowsPlain = true;
        int raLow = Integer.MAX_VALUE;
        int raHigh = Integer.MIN_VALUE;
        int decLow = Integer.MAX_VALUE;
        int decHigh = Integer.MIN_VALUE;
        int pLow = Integer.MAX_VALUE;
        int pHigh = Integer.MIN_VALUE;
        int qLow = Integer.MAX_VALUE;
        int qHigh = Integer.MIN_VALUE;
        for (int row = from; row < to; row++) {
            double alpha = ra[row];
            double delta = dec[row];
            if (!(alpha >= 0 && alpha <= 360 && Math.abs(delta) <= 90)) {
                areRowsPlain = false;
            }
            int a = BlockBoxes.raUnits(alpha);
            int d = (int) (delta * BlockBoxes.UNITS_PER_DEGREE);
            raLow = Math.min(raLow, a);
            raHigh = Math.max(raHigh, a);
            decLow = Math.min(decLow, d);
            decHigh = Math.max(decHigh, d);
            double sine = HealpixPlane.sine(delta);
            double x = HealpixPlane.x(alpha, delta, sine);
            double y = HealpixPlane.y(delta, sine);
            int p = planeUnits(x + y);
            int q = planeUnits(x - y);
            pLow = Math.min(pLow, p);
            pHigh = Math.max(pHigh, p);
            qLow = Math.min(qLow, q);
            qHigh = Math.max(qHigh, q);
        }
        int at = WIDTH * count;
        box[at] = raLow;
        box[at + 1] = raHigh;
        box[at + 2] = decLow;
        box[at + 3] = decHigh;
        box[at + 4] = pLow;
        box[at + 5] = pHigh;
        box[at + 6] = qLow;
        box[at + 7] = qHigh;
        // anywhere: there are no rim rows
        inner[4 * count] = Integer.MIN_VALUE;
        inner[4 * count + 1] = Integer.MAX_VALUE;
        inner[4 * count + 2] = Integer.MIN_VALUE;
        inner[4 * count + 3] = Integer.MAX_VALUE;
        isPlain &= areRowsPlain;
    }
}
