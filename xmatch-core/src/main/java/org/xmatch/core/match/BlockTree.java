package org.xmatch.core.match;

import java.util.Arrays;

/** Searches in {@link BlockBoxes}: the blocks of a tile, or the rows near one left position. */
final class BlockTree {

    private static final double UNITS_PER_DEGREE = BlockBoxes.UNITS_PER_DEGREE;
    private static final double DEGREES_PER_UNIT = 360 / 0x1p32;
    private static final int FAN_OUT = BlockBoxes.FAN_OUT;
    private static final int WIDTH = BlockBoxes.WIDTH;
    // 2^26 blocks, 4 to a node: 14 levels with up to 3 nodes waiting on each.
    private static final int STACK = 64;

    private BlockBoxes boxes = new BlockBoxes(0, false);
    private int[] box = new int[0];

    private final int[] stackNode = new int[STACK];
    private final int[] stackLevel = new int[STACK];
    private final double[] stackChord2 = new double[STACK];
    private int[] found = new int[256];
    private int foundRows;
    private double likelyRows;
    // where the tile to be found lies in the plane, and how far apart its two images do
    private int pLow;
    private int pHigh;
    private int qLow;
    private int qHigh;
    private int image;
    private long scanned;
    private long looked;

    void searchIn(BlockBoxes built) {
        boxes = built;
        box = built.box();
    }

    /** Blocks found by {@link #find}, ascending; the complement of those whose rim rows are enough. */
    int[] found() {
        return found;
    }

    /** Rows of those blocks, of the rim alone where that is enough. */
    int foundRows() {
        return foundRows;
    }

    /** How many rows of them lie in the tile, about. */
    double likelyRows() {
        return likelyRows;
    }

    /**
     * Finds the blocks that touch the tile or its margin.
     *
     * @return how many, or -1 for more than {@code mostRows} in them
     */
    int find(TileFrame tile, int mostRows) {
        int ra0 = BlockBoxes.raUnits(ChordBound.wrapped(tile.ra0));
        long dec0 = (long) (tile.dec0 * UNITS_PER_DEGREE);
        // rounding of the box, of the centre and of the extents: a unit each
        long halfRa = (long) (tile.halfRa * UNITS_PER_DEGREE) + 4;
        long halfDec = (long) (tile.halfDec * UNITS_PER_DEGREE) + 4;
        double side = tile.half + tile.margin;
        boolean isSquare = tile.isSquareInPlane;
        placeSquare(tile);
        int[] nodes = box;
        int count = 0;
        foundRows = 0;
        likelyRows = 0;
        int visited = 0;
        int stacked = 1;
        stackNode[0] = boxes.levelStart(boxes.levels()) - 1;
        stackLevel[0] = boxes.levels() - 1;
        while (stacked > 0) {
            int node = stackNode[--stacked];
            int level = stackLevel[stacked];
            int at = WIDTH * node;
            visited++;
            if (nodes[at + 3] < dec0 - halfDec || nodes[at + 2] > dec0 + halfDec) {
                continue;
            }
            if (!(isSquare ? touchesSquare(at) : touches(tile, side, at, ra0, dec0, halfRa))) {
                continue;
            }
            if (level == 0) {
                if (count == found.length) {
                    found = Arrays.copyOf(found, 2 * count);
                }
                if (isSquare && isRimEnough(node)) {
                    foundRows += boxes.rimTo(node) - boxes.rimFrom(node);
                    found[count++] = ~node;
                } else {
                    int rows = boxes.to(node) - boxes.from(node);
                    foundRows += rows;
                    likelyRows += rows * (isSquare ? shareInSquare(at) : 0.5);
                    found[count++] = node;
                }
                if (foundRows > mostRows) {
                    looked += visited;
                    return -1;
                }
            } else {
                int start = boxes.levelStart(level);
                int first = boxes.levelStart(level - 1) + FAN_OUT * (node - start);
                int last = Math.min(first + FAN_OUT, start) - 1;
                for (int child = last; child >= first; child--) {
                    stackNode[stacked] = child;
                    stackLevel[stacked++] = level - 1;
                }
            }
        }
        looked += visited;
        return count;
    }

    /** How much of a block's box lies in the square. */
    private double shareInSquare(int at) {
        double share = shareInSquare(at, 0);
        return image != 0 && share <= 0 ? shareInSquare(at, image) : share;
    }

    private double shareInSquare(int at, int shift) {
        double p = (double) Math.min(box[at + 5], pHigh + shift) - Math.max(box[at + 4], pLow + shift) + 1;
        double q = (double) Math.min(box[at + 7], qHigh + shift) - Math.max(box[at + 6], qLow + shift) + 1;
        return Math.max(0, p) * Math.max(0, q)
                / (((double) box[at + 5] - box[at + 4] + 1) * ((double) box[at + 7] - box[at + 6] + 1));
    }

