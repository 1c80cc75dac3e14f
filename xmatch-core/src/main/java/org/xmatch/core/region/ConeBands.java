package org.xmatch.core.region;

import java.util.Arrays;

/**
 * Bands of declination across a cone, each with the differences in right ascension below which a position is
 * surely inside and above which it is surely outside: most positions need no more than that. Immutable.
 */
final class ConeBands {

    private static final int BANDS = 128;
    // relative, of squared chords and cosines: far above all rounding
    private static final double ERROR = 4e-9;
    // degrees: far above the rounding of a declination
    private static final double DEC_ERROR = 1e-11;

    private final double ra;
    private final double south;
    private final double bandsPerDegree;
    private final double[] inside = new double[BANDS];
    private final double[] outside = new double[BANDS];

    ConeBands(Cone cone) {
        double radius = cone.radiusArcsec() / 3600;
        double reach = radius * (1 + ERROR) + DEC_ERROR;
        this.ra = cone.ra();
        this.south = cone.dec() - reach;
        this.bandsPerDegree = BANDS / (2 * reach);
        Arrays.fill(outside, Double.POSITIVE_INFINITY);
        double edge = squaredSineOfHalf(radius);
        double cosine = cosine(cone.dec());
        for (int band = 0; band < BANDS; band++) {
            double low = south + band / bandsPerDegree - DEC_ERROR;
            double high = south + (band + 1) / bandsPerDegree + DEC_ERROR;
            if (low < -90 || high > 90) {
                continue; // the formula is asked itself
            }
            double farthest = Math.max(Math.abs(low - cone.dec()), Math.abs(high - cone.dec()));
            boolean isAcross = low <= cone.dec() && cone.dec() <= high;
            double nearest =
                    isAcross ? 0 : Math.min(Math.abs(low - cone.dec()), Math.abs(high - cone.dec()));
            double widest = low <= 0 && high >= 0 ? 1 : cosine(Math.min(Math.abs(low), Math.abs(high)));
            double narrowest = cosine(Math.max(Math.abs(low), Math.abs(high)));
            double within = edge * (1 - ERROR) - squaredSineOfHalf(farthest);
            if (within > 0) {
                inside[band] = angle(within / (cosine * widest)) * (1 - ERROR);
            }
            double beyond = edge * (1 + ERROR) - squaredSineOfHalf(nearest);
            outside[band] = beyond <= 0 ? 0 : angle(beyond / (cosine * narrowest)) * (1 + ERROR);
        }
    }

    /** Degrees whose half has this squared sine; infinite where none has. */
    private static double angle(double squaredSine) {
        return squaredSine < 1 ? 2 * Math.toDegrees(Math.asin(Math.sqrt(squaredSine))) : Double.POSITIVE_INFINITY;
    }

    private static double squaredSineOfHalf(double degrees) {
        double sine = Math.sin(Math.toRadians(degrees) / 2);
        return sine * sine;
    }

    // by the distance from the pole, so that nothing is lost there
    private static double cosine(double dec) {
        return Math.sin(Math.toRadians(90 - Math.abs(dec)));
    }

    /** Positive when the position is surely inside, negative when surely outside, 0 when that is not known. */
    int side(double pointRa, double pointDec) {
        double difference = Math.abs(pointRa - ra);
        double place = (pointDec - south) * bandsPerDegree;
        if (place >= 0 && place < BANDS) {
            int band = (int) place;
            if (difference < inside[band]) {
                return 1;
            }
            // a larger difference may be a turn
            return difference > outside[band] && difference <= 180 ? -1 : 0;
        }
        return Math.abs(pointDec) <= 90 && difference <= 180 ? -1 : 0;
    }
}
