package org.xmatch.core.match;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.xmatch.core.sky.SkyPoints;

import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;

/** Blocks that are the rows of a tile, and what is found of them for other tiles. */
class TileBlocksProperties {

    /** Where the projection has edges: quarters in the caps, the belt's border, ra = 0. */
    private static final double[][] EDGES = {
            {0, -30}, {0, 30}, {0, 0}, {45, HealpixPlane.BELT}, {290.7, HealpixPlane.BELT}, {90, 60}, {180, -60}, {0, 55},
            {0, -HealpixPlane.BELT}, {135, -HealpixPlane.BELT}, {30, 80}, {290.7, 44.5}, {200, 0}};

    @Property(tries = 600, seed = "61", shrinking = ShrinkingMode.OFF)
    void everyRowOfATileAndItsMarginIsFound(
            @ForAll @IntRange(min = 0, max = 12) int edge, @ForAll @DoubleRange(min = 0.05, max = 8) double sideDegrees,
            @ForAll @DoubleRange(min = 0.01, max = 200) double radiusArcsec, @ForAll RowOrder order,
            @ForAll @IntRange(min = 3000, max = 40_000) int rows, @ForAll @IntRange(min = -1, max = 2) int finer,
            @ForAll @IntRange(min = 0, max = 1_000_000) int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        SkyPoints right = order.of(square(EDGES[edge], sideDegrees, rows, random));
        PlainPoints points = new PlainPoints();
        points.setUnseen(right, 0, rows);
        BlockBoxes boxes = new BlockBoxes(radiusArcsec, true);
        BlockTree blocks = new BlockTree();
        // the second time with orders learnt in the first
        for (int call = 0; call < 2; call++) {
            assertThat(boxes.build(points, Pieces.WHOLE)).isTrue();
        }
        blocks.searchIn(boxes);
        TileFrame tile = new TileFrame(radiusArcsec, false);
        TileGrid grid = new TileGrid();
        int usual = (int) Math.round(Math.log(58 * Math.sqrt(rows / 700.0) / sideDegrees) / Math.log(2));

        for (int i = 0; i < 6; i++) {
            int row = random.nextInt(rows);
            if (!tile.place(right.ra()[row], right.dec()[row], Math.max(TileFrame.MIN_ORDER, usual + finer))) {
                continue;
            }
            int found = blocks.find(tile, Integer.MAX_VALUE);
            grid.layOut(tile, blocks.likelyRows());
            assertThat(grid.fill(tile, boxes, blocks, found, MatchOptions.ALL)).isTrue();
            boolean[] isIn = new boolean[rows];
            for (int k = 1; k <= grid.size; k++) {
                assertThat(isIn[grid.position[k]]).as("row %d twice", grid.position[k]).isFalse();
                isIn[grid.position[k]] = true;
            }
            for (int p = 0; p < rows; p++) {
                double du = tile.offsetRa(right.ra()[p]);
                double dv = right.dec()[p] - tile.dec0;
                boolean isNear = Math.abs(du) <= tile.halfRa && Math.abs(dv) <= tile.halfDec
                        && Math.abs(tile.xu * du + tile.xv * dv) <= tile.half + tile.marginX
                        && Math.abs(tile.yu * du + tile.yv * dv) <= tile.half + tile.marginY;
                assertThat(!isNear || isIn[p]).as("row %d", p).isTrue();
            }
        }
    }

    @Test
    void sortedRowsAreBlocksOfTilesAndOfThoseBesideOnlyTheRimIsLookedAt() {
        int rows = 40_000;
        // as dense as the tutorial's field
        SkyPoints right = RowOrder.SORTED.of(square(new double[] {290.7, 44.5}, 0.34, rows, new SplittableRandom(1)));
        PlainPoints points = new PlainPoints();
        points.setUnseen(right, 0, rows);
        BlockBoxes boxes = new BlockBoxes(1, true);
        boxes.build(points, Pieces.WHOLE);
        int inTiles = 0;
        for (int block = 0; block < boxes.levelStart(1); block++) {
            inTiles += boxes.isTile(block) ? boxes.to(block) - boxes.from(block) : 0;
        }
        BlockTree blocks = new BlockTree();
        blocks.searchIn(boxes);
        TileFrame tile = new TileFrame(1, false);
        TileGrid grid = new TileGrid();
        long lookedAt = 0;
        long found = 0;

        for (int row = 0; row < rows; row += 97) {
            assertThat(tile.place(right.ra()[row], right.dec()[row], 10)).isTrue();
            int count = blocks.find(tile, Integer.MAX_VALUE);
            grid.layOut(tile, blocks.likelyRows());
            grid.fill(tile, boxes, blocks, count, MatchOptions.ALL);
            lookedAt += blocks.foundRows();
            found += grid.size;
        }

        assertThat(inTiles).isGreaterThan(rows * 9 / 10);
        assertThat(lookedAt).isLessThan(found * 3 / 2);
    }

