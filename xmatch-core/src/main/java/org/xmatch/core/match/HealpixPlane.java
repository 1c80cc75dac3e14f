package org.xmatch.core.match;

/**
 * The HEALPix projection of the sphere to the plane (Calabretta and Roukema 2007, MNRAS 381, 865, with
 * H = 4 and K = 3), in quarter turns: pixels are squares along {@code p = x + y} and
 * {@code q = x - y}, of side {@code 1 / 2^order}.
 * <p>
 * Within {@link #ERROR} of the exact projection, by short series: good for bounds.
 */
final class HealpixPlane {

    /** Most that a coordinate, a sum or a difference of two is wrong. */
    static final double ERROR = 1e-9;
    /** Degrees of declination: closer to the equator is the belt, farther are the caps. */
    static final double BELT = Math.toDegrees(Math.asin(2 / 3.0));

    private static final double SQRT6 = Math.sqrt(6);

    private HealpixPlane() {}

    /** The sine that {@link #x} and {@link #y} of a declination are made of. */
    static double sine(double dec) {
        double d = Math.abs(dec);
        return sin(d <= BELT ? dec * ChordBound.RADIANS : (90 - d) * (0.5 * ChordBound.RADIANS));
    }

    /** {@code x} in {@code [0, 4]}, for right ascensions of {@code [0, 360]} degrees. */
    static double x(double ra, double dec, double sine) {
        double turns = ra * (1 / 90.0);
        if (Math.abs(dec) <= BELT) {
            return turns;
        }
        double middle = Math.min(3, (int) turns) + 0.5;
        return middle + (turns - middle) * (SQRT6 * sine);
    }

    /** {@code y} in {@code [-1, 1]}. */
    static double y(double dec, double sine) {
        if (Math.abs(dec) <= BELT) {
            return 0.75 * sine;
        }
        double y = 1 - SQRT6 / 2 * sine;
        return dec < 0 ? -y : y;
    }

    /** Sine, for {@code |x| <= 0.74}: the first term left out is below 4e-12. */
    private static double sin(double x) {
        double x2 = x * x;
        double s = Math.fma(-1.0 / 39916800, x2, 1.0 / 362880);
        s = Math.fma(s, x2, -1.0 / 5040);
        s = Math.fma(s, x2, 1.0 / 120);
        s = Math.fma(s, x2, -1.0 / 6);
        return Math.fma(s * x2, x, x);
    }
}
