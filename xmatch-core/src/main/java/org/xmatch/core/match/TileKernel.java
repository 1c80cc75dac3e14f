package org.xmatch.core.match;

import org.xmatch.core.sky.Separation;
import org.xmatch.core.sky.SkyPoints;

/**
 * Tiles of the sky, one after the other as the left rows come: the right rows of a tile go into a
 * small grid that stays in cache, the left rows of the tile are looked up in it.
 * <p>
 * Fast where both sides are sorted by HEALPix pixel, in any number of runs; right in any order. What
 * does not suit a tile falls back: dense tiles to smaller cells, single left rows to a search in the
 * tree of blocks, left rows without order to the grid, right rows without order to the grid, too many
 * rows looked at for what is found to the k-d tree.
 */
final class TileKernel implements MatchKernel {

    // fewer right rows than this are a grid of their own
    private static final int FEW_RIGHT_ROWS = 512;
    private static final int BLOCK = 512;
    // A run of left rows shorter than this is not worth a grid.
    private static final int SHORT_RUN = 6;
    // Blocks per tile, boxes that only touch it included: about 300 to 1500 right rows.
    private static final int MOST_BLOCKS = 110;
    private static final int FEW_BLOCKS = 20;
    // Rows per look-up above which a search that shrinks its radius is faster.
    private static final double DENSE = 24;
    // A chain of rows longer than this is left to a search.
    private static final int LONG_CHAINS = 96;
    // choices other than a row: decide by offering the rows of the cells, or by a search
    private static final int IN_CELLS = -1;
    private static final int BY_SEARCH = -2;

    private final MatchOptions options;
    private final boolean isNearestOnly;
    private final NearestRows nearest;
    private final TileFrame tile;
    private final TileGrid cells = new TileGrid();
    private final DenseGrid dense;
    private final BlockTree blocks = new BlockTree();
    private final PlainPoints left = new PlainPoints();
    private final PlainPoints right = new PlainPoints();
    private final GridKernel grid;
    private final KdTreeFallback tree;
    private SkyPoints rawLeft = KdTreeFallback.NO_POINTS;
    private SkyPoints rawRight = KdTreeFallback.NO_POINTS;
    private boolean isGrid;
    private boolean isGridPrepared;
    private int order;
    private long scanned;
    private long strays;

    // one block of left rows: offsets, cell, and the one right row to be decided on
    private final double[] leftU = new double[BLOCK];
    private final double[] leftV = new double[BLOCK];
    private final int[] leftCell = new int[BLOCK];
    private final int[] first = new int[BLOCK];
    private final int[] second = new int[BLOCK];
    private final int[] others = new int[BLOCK];
    private final int[] choice = new int[BLOCK];
    private final int[] open = new int[BLOCK];

    // the pairs of one block
    private final int[] leftRow = new int[BLOCK];
    private final int[] rightRow = new int[BLOCK];
    private final double[] pairLeftRa = new double[BLOCK];
    private final double[] pairLeftDec = new double[BLOCK];
    private final double[] pairRightRa = new double[BLOCK];
    private final double[] pairRightDec = new double[BLOCK];
    private final double[] pairArcsec = new double[BLOCK];

    TileKernel(MatchOptions options, TieRule ties) {
        this.options = options;
        this.isNearestOnly = options.nNeighbors() == 1 && options.minRadiusArcsec() == 0;
        this.nearest = new NearestRows(options, ties);
        this.tile = new TileFrame(options.radiusArcsec());
        this.dense = new DenseGrid(tile);
        this.grid = new GridKernel(options, ties);
        this.tree = new KdTreeFallback(options, ties);
    }

    @Override
    public void prepare(SkyPoints rightSide) {
        rawRight = rightSide;
        nearest.searchIn(rightSide);
        tree.forget();
        isGridPrepared = false;
        isGrid = rightSide.size() < FEW_RIGHT_ROWS;
        if (!isGrid) {
            right.set(rightSide, 0, rightSide.size());
            isGrid = right.end() < FEW_RIGHT_ROWS;
        }
        if (!isGrid) {
            blocks.build(right);
            isGrid = !blocks.isLocal();
        }
    }

