package org.xmatch.core.match;

import java.util.ArrayList;
import java.util.List;

/**
 * Right rows in blocks of consecutive rows, each block with the boxes it lies in, and a tree of boxes
 * over them.
 * <p>
 * Nothing is sorted: the order of the rows is the index. Rows that are close in number should be
 * close on the sky, as in HATS partitions, with or without margin rows behind; if they are not, the
 * boxes are large and searches slow, but right. Once built, to be read by any number of threads.
 * <p>
 * A node has two boxes. One is of ra and dec in units of 2^-32 turns, so that differences in ra wrap
 * by themselves. The other is of {@link HealpixPlane} coordinates, in units of 2^-28, in which rows
 * sorted by pixel fill squares.
 */
final class BlockBoxes implements Pieces.Work {

    static final int BLOCK_ROWS = 32;
    static final int FAN_OUT = 4;
    static final double UNITS_PER_DEGREE = 0x1p32 / 360;
    static final double PLANE_UNITS = 0x1p28;
    /** Values of a node: low and high of ra, dec, p and q. */
    static final int WIDTH = 8;
    // In squared units; pixels fill half of their boxes.
    private static final double SPARSE = UNITS_PER_DEGREE * UNITS_PER_DEGREE;

    // Rows that are cut into blocks at a time.
    private static final int PIECE_ROWS = 1 << 15;

    private final double radiusArcsec;
    private final boolean hasTiles;
    private final List<BlockCutter> cutters = new ArrayList<>();
    private int[] box = new int[0];
    private final int[] levelStart = new int[20];
    private int levels;
    private int blocks;
    private int[] start = new int[1];
    private int[] inner = new int[0];
    private int[] rimStart = new int[1];
    private final RimRows rim = new RimRows();
    private PlainPoints points = new PlainPoints();

    /**
     * @param hasTiles whether rows that lie in a tile of the sky may be a block
     */
    BlockBoxes(double radiusArcsec, boolean hasTiles) {
        this.radiusArcsec = radiusArcsec;
        this.hasTiles = hasTiles;
    }

    /** Boxes, {@link #WIDTH} values a node; blocks first, then level on level to the root. */
    int[] box() {
        return box;
    }

    /** The first node of a level; of the level above the root, one past the root. */
    int levelStart(int level) {
        return levelStart[level];
    }

    int levels() {
        return levels;
    }

    PlainPoints points() {
        return points;
    }

    /** First row of a block. */
    int from(int block) {
        return start[block];
    }

    /** One past the last row of a block. */
    int to(int block) {
        return start[block + 1];
    }

    /**
     * Whether no row of a block lies in a square of {@link HealpixPlane}, in units, but for those in its rim.
     */
    boolean isRimEnough(int block, int pLow, int pHigh, int qLow, int qHigh) {
        int at = 4 * block;
        return pHigh < inner[at] || pLow > inner[at + 1] || qHigh < inner[at + 2] || qLow > inner[at + 3];
    }

    /** Rows close to the edges of their tiles; those of a block from {@link #rimFrom} to before {@link #rimTo}. */
    RimRows rim() {
        return rim;
    }

    int rimFrom(int block) {
        return rimStart[block];
    }

    int rimTo(int block) {
        return rimStart[block + 1];
    }

    /**
     * Bounds the rows.
     *
     * @param pieces how the work is shared
     * @return whether all rows are plain; if not, the boxes are good for nothing
     */
    boolean build(PlainPoints rightPoints, Pieces pieces) {
        points = rightPoints;
        int size = points.end();
        int count = (int) ((size + (long) PIECE_ROWS - 1) / PIECE_ROWS);
        while (cutters.size() < count) {
            cutters.add(new BlockCutter(hasTiles ? new TileFrame(radiusArcsec, false) : null));
        }
        pieces.share(count, this);
        boolean isPlain = collect(count);
        levels = 0;
        int total = 0;
        int nodes = blocks;
        while (true) {
            levelStart[levels++] = total;
            total += nodes;
            if (nodes <= 1) {
                break;
            }
            nodes = (nodes + FAN_OUT - 1) / FAN_OUT;
        }
        levelStart[levels] = total;
        for (int level = 1; level < levels; level++) {
            boundLevel(level);
        }
        return isPlain;
    }

    /** Cuts the rows of some pieces. */
    @Override
    public void on(int fromPiece, int toPiece) {
        for (int piece = fromPiece; piece < toPiece; piece++) {
            int from = piece * PIECE_ROWS;
            int to = (int) Math.min(points.end(), from + (long) PIECE_ROWS);
            cutters.get(piece).cut(points, from, to);
        }
    }

