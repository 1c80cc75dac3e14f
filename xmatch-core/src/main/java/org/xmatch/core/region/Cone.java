package org.xmatch.core.region;

import org.xmatch.core.healpix.Healpix;
import org.xmatch.core.healpix.HealpixPixel;
import org.xmatch.core.healpix.PixelRanges;
import org.xmatch.core.sky.Separation;
import org.xmatch.core.sky.SkyPosition;

import java.util.ArrayList;
import java.util.List;

/**
 * All positions at most {@code radiusArcsec} from a centre, border included.
 *
 * @param ra centre, degrees ICRS, finite, any turn
 * @param dec centre, degrees ICRS, {@code -90..90}
 * @param radiusArcsec radius, arcsec, greater than 0 and at most 648,000 (the whole sky)
 */
public record Cone(double ra, double dec, double radiusArcsec) {

    // relative, of a squared chord: far above all rounding
    private static final double EDGE_ERROR = 1e-9;
    // Pixels at the edge are this many times smaller than the cone, at least.
    private static final int EDGE_PIXELS = 40;

    public Cone {
        if (!Double.isFinite(ra)) {
            throw new IllegalArgumentException("cone ra must be finite degrees, got " + ra);
        }
        if (!(dec >= -90 && dec <= 90)) {
            throw new IllegalArgumentException("cone dec must be degrees in [-90, 90], got " + dec);
        }
        if (!(radiusArcsec > 0 && radiusArcsec <= 648_000)) {
            throw new IllegalArgumentException(
                    "cone radius must be more than 0 and at most 648000 arcsec, got " + radiusArcsec);
        }
    }

    /** Whether the position lies inside; false for NaN. Decided by {@link Separation#arcsec}. */
    public boolean contains(double pointRa, double pointDec) {
        return Separation.arcsec(ra, dec, pointRa, pointDec) <= radiusArcsec;
    }

    /**
     * Finds the positions inside, as {@link #contains} does, of the first {@code size} in the arrays.
     *
     * @param pointRa degrees
     * @param pointDec degrees
     * @param inside gets the rows of those inside, ascending; room for {@code size}
     * @return how many there are
     */
    public int select(double[] pointRa, double[] pointDec, int size, int[] inside) {
        double halfChord = Math.sin(radiusArcsec / 7200 * (Math.PI / 180));
        double edge = halfChord * halfChord;
        double surelyIn = edge * (1 - EDGE_ERROR);
        double surelyOut = edge * (1 + EDGE_ERROR);
        ConeBands bands = new ConeBands(this);
        int count = 0;
        for (int row = 0; row < size; row++) {
            int side = bands.side(pointRa[row], pointDec[row]);
            if (side != 0) {
                inside[count] = row;
                count += side > 0 ? 1 : 0;
                continue;
            }
            double haversine = Separation.haversine(ra, dec, pointRa[row], pointDec[row]);
            // The arc costs more than all the rest, and only close to the edge can its rounding matter.
            if (haversine < surelyIn
                    || haversine < surelyOut && Separation.ofHaversine(haversine) <= radiusArcsec) {
                inside[count++] = row;
            }
        }
        return count;
    }

    /**
     * Order-29 pixels that hold every position of this cone widened by {@code extraArcsec}: an outer
     * cover, from pixels small enough that it exceeds the cone by a few per cent at most.
     */
    public PixelRanges coverage(double extraArcsec) {
        double reach = radiusArcsec + extraArcsec + 1e-6; // the last is for rounding
        int deepest = 0;
        while (deepest < HealpixPixel.MAX_ORDER
                && Healpix.maxRadiusDegrees(deepest) * 3600 * EDGE_PIXELS > reach) {
            deepest++;
        }
        List<HealpixPixel> cover = new ArrayList<>();
        for (long base = 0; base < 12; base++) {
            cover(new HealpixPixel(0, base), reach, deepest, cover);
        }
        return PixelRanges.of(cover);
    }

    private void cover(HealpixPixel pixel, double reach, int deepest, List<HealpixPixel> into) {
        SkyPosition center = Healpix.centerOf(pixel);
        double distance = Separation.arcsec(ra, dec, center.ra(), center.dec());
        double pixelRadius = Healpix.maxRadiusDegrees(pixel.order()) * 3600;
        if (distance > reach + pixelRadius) {
            return;
        }
        if (pixel.order() >= deepest || distance + pixelRadius <= reach) {
            into.add(pixel);
            return;
        }
        for (long child = 0; child < 4; child++) {
            cover(new HealpixPixel(pixel.order() + 1, 4 * pixel.pixel() + child), reach, deepest, into);
        }
    }
}
