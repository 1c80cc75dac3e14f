package org.xmatch.core.match;

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
final class BlockBoxes {

    static final int BLOCK_ROWS = 32;
    static final int FAN_OUT = 4;
    static final double UNITS_PER_DEGREE = 0x1p32 / 360;
    static final double PLANE_UNITS = 0x1p28;
    /** Values of a node: low and high of ra, dec, p and q. */
    static final int WIDTH = 8;
    // In squared units; pixels fill half of their boxes.
    private static final double SPARSE = BLOCK_ROWS * UNITS_PER_DEGREE * UNITS_PER_DEGREE;

    private int[] box = new int[0];
    private final int[] levelStart = new int[20];
    private int levels;
    private int blocks;
    private PlainPoints points = new PlainPoints();
    private volatile boolean isPlain;

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

    /**
     * Bounds the rows.
     *
     * @param pieces how the work is shared
     * @return whether all rows are plain; if not, the boxes are good for nothing
     */
    boolean build(PlainPoints rightPoints, Pieces pieces) {
        points = rightPoints;
        int size = points.end();
        // exact, so that the end of the last block is an int as well
        blocks = Math.addExact(size, BLOCK_ROWS - 1) / BLOCK_ROWS;
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
        int length = Math.multiplyExact(WIDTH, total);
        if (box.length < length) {
            box = new int[length];
        }
        isPlain = true;
        pieces.share(blocks, this::boundBlocks);
        for (int level = 1; level < levels; level++) {
            boundLevel(level);
        }
        return isPlain;
    }

    private void boundBlocks(int fromBlock, int toBlock) {
        double[] ra = points.ra();
        double[] dec = points.dec();
        int[] boxes = box;
        boolean areRowsPlain = true;
        for (int block = fromBlock; block < toBlock; block++) {
            int to = Math.min(points.end(), (block + 1) * BLOCK_ROWS);
            int raLow = Integer.MAX_VALUE;
            int raHigh = Integer.MIN_VALUE;
            int decLow = Integer.MAX_VALUE;
            int decHigh = Integer.MIN_VALUE;
            int pLow = Integer.MAX_VALUE;
            int pHigh = Integer.MIN_VALUE;
            int qLow = Integer.MAX_VALUE;
            int qHigh = Integer.MIN_VALUE;
            for (int row = block * BLOCK_ROWS; row < to; row++) {
                double alpha = ra[row];
                double delta = dec[row];
                if (!(alpha >= 0 && alpha <= 360 && Math.abs(delta) <= 90)) {
                    areRowsPlain = false;
                }
                int a = raUnits(alpha);
                int d = (int) (delta * UNITS_PER_DEGREE);
                raLow = Math.min(raLow, a);
                raHigh = Math.max(raHigh, a);
                decLow = Math.min(decLow, d);
                decHigh = Math.max(decHigh, d);
                double sine = HealpixPlane.sine(delta);
                double x = HealpixPlane.x(alpha, delta, sine);
                double y = HealpixPlane.y(delta, sine);
                int p = (int) ((x + y) * PLANE_UNITS);
                int q = (int) ((x - y) * PLANE_UNITS);
                pLow = Math.min(pLow, p);
                pHigh = Math.max(pHigh, p);
                qLow = Math.min(qLow, q);
                qHigh = Math.max(qHigh, q);
            }
            int at = WIDTH * block;
            boxes[at] = raLow;
            boxes[at + 1] = raHigh;
            boxes[at + 2] = decLow;
            boxes[at + 3] = decHigh;
            boxes[at + 4] = pLow;
            boxes[at + 5] = pHigh;
            boxes[at + 6] = qLow;
            boxes[at + 7] = qHigh;
        }
        if (!areRowsPlain) {
            isPlain = false;
        }
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
     * box of all.
     */
    boolean isLocal() {
        double sum = 0;
        for (int block = 0; block < blocks; block++) {
            sum += area(block);
        }
        return sum <= 0.2 * blocks * area(levelStart[levels] - 1);
    }

    /**
     * Whether most blocks have less than about two rows a square degree: too few, even in the largest tiles.
     */
    boolean isSparse() {
        int sparse = 0;
        for (int block = 0; block < blocks; block++) {
            sparse += area(block) > SPARSE ? 1 : 0;
        }
        return sparse > 0.8 * blocks;
    }

    /** At least the number of rows whose declination is {@code dec}, degrees, or more, on either side. */
    int countRowsBeyond(double dec) {
        int count = 0;
        if (isBeyond(levelStart[levels] - 1, dec)) {
            for (int block = 0; block < blocks; block++) {
                count += isBeyond(block, dec) ? BLOCK_ROWS : 0;
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
                int to = Math.min(points.end(), (block + 1) * BLOCK_ROWS);
                for (int row = block * BLOCK_ROWS; row < to; row++) {
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
