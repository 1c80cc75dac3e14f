package org.xmatch.io.pipeline;

import org.xmatch.core.healpix.Healpix;
import org.xmatch.core.healpix.HealpixPixel;
import org.xmatch.core.healpix.PixelRanges;
import org.xmatch.core.margin.MarginPixels;
import org.xmatch.core.sky.SkyPoints;

import java.util.Arrays;

/** Where right rows can matter to the left rows of a unit. */
final class LeftReach {

    // Below this many left rows, hashing each costs less than reading right rows far from all of them.
    static final int FEW_ROWS = 20_000;
    private static final int DEEPEST = 14;
    // The reach of many rows is told in pixels so much deeper than the unit: at most 16,384 of them.
    private static final int LEVELS_BELOW_UNIT = 7;

    private LeftReach() {}

    /**
     * Order-29 pixels that hold every position within the radius of a left position: the plan's
     * region, narrowed to the neighbourhood of the left rows where they are few.
     */
    static PixelRanges of(SkyPoints left, HealpixPixel unit, Plan plan) {
        PixelRanges region = plan.rightRegion();
        int order = Math.min(DEEPEST, MarginPixels.orderFor(plan.reachArcsec()));
        if (left.size() > FEW_ROWS || order <= unit.order()
                || MarginPixels.widthArcsec(order) < plan.reachArcsec()) {
            return region;
        }
        return around(left, order).intersection(region);
    }

    /**
     * The same for a portion of a unit's rows, however many they are: they are likely to be neighbours.
     */
    static PixelRanges ofPortion(SkyPoints left, HealpixPixel unit, Plan plan) {
        PixelRanges region = plan.rightRegion();
        int order = Math.min(unit.order() + LEVELS_BELOW_UNIT,
                Math.min(DEEPEST, MarginPixels.orderFor(plan.reachArcsec())));
        if (order <= unit.order() || MarginPixels.widthArcsec(order) < plan.reachArcsec()) {
            return region;
        }
        return around(left, order).intersection(region);
    }

    /** The pixels of an order with left rows, and their neighbours. */
    private static PixelRanges around(SkyPoints left, int order) {
        long[] pixels = new long[left.size()];
        int count = 0;
        long before = -1;
        for (int row = 0; row < left.size(); row++) {
            double ra = left.ra()[row];
            double dec = left.dec()[row];
            if (Double.isFinite(ra) && Double.isFinite(dec)) {
                long pixel = Healpix.pixelOf(order, ra, dec);
                if (pixel != before) {
                    pixels[count++] = pixel;
                }
                before = pixel;
            }
        }
        Arrays.sort(pixels, 0, count);
        count = distinct(pixels, count);
        long[] around = new long[Math.multiplyExact(9, count)];
        int length = 0;
        for (int i = 0; i < count; i++) {
            around[length++] = pixels[i];
            for (long neighbour : Healpix.neighboursOf(new HealpixPixel(order, pixels[i]))) {
                around[length++] = neighbour;
            }
        }
        Arrays.sort(around, 0, length);
        length = distinct(around, length);
        int shift = 2 * (HealpixPixel.MAX_ORDER - order);
        long[] bounds = new long[2 * length];
        int ends = 0;
        for (int i = 0; i < length; i++) {
            if (ends > 0 && bounds[ends - 1] == around[i] << shift) {
                bounds[ends - 1] = around[i] + 1 << shift;
            } else {
                bounds[ends++] = around[i] << shift;
                bounds[ends++] = around[i] + 1 << shift;
            }
        }
        return PixelRanges.ofBounds(Arrays.copyOf(bounds, ends));
    }

    /** Moves the first of each run of equal values to the front; returns how many there are. */
    private static int distinct(long[] sorted, int count) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (i == 0 || sorted[i] != sorted[i - 1]) {
                sorted[kept++] = sorted[i];
            }
        }
        return kept;
    }
}
