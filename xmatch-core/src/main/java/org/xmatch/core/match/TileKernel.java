package org.xmatch.core.match;

import org.xmatch.core.sky.SkyPoints;

/**
 * Tiles of the sky, one after the other as the left rows come.
 * <p>
 * Fast where both sides are sorted by HEALPix pixel, in any number of runs; right in any order. What
 * does not suit a tile falls back: dense tiles to smaller cells, single left rows to a search in the
 * tree of blocks, left rows without order to the grid, right rows without order to the grid, too many
 * rows looked at for what is found to the k-d tree.
 */
final class TileKernel implements MatchKernel {

    // fewer right rows than this are a grid of their own
    private static final int FEW_RIGHT_ROWS = 512;
    // Nanoseconds, about: of a right row when the grid is built, of a search in it. Left rows without order are handed to
    // it when a quarter of what building takes is lost, or little where it is built: early, as they will hardly change.
    private static final long GRID_BUILD = 50;
    private static final long GRID_SEARCH = 80;

    private final double radiusDegrees;
    private final TileWalk walk;
    private final TileWalk polarWalk;
    private final GridKernel grid;
    private final KdTreeFallback tree;
    private SkyPoints rawRight = KdTreeFallback.NO_POINTS;
    private boolean isGrid;
    private boolean isPolar;
    private boolean isGridPrepared;

    TileKernel(MatchOptions options, TieRule ties) {
        this.radiusDegrees = options.radiusArcsec() / 3600;
        this.walk = new TileWalk(options, ties, false);
        this.polarWalk = new TileWalk(options, ties, true);
        this.grid = new GridKernel(options, ties);
        this.tree = new KdTreeFallback(options, ties);
    }

    @Override
    public void prepare(SkyPoints rightSide, Pieces pieces) {
        rawRight = rightSide;
        tree.searchIn(rightSide);
        isGridPrepared = false;
        isGrid = rightSide.size() < FEW_RIGHT_ROWS || !walk.prepare(rightSide, FEW_RIGHT_ROWS, pieces);
        isPolar = false;
        if (isGrid) {
            prepareGrid();
        } else if (radiusDegrees <= PolarPlane.MAX_RADIUS) {
            isPolar = polarWalk.preparePolar(walk, radiusDegrees, FEW_RIGHT_ROWS, pieces);
        }
    }

    @Override
    public void share(MatchKernel prepared) {
        TileKernel other = (TileKernel) prepared;
        rawRight = other.rawRight;
        tree.searchIn(rawRight);
        isGrid = other.isGrid;
        isGridPrepared = isGrid;
        if (isGrid) {
            grid.share(other.grid);
        } else {
            walk.share(other.walk);
        }
        isPolar = other.isPolar;
        if (isPolar) {
            polarWalk.share(other.polarWalk);
        }
    }

    private void prepareGrid() {
        grid.prepare(rawRight, Pieces.WHOLE);
        isGridPrepared = true;
    }

    @Override
    public void append(SkyPoints leftSide, int from, int to, MatchResult result) {
        if (isGrid) {
            appendByGrid(leftSide, from, to, result);
            return;
        }
        long pairsBefore = result.added();
        walk.start(leftSide, from, to);
        polarWalk.reset();
        while (!walk.isOver()) {
            if (isPolar && walk.isNextInCap()) {
                walk.matchInCap(polarWalk, result);
            } else {
                walk.matchBlock(result);
            }
            if (walk.isOver()) {
                return;
            }
            int next = walk.leftRow();
            int rows = next - from;
            expect(pairsBefore, (double) (result.added() - pairsBefore) / rows, to - from, result);
            long lossForGrid = GRID_BUILD / (isGridPrepared ? 16 : 4) * rawRight.size();
            if (walk.disorderNanos() + polarWalk.disorderNanos() > lossForGrid + GRID_SEARCH * rows) {
                appendByGrid(leftSide, next, to, result);
                return;
            }
            if (tree.pays(walk.nanos() + polarWalk.nanos(), rows, result.added() - pairsBefore)) {
                tree.append(leftSide, next, to, result);
                return;
            }
        }
    }

    /** Lets arrays of pairs grow but once: to what the rate so far leads to and a quarter, at most a pair a left row. */
    private static void expect(long pairsBefore, double pairsPerRow, int rows, MatchResult result) {
        long pairs = pairsBefore + (long) (Math.min(1, 1.25 * pairsPerRow) * rows);
        result.expect((int) Math.min(pairs, Integer.MAX_VALUE));
    }

    private void appendByGrid(SkyPoints leftSide, int from, int to, MatchResult result) {
        if (!isGridPrepared) {
            prepareGrid();
        }
        grid.append(leftSide, from, to, result);
    }
}
