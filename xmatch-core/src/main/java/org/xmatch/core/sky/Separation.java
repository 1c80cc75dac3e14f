package org.xmatch.core.sky;

/**
 * Separation of two positions: the one function that decides which pairs match.
 * <p>
 * Haversine formula (Sinnott 1984, Sky and Telescope 68, 159), which loses nothing at small angles:
 * {@code hav = sin^2(ddec / 2) + cos(dec1) cos(dec2) sin^2(dra / 2)}, {@code separation = 2 asin(sqrt(hav))}.
 * Every term is computed by polynomials in strict IEEE arithmetic, so the answer is the same on
 * every machine, in a loop or alone. Symmetric: swapping the positions changes no bit.
 */
public final class Separation {

    static final double RADIANS = Math.PI / 180;
    static final double ARCSEC = 180 * 3600 / Math.PI;

    /** Degrees: below this a haversine is below 1e-4, and every branch of the function is known. */
    public static final double FARTHEST = 0.8;

    private Separation() {}

    /**
     * Separation, arcsec, of two positions in degrees; NaN when a coordinate is NaN or infinite.
     * Absolute error below 1e-9 arcsec for separations up to 10 degrees.
     *
     * @param ra1 degrees, any turn
     * @param dec1 degrees, {@code -90..90}
     */
    public static double arcsec(double ra1, double dec1, double ra2, double dec2) {
        return ofHaversine(haversine(ra1, dec1, ra2, dec2));
    }

    /**
     * Separations, arcsec, of {@code count} pairs of finite positions: to the bit what
     * {@link #arcsec(double, double, double, double)} gives for each, in a fraction of the time for
     * pairs that are close, where all lie on one side of 45 degrees of declination.
     *
     * @param ra1 degrees; only the first {@code count} values of each array count
     * @param out gets the separations; may not be one of the other arrays
     */
    public static void arcsec(double[] ra1, double[] dec1, double[] ra2, double[] dec2, int count, double[] out) {
        // Sign bits: comparisons would make each round of the loop wait for the one before.
        long isFar = 0;
        long isAnyAbove = 0;
        long areAllAbove = -1;
        for (int i = 0; i < count; i++) {
            isFar |= Double.doubleToRawLongBits(FARTHEST - Math.abs(ra1[i] - ra2[i]) - Math.abs(dec1[i] - dec2[i]));
            long isAbove1 = Double.doubleToRawLongBits(45 - Math.abs(dec1[i]));
            long isAbove2 = Double.doubleToRawLongBits(45 - Math.abs(dec2[i]));
            isAnyAbove |= isAbove1 | isAbove2;
            areAllAbove &= isAbove1 & isAbove2;
        }
        boolean isOnOneSide = isAnyAbove >= 0 || areAllAbove < 0;
        if (isOnOneSide) {
            arcsecOfClose(ra1, dec1, ra2, dec2, count, isAnyAbove < 0, out);
        }
        if (isOnOneSide && isFar >= 0) {
            return;
        }
        for (int i = 0; i < count; i++) {
            if (!isOnOneSide || !isClose(ra1[i], dec1[i], ra2[i], dec2[i])) {
                out[i] = arcsec(ra1[i], dec1[i], ra2[i], dec2[i]);
            }
        }
    }

    private static boolean isClose(double ra1, double dec1, double ra2, double dec2) {
        return FARTHEST - Math.abs(ra1 - ra2) - Math.abs(dec1 - dec2) >= 0;
    }

    /**
     * {@link #arcsec(double[], double[], double[], double[], int, double[])} for callers who know that pairs that count
     * are close.
     * <p>
     * Of a pair whose two coordinates, right ascensions as they are, differ by more than {@link #FARTHEST} in sum, but
     * by at most 180 degrees each, this gives no separation but a number that is at least as large, or more than 3600.
     *
     * @param isAbove45 whether all declinations are north of 45 degrees or south of -45; else all must lie from
     *     -45 to 45
     */
    public static void arcsecOfClose(
            double[] ra1, double[] dec1, double[] ra2, double[] dec2, int count, boolean isAbove45, double[] out) {
        assert areOnOneSide(dec1, dec2, count, isAbove45);
        // Loops without a branch, short enough for compilers to turn them into vector instructions; a method each,
        // or a JVM that has just started compiles all of it anew for every loop it is busy in.
        if (!isAbove45) {
            takeCosines(dec1, count, out);
            multiplyByCosines(dec2, count, out);
        } else {
            takeSinesOfPolarDistances(dec1, count, out);
            multiplyBySinesOfPolarDistances(dec2, count, out);
        }
        multiplyByRaTerms(ra1, ra2, count, out);
        addDecTerms(dec1, dec2, count, out);
        takeSeparations(count, out);
    }

    private static void takeCosines(double[] dec, int count, double[] out) {
        for (int i = 0; i < count; i++) {
            out[i] = cosTaylor(Math.abs(dec[i]) * RADIANS);
        }
    }

    private static void multiplyByCosines(double[] dec, int count, double[] out) {
        for (int i = 0; i < count; i++) {
            out[i] *= cosTaylor(Math.abs(dec[i]) * RADIANS);
        }
    }

