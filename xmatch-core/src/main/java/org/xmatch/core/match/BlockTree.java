package org.xmatch.core.match;

import java.util.Arrays;

/**
 * Right rows in blocks of consecutive rows, each block with the box of ra and dec it lies in, and a
 * tree of boxes over them.
 * <p>
 * Nothing is sorted: the order of the rows is the index. Rows that are close in number should be
 * close on the sky, as in HATS partitions, with or without margin rows behind; if they are not, the
 * boxes are large and searches slow, but right.
 * <p>
 * Boxes are in units of 2^-32 turns, so that differences in ra wrap by themselves.
 */
final class BlockTree {

    static final int BLOCK_ROWS = 32;

    private static final double UNITS_PER_DEGREE = 0x1p32 / 360;
    private static final double DEGREES_PER_UNIT = 360 / 0x1p32;
    private static final int FAN_OUT = 4;
    // 2^26 blocks, 4 to a node: 14 levels with up to 3 nodes waiting on each.
    private static final int STACK = 64;

    // low and high ra, low and high dec of each node; blocks first, then level on level to the root
    private int[] box = new int[0];
    private final int[] levelStart = new int[20];
    private int levels;
    private int blocks;
    private PlainPoints points = new PlainPoints();

    private final int[] stackNode = new int[STACK];
    private final int[] stackLevel = new int[STACK];
    private final double[] stackChord2 = new double[STACK];
    private final double[] childChord2 = new double[FAN_OUT];
    private int[] found = new int[256];
    private long scanned;

    void build(PlainPoints rightPoints) {
        points = rightPoints;
        int size = points.end();
        blocks = (size + BLOCK_ROWS - 1) / BLOCK_ROWS;
        levels = 0;
        int total = 0;
        int count = blocks;
        while (true) {
            levelStart[levels++] = total;
            total += count;
            if (count <= 1) {
                break;
            }
            count = (count + FAN_OUT - 1) / FAN_OUT;
        }
        levelStart[levels] = total;
        if (box.length < 4 * total) {
            box = new int[4 * total];
        }
        boundBlocks(points.ra(), points.dec(), size);
        for (int level = 1; level < levels; level++) {
            boundLevel(level);
        }
    }

    private void boundBlocks(double[] ra, double[] dec, int size) {
        for (int block = 0; block < blocks; block++) {
            int to = Math.min(size, (block + 1) * BLOCK_ROWS);
            int raLow = Integer.MAX_VALUE;
            int raHigh = Integer.MIN_VALUE;
            int decLow = Integer.MAX_VALUE;
            int decHigh = Integer.MIN_VALUE;
            for (int row = block * BLOCK_ROWS; row < to; row++) {
                int a = raUnits(ra[row]);
                int d = (int) (dec[row] * UNITS_PER_DEGREE);
                raLow = Math.min(raLow, a);
                raHigh = Math.max(raHigh, a);
                decLow = Math.min(decLow, d);
                decHigh = Math.max(decHigh, d);
            }
            put(block, raLow, raHigh, decLow, decHigh);
        }
    }

    private void boundLevel(int level) {
        int below = levelStart[level - 1];
        int end = levelStart[level];
        for (int node = end; node < levelStart[level + 1]; node++) {
            int first = below + FAN_OUT * (node - end);
            int last = Math.min(first + FAN_OUT, end);
            int raLow = Integer.MAX_VALUE;
            int raHigh = Integer.MIN_VALUE;
            int decLow = Integer.MAX_VALUE;
            int decHigh = Integer.MIN_VALUE;
            for (int child = first; child < last; child++) {
                raLow = Math.min(raLow, box[4 * child]);
                raHigh = Math.max(raHigh, box[4 * child + 1]);
                decLow = Math.min(decLow, box[4 * child + 2]);
                decHigh = Math.max(decHigh, box[4 * child + 3]);
            }
            put(node, raLow, raHigh, decLow, decHigh);
        }
    }

    private void put(int node, int raLow, int raHigh, int decLow, int decHigh) {
        box[4 * node] = raLow;
        box[4 * node + 1] = raHigh;
        box[4 * node + 2] = decLow;
        box[4 * node + 3] = decHigh;
    }

