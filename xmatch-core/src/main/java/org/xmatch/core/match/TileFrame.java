package org.xmatch.core.match;

import org.xmatch.core.sky.Separation;

/**
 * Local coordinates of one tile of the sky, and what a match radius amounts to in them.
 * <p>
 * A tile is where a HEALPix pixel of some order lies, so that rows sorted by pixel come tile by
 * tile. Its coordinates are linear in the offsets {@code u} (ra) and {@code v} (dec) from a centre,
 * {@code x = xu u + xv v} and {@code y = yu u + yv v}, with the derivatives of the HEALPix
 * projection (Gorski et al. 2005) at the centre: the pixel is about the square of side 1. The tile
 * <em>is</em> the square {@code |x|, |y| <= half}, a little larger; nothing depends on how well it
 * fits the pixel but speed.
 * <p>
 * Inside a tile, squared separations in square degrees are {@code dv^2 + du^2 (a + b dv)}, where
 * {@code a + b dv} approximates the product of the cosines of both declinations. Relative to the
 * squared chord the error of this is at most {@link #slack} / 3:
 * the cosine of the right declination leaves {@code dv^2}, the chord of a difference in ra
 * {@code du^2 / 12}, the series of {@code a} and {@code b} the fourth and second power of {@code v}.
 */
final class TileFrame {

    static final int MIN_ORDER = 3;
    static final int MAX_ORDER = 22;
    /** Where to begin. */
    static final int USUAL_ORDER = 9;

    private static final double RADIANS = ChordBound.RADIANS;
    private static final double SQRT6 = Math.sqrt(6);
    // Past these a tile is too bent, too close to a pole, or too small for its radius.
    private static final double MAX_HALF_WIDTH_RA = 60;
    private static final double MAX_SLACK = 1e-2;
    private static final double MAX_MARGIN = 0.25;

    private final boolean isPolar;
    private final double radius;
    private final double reach;

    double ra0;
    double dec0;
    double xu;
    double xv;
    double yu;
    double yv;
    /** Half the side of the tile. */
    double half;
    /** How much the x, and the y, of two positions within the radius can differ. */
    double marginX;
    double marginY;
    /** The larger of both. */
    double margin;
    /** Half the extents in ra and dec, degrees, of the tile with its margin. */
    double halfRa;
    double halfDec;
    /** Whether offsets in ra have to be wrapped. */
    boolean isWrapped;
    /** Metrics this much apart, relatively, are in the order of their separations. */
    double slack;
    /** No pair within the radius has a larger metric, square degrees. */
    double limit;

    /** What is known of the raw coordinates of positions in the tile, for {@link Separation}. */
    enum Closeness { UNKNOWN, BELOW_45, ABOVE_45 }

    Closeness closeness = Closeness.UNKNOWN;

    /**
     * Whether {@link HealpixPlane} shows the tile and its margin in one piece, all of it within
     * {@link #planeReach} of {@link #planeX} and {@link #planeY} along both diagonals; in two, 4 apart in x, where it
     * {@link #isWrapped}.
     */
    boolean isSquareInPlane;
    double planeX;
    double planeY;
    double planeReach;
    /** Likewise of the tile without its margin, where it is a square in the plane. */
    double planeSquare;
    /** Likewise of what no tile beside it, of the same radius and the same order or one less, has to look at. */
    double planeInner;
    /** No position with x and y up to this lies outside of {@link #planeInner}. */
    double inner;

    // most that x or y changes in a degree on the sky
    private double steepest;

    // coefficients of a and b in v
    double a0;
    double a1;
    double a2;
    double a3;
    double b0;
    double b1;

    /**
     * @param isPolar whether positions are places in {@link PolarPlane}
     */
    TileFrame(double radiusArcsec, boolean isPolar) {
        this.isPolar = isPolar;
        this.radius = radiusArcsec / 3600;
        // the metric's slack, and any rounding of a coordinate or of an offset
        this.reach = radius * (1 + MAX_SLACK) + 1e-11;
    }

    /** Metrics, square degrees, this much apart are too, whatever the rounding of offsets. */
    static final double ROUNDING = 1e-16;