    private void placeSquare(TileFrame tile) {
        pLow = BlockCutter.planeUnits(tile.planeX + tile.planeY - tile.planeReach);
        pHigh = BlockCutter.planeUnits(tile.planeX + tile.planeY + tile.planeReach);
        qLow = BlockCutter.planeUnits(tile.planeX - tile.planeY - tile.planeReach);
        qHigh = BlockCutter.planeUnits(tile.planeX - tile.planeY + tile.planeReach);
        image = !tile.isWrapped ? 0 : BlockCutter.planeUnits(tile.planeX < 2 ? 4 : -4);
    }

    private boolean touchesSquare(int at) {
        return touchesSquare(at, 0) || image != 0 && touchesSquare(at, image);
    }

    private boolean touchesSquare(int at, int shift) {
        return box[at + 4] <= pHigh + shift && box[at + 5] >= pLow + shift
                && box[at + 6] <= qHigh + shift && box[at + 7] >= qLow + shift;
    }

    private boolean isRimEnough(int block) {
        return boxes.isRimEnough(block, pLow, pHigh, qLow, qHigh)
                && (image == 0 || boxes.isRimEnough(block, pLow + image, pHigh + image, qLow + image, qHigh + image));
    }

    private boolean touches(TileFrame tile, double side, int at, int ra0, long dec0, long halfRa) {
        long high = box[at + 3];
        long low = box[at + 2];
        long boxHalfRa = ((long) box[at + 1] - box[at] >> 1) + 1;
        int u = (int) (box[at] + boxHalfRa) - ra0;
        return Math.abs((long) u) <= boxHalfRa + halfRa
                && touches(tile, side, u, boxHalfRa, (low + high) / 2 - dec0, high - low);
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

    /** Rows and boxes looked at by {@link #search} since {@link #resetScanned}. */
    long scanned() {
        return scanned;
    }

    void resetScanned() {
        scanned = 0;
        looked = 0;
    }

    /** Boxes looked at by {@link #find} since {@link #resetScanned}. */
    long looked() {
        return looked;
    }

    /** Offers the rows near one left position, {@code ra} wrapped, nearest boxes first. */
    void search(double ra, double dec, NearestRows nearest) {
        int raUnits = BlockBoxes.raUnits(ra);
        double limitArcsec = nearest.limitArcsec();
        double limitChord2 = ChordBound.ofArcsec(limitArcsec);
        double cosCos = cosCos(dec, limitArcsec);
        stackNode[0] = boxes.levelStart(boxes.levels()) - 1;
        stackLevel[0] = boxes.levels() - 1;
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
        int start = boxes.levelStart(level);
        int first = boxes.levelStart(level - 1) + FAN_OUT * (node - start);
        int last = Math.min(first + FAN_OUT, start);
        int top = stacked;
        scanned += last - first;
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
        int at = WIDTH * node;
        double low = (box[at + 2] - 1L) * DEGREES_PER_UNIT;
        double high = (box[at + 3] + 1L) * DEGREES_PER_UNIT;
        double dv = Math.max(0, Math.max(low - dec, dec - high));
        long halfRa = ((long) box[at + 1] - box[at] >> 1) + 1;
        int u = (int) (box[at] + halfRa) - raUnits;
        double du = Math.max(0, Math.abs((long) u) - halfRa - 3) * DEGREES_PER_UNIT;
        return ChordBound.chord2OfDegrees(dv) + cosCos * ChordBound.chord2OfDegrees(du);
    }

    private void offerBlock(int block, double ra, double dec, double cosCos, double limitChord2,
            NearestRows nearest) {
        PlainPoints points = boxes.points();
        double[] ras = points.ra();
        double[] decs = points.dec();
        int from = boxes.from(block);
        int to = boxes.to(block);
        int close = 0;
        double limit = limitChord2;
        double limitArcsec = nearest.limitArcsec();
        for (int p = from; p < to; p++) {
            double decChord2 = ChordBound.chord2OfDegrees(decs[p] - dec);
            if (decChord2 > limit) {
                continue; // most rows of a large block
            }
            close++;
            double du = Math.abs(ras[p] - ra);
            du = Math.min(du, 360 - du);
            double chord2 = decChord2 + cosCos * ChordBound.chord2OfDegrees(du);
            if (chord2 <= limit && nearest.offer(points.row(p))
                    && nearest.limitArcsec() < limitArcsec) {
                limitArcsec = nearest.limitArcsec();
                limit = ChordBound.ofArcsec(limitArcsec);
            }
        }
        // a row at another declination takes a quarter of the time
        scanned += close + (to - from - close) / 4;
    }
}
