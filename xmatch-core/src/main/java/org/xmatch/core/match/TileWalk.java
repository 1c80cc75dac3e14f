package org.xmatch.core.match;

import org.xmatch.core.sky.SkyPoints;

/**
 * A walk through left positions as they come, tile by tile: the right rows of a tile go into a small
 * grid that stays in cache, and the left rows of the tile are looked up in it.
 */
final class TileWalk {

    // A run of left rows shorter than this is not worth a grid.
    private static final int SHORT_RUN = 6;
    // Left rows of a polar cap that are walked through at a time.
    private static final int POLAR_ROWS = 4096;
    // Rows per look-up above which a search that shrinks its radius is faster.
    private static final double DENSE = 24;
    // And such that a smaller tile is worth being looked for.
    private static final double CROWDED = 64;
    // Right rows that a left row must be there for, or a search takes less time than the grid.
    private static final int RIGHT_ROWS_PER_LEFT_ROW = 512;
    // Nanoseconds, about, of looking at a row or a box, of finding a tile's place, and of an exact separation.
    private static final int LOOK = 4;
    private static final int PLACE = 500;
    private static final int OFFER = 30;
    // A left row of more neighbours than this gets all rows of a spot to look at.
    private static final int MOST_EQUAL = 64;

    private final boolean isNearestOnly;
    private final int nNeighbors;
    private final int mostEqual;
    private final NearestRows nearest;
    private final TileFrame tile;
    private final TileGrid cells = new TileGrid();
    private final LocatedRows located = new LocatedRows();
    private final PairBlock pairs;
    private final NearestInCells one;
    private final SeveralInCells several;
    private final DenseGrid dense;
    private final BlockBoxes ownBoxes;
    private BlockBoxes boxes;
    private final BlockTree blocks = new BlockTree();
    private final TilePlaces places;
    private final PlainPoints left = new PlainPoints();
    private final PlainPoints ownRight = new PlainPoints();
    private PlainPoints right = ownRight;
    private SkyPoints rawLeft = KdTreeFallback.NO_POINTS;
    private SkyPoints rawRight = KdTreeFallback.NO_POINTS;
    private int position;
    private int found;
    private boolean isInTile;
    private boolean isDense;
    private boolean isWithoutEqual;
    private long strayNanos;

    /**
     * @param isPolar whether to walk in {@link PolarPlane}
     */
    TileWalk(MatchOptions options, TieRule ties, boolean isPolar) {
        this.isNearestOnly = options.nNeighbors() == 1 && options.minRadiusArcsec() == 0;
        this.nNeighbors = options.nNeighbors();
        this.mostEqual = nNeighbors <= MOST_EQUAL ? nNeighbors : MatchOptions.ALL;
        this.nearest = new NearestRows(options, ties);
        this.tile = new TileFrame(options.radiusArcsec(), isPolar);
        this.ownBoxes = new BlockBoxes(options.radiusArcsec(), !isPolar);
        this.boxes = ownBoxes;
        this.pairs = new PairBlock(options, nearest);
        this.one = new NearestInCells(tile, cells, located);
        this.several = new SeveralInCells(tile, cells, located, pairs, nNeighbors);
        this.dense = new DenseGrid(tile);
        this.places = new TilePlaces(tile, blocks);
    }

    /**
     * Takes the right rows.
     *
     * @return whether they are fit for a walk: enough of them, close enough to each other, and in an order of places
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
        return boxes.isLocal() && !boxes.isSparse();
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
        right.clear(whole.right, whole.boxes.countRowsBeyond(lowest));
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
        polar.left.clear(left, POLAR_ROWS);
        int end = Math.min(left.end(), position + POLAR_ROWS);
        while (position < end && isNextInCap()) {
            polar.left.addPolar(left, position++);
        }
        polar.rawLeft = rawLeft;
        polar.position = 0;
        while (!polar.isOver()) {
            polar.matchBlock(result);
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
        places.reset();
        isInTile = false;
        isWithoutEqual = false;
        strayNanos = 0;
        cells.resetLooked();
        one.resetScanned();
        several.resetScanned();
        blocks.resetScanned();
        dense.resetScanned();
        nearest.resetOffered();
    }

    /** The left row that comes next; the walk is {@link #isOver} where there is none. */
    int leftRow() {
        return left.row(position);
    }

    boolean isOver() {
        return position == left.end();
    }

    /** Nanoseconds, about, of making tiles and of searching for single left rows: little if these have an order. */
    long disorderNanos() {
        return placingNanos() + strayNanos;
    }

    /** Nanoseconds, about, of that and of what depends on how many right rows are close to each other. */
    long nanos() {
        return placingNanos() + LOOK * (one.scanned() + several.scanned() + dense.scanned()) + searchNanos();
    }

    private long placingNanos() {
        return PLACE * places.placed() + LOOK * (cells.looked() + blocks.looked());
    }

    private long searchNanos() {
        return LOOK * blocks.scanned() + OFFER * nearest.offered();
    }

    /** Matches the next left positions, up to a block of them, that share a tile. */
    void matchBlock(MatchResult result) {
        int run = isInTile ? locate() : 0;
        if (run == 0) {
            isInTile = false;
            if (!left.isPlain(position)) {
                Matcher.requireDeclinations("left", rawLeft, position, left.end());
                left.copyFrom(position);
                position = 0;
                if (isOver()) {
                    return;
                }
            }
            run = enterTile(result);
        }
        if (run > 0 && (isDense || !isCrowdedAround(run) || isEased(run))) {
            matchInTile(run, result);
            position += run;
        }
    }

