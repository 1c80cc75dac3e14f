package org.xmatch.core.region;

import org.xmatch.core.healpix.PixelRanges;

/**
 * All positions at most {@code radiusArcsec} from a centre, border included.
 *
 * @param ra centre, degrees ICRS, finite, any turn
 * @param dec centre, degrees ICRS, {@code -90..90}
 * @param radiusArcsec radius, arcsec, greater than 0 and at most 648,000 (the whole sky)
 */
public record Cone(double ra, double dec, double radiusArcsec) {

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

    /** Whether the position lies inside; false for NaN. Decided by {@code Separation.arcsec}. */
    public boolean contains(double pointRa, double pointDec) {
        throw new UnsupportedOperationException("contract only");
    }

    /**
     * Order-29 pixels that hold every position of this cone widened by {@code extraArcsec}: an outer
     * cover, from pixels small enough that it exceeds the cone by a few per cent at most.
     */
    public PixelRanges coverage(double extraArcsec) {
        throw new UnsupportedOperationException("contract only");
    }
}