    /** The bounds of what linear coordinates leave out of the projection, at corners, edges and anywhere in tiles. */
    @Property(tries = 20_000, seed = "62", shrinking = ShrinkingMode.OFF)
    void aTileLiesInItsSquareOfThePlane(
            @ForAll @DoubleRange(min = 0, max = 360) double ra, @ForAll @DoubleRange(min = -89, max = 89) double dec,
            @ForAll @IntRange(min = 3, max = 12) int order, @ForAll @DoubleRange(min = 0.01, max = 300) double radiusArcsec,
            @ForAll @IntRange(min = 0, max = 1_000_000) int seed) {
        TileFrame tile = new TileFrame(radiusArcsec, false);
        if (!tile.place(ra, dec, order) || !tile.isSquareInPlane || tile.isWrapped) {
            return;
        }
        SplittableRandom random = new SplittableRandom(seed);
        double determinant = tile.xu * tile.yv - tile.xv * tile.yu;
        for (int i = 0; i < 64; i++) {
            // in units of what is bounded: the tile with its margin, the tile, what tiles beside it do not look at
            double x = i < 32 ? (i & 1) * 2 - 1 : random.nextDouble(-1, 1);
            double y = i < 16 ? (i & 2) - 1 : random.nextDouble(-1, 1);
            double[] reaches = {tile.half + tile.margin, tile.half, tile.inner};
            double[] bounds = {tile.planeReach, tile.planeSquare, tile.planeInner};
            for (int k = 0; k < 3; k++) {
                double u = (tile.yv * x - tile.xv * y) * reaches[k] / determinant;
                double v = (tile.xu * y - tile.yu * x) * reaches[k] / determinant;
                if (Math.abs(u) > tile.halfRa || Math.abs(v) > tile.halfDec) {
                    continue; // a corner that no position within the radius of the tile is in
                }
                double sine = HealpixPlane.sine(tile.dec0 + v);
                double planeX = HealpixPlane.x(tile.ra0 + u, tile.dec0 + v, sine) - tile.planeX;
                double planeY = HealpixPlane.y(tile.dec0 + v, sine) - tile.planeY;
                assertThat(Math.abs(planeX + planeY)).isLessThanOrEqualTo(bounds[k]);
                assertThat(Math.abs(planeX - planeY)).isLessThanOrEqualTo(bounds[k]);
            }
        }
    }

    @Test
    void denseRowsAreBlocksOfTilesAfterSparseOnes() {
        BlockBoxes boxes = new BlockBoxes(1, true);
        // where tiles as large as the sparse rows ask for are bent
        double[] sides = {0.34, 40, 0.34};
        for (double side : sides) {
            SkyPoints right = RowOrder.SORTED.of(square(new double[] {135, 60}, side, 40_000, new SplittableRandom(1)));
            PlainPoints points = new PlainPoints();
            points.setUnseen(right, 0, 40_000);
            boxes.build(points, Pieces.WHOLE);
        }

        int inTiles = 0;
        for (int block = 0; block < boxes.levelStart(1); block++) {
            inTiles += boxes.isTile(block) ? boxes.to(block) - boxes.from(block) : 0;
        }
        assertThat(inTiles).isGreaterThan(40_000 * 9 / 10);
    }

    @Test
    void aTileInALargeBlockHoldsMoreThanAFewRows() {
        SkyPoints right = RowOrder.SORTED.of(square(new double[] {180, 10}, 40, 40_000, new SplittableRandom(1)));
        PlainPoints points = new PlainPoints();
        points.setUnseen(right, 0, 40_000);
        BlockBoxes boxes = new BlockBoxes(1, true);
        // the second time with orders learnt in the first
        for (int call = 0; call < 2; call++) {
            boxes.build(points, Pieces.WHOLE);
        }
        BlockTree blocks = new BlockTree();
        blocks.searchIn(boxes);
        TileFrame tile = new TileFrame(1, false);
        TilePlaces places = new TilePlaces(tile, blocks);

        for (int row = 0; row < 40_000; row += 1001) {
            places.reset();
            assertThat(places.place(right.ra()[row], right.dec()[row])).isPositive();
            // about 25 in a square degree
            assertThat(tile.halfDec).isGreaterThan(2);
        }
    }

    private static SkyPoints square(double[] center, double sideDegrees, int rows, SplittableRandom random) {
        double[] ra = new double[rows];
        double[] dec = new double[rows];
        for (int i = 0; i < rows; i++) {
            dec[i] = Math.max(-90, Math.min(90, center[1] + (random.nextDouble() - 0.5) * sideDegrees));
            double width = Math.min(360, sideDegrees / Math.cos(Math.toRadians(center[1])));
            ra[i] = ChordBound.wrapped(center[0] + (random.nextDouble() - 0.5) * width);
        }
        return SkyPoints.of(ra, dec);
    }
}
