package org.xmatch.core.margin;

import org.xmatch.core.healpix.Healpix;
import org.xmatch.core.healpix.HealpixPixel;
import org.xmatch.core.healpix.PixelRanges;

import java.util.Arrays;

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
     * NESTED pixels of {@code marginOrder} that touch {@code pixel} from outside, edges and corners,
     * ascending; {@code marginOrder >= pixel.order()}.
     */
    public static long[] externalEdge(HealpixPixel pixel, int marginOrder) {
        int depth = marginOrder - pixel.order();
        if (depth < 0) {
            throw new IllegalArgumentException("margin order " + marginOrder + " is coarser than pixel " + pixel);
        }
        long side = 1L << depth;
        long[] found = new long[Math.toIntExact(32 * side)];
        int count = 0;
        // Walk the cells along the inside of the border; what they touch outside is the edge.
        for (long i = 0; i < side; i++) {
            for (long[] cell : new long[][] {{i, 0}, {i, side - 1}, {0, i}, {side - 1, i}}) {
                long inside = pixel.pixel() << 2 * depth | interleave(cell[0], cell[1]);
                for (long neighbour : Healpix.neighboursOf(new HealpixPixel(marginOrder, inside))) {
                    if (neighbour >> 2 * depth != pixel.pixel()) {
                        found[count++] = neighbour;
                    }
                }
            }
        }
        return Arrays.stream(found, 0, count).sorted().distinct().toArray();
    }

    private static long interleave(long x, long y) {
        long out = 0;
        for (int bit = 0; bit < 29; bit++) {
            out |= (x >> bit & 1) << 2 * bit | (y >> bit & 1) << 2 * bit + 1;
        }
        return out;
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
        long[] around = externalEdge(center, order);
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