    @Override
    public void append(SkyPoints leftSide, int from, int to, MatchResult result) {
        if (isGrid) {
            appendByGrid(leftSide, from, to, result);
            return;
        }
        rawLeft = leftSide;
        left.set(leftSide, from, to);
        order = 9;
        scanned = 0;
        strays = 0;
        blocks.resetScanned();
        dense.resetScanned();
        long pairsBefore = result.added();
        int done = left.first();
        while (done < left.end()) {
            done = appendTile(done, result);
            if (done == left.end()) {
                return;
            }
            int rows = done - left.first();
            if (strays > 4096 + rows / 4) {
                appendByGrid(leftSide, left.row(done), to, result);
                return;
            }
            if (KdTreeFallback.pays(
                    scanned + blocks.scanned() + dense.scanned(), rows, result.added() - pairsBefore)) {
                tree.append(leftSide, left.row(done), to, rawRight, result);
                return;
            }
        }
    }

    private void appendByGrid(SkyPoints leftSide, int from, int to, MatchResult result) {
        if (!isGridPrepared) {
            grid.prepare(rawRight);
            isGridPrepared = true;
        }
        grid.append(leftSide, from, to, result);
    }

    /** Matches left positions from {@code from} on that share a tile; returns where they end. */
    private int appendTile(int from, MatchResult result) {
        int found = placeTile(from);
        if (found < 0) {
            strays++;
            appendBySearch(from, from + 1, result);
            return from + 1;
        }
        int run = locate(from);
        if (run < BLOCK && run < SHORT_RUN) {
            int end = from + Math.max(1, run);
            strays += end - from;
            appendBySearch(from, end, result);
            return end;
        }
        boolean isTooMany = !cells.fill(tile, right, blocks.found(), found);
        boolean isDense = !isTooMany
                && cells.meanCandidates() > DENSE + 4.0 * Math.min(options.nNeighbors(), 1 << 20);
        if (isDense) {
            dense.fill(cells);
        }
        int done = from;
        while (run > 0) {
            if (isTooMany) {
                appendBySearch(done, done + run, result);
            } else if (isDense) {
                appendDense(done, run, result);
            } else if (isNearestOnly) {
                appendNearest(done, run, result);
            } else {
                appendSeveral(done, run, result);
            }
            done += run;
            run = run == BLOCK && done < left.end() ? locate(done) : 0;
        }
        return done;
    }

    /**
     * Places the tile of a left position, of an order that holds a good number of right rows.
     *
     * @return the number of blocks found for it; -1 where no tile serves
     */
    private int placeTile(int position) {
        double ra = left.ra()[position];
        double dec = left.dec()[position];
        int smaller = TileFrame.MAX_ORDER;
        int larger = TileFrame.MIN_ORDER;
        boolean isPlaced = tile.place(ra, dec, order);
        while (!isPlaced && order > larger) {
            // too large a radius for the tile, or else too close to a pole for any tile
            smaller = --order;
            isPlaced = tile.place(ra, dec, order);
        }
        if (!isPlaced) {
            order = 9;
            return -1;
        }
        int found = blocks.find(tile, MOST_BLOCKS);
        while (found < 0 && order < smaller) {
            larger = order + 1;
            if (!tile.place(ra, dec, order + 1)) {
                // The smaller tile is too small for the radius: more rows, then.
                tile.place(ra, dec, order);
                break;
            }
            order++;
            found = blocks.find(tile, MOST_BLOCKS);
        }
        while (found >= 0 && found < FEW_BLOCKS && order > larger) {
            if (!tile.place(ra, dec, order - 1)) {
                tile.place(ra, dec, order);
                break;
            }
            int foundLarger = blocks.find(tile, MOST_BLOCKS);
            if (foundLarger < 0) {
                tile.place(ra, dec, order);
                found = blocks.find(tile, MOST_BLOCKS);
                break;
            }
            order--;
            found = foundLarger;
        }
        if (found < 0) {
            found = blocks.find(tile, TileGrid.MAX_ROWS / BlockTree.BLOCK_ROWS);
        }
        return found;
    }

