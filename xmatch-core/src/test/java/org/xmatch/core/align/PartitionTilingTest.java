package org.xmatch.core.align;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.xmatch.core.healpix.HealpixPixel;

import java.util.List;
import java.util.Random;

class PartitionTilingTest {

    @Test
    void keepsDataOfOnePixelInTheFinestTileOfItsSize() {
        int[] counts = new int[12 << 4];
        counts[66] = 10;
        assertThat(PartitionTiling.tilesOf(2, counts, 100)).containsExactly(new HealpixPixel(1, 16));
        assertThat(PartitionTiling.tilesOf(2, counts, 9)).containsExactly(new HealpixPixel(2, 66));
    }

    @Test
    void mergesSiblingsThatFitTogether() {
        int[] counts = new int[12 << 4];
        counts[0] = 6;
        counts[1] = 5;
        counts[5] = 3;
        counts[6] = 1;
        // pixels 0 and 1 are too many for one tile; 5 and 6 fit into 1/1
        assertThat(PartitionTiling.tilesOf(2, counts, 10)).containsExactly(new HealpixPixel(2, 0), new HealpixPixel(2, 1),
                new HealpixPixel(1, 1));
        assertThat(PartitionTiling.tilesOf(2, counts, 15)).containsExactly(new HealpixPixel(0, 0));
    }

    @Test
    void holdsEveryRowInOneTileWithinTheThreshold() {
        Random random = new Random(1);
        for (int i = 0; i < 50; i++) {
            int order = random.nextInt(6);
            int[] counts = random.ints(12 << 2 * order, 0, 20).map(n -> n < 12 ? 0 : n).toArray();
            int threshold = 20 + random.nextInt(200);
            List<HealpixPixel> tiles = PartitionTiling.tilesOf(order, counts, threshold);
            assertThat(tiles).isSorted();
            long rows = 0;
            for (HealpixPixel tile : tiles) {
                long inTile = 0;
                for (int p = 0; p < counts.length; p++) {
                    inTile += tile.contains(new HealpixPixel(order, p)) ? counts[p] : 0;
                }
                assertThat(inTile).isBetween(1L, (long) threshold);
                rows += inTile;
            }
            assertThat(rows).isEqualTo(java.util.Arrays.stream(counts).asLongStream().sum());
        }
    }

    @Test
    void hasNoTilesWithoutRows() {
        assertThat(PartitionTiling.tilesOf(3, new int[12 << 6], 10)).isEmpty();
    }
}