    /**
     * Places the tile of the order round a position.
     *
     * @param ra degrees, {@code [0, 360]}
     * @return whether the coordinates serve; if not, a smaller order may (radius too large for the
     *     tile) or a larger one (tile too large for the sphere), close to the poles none does
     */
    boolean place(double ra, double dec, int order) {
        int side = 1 << order;
        if (isPolar) {
            placeAroundPole(ra, dec, side);
            return measureInPlane();
        }
        double z = Math.sin(dec * RADIANS);
        double bend;
        if (Math.abs(z) <= 2.0 / 3) {
            placeInBelt(ra, z, side);
            double farthest = Math.abs(z) + 1.0 / side;
            bend = farthest / (1 - farthest * farthest) / 6 / side;
        } else {
            bend = placeInCap(ra, dec, side);
        }
        half = 0.5 + Math.min(0.1, bend + 1e-6);
        if (!measure()) {
            return false;
        }
        findInPlane(side);
        return true;
    }

    /**
     * Where the plane shows the tile: the linear coordinates and what they leave out of the projection,
     * by Taylor's theorem.
     */
    private void findInPlane(int side) {
        double v = halfDec * RADIANS;
        double bend;
        if (Math.abs(dec0) + halfDec < HealpixPlane.BELT) {
            isSquareInPlane = true;
            bend = 0.75 / 2 * Math.sin((Math.abs(dec0) + halfDec) * RADIANS) * v * v;
        } else {
            double quarter = 90 * Math.min(3, Math.floor(ra0 / 90));
            isSquareInPlane = Math.abs(dec0) - halfDec > HealpixPlane.BELT
                    && ra0 - halfRa >= quarter && ra0 + halfRa <= quarter + 90;
            double sigma = SQRT6 * Math.sin((90 - Math.abs(dec0) + halfDec) / 2 * RADIANS);
            double reached = half + margin;
            bend = reached * reached * bendInCap((ra0 - quarter) / 90) / (90 * Math.abs(xu) * side) + sigma / 4 / 2 * v * v;
        }
        double sine = HealpixPlane.sine(dec0);
        planeX = HealpixPlane.x(ra0, dec0, sine);
        planeY = HealpixPlane.y(dec0, sine);
        // rounding to units of 2^-28 on both sides, and of the series
        double rounding = bend + 4 * HealpixPlane.ERROR + 2 * 0x1p-28;
        planeSquare = half / side + rounding;
        planeReach = (half + margin) / side + rounding;
        // a margin beside it may be a little wider, and a tile of half the order's side is bent by four times as much
        double beyond = 4 * (half - 0.5) + margin;
        planeInner = (0.5 - beyond - 0.02 * margin) / side - 4 * bend - (rounding - bend);
        inner = (planeInner - rounding) * side;
    }

    /**
     * What the linear coordinates of a cap leave out, the product of the offsets of share and of sigma, for the square
     * {@code |x|, |y| <= 1}, times {@code p + q}: the largest {@code |((1 - share) x - share y) (x + y)|} there.
     */
    private static double bendInCap(double share) {
        double rest = 1 - share;
        return Math.max(2 * Math.abs(rest - share),
                Math.max(share >= 0.25 ? 0.25 / share : 0, rest >= 0.25 ? 0.25 / rest : 0));
    }

    private void placeInBelt(double ra, double z, int side) {
        double south = Math.floor(side * (ra / 90 - 0.75 * z)) + 0.5;
        double north = Math.floor(side * (ra / 90 + 0.75 * z)) + 0.5;
        double z0 = (north - south) / (1.5 * side);
        double cos0 = Math.sqrt((1 - z0) * (1 + z0));
        ra0 = ChordBound.wrapped(45 * (north + south) / side);
        dec0 = Math.asin(z0) / RADIANS;
        xu = side / 90.0;
        xv = 0.75 * side * cos0 * RADIANS;
        yu = xu;
        yv = -xv;
    }