    /**
     * Computes offsets and cells of left positions from {@code from} on, up to a block of them.
     *
     * @return how many lie in the tile before the first that does not
     */
    private int locate(int from) {
        double[] ra = left.ra();
        double[] dec = left.dec();
        int count = Math.min(BLOCK, left.end() - from);
        double ra0 = tile.ra0;
        double dec0 = tile.dec0;
        double xu = tile.xu;
        double xv = tile.xv;
        double yu = tile.yu;
        double yv = tile.yv;
        double half = tile.half;
        boolean isWrapped = tile.isWrapped;
        for (int i = 0; i < count; i++) {
            double u = isWrapped ? tile.offsetRa(ra[from + i]) : ra[from + i] - ra0;
            double v = dec[from + i] - dec0;
            double x = xu * u + xv * v;
            double y = yu * u + yv * v;
            if (!(Math.abs(x) <= half && Math.abs(y) <= half)) {
                return i;
            }
            leftU[i] = u;
            leftV[i] = v;
        }
        return count;
    }

    private void appendBySearch(int from, int to, MatchResult result) {
        for (int p = from; p < to; p++) {
            searchBlocks(p);
            nearest.drainTo(result, left.row(p));
        }
    }

    private void searchBlocks(int position) {
        start(position);
        blocks.search(left.ra()[position], left.dec()[position], nearest);
    }

    private void start(int position) {
        int row = left.row(position);
        nearest.start(rawLeft.ra()[row], rawLeft.dec()[row]);
    }

    /** Appends the pairs of located left positions, all rows of their cells offered. */
    private void appendSeveral(int from, int count, MatchResult result) {
        findCells(count);
        for (int i = 0; i < count; i++) {
            start(from + i);
            offerCells(i);
            nearest.drainTo(result, left.row(from + i));
        }
    }

    private void appendDense(int from, int count, MatchResult result) {
        if (isNearestOnly) {
            for (int i = 0; i < count; i++) {
                choice[i] = dense.nearest(leftU[i], leftV[i], BY_SEARCH);
            }
            write(from, count, result);
            return;
        }
        for (int i = 0; i < count; i++) {
            start(from + i);
            dense.offer(leftU[i], leftV[i], nearest, right, cells.position);
            nearest.drainTo(result, left.row(from + i));
        }
    }

    private void offerCells(int i) {
        double u = leftU[i];
        double v = leftV[i];
        double a = tile.cosSquared(v);
        double b = tile.cosSin(v);
        double limit = tile.limit;
        double limitArcsec = nearest.limitArcsec();
        int steps = 0;
        for (int c = 0; c < 4; c++) {
            int row = cells.head[leftCell[i] + (c & 1) + (c >> 1) * cells.side];
            while (row != 0) {
                double du = u - cells.u[row];
                double dv = v - cells.v[row];
                if (du * du * (a + b * dv) + dv * dv <= limit
                        && nearest.offer(right.row(cells.position[row]))
                        && nearest.limitArcsec() < limitArcsec) {
                    limitArcsec = nearest.limitArcsec();
                    limit = tile.limitOf(limitArcsec);
                }
                row = cells.next[row];
                steps++;
            }
        }
        scanned += steps;
    }

    /**
     * Appends the nearest row of each located left position.
     * <p>
     * Small loops over the whole block, each without a branch that the data decide: the few
     * positions with more than two rows in their cells, or two equally far, are left to the last.
     */
    private void appendNearest(int from, int count, MatchResult result) {
        findCells(count);
        findFirstRows(count);
        chooseNearer(count);
        int opened = 0;
        for (int i = 0; i < count; i++) {
            open[opened] = i;
            opened += -others[i] >>> 31;
        }
        for (int i = 0; i < opened; i++) {
            choice[open[i]] = chooseNearest(open[i]);
        }
        write(from, count, result);
    }