    /** Within one unit; the largest int for 360. */
    private static int raUnits(double ra) {
        return (int) ((ra - 180) * UNITS_PER_DEGREE);
    }

    /**
     * Whether rows close in number are close on the sky: the boxes of blocks are small beside the
     * box of all.
     */
    boolean isLocal() {
        double sum = 0;
        for (int block = 0; block < blocks; block++) {
            sum += area(block);
        }
        return sum <= 0.2 * blocks * area(levelStart[levels] - 1);
    }

    private double area(int node) {
        return (box[4 * node + 1] - (double) box[4 * node] + 1)
                * (box[4 * node + 3] - (double) box[4 * node + 2] + 1);
    }

    /** Blocks found by {@link #find}, ascending. */
    int[] found() {
        return found;
    }

    /**
     * Finds the blocks whose box touches the tile or its margin.
     *
     * @return how many, or -1 for more than {@code most}
     */
    int find(TileFrame tile, int most) {
        int ra0 = raUnits(ChordBound.wrapped(tile.ra0));
        long dec0 = (long) (tile.dec0 * UNITS_PER_DEGREE);
        // rounding of the box, of the centre and of the extents: a unit each
        long halfRa = (long) (tile.halfRa * UNITS_PER_DEGREE) + 4;
        long halfDec = (long) (tile.halfDec * UNITS_PER_DEGREE) + 4;
        double side = tile.half + tile.margin;
        int count = 0;
        int stacked = 1;
        stackNode[0] = levelStart[levels] - 1;
        stackLevel[0] = levels - 1;
        while (stacked > 0) {
            int node = stackNode[--stacked];
            int level = stackLevel[stacked];
            long high = box[4 * node + 3];
            long low = box[4 * node + 2];
            if (high < dec0 - halfDec || low > dec0 + halfDec) {
                continue;
            }
            long boxHalfRa = ((long) box[4 * node + 1] - box[4 * node] >> 1) + 1;
            int u = (int) (box[4 * node] + boxHalfRa) - ra0;
            if (Math.abs((long) u) > boxHalfRa + halfRa
                    || !touches(tile, side, u, boxHalfRa, (low + high) / 2 - dec0, high - low)) {
                continue;
            }
            if (level == 0) {
                if (count == most) {
                    return -1;
                }
                if (count == found.length) {
                    found = Arrays.copyOf(found, 2 * count);
                }
                found[count++] = node;
            } else {
                int first = levelStart[level - 1] + FAN_OUT * (node - levelStart[level]);
                int last = Math.min(first + FAN_OUT, levelStart[level]) - 1;
                for (int child = last; child >= first; child--) {
                    stackNode[stacked] = child;
                    stackLevel[stacked++] = level - 1;
                }
            }
        }
        return count;
    }

    /** Whether the box, given by its centre and extents in units, touches the square of the tile. */
    private static boolean touches(
            TileFrame tile, double side, int u, long halfU, long v, long extentV) {
        if (halfU > 1 << 29) {
            // More than a quarter turn to each side: its other end might come round to the tile.
            return true;
        }
        double du = (halfU + 4) * DEGREES_PER_UNIT;
        double dv = (extentV / 2 + 4) * DEGREES_PER_UNIT;
        double uc = u * DEGREES_PER_UNIT;
        double vc = v * DEGREES_PER_UNIT;
        return Math.abs(tile.xu * uc + tile.xv * vc)
                        <= side + Math.abs(tile.xu) * du + Math.abs(tile.xv) * dv
                && Math.abs(tile.yu * uc + tile.yv * vc)
                        <= side + Math.abs(tile.yu) * du + Math.abs(tile.yv) * dv;
    }

    /** Rows looked at by {@link #search} since {@link #build}. */
    long scanned() {
        return scanned;
    }

    void resetScanned() {
        scanned = 0;
    }