    /**
     * Makes a grid of the tile of the next left position.
     *
     * @return how many left positions lie in it, at most a block; 0 where they were too few and have been searched for
     */
    private int enterTile(MatchResult result) {
        found = places.place(left.ra()[position], left.dec()[position]);
        if (found < 0) {
            search(1, result);
            return 0;
        }
        cells.layOut(tile, blocks.likelyRows());
        int run = locate();
        if (run < SHORT_RUN || run < located.most() && run < blocks.foundRows() / RIGHT_ROWS_PER_LEFT_ROW) {
            search(Math.max(1, run), result);
            return 0;
        }
        if (!fill()) {
            // a block of left rows only, so that the caller soon sees what searching them costs
            search(run, result);
            return 0;
        }
        isInTile = true;
        return run;
    }

    /** Whether the rows of the tile have room in a grid. */
    private boolean fill() {
        boolean isFilled = cells.fill(tile, boxes, blocks, found, isWithoutEqual ? mostEqual : MatchOptions.ALL);
        isDense = isFilled && isTooDense();
        if ((isDense || !isFilled) && areManyEqual()) {
            isFilled = leaveOutEqual();
            isDense = isFilled && isTooDense();
        }
        if (isDense) {
            dense.fill(cells);
        }
        return isFilled;
    }

    private boolean isTooDense() {
        return cells.size > TileGrid.MAX_CHAINED
                || cells.meanCandidates() > DENSE + 4.0 * Math.min(nNeighbors, 1 << 20);
    }

    /** Fills the grid again without right rows that cannot be wanted, as enough others have the same position. */
    private boolean leaveOutEqual() {
        isWithoutEqual = true;
        return cells.fill(tile, boxes, blocks, found, mostEqual);
    }

    private boolean areManyEqual() {
        return !isWithoutEqual && mostEqual != MatchOptions.ALL
                && TileGrid.areManyEqual(boxes, blocks, found);
    }

    /**
     * Whether there are many rows in the cells of the next left positions beside those that can be kept. Of the nearest
     * only, this chooses them: how long it takes tells.
     */
    private boolean isCrowdedAround(int run) {
        if (!isNearestOnly) {
            return several.isCrowded(run, CROWDED);
        }
        long before = one.scanned();
        one.choose(run);
        return one.scanned() - before > CROWDED * run;
    }

    /**
     * Makes the best of a grid whose rows crowd in few cells: without equal rows, else in a smaller tile, else in
     * smaller cells.
     *
     * @return whether the grid is better now; if not, the next tile will be smaller
     */
    private boolean isEased(int run) {
        if (areManyEqual()) {
            leaveOutEqual();
            if (!isCrowdedAround(run)) {
                return true;
            }
        }
        isDense = places.isSmallest();
        if (isDense) {
            dense.fill(cells);
        } else {
            places.requireSmaller();
            isInTile = false;
        }
        return isDense;
    }

    private void matchInTile(int run, MatchResult result) {
        if (isNearestOnly) {
            if (isDense) {
                chooseInDense(run);
            }
            write(run, result);
        } else if (isDense) {
            offerDense(run, result);
        } else {
            writeSeveral(run, result);
        }
    }

    private int locate() {
        return located.locate(tile, cells, left, position);
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
        long before = searchNanos();
        for (int end = position + count; position < end; position++) {
            searchBlocks(position);
            nearest.drainTo(result, left.row(position));
        }
        strayNanos += searchNanos() - before;
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
        TileFrame.Closeness closeness = closeness();
        int fewest = closeness == TileFrame.Closeness.UNKNOWN ? count : (count + 1) / 2;
        if (one.countChosen(count) < fewest) {
            writeFew(count, closeness, result);
            return;
        }
        int[] choice = one.choice;
        int[] gridPosition = cells.position;
        int[] rightRow = pairs.rightRow;
        for (int i = 0; i < count; i++) {
            int row = choice[i];
            rightRow[i] = row >= 0 ? right.row(gridPosition[row]) : decide(i, row);
        }
        pairs.drainNearest(left, position, count, rawRight, closeness, result);
    }

    private void writeFew(int count, TileFrame.Closeness closeness, MatchResult result) {
        for (int i = 0; i < count; i++) {
            int row = one.choice[i];
            if (row != 0) {
                pairs.add(left.row(position + i), row > 0 ? right.row(cells.position[row]) : decide(i, row));
            }
        }
        pairs.drainSeveral(rawLeft, rawRight, closeness, result);
    }

    /** The row of the nearest right position by exact separations, or one too far away. */
    private int decide(int i, int how) {
        if (how == NearestInCells.IN_CELLS) {
            startNearest(position + i);
            several.offer(i, nearest, right);
        } else {
            searchBlocks(position + i);
        }
        int row = nearest.takeNearest();
        return row == NearestRows.NO_ROW ? right.row(cells.position[0]) : row;
    }

    private TileFrame.Closeness closeness() {
        return left.isCopy() || right.isCopy() ? TileFrame.Closeness.UNKNOWN : tile.closeness;
    }
}
