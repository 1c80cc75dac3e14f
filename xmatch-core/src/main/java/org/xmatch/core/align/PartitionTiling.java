package org.xmatch.core.align;

import org.xmatch.core.healpix.HealpixPixel;

import java.util.ArrayList;
import java.util.List;

/**
 * Chooses the partitions of a catalog from where its rows are, by the rule of the HATS importer with
 * its default of dropping empty siblings. Stateless and thread-safe.
 */
public final class PartitionTiling {

    private PartitionTiling() {}

    /**
     * The tiles that hold all rows, in sky order. The starting order is the coarsest one (but never 0
     * unless {@code order} is) at which no pixel is above the threshold; from there on four siblings
     * become their parent when together they stay within the threshold and more than one has rows. A
     * pixel of {@code order} above the threshold stays as it is.
     *
     * @param order order of {@code counts}, 0..12
     * @param counts rows by NESTED pixel, {@code 12 * 4^order} of them
     * @param threshold most rows in a tile
     */
    public static List<HealpixPixel> tilesOf(int order, int[] counts, long threshold) {
        if (order < 0 || order > 12 || counts.length != 12 << 2 * order) {
            throw new IllegalArgumentException("order " + order + " needs " + (12L << 2 * order)
                    + " counts, got " + counts.length);
        }
        long[][] sums = new long[order + 1][];
        sums[order] = new long[counts.length];
        for (int i = 0; i < counts.length; i++) {
            sums[order][i] = counts[i];
        }
        for (int k = order - 1; k >= 0; k--) {
            sums[k] = new long[12 << 2 * k];
            for (int i = 0; i < sums[k + 1].length; i++) {
                sums[k][i >> 2] += sums[k + 1][i];
            }
        }
        int start = order;
        while (start > 1 && largest(sums[start - 1]) <= threshold) {
            start--;
        }
        List<HealpixPixel> tiles = new ArrayList<>();
        for (int base = 0; base < 12; base++) {
            collect(sums, start, threshold, 0, base, tiles);
        }
        return tiles;
    }

    private static long largest(long[] sums) {
        long largest = 0;
        for (long sum : sums) {
            largest = Math.max(largest, sum);
        }
        return largest;
    }

    private static void collect(long[][] sums, int start, long threshold, int order, int pixel,
            List<HealpixPixel> tiles) {
        if (sums[order][pixel] == 0) {
            return;
        }
        if (order == start) {
            tiles.add(new HealpixPixel(order, pixel));
            return;
        }
        int before = tiles.size();
        int withRows = 0;
        for (int child = 4 * pixel; child < 4 * pixel + 4; child++) {
            collect(sums, start, threshold, order + 1, child, tiles);
            withRows += sums[order + 1][child] > 0 ? 1 : 0;
        }
        if (withRows > 1 && sums[order][pixel] <= threshold) {
            tiles.subList(before, tiles.size()).clear();
            tiles.add(new HealpixPixel(order, pixel));
        }
    }
}