    private double placeInCap(double ra, double dec, int side) {
        // sigma = sqrt(3 (1 - |z|)), without the loss of 1 - |z| near the pole
        double sigma = SQRT6 * Math.sin((90 - Math.abs(dec)) / 2 * RADIANS);
        double quarter = Math.min(3, Math.floor(ra / 90));
        double share = ra / 90 - quarter;
        double p = Math.floor(side * share * sigma) + 0.5;
        double q = Math.floor(side * (1 - share) * sigma) + 0.5;
        double sigma0 = (p + q) / side;
        double share0 = p / (p + q);
        double halfTheta = Math.asin(Math.min(1, sigma0 / SQRT6));
        double sign = Math.signum(dec);
        double slope = -sign * SQRT6 / 2 * Math.cos(halfTheta) * RADIANS;
        ra0 = 90 * (quarter + share0);
        dec0 = sign * (90 - 2 * halfTheta / RADIANS);
        xu = side * sigma0 / 90;
        xv = side * share0 * slope;
        yu = -xu;
        yv = side * (1 - share0) * slope;
        return bendInCap(share0) / 4 / Math.max(0.5, p + q - 1);
    }

    /**
     * {@link #placeInCap} in the plane around the pole, where {@code sigma} is almost {@code w}, the
     * distance, times a constant.
     */
    private void placeAroundPole(double ra, double dec, int side) {
        double pole = PolarPlane.poleRa(ra);
        double slope = SQRT6 / 2 * RADIANS;
        double sigma = slope * Math.hypot(ra - pole, dec);
        double angle = Math.atan2(dec, ra - pole) / RADIANS;
        angle = angle < 0 ? Math.min(angle + 360, Math.nextDown(360.0)) : angle;
        double quarter = Math.floor(angle / 90);
        double share = angle / 90 - quarter;
        double p = Math.floor(side * share * sigma) + 0.5;
        double q = Math.floor(side * (1 - share) * sigma) + 0.5;
        double share0 = p / (p + q);
        double w0 = (p + q) / side / slope;
        double sin = Math.sin(90 * (quarter + share0) * RADIANS);
        double cos = Math.cos(90 * (quarter + share0) * RADIANS);
        ra0 = pole + w0 * cos;
        dec0 = w0 * sin;
        // sigma / w is the slope; a degree along the circle turns by 1 / w of a radian
        double turn = slope / (90 * RADIANS);
        xu = side * (share0 * slope * cos - turn * sin);
        xv = side * (share0 * slope * sin + turn * cos);
        yu = side * ((1 - share0) * slope * cos + turn * sin);
        yv = side * ((1 - share0) * slope * sin - turn * cos);
        half = 0.5 + Math.min(0.15, 0.6 / (p + q));
    }

    /** {@link #measure} where the metric is the distance. */
    private boolean measureInPlane() {
        double determinant = Math.abs(xu * yv - xv * yu);
        slack = PolarPlane.SLACK;
        limit = limitOf(radius * 3600);
        setMargins(Math.hypot(xu, xv), Math.hypot(yu, yv));
        halfRa = half * (Math.abs(xv) + Math.abs(yv)) / determinant * (1 + 1e-9) + reach;
        halfDec = half * (Math.abs(xu) + Math.abs(yu)) / determinant * (1 + 1e-9) + reach;
        isWrapped = false;
        isSquareInPlane = false;
        closeness = Closeness.UNKNOWN;
        a0 = 1;
        return margin <= MAX_MARGIN;
    }

