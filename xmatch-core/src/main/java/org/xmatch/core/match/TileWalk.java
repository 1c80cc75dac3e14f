package org.xmatch.core.match;

import org.xmatch.core.sky.SkyPoints;

/**
 * A walk through left positions as they come, tile by tile: the right rows of a tile go into a small
 * grid that stays in cache, and the left rows of the tile are looked up in it.
 */
final class TileWalk {

    // A run of left rows shorter than this is not worth a grid.
    private static final int SHORT_RUN = 6;
    // Blocks per tile, boxes that only touch it included: about 300 to 1500 right rows.
    private static final int MOST_BLOCKS = 110;
    private static final int FEW_BLOCKS = 20;
    private static final int SOME_BLOCKS = 4;
    // Left rows of a polar cap that are walked through at a time.
    private static final int POLAR_ROWS = 16_384;
    // Rows per look-up above which a search that shrinks its radius is faster.
    private static final double DENSE = 24;

    private final boolean isNearestOnly;
    private final int nNeighbors;
    private final NearestRows nearest;
    private final TileFrame tile;
    private final TileGrid cells = new TileGrid();
    private final LocatedRows located = new LocatedRows();
    private final PairBlock pairs;
    private final NearestInCells one;
    private final SeveralInCells several;
    private final DenseGrid dense;
    private final BlockBoxes ownBoxes = new BlockBoxes();
    private BlockBoxes boxes = ownBoxes;
    private final BlockTree blocks = new BlockTree();
    private final PlainPoints left = new PlainPoints();
    private final PlainPoints ownRight = new PlainPoints();
    private PlainPoints right = ownRight;
    private SkyPoints rawLeft = KdTreeFallback.NO_POINTS;
    private SkyPoints rawRight = KdTreeFallback.NO_POINTS;
    private int order;
    private int position;
    private long strays;

    /**
     * @param isPolar whether to walk in {@link PolarPlane}
     */
    TileWalk(MatchOptions options, TieRule ties, boolean isPolar) {
        this.isNearestOnly = options.nNeighbors() == 1 && options.minRadiusArcsec() == 0;
        this.nNeighbors = options.nNeighbors();
        this.nearest = new NearestRows(options, ties);
        this.tile = new TileFrame(options.radiusArcsec(), isPolar);
        this.pairs = new PairBlock(options, nearest);
        this.one = new NearestInCells(tile, cells, located);
        this.several = new SeveralInCells(tile, cells, located, pairs);
        this.dense = new DenseGrid(tile);
    }

    /**
     * Takes the right rows.
     *
     * @return whether they are fit for a walk: enough of them, and in an order of places
     */
    boolean prepare(SkyPoints rightSide, int fewestRows, Pieces pieces) {
        rawRight = rightSide;
        nearest.searchIn(rightSide);
        right = ownRight;
        right.setUnseen(rightSide, 0, rightSide.size());
        boxes = ownBoxes;
        if (!boxes.build(right, pieces)) {
            Matcher.requireDeclinations("right", rightSide);
            right.copyFrom(0);
            if (right.end() < fewestRows) {
                return false;
            }
            boxes.build(right, pieces);
        }
        blocks.searchIn(boxes);
        return boxes.isLocal();
    }

    /**
     * Takes those right rows of another walk that a left row in a polar cap can match.
     *
     * @return whether they are fit for a walk
     */
    boolean preparePolar(TileWalk whole, double radiusDegrees, int fewestRows, Pieces pieces) {
        rawRight = whole.rawRight;
        nearest.searchIn(rawRight);
        right = ownRight;
        boxes = ownBoxes;
        double lowest = 90 - PolarPlane.CAP - radiusDegrees - 1e-9;
        right.clear(whole.boxes.countRowsBeyond(lowest));
        whole.boxes.addRowsBeyond(lowest, right);
        if (right.end() < fewestRows) {
            return false;
        }
        boxes.build(right, pieces);
        blocks.searchIn(boxes);
        return boxes.isLocal();
    }

    /** Takes over what another walk has prepared, which is only read from then on. */
    void share(TileWalk prepared) {
        rawRight = prepared.rawRight;
        nearest.searchIn(rawRight);
        right = prepared.right;
        boxes = prepared.boxes;
        blocks.searchIn(boxes);
    }

    /** Whether the next left position lies in a polar cap. */
    boolean isNextInCap() {
        return left.isPlain(position) && PolarPlane.isInCap(left.dec()[position]);
    }

    /** Matches the next left positions of this walk that lie in a polar cap, by a walk there. */
    void matchInCap(TileWalk polar, MatchResult result) {
        polar.left.clear(POLAR_ROWS);
        int end = Math.min(left.end(), position + POLAR_ROWS);
        while (position < end && isNextInCap()) {
            polar.left.addPolar(left, position++);
        }
        polar.rawLeft = rawLeft;
        polar.position = 0;
        while (!polar.isOver()) {
            polar.matchTile(result);
        }
    }

    /** Starts a walk through the left rows {@code [from, to)}. */
    void start(SkyPoints leftSide, int from, int to) {
        rawLeft = leftSide;
        left.setUnseen(leftSide, from, to);
        position = from;
        reset();
    }

