package org.xmatch.core.margin;

import org.xmatch.core.healpix.Healpix;
import org.xmatch.core.healpix.HealpixPixel;
import org.xmatch.core.healpix.PixelRanges;

/**
 * The pixels just outside a pixel's border.
 * <p>
 * A pixel of order {@code m} is at least {@link #widthArcsec} wide between opposite edges, with 8 per
 * cent to spare, so the order-{@code m} pixels that touch a border from outside hold every position
 * that close to it. Stateless and thread-safe.
 */
public final class MarginPixels {

    private static final double ARCSEC = 180 * 3600 / Math.PI;
    private static final int MOST_EDGE_PIXELS = 512;

    private MarginPixels() {}

    /**
     * The deepest order whose {@link #widthArcsec} is not below {@code thresholdArcsec}: the order at
     * which HATS margins are cut. 0 where even order 0 is too narrow.
     */
    public static int orderFor(double thresholdArcsec) {
        int order = HealpixPixel.MAX_ORDER;
        while (order > 0 && widthArcsec(order) < thresholdArcsec) {
            order--;
        }
        return order;
    }

    /** Nominal smallest pixel width at an order, arcsec: {@code sqrt(4 pi / (12 * 4^order)) / 1.6}. */
    public static double widthArcsec(int order) {
        return Math.sqrt(Math.PI / 3) / (1L << order) / 1.6 * ARCSEC;
    }

    /**
     * A region outside {@code pixel} that holds every position outside it and within
     * {@code radiusArcsec} of a position inside it; any radius, also wider than the pixel.
     */
    public static PixelRanges border(HealpixPixel pixel, double radiusArcsec) {
        int order = orderFor(radiusArcsec);
        if (widthArcsec(order) < radiusArcsec) {
            return PixelRanges.ALL_SKY.minus(PixelRanges.ofPixel(pixel));
        }
        while (order > pixel.order() && (4L << order - pixel.order()) > MOST_EDGE_PIXELS) {
            order--;
        }
        HealpixPixel center = order < pixel.order() ? pixel.parentAt(order) : pixel;
        long[] around = Healpix.externalEdge(center, order);
        long[] bounds = new long[2 * around.length + 2];
        int shift = 2 * (HealpixPixel.MAX_ORDER - order);
        for (int i = 0; i < around.length; i++) {
            bounds[2 * i] = around[i] << shift;
            bounds[2 * i + 1] = around[i] + 1 << shift;
        }
        bounds[2 * around.length] = center.first29();
        bounds[2 * around.length + 1] = center.end29();
        return PixelRanges.ofBounds(bounds).minus(PixelRanges.ofPixel(pixel));
    }
}
