package org.xmatch.core.match;

/**
 * The sky around a pole as a plane, where right ascensions are no trouble: the stereographic projection,
 * shrunk a little, so that distances in it are at most those on the sky.
 * <p>
 * With {@code rho} the distance to the pole, the squared chord of two positions is
 * {@code |w1 - w2|^2 cos^2(rho1 / 2) cos^2(rho2 / 2)} for {@code w = 2 tan(rho / 2)} at their right ascensions.
 * Shrunk by {@link #SHRINKING}, squared distances in the plane are smaller than squared chords by a
 * relative {@link #SLACK} at most, for positions within {@link #REACH} of one pole.
 * <p>
 * A position in the plane is written like one on the sky, degrees from a point on the equator:
 * searches made for bounds of ra and dec near there bound distances in the plane too. The points of the
 * two poles are far apart.
 */
final class PolarPlane {

    /** Left rows nearer to a pole than this, degrees, are searched for in the plane. */
    static final double CAP = 0.35;
    /** Radii up to this, degrees, can be. */
    static final double MAX_RADIUS = 0.25;
    /** Degrees from a pole. */
    static final double REACH = 2.3;
    static final double SHRINKING = square(Math.cos(Math.toRadians(REACH / 2)));
    /** {@code 1 / SHRINKING^2 - 1} is 8.06e-4. */
    static final double SLACK = 1e-3;
    private static final double NORTH = 180;
    private static final double SOUTH = 90;
    private static final double DEGREES = SHRINKING / ChordBound.RADIANS;

    private PolarPlane() {}

    private static double square(double x) {
        return x * x;
    }

    /** Whether a position on the sky is searched for in the plane. */
    static boolean isInCap(double dec) {
        return Math.abs(dec) > 90 - CAP;
    }

    /** Where in the plane a pole is. */
    static double poleRa(double ra) {
        return ra > (NORTH + SOUTH) / 2 ? NORTH : SOUTH;
    }

    /** Writes the place of a position within {@link #REACH} of a pole, {@code ra} in {@code [0, 360]}. */
    static void place(double ra, double dec, double[] outRa, double[] outDec, int at) {
        double half = (90 - Math.abs(dec)) * (0.5 * ChordBound.RADIANS);
        double h2 = half * half;
        // series of the tangent: the first term left out is below 3e-16 of the sum
        double tangent = half * Math.fma(h2, Math.fma(h2, Math.fma(h2, 17.0 / 315, 2.0 / 15), 1.0 / 3), 1.0);
        double w = 2 * DEGREES * tangent;
        int quarter = (int) (ra * (1 / 90.0) + 0.5);
        double a = (ra - 90 * quarter) * ChordBound.RADIANS;
        double sin = w * sin(a);
        double cos = w * cos(a);
        double pole = dec > 0 ? NORTH : SOUTH;
        switch (quarter & 3) {
            case 0 -> put(pole + cos, sin, outRa, outDec, at);
            case 1 -> put(pole - sin, cos, outRa, outDec, at);
            case 2 -> put(pole - cos, -sin, outRa, outDec, at);
            default -> put(pole + sin, -cos, outRa, outDec, at);
        }
    }

    private static void put(double ra, double dec, double[] outRa, double[] outDec, int at) {
        outRa[at] = ra;
        outDec[at] = dec;
    }

    /** Taylor series for {@code |x| <= pi / 4 + 1e-9}. */
    private static double sin(double x) {
        double y = x * x;
        double p = Math.fma(-1.0 / 1307674368000.0, y, 1.0 / 6227020800.0);
        p = Math.fma(p, y, -1.0 / 39916800);
        p = Math.fma(p, y, 1.0 / 362880);
        p = Math.fma(p, y, -1.0 / 5040);
        p = Math.fma(p, y, 1.0 / 120);
        p = Math.fma(p, y, -1.0 / 6);
        return Math.fma(p * y, x, x);
    }

    /** Taylor series for {@code |x| <= pi / 4 + 1e-9}. */
    private static double cos(double x) {
        double y = x * x;
        double p = Math.fma(1.0 / 20922789888000.0, y, -1.0 / 87178291200.0);
        p = Math.fma(p, y, 1.0 / 479001600);
        p = Math.fma(p, y, -1.0 / 3628800);
        p = Math.fma(p, y, 1.0 / 40320);
        p = Math.fma(p, y, -1.0 / 720);
        p = Math.fma(p, y, 1.0 / 24);
        p = Math.fma(p, y, -0.5);
        return Math.fma(p, y, 1.0);
    }
}