    /** Forgets what was counted. */
    void reset() {
        order = 9;
        strays = 0;
        one.resetScanned();
        several.resetScanned();
        blocks.resetScanned();
        dense.resetScanned();
    }

    /** The left row that comes next; the walk is {@link #isOver} where there is none. */
    int leftRow() {
        return left.row(position);
    }

    boolean isOver() {
        return position == left.end();
    }

    /** Left rows so far that had to be searched one by one. */
    long strays() {
        return strays;
    }

    /** Right rows looked at so far for single left rows. */
    long scanned() {
        return one.scanned() + several.scanned() + blocks.scanned() + dense.scanned();
    }

    /** Matches the next left positions that share a tile. */
    void matchTile(MatchResult result) {
        if (!left.isPlain(position)) {
            Matcher.requireDeclinations("left", rawLeft, position, left.end());
            left.copyFrom(position);
            position = 0;
            if (isOver()) {
                return;
            }
        }
        int found = placeTile();
        if (found < 0) {
            strays++;
            search(1, result);
            return;
        }
        cells.layOut(tile, found);
        int run = locate();
        if (run < SHORT_RUN) {
            run = Math.max(1, run);
            strays += run;
            search(run, result);
            return;
        }
        boolean isTooMany = !cells.fill(tile, right, blocks.found(), found);
        boolean isDense = !isTooMany
                && cells.meanCandidates() > DENSE + 4.0 * Math.min(nNeighbors, 1 << 20);
        if (isDense) {
            dense.fill(cells);
        }
        if (isTooMany) {
            // a block of left rows only, so that the caller soon sees what searching them costs
            search(run, result);
            return;
        }
        while (run > 0) {
            if (isNearestOnly) {
                if (isDense) {
                    chooseInDense(run);
                } else {
                    one.choose(run);
                }
                write(run, result);
                position += run;
            } else {
                if (isDense) {
                    offerDense(run, result);
                } else {
                    writeSeveral(run, result);
                }
                position += run;
            }
            run = run == LocatedRows.MOST && !isOver() ? locate() : 0;
        }
    }

    private int locate() {
        return located.locate(tile, cells, left, position);
    }

    /**
     * Places the tile of the next left position, of an order that holds a good number of right rows.
     *
     * @return the number of blocks found for it; -1 where no tile serves
     */
    private int placeTile() {
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
            if (foundLarger < 0 || foundLarger == found && found >= SOME_BLOCKS) {
                // too many, or only empty sky, which would make the cells too wide
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

    private void startNearest(int at) {
        int row = left.row(at);
        nearest.start(rawLeft.ra()[row], rawLeft.dec()[row]);
    }

    private void searchBlocks(int at) {
        startNearest(at);
        blocks.search(ChordBound.wrapped(left.ra()[at]), left.dec()[at], nearest);
    }

    /** Appends the pairs of the next left positions, each by a search in the tree of blocks. */
    private void search(int count, MatchResult result) {
        for (int end = position + count; position < end; position++) {
            searchBlocks(position);
            nearest.drainTo(result, left.row(position));
        }
    }

    private void chooseInDense(int count) {
        for (int i = 0; i < count; i++) {
            one.choice[i] = dense.nearest(located.u[i], located.v[i], NearestInCells.BY_SEARCH);
        }
    }

    private void offerDense(int count, MatchResult result) {
        for (int i = 0; i < count; i++) {
            startNearest(position + i);
            dense.offer(located.u[i], located.v[i], nearest, right, cells.position);
            nearest.drainTo(result, left.row(position + i));
        }
    }

    private void writeSeveral(int count, MatchResult result) {
        located.findFirstRows(cells, count);
        int i = 0;
        while (i < count) {
            int next = several.add(i, count, position, left, right);
            pairs.drainSeveral(rawLeft, rawRight, closeness(), result);
            if (next == i) {
                startNearest(position + i);
                several.offer(i, nearest, right);
                nearest.drainTo(result, left.row(position + i));
                next++;
            }
            i = next;
        }
    }

    /** Appends the pairs that were chosen. */
    private void write(int count, MatchResult result) {
        int[] choice = one.choice;
        int[] gridPosition = cells.position;
        int[] leftRow = pairs.leftRow;
        int[] rightRow = pairs.rightRow;
        int chosen = 0;
        for (int i = 0; i < count; i++) {
            int row = choice[i];
            leftRow[chosen] = left.row(position + i);
            if (row >= 0) {
                // none is written over
                rightRow[chosen] = right.row(gridPosition[row]);
                chosen += -row >>> 31;
            } else {
                row = decide(i, row);
                rightRow[chosen] = row;
                chosen += row == NearestRows.NO_ROW ? 0 : 1;
            }
        }
        pairs.size = chosen;
        pairs.drainNearest(rawLeft, rawRight, closeness(), result);
    }

    /** The row of the nearest right position by exact separations, or {@link NearestRows#NO_ROW}. */
    private int decide(int i, int how) {
        if (how == NearestInCells.IN_CELLS) {
            startNearest(position + i);
            several.offer(i, nearest, right);
        } else {
            searchBlocks(position + i);
        }
        return nearest.takeNearest();
    }

    private TileFrame.Closeness closeness() {
        return left.isCopy() || right.isCopy() ? TileFrame.Closeness.UNKNOWN : tile.closeness;
    }
}
