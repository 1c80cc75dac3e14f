package org.xmatch.core.match;

/**
 * Cheap bounds on the squared chord of two unit vectors, {@code 4 sin^2(separation / 2)}.
 * <p>
 * Kernels pass over a pair only when a lower bound of its squared chord exceeds
 * {@link #ofArcsec} of the largest separation that still matters. That limit is widened so that no
 * pair {@link org.xmatch.core.sky.Separation} would accept is passed over:
 * by a relative 1e-7 and an absolute 1e-20. With {@code 2 c e <= 5e-8 c^2 + e^2 / 5e-8} this covers
 * any error {@code e} of a chord {@code c} up to 2e-14 (4e-9 arcsec) and, besides, a relative error
 * of 5e-8 of its square. The errors there are: below 4e-15 from unit vectors, from wrapping a
 * right ascension and from the subtraction of coordinates; below a relative 1e-14 from Separation.
 */
final class ChordBound {

    static final double RADIANS = Math.PI / 180;
    private static final double RADIANS_PER_ARCSEC = Math.PI / 648_000;

    private ChordBound() {}

    /** Squared chord, as rounded by any kernel, that no pair within {@code arcsec} exceeds. */
    static double ofArcsec(double arcsec) {
        double angle = arcsec * RADIANS_PER_ARCSEC;
        // A chord is shorter than its arc; the sine only pays where the difference is felt.
        double chord = angle < 0.1 ? angle : 2 * Math.sin(Math.min(angle, Math.PI) / 2);
        return chord * chord * (1 + 1e-7) + 1e-20;
    }

    /**
     * Lower bound of {@code 4 sin^2(x / 2)} for {@code x} in degrees, from
     * {@code cos x <= 1 - x^2 / 2 + x^4 / 24}; equal to a relative {@code x^4 / 360} at small x.
     */
    static double chord2OfDegrees(double x) {
        double y = x * RADIANS;
        double y2 = y * y;
        return y2 - y2 * y2 * (1.0 / 12);
    }

    /** The right ascension in {@code [0, 360]}, degrees; NaN if not finite. */
    static double wrapped(double ra) {
        if (ra >= 0 && ra < 360) {
            return ra;
        }
        double turn = ra % 360;
        return turn < 0 ? turn + 360 : turn;
    }

    /** Whether the position is one: both coordinates finite. */
    static boolean isPosition(double ra, double dec) {
        return Math.abs(ra) < Double.POSITIVE_INFINITY && Math.abs(dec) < Double.POSITIVE_INFINITY;
    }
}