    /** Puts the blocks of all pieces together; returns whether all rows are plain. */
    private boolean collect(int pieces) {
        blocks = 0;
        int rims = 0;
        boolean isPlain = true;
        for (int piece = 0; piece < pieces; piece++) {
            blocks += cutters.get(piece).count;
            rims += cutters.get(piece).rim.size;
            isPlain &= cutters.get(piece).isPlain;
        }
        makeRoom(rims);
        int block = 0;
        rim.size = 0;
        for (int piece = 0; piece < pieces; piece++) {
            BlockCutter cutter = cutters.get(piece);
            System.arraycopy(cutter.start, 0, start, block, cutter.count);
            System.arraycopy(cutter.box, 0, box, WIDTH * block, WIDTH * cutter.count);
            System.arraycopy(cutter.inner, 0, inner, 4 * block, 4 * cutter.count);
            for (int i = 0; i < cutter.count; i++) {
                rimStart[++block] = rim.size + cutter.rimEnd[i];
            }
            rim.append(cutter.rim);
        }
        start[blocks] = points.end();
        return isPlain;
    }

    private void makeRoom(int rims) {
        // the levels above have a third of the blocks, and a node each for rounding
        int length = Math.multiplyExact(WIDTH, Math.addExact(blocks, blocks / 2 + levelStart.length));
        if (box.length < length) {
            box = new int[length];
        }
        if (start.length <= blocks) {
            start = new int[blocks + 1];
            rimStart = new int[blocks + 1];
            inner = new int[4 * blocks];
        }
        rim.reserve(rims);
    }

    private void boundLevel(int level) {
        int below = levelStart[level - 1];
        int end = levelStart[level];
        for (int node = end; node < levelStart[level + 1]; node++) {
            int first = below + FAN_OUT * (node - end);
            int last = Math.min(first + FAN_OUT, end);
            int at = WIDTH * node;
            System.arraycopy(box, WIDTH * first, box, at, WIDTH);
            for (int child = first + 1; child < last; child++) {
                for (int side = 0; side < WIDTH; side += 2) {
                    box[at + side] = Math.min(box[at + side], box[WIDTH * child + side]);
                    box[at + side + 1] = Math.max(box[at + side + 1], box[WIDTH * child + side + 1]);
                }
            }
        }
    }

    /** Within one unit; the largest int for 360. */
    static int raUnits(double ra) {
        return (int) ((ra - 180) * UNITS_PER_DEGREE);
    }

    /**
     * Whether rows close in number are close on the sky: the boxes of blocks are small beside the
     * box of all, or tiles.
     */
    boolean isLocal() {
        double sum = 0;
        for (int block = 0; block < blocks; block++) {
            sum += isTile(block) ? 0 : area(block);
        }
        return sum <= 0.2 / BLOCK_ROWS * points.end() * area(levelStart[levels] - 1);
    }

    /**
     * Whether most rows have less than about two in a square degree: too few, even in the largest tiles.
     */
    boolean isSparse() {
        long sparse = 0;
        for (int block = 0; block < blocks; block++) {
            int rows = to(block) - from(block);
            sparse += area(block) > SPARSE * rows ? rows : 0;
        }
        return sparse > 0.8 * points.end();
    }

    /** Whether a block is the rows of a tile. */
    boolean isTile(int block) {
        return inner[4 * block] != Integer.MIN_VALUE;
    }

    /** At least the number of rows whose declination is {@code dec}, degrees, or more, on either side. */
    int countRowsBeyond(double dec) {
        int count = 0;
        if (isBeyond(levelStart[levels] - 1, dec)) {
            for (int block = 0; block < blocks; block++) {
                count += isBeyond(block, dec) ? to(block) - from(block) : 0;
            }
        }
        return count;
    }

    /** Adds those rows as places in {@link PolarPlane}. */
    void addRowsBeyond(double dec, PlainPoints polar) {
        double[] decs = points.dec();
        if (!isBeyond(levelStart[levels] - 1, dec)) {
            return;
        }
        for (int block = 0; block < blocks; block++) {
            if (isBeyond(block, dec)) {
                for (int row = from(block); row < to(block); row++) {
                    if (Math.abs(decs[row]) >= dec) {
                        polar.addPolar(points, row);
                    }
                }
            }
        }
    }

    private boolean isBeyond(int node, double dec) {
        // a unit for rounding
        double units = dec * UNITS_PER_DEGREE - 1;
        return box[WIDTH * node + 3] >= units || box[WIDTH * node + 2] <= -units;
    }

    private double area(int node) {
        int at = WIDTH * node;
        return (box[at + 1] - (double) box[at] + 1) * (box[at + 3] - (double) box[at + 2] + 1);
    }
}
