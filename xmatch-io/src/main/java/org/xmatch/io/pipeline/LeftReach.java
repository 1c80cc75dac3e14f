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

    private LeftReach() {}

    /**
     * Order-29 pixels that hold every position within the radius of a left position: the plan's
     * region, narrowed to the neighbourhood of the left rows where they are few.
     */
    static PixelRanges of(SkyPoints left, HealpixPixel unit, Plan plan) {
        PixelRanges region = plan.rightRegion();
        int order = Math.min(DEEPEST, MarginPixels.orderFor(plan.options().radiusArcsec()));
        if (left.size() > FEW_ROWS || order <= unit.order()
                || MarginPixels.widthArcsec(order) < plan.options().radiusArcsec()) {
            return region;
        }
        long[] pixels = new long[left.size()];
        int count = 0;
        for (int row = 0; row < left.size(); row++) {
            double ra = left.ra()[row];
            double dec = left.dec()[row];
            if (Double.isFinite(ra) && Double.isFinite(dec)) {
                pixels[count++] = Healpix.pixelOf(order, ra, dec);
            }
        }
        Arrays.sort(pixels, 0, count);
        int shift = 2 * (29 - order);
        long[] bounds = new long[18 * count];
        int length = 0;
        for (int i = 0; i < count; i++) {
            if (i > 0 && pixels[i] == pixels[i - 1]) {
                continue;
            }
            bounds[length++] = pixels[i] << shift;
            bounds[length++] = pixels[i] + 1 << shift;
            for (long neighbour : Healpix.neighboursOf(new HealpixPixel(order, pixels[i]))) {
                bounds[length++] = neighbour << shift;
                bounds[length++] = neighbour + 1 << shift;
            }
        }
        return PixelRanges.ofBounds(Arrays.copyOf(bounds, length)).intersection(region);
    }
}