    private void findCells(int count) {
        double[] us = leftU;
        double[] vs = leftV;
        int[] cell = leftCell;
        double scale = cells.scale;
        double xu = tile.xu * scale;
        double xv = tile.xv * scale;
        double yu = tile.yu * scale;
        double yv = tile.yv * scale;
        double origin = cells.origin - 0.5;
        int side = cells.side;
        for (int i = 0; i < count; i++) {
            double u = us[i];
            double v = vs[i];
            int x = (int) (xu * u + xv * v + origin);
            int y = (int) (yu * u + yv * v + origin);
            cell[i] = y * side + x;
        }
    }

    /**
     * The heads of the four cells of each position: up to two rows, and whether there are others.
     */
    private void findFirstRows(int count) {
        short[] head = cells.head;
        short[] next = cells.next;
        int side = cells.side;
        int[] cell = leftCell;
        for (int i = 0; i < count; i++) {
            int c = cell[i];
            int h0 = head[c];
            int h1 = head[c + 1];
            int h2 = head[c + side];
            int h3 = head[c + side + 1];
            // Numbers sort the rows from the empty cells' 0: the two largest are the first two.
            int max01 = Math.max(h0, h1);
            int min01 = h0 + h1 - max01;
            int max23 = Math.max(h2, h3);
            int min23 = h2 + h3 - max23;
            int largest = Math.max(max01, max23);
            int runnerUp = Math.max(max01 + max23 - largest, Math.max(min01, min23));
            first[i] = largest;
            second[i] = runnerUp;
            others[i] = max01 + min01 + max23 + min23 - largest - runnerUp
                    | next[largest] | next[runnerUp];
        }
    }

    /** The nearer of the first and second row; adds to {@link #others} where it is too close. */
    private void chooseNearer(int count) {
        double[] us = cells.u;
        double[] vs = cells.v;
        double a0 = tile.a0;
        double a1 = tile.a1;
        double a2 = tile.a2;
        double a3 = tile.a3;
        double b0 = tile.b0;
        double b1 = tile.b1;
        double limit = tile.limit;
        double margin = 1 + tile.slack;
        for (int i = 0; i < count; i++) {
            double u = leftU[i];
            double v = leftV[i];
            int row1 = first[i];
            int row2 = second[i];
            double a = a0 + v * (a1 + v * (a2 + v * a3));
            double b = b0 + v * b1;
            double du1 = u - us[row1];
            double dv1 = v - vs[row1];
            double q1 = du1 * du1 * (a + b * dv1) + dv1 * dv1;
            double du2 = u - us[row2];
            double dv2 = v - vs[row2];
            double q2 = du2 * du2 * (a + b * dv2) + dv2 * dv2;
            // -1 where the second row is nearer, where the nearer is too far, where they are close
            int isSecond = (int) (Double.doubleToRawLongBits(q2 - q1) >> 63);
            double nearer = Math.min(q1, q2);
            int isFar = (int) (Double.doubleToRawLongBits(limit - nearer) >> 63);
            double gap = Math.abs(q1 - q2) - nearer * (margin - 1) - TileFrame.ROUNDING;
            int isClose = (int) (Double.doubleToRawLongBits(gap) >> 63);
            choice[i] = (row1 ^ (row1 ^ row2) & isSecond) & ~isFar;
            others[i] |= isClose & ~isFar & 1;
        }
    }