    /** Offers the rows near one left position, {@code ra} wrapped, nearest boxes first. */
    void search(double ra, double dec, NearestRows nearest) {
        int raUnits = raUnits(ra);
        double limitArcsec = nearest.limitArcsec();
        double limitChord2 = ChordBound.ofArcsec(limitArcsec);
        double cosCos = cosCos(dec, limitArcsec);
        stackNode[0] = levelStart[levels] - 1;
        stackLevel[0] = levels - 1;
        stackChord2[0] = 0;
        int stacked = 1;
        while (stacked > 0) {
            stacked--;
            if (stackChord2[stacked] > limitChord2) {
                continue;
            }
            int node = stackNode[stacked];
            int level = stackLevel[stacked];
            if (level > 0) {
                stacked = pushChildren(
                        node, level, stacked, raUnits, dec, cosCos, limitChord2);
                continue;
            }
            offerBlock(node, ra, dec, cosCos, limitChord2, nearest);
            if (nearest.limitArcsec() < limitArcsec) {
                limitArcsec = nearest.limitArcsec();
                limitChord2 = ChordBound.ofArcsec(limitArcsec);
                cosCos = cosCos(dec, limitArcsec);
            }
        }
    }

    /**
     * Lower bound of the product of the cosines of the left declination and of any right one within
     * the limit.
     */
    private static double cosCos(double dec, double limitArcsec) {
        double farthest = Math.abs(dec) + limitArcsec / 3600 * (1 + 1e-9) + 1e-9;
        if (farthest >= 90) {
            return 0;
        }
        return Math.cos(dec * ChordBound.RADIANS) * Math.cos(farthest * ChordBound.RADIANS)
                * (1 - 1e-12);
    }

    /** Stacks the children within the limit, the nearest on top. */
    private int pushChildren(int node, int level, int stacked, int raUnits, double dec,
            double cosCos, double limitChord2) {
        int first = levelStart[level - 1] + FAN_OUT * (node - levelStart[level]);
        int last = Math.min(first + FAN_OUT, levelStart[level]);
        int top = stacked;
        for (int child = last - 1; child >= first; child--) {
            double chord2 = chord2To(child, raUnits, dec, cosCos);
            if (chord2 <= limitChord2) {
                int place = top++;
                while (place > stacked && stackChord2[place - 1] < chord2) {
                    stackNode[place] = stackNode[place - 1];
                    stackChord2[place] = stackChord2[place - 1];
                    place--;
                }
                stackNode[place] = child;
                stackChord2[place] = chord2;
                stackLevel[top - 1] = level - 1;
            }
        }
        return top;
    }

    /** Lower bound of the squared chord to any row of the node. */
    private double chord2To(int node, int raUnits, double dec, double cosCos) {
        double low = (box[4 * node + 2] - 1L) * DEGREES_PER_UNIT;
        double high = (box[4 * node + 3] + 1L) * DEGREES_PER_UNIT;
        double dv = Math.max(0, Math.max(low - dec, dec - high));
        long halfRa = ((long) box[4 * node + 1] - box[4 * node] >> 1) + 1;
        int u = (int) (box[4 * node] + halfRa) - raUnits;
        double du = Math.max(0, Math.abs((long) u) - halfRa - 3) * DEGREES_PER_UNIT;
        return ChordBound.chord2OfDegrees(dv) + cosCos * ChordBound.chord2OfDegrees(du);
    }

    private void offerBlock(int block, double ra, double dec, double cosCos, double limitChord2,
            NearestRows nearest) {
        double[] ras = points.ra();
        double[] decs = points.dec();
        int from = block * BLOCK_ROWS;
        int to = Math.min(points.end(), from + BLOCK_ROWS);
        scanned += to - from;
        double limit = limitChord2;
        double limitArcsec = nearest.limitArcsec();
        for (int p = from; p < to; p++) {
            double du = Math.abs(ras[p] - ra);
            du = Math.min(du, 360 - du);
            double chord2 = ChordBound.chord2OfDegrees(decs[p] - dec)
                    + cosCos * ChordBound.chord2OfDegrees(du);
            if (chord2 <= limit && nearest.offer(points.row(p))
                    && nearest.limitArcsec() < limitArcsec) {
                limitArcsec = nearest.limitArcsec();
                limit = ChordBound.ofArcsec(limitArcsec);
            }
        }
    }
}
