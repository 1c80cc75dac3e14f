package org.xmatch.core.healpix;

import org.xmatch.core.sky.SkyPosition;

import java.util.List;

/** HEALPix NESTED arithmetic (Gorski et al. 2005, ApJ 622, 759). Stateless and thread-safe. */
public final class Healpix {

    private Healpix() {}

    /**
     * NESTED pixel of {@code order} that holds the position.
     *
     * @param ra degrees, any turn
     * @param dec degrees, {@code -90..90}
     * @throws IllegalArgumentException for a non-finite coordinate or a declination out of range
     */
    public static long pixelOf(int order, double ra, double dec) {
        throw new UnsupportedOperationException("contract only");
    }

    /** Centre of the pixel. */
    public static SkyPosition centerOf(HealpixPixel pixel) {
        throw new UnsupportedOperationException("contract only");
    }

    /** The four corners, in the order south, east, north, west. */
    public static List<SkyPosition> cornersOf(HealpixPixel pixel) {
        throw new UnsupportedOperationException("contract only");
    }

    /** The pixels of the same order that share an edge or a corner with this one, ascending: 8, or 7 (6 at order 0). */
    public static long[] neighboursOf(HealpixPixel pixel) {
        throw new UnsupportedOperationException("contract only");
    }

    /** Largest distance, degrees, from the centre of any pixel of the order to its farthest corner. */
    public static double maxRadiusDegrees(int order) {
        throw new UnsupportedOperationException("contract only");
    }
}