    private static void takeSinesOfPolarDistances(double[] dec, int count, double[] out) {
        for (int i = 0; i < count; i++) {
            out[i] = sinTaylor((90 - Math.abs(dec[i])) * RADIANS);
        }
    }

    private static void multiplyBySinesOfPolarDistances(double[] dec, int count, double[] out) {
        for (int i = 0; i < count; i++) {
            out[i] *= sinTaylor((90 - Math.abs(dec[i])) * RADIANS);
        }
    }

    private static void multiplyByRaTerms(double[] ra1, double[] ra2, int count, double[] out) {
        for (int i = 0; i < count; i++) {
            double sinRa = sinTaylorShort((ra1[i] - ra2[i]) * (RADIANS / 2));
            out[i] *= sinRa * sinRa;
        }
    }

    private static void addDecTerms(double[] dec1, double[] dec2, int count, double[] out) {
        for (int i = 0; i < count; i++) {
            double sinDec = sinTaylorShort((dec1[i] - dec2[i]) * (RADIANS / 2));
            out[i] = Math.fma(sinDec, sinDec, out[i]);
        }
    }

    /** Of haversines. */
    private static void takeSeparations(int count, double[] out) {
        for (int i = 0; i < count; i++) {
            out[i] = ofSmallHaversine(out[i]);
        }
    }

    private static boolean areOnOneSide(double[] dec1, double[] dec2, int count, boolean isAbove45) {
        for (int i = 0; i < count; i++) {
            if (Math.abs(dec1[i]) > 45 != isAbove45 || Math.abs(dec2[i]) > 45 != isAbove45) {
                return false;
            }
        }
        return true;
    }

    /** {@code sin^2(separation / 2)} of two positions in degrees: monotone in the separation, {@code 0..1}. */
    public static double haversine(double ra1, double dec1, double ra2, double dec2) {
        double sinDec = sinHalf(dec1 - dec2);
        double sinRa = sinHalf(raDifference(ra1, ra2));
        return Math.fma(sinDec, sinDec, cosDec(dec1) * cosDec(dec2) * (sinRa * sinRa));
    }

    /** Separation, arcsec, whose {@link #haversine} is given; {@code 0..1}, NaN for NaN. */
    public static double ofHaversine(double haversine) {
        if (haversine < 1e-4) {
            return ofSmallHaversine(haversine);
        }
        return 2 * ARCSEC * StrictMath.atan2(Math.sqrt(haversine), Math.sqrt(Math.max(0, 1 - haversine)));
    }

    private static double ofSmallHaversine(double h) {
        // asin series: the first term left out, 63/2816 h^5, is below 3e-22 of the sum
        double series = Math.fma(Math.fma(Math.fma(Math.fma(35.0 / 1152, h, 5.0 / 112), h, 3.0 / 40), h,
                1.0 / 6), h, 1.0);
        return 2 * ARCSEC * Math.sqrt(h) * series;
    }

    /** {@code ra1 - ra2}, degrees, in {@code [-180, 180]}: exact for positions close to each other. */
    public static double raDifference(double ra1, double ra2) {
        double difference = ra1 - ra2;
        if (Math.abs(difference) <= 180) {
            return difference;
        }
        // Take whole turns off the operands, not off the rounded difference.
        double a = turn(ra1);
        double b = turn(ra2);
        difference = a - b;
        if (difference > 180) {
            return a - 360 - b;
        }
        return difference < -180 ? a - (b - 360) : difference;
    }

    private static double turn(double ra) {
        double wrapped = ra % 360;
        return wrapped < 0 ? wrapped + 360 : wrapped;
    }

    /** Sine of half an angle given in degrees. */
    private static double sinHalf(double degrees) {
        double x = degrees * (RADIANS / 2);
        return Math.abs(x) < 0.03 ? sinTaylorShort(x) : StrictMath.sin(x);
    }

    private static double sinTaylorShort(double x) {
        double y = x * x;
        // the first term left out, x^11/11!, is below 2e-23 of the sum for |x| < 0.03
        double p = Math.fma(Math.fma(Math.fma(1.0 / 362880, y, -1.0 / 5040), y, 1.0 / 120), y, -1.0 / 6);
        return Math.fma(p * y, x, x);
    }

    /** Cosine of a declination in degrees, to 2e-16 relative also near the poles. */
    static double cosDec(double dec) {
        double d = Math.abs(dec);
        if (d > 45) {
            // 90 - d is exact here, so nothing is lost where the cosine is small
            return sinTaylor((90 - d) * RADIANS);
        }
        return cosTaylor(d * RADIANS);
    }

    /** Taylor series of the sine for {@code |x| <= pi / 4 + 1e-9}. */
    private static double sinTaylor(double x) {
        double y = x * x;
        double p = Math.fma(1.0 / 355687428096000.0, y, -1.0 / 1307674368000.0);
        p = Math.fma(p, y, 1.0 / 6227020800.0);
        p = Math.fma(p, y, -1.0 / 39916800);
        p = Math.fma(p, y, 1.0 / 362880);
        p = Math.fma(p, y, -1.0 / 5040);
        p = Math.fma(p, y, 1.0 / 120);
        p = Math.fma(p, y, -1.0 / 6);
        return Math.fma(p * y, x, x);
    }

    /** Taylor series of the cosine for {@code |x| <= pi / 4 + 1e-9}. */
    private static double cosTaylor(double x) {
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