    /** The nearest of all rows in the cells of a position, {@link #IN_CELLS} or {@link #BY_SEARCH}. */
    private int chooseNearest(int i) {
        double u = leftU[i];
        double v = leftV[i];
        double a = tile.cosSquared(v);
        double b = tile.cosSin(v);
        short[] head = cells.head;
        short[] next = cells.next;
        double[] us = cells.u;
        double[] vs = cells.v;
        int cell = leftCell[i];
        int row0 = head[cell];
        int row1 = head[cell + 1];
        int row2 = head[cell + cells.side];
        int row3 = head[cell + cells.side + 1];
        double q0 = metric(u - us[row0], v - vs[row0], a, b);
        double q1 = metric(u - us[row1], v - vs[row1], a, b);
        double q2 = metric(u - us[row2], v - vs[row2], a, b);
        double q3 = metric(u - us[row3], v - vs[row3], a, b);
        double low01 = Math.min(q0, q1);
        double low23 = Math.min(q2, q3);
        double best = Math.min(low01, low23);
        double runnerUp = Math.min(Math.max(low01, low23), Math.min(Math.max(q0, q1), Math.max(q2, q3)));
        int bestRow = q0 == best ? row0 : q1 == best ? row1 : q2 == best ? row2 : row3;
        int steps = 4;
        if ((next[row0] | next[row1] | next[row2] | next[row3]) != 0) {
            for (int c = 0; c < 4; c++) {
                int row = next[head[cell + (c & 1) + (c >> 1) * cells.side]];
                while (row != 0) {
                    double q = metric(u - us[row], v - vs[row], a, b);
                    runnerUp = Math.min(runnerUp, Math.max(q, best));
                    bestRow = q < best ? row : bestRow;
                    best = Math.min(best, q);
                    row = next[row];
                    if (++steps > LONG_CHAINS) {
                        scanned += steps;
                        return BY_SEARCH;
                    }
                }
            }
        }
        scanned += steps;
        if (!(best <= tile.limit)) {
            return 0;
        }
        return runnerUp <= best * (1 + tile.slack) + TileFrame.ROUNDING ? IN_CELLS : bestRow;
    }

    private static double metric(double du, double dv, double a, double b) {
        return du * du * (a + b * dv) + dv * dv;
    }

    private void write(int from, int count, MatchResult result) {
        int chosen = 0;
        for (int i = 0; i < count; i++) {
            int r = choice[i];
            if (r != 0) {
                r = r > 0 ? right.row(cells.position[r]) : decide(from, i, r);
                leftRow[chosen] = left.row(from + i);
                rightRow[chosen] = r;
                chosen += r < 0 ? 0 : 1;
            }
        }
        writePairs(chosen, result);
    }

    /** The row of the nearest right position by exact separations, or {@link NearestRows#NO_ROW}. */
    private int decide(int from, int i, int how) {
        start(from + i);
        if (how == IN_CELLS) {
            offerCells(i);
        } else {
            blocks.search(left.ra()[from + i], left.dec()[from + i], nearest);
        }
        return nearest.takeNearest();
    }

    /** Appends the pairs collected that are within the radius. */
    private void writePairs(int count, MatchResult result) {
        double[] rawLeftRa = rawLeft.ra();
        double[] rawLeftDec = rawLeft.dec();
        double[] rawRightRa = rawRight.ra();
        double[] rawRightDec = rawRight.dec();
        for (int i = 0; i < count; i++) {
            pairLeftRa[i] = rawLeftRa[leftRow[i]];
            pairLeftDec[i] = rawLeftDec[leftRow[i]];
            pairRightRa[i] = rawRightRa[rightRow[i]];
            pairRightDec[i] = rawRightDec[rightRow[i]];
        }
        Separation.arcsec(pairLeftRa, pairLeftDec, pairRightRa, pairRightDec, count, pairArcsec);
        double radius = options.radiusArcsec();
        result.reserve(count);
        int[] leftRows = result.leftRow();
        int[] rightRows = result.rightRow();
        double[] separations = result.separationArcsec();
        int size = result.size();
        for (int i = 0; i < count; i++) {
            double s = pairArcsec[i];
            leftRows[size] = leftRow[i];
            rightRows[size] = rightRow[i];
            separations[size] = s;
            size += s <= radius ? 1 : 0;
        }
        result.setSize(size);
    }
}
