package org.xmatch.core.sky;

import java.util.Objects;

/**
 * Positions on the sky as two parallel arrays, without copying them.
 * <p>
 * The arrays belong to the caller, who must not write to them while a matcher reads this object. A
 * position with a NaN or infinite coordinate is no position: it matches nothing. Reading is
 * thread-safe.
 */
public final class SkyPoints {

    private final double[] ra;
    private final double[] dec;
    private final int size;

    private SkyPoints(double[] ra, double[] dec, int size) {
        this.ra = ra;
        this.dec = dec;
        this.size = size;
    }

    /** The positions {@code (ra[i], dec[i])}, degrees ICRS, of whole arrays of equal length. */
    public static SkyPoints of(double[] ra, double[] dec) {
        if (ra.length != dec.length) {
            throw new IllegalArgumentException("ra has " + ra.length + " values and dec " + dec.length);
        }
        return new SkyPoints(ra, dec, ra.length);
    }

    /** The first {@code size} positions of arrays that may be longer. */
    public static SkyPoints of(double[] ra, double[] dec, int size) {
        Objects.checkFromIndexSize(0, size, Math.min(ra.length, dec.length));
        return new SkyPoints(ra, dec, size);
    }

    /** Right ascensions, degrees, any turn; only the first {@link #size()} values count. */
    public double[] ra() {
        return ra;
    }

    /** Declinations, degrees; only the first {@link #size()} values count. */
    public double[] dec() {
        return dec;
    }

    /** Number of positions. */
    public int size() {
        return size;
    }
}
