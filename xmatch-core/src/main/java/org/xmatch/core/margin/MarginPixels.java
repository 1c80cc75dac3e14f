package org.xmatch.core.margin;

import org.xmatch.core.healpix.HealpixPixel;
import org.xmatch.core.healpix.PixelRanges;

/** The pixels just outside a pixel's border. Stateless and thread-safe. */
public final class MarginPixels {

    private MarginPixels() {}

    /**
     * The deepest order whose nominal smallest pixel width, {@code sqrt(4 pi / (12 * 4^order)) / 1.6},
     * is not below {@code thresholdArcsec}: the order at which HATS margins are cut. Clipped to 0..29.
     */
    public static int orderFor(double thresholdArcsec) {
        throw new UnsupportedOperationException("contract only");
    }

    /** Nominal smallest pixel width at an order, arcsec. */
    public static double widthArcsec(int order) {
        throw new UnsupportedOperationException("contract only");
    }

    /**
     * NESTED pixels of {@code marginOrder} that touch {@code pixel} from outside, edges and corners,
     * ascending; {@code marginOrder >= pixel.order()}.
     */
    public static long[] externalEdge(HealpixPixel pixel, int marginOrder) {
        throw new UnsupportedOperationException("contract only");
    }

    /**
     * A region outside {@code pixel} that holds every position outside it and within
     * {@code radiusArcsec} of a position inside it; any radius, also wider than the pixel.
     */
    public static PixelRanges border(HealpixPixel pixel, double radiusArcsec) {
        throw new UnsupportedOperationException("contract only");
    }
}