    private boolean measure() {
        double determinant = Math.abs(xu * yv - xv * yu);
        double tileRa = half * (Math.abs(xv) + Math.abs(yv)) / determinant;
        double tileDec = half * (Math.abs(xu) + Math.abs(yu)) / determinant;
        halfDec = tileDec * (1 + 1e-9) + reach;
        double farthest = Math.abs(dec0) + halfDec;
        margin = 0;
        if (farthest > 89.9999) {
            return false;
        }
        double cos = Math.cos(farthest * RADIANS) * (1 - 1e-9);
        double widest = reach / cos * RADIANS;
        double v = halfDec * RADIANS;
        slack = 1e-8 + 3 * (2 * widest * widest
                + (v * v * v * v + reach * RADIANS * v * v) / (cos * cos));
        // The second keeps a + b dv positive over all of the tile, not just within the radius.
        if (!(slack <= MAX_SLACK && v * v * v <= 0.1 * cos * cos)) {
            return false;
        }
        limit = limitOf(radius * 3600);
        // With c <= both cosines, c^2 du^2 + dv^2 is at most reach^2: Cauchy-Schwarz does the rest.
        setMargins(Math.hypot(xu / cos, xv), Math.hypot(yu / cos, yv));
        halfRa = tileRa * (1 + 1e-9) + reach * (1 + slack) / cos;
        if (!(margin <= MAX_MARGIN && halfRa <= MAX_HALF_WIDTH_RA)) {
            return false;
        }
        isWrapped = ra0 - halfRa < 0 || ra0 + halfRa > 360;
        closeness = closeness(reach * (1 + slack) / cos);
        expandCosines();
        return true;
    }

    private Closeness closeness(double reachRa) {
        if (isWrapped || reachRa + reach > Separation.FARTHEST) {
            return Closeness.UNKNOWN;
        }
        double low = Math.abs(dec0) - halfDec;
        double high = Math.abs(dec0) + halfDec;
        return high < 45 ? Closeness.BELOW_45 : low > 45 ? Closeness.ABOVE_45 : Closeness.UNKNOWN;
    }

    /** cos^2 and cos sin of dec0 + v as polynomials in v, degrees. */
    private void expandCosines() {
        double cos = Math.cos(dec0 * RADIANS);
        double sin = Math.sin(dec0 * RADIANS);
        double cos2 = cos * cos - sin * sin;
        a0 = cos * cos;
        a1 = -2 * cos * sin * RADIANS;
        a2 = -cos2 * RADIANS * RADIANS;
        a3 = 4.0 / 3 * cos * sin * RADIANS * RADIANS * RADIANS;
        b0 = cos * sin * RADIANS;
        b1 = cos2 * RADIANS * RADIANS;
    }

    /** From the most that x and y change in a degree on the sky. */
    private void setMargins(double steepestX, double steepestY) {
        marginX = marginOf(radius, steepestX);
        marginY = marginOf(radius, steepestY);
        margin = Math.max(marginX, marginY);
        steepest = Math.max(steepestX, steepestY);
    }

    private double marginOf(double degrees, double steepest) {
        return (degrees * (1 + MAX_SLACK) + 1e-11) * (1 + slack) * steepest + 1e-9;
    }

    /**
     * How much the x or y of two positions can differ whose metric, square degrees, is at most
     * {@code metric}, or not certainly larger.
     */
    double marginOfMetric(double metric) {
        return marginOf(Math.sqrt(metric * (1 + slack) + ROUNDING) * (1 + slack), steepest);
    }

    /** Offset in ra, degrees, from the centre of a wrapped right ascension. */
    double offsetRa(double ra) {
        double u = ra - ra0;
        if (isWrapped) {
            return u > 180 ? ra - 360 - ra0 : u < -180 ? ra - (ra0 - 360) : u;
        }
        return u;
    }

    /** cos^2 of the declination at offset {@code v}, degrees. */
    double cosSquared(double v) {
        return Math.fma(v, Math.fma(v, Math.fma(v, a3, a2), a1), a0);
    }

    /** cos sin of the declination at offset {@code v}, degrees, per radian of a degree. */
    double cosSin(double v) {
        return Math.fma(v, b1, b0);
    }

    /**
     * The squared separation, square degrees, of two positions in the tile, about.
     *
     * @param a {@link #cosSquared} and
     * @param b {@link #cosSin} at the position that the offsets start from
     */
    static double metric(double du, double dv, double a, double b) {
        return Math.fma(du * du, Math.fma(b, dv, a), dv * dv);
    }

    /** No pair within the separation, at most the radius, has a larger metric, square degrees. */
    double limitOf(double arcsec) {
        double degrees = arcsec / 3600;
        return degrees * degrees * (1 + slack) + ROUNDING;
    }
}
