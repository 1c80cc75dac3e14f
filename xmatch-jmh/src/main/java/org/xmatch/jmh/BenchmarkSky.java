package org.xmatch.jmh;

import org.xmatch.core.healpix.Healpix;
import org.xmatch.core.sky.SkyPoints;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Two surveys' detections of made-up stars: a star was seen 2 to 4 times on the left and, of 85 per
 * cent of the stars, once on the right, where there are others besides; both in order of order-29
 * HEALPix pixels, as HATS partitions are. Same number of rows, same positions.
 */
public enum BenchmarkSky {

    /** The field of the tutorial: 350,000 left rows per square degree around 290.667, 44.5. */
    KEPLER {
        @Override
        void place(SplittableRandom random, long stars, double[] out) {
            double radius = Math.sqrt(stars * 3 / 3.5e5 / Math.PI);
            disk(290.667, 44.5, radius * Math.sqrt(random.nextDouble()), random, out);
        }
    },
    /** Evenly over the sphere. */
    ALLSKY {
        @Override
        void place(SplittableRandom random, long stars, double[] out) {
            out[0] = random.nextDouble() * 360;
            out[1] = Math.toDegrees(Math.asin(2 * random.nextDouble() - 1));
        }
    },
    /** As dense as the tutorial's field, around the north pole. */
    POLE {
        @Override
        void place(SplittableRandom random, long stars, double[] out) {
            disk(0, 90, Math.sqrt(stars * 3 / 3.5e5 / Math.PI) * Math.sqrt(random.nextDouble()), random, out);
        }
    },
    /** As dense as the tutorial's field, across ra = 0 at the equator. */
    RA_WRAP {
        @Override
        void place(SplittableRandom random, long stars, double[] out) {
            disk(0, 0.3, Math.sqrt(stars * 3 / 3.5e5 / Math.PI) * Math.sqrt(random.nextDouble()), random, out);
        }
    },
    /**
     * A globular cluster: every third star lies within an arcminute of its middle, as in a Plummer
     * sphere of 12 arcsec; the others around it, two thirds as dense as the tutorial's field. With
     * 300,000 rows the cluster has 100,000 of them, 200 per square arcsecond in its core.
     */
    GLOBULAR {
        @Override
        void place(SplittableRandom random, long stars, double[] out) {
            double radius;
            if (random.nextInt(3) == 0) {
                do {
                    radius = 12 / 3600.0 / Math.sqrt(Math.pow(random.nextDouble(), -2 / 3.0) - 1);
                } while (!(radius <= 1 / 60.0));
            } else {
                radius = Math.sqrt(stars * 3 / 3.5e5 / Math.PI) * Math.sqrt(random.nextDouble());
            }
            disk(201.697, -47.48, radius, random, out);
        }
    };

    private static final int ROW_BITS = 29;
    private static final double LEFT_SCATTER = 0.06 / 3600;
    private static final double RIGHT_SCATTER = 0.04 / 3600;

    /** Puts a star somewhere. */
    abstract void place(SplittableRandom random, long stars, double[] out);

    /** Positions of both surveys. */
    public record Sample(SkyPoints left, SkyPoints right) {}

    /** {@code rows} left rows, and 1.1 times as many right ones. */
    public Sample sample(int rows) {
        SplittableRandom random = new SplittableRandom(7L * ordinal() + rows);
        int rightRows = rows + rows / 10;
        long stars = Math.max(1, rows / 3);
        double[][] left = new double[2][rows];
        double[][] right = new double[2][rightRows];
        double[] star = new double[2];
        int l = 0;
        int r = 0;
        while (l < rows) {
            place(random, stars, star);
            for (int k = 2 + random.nextInt(3); k > 0 && l < rows; k--) {
                scatter(star, LEFT_SCATTER, random, left, l++);
            }
            if (r < rightRows && random.nextInt(100) < 85) {
                scatter(star, RIGHT_SCATTER, random, right, r++);
            }
        }
        while (r < rightRows) {
            place(random, stars, star);
            scatter(star, RIGHT_SCATTER, random, right, r++);
        }
        return new Sample(ordered(left), ordered(right));
    }

    static void disk(double ra, double dec, double radius, SplittableRandom random, double[] out) {
        offset(ra, dec, Math.toRadians(radius), random.nextDouble() * 2 * Math.PI, out);
    }

    private static void offset(double ra, double dec, double distance, double angle, double[] out) {
        double sin = Math.sin(Math.toRadians(dec));
        double cos = Math.cos(Math.toRadians(dec));
        double x = cos * Math.cos(distance) - sin * Math.sin(distance) * Math.cos(angle);
        double y = Math.sin(distance) * Math.sin(angle);
        double z = sin * Math.cos(distance) + cos * Math.sin(distance) * Math.cos(angle);
        double turned = (ra + Math.toDegrees(Math.atan2(y, x))) % 360;
        out[0] = turned < 0 ? turned + 360 : turned;
        out[1] = Math.toDegrees(Math.atan2(z, Math.hypot(x, y)));
    }

    private static void scatter(double[] star, double sigma, SplittableRandom random, double[][] into, int row) {
        double[] out = new double[2];
        double distance = Math.toRadians(sigma) * Math.hypot(random.nextGaussian(), random.nextGaussian());
        offset(star[0], star[1], distance, random.nextDouble() * 2 * Math.PI, out);
        into[0][row] = out[0];
        into[1][row] = out[1];
    }

    /** The positions, ra and dec, in order of order-29 pixels. */
    static SkyPoints ordered(double[][] positions) {
        int rows = positions[0].length;
        // a pixel of order 15 and a row number share a long; then each of those pixels by order 29
        long[] keys = new long[rows];
        for (int i = 0; i < rows; i++) {
            keys[i] = Healpix.pixelOf(15, positions[0][i], positions[1][i]) << ROW_BITS | i;
        }
        Arrays.parallelSort(keys);
        int from = 0;
        for (int end = 1; end <= rows; end++) {
            if (end == rows || keys[end] >> ROW_BITS != keys[from] >> ROW_BITS) {
                sortWithin(keys, from, end, positions);
                from = end;
            }
        }
        double[] ra = new double[rows];
        double[] dec = new double[rows];
        for (int i = 0; i < rows; i++) {
            int row = (int) (keys[i] & (1 << ROW_BITS) - 1);
            ra[i] = positions[0][row];
            dec[i] = positions[1][row];
        }
        return SkyPoints.of(ra, dec);
    }

    /** Sorts the keys {@code [from, to)}, all of one order-15 pixel, by order-29 pixel. */
    private static void sortWithin(long[] keys, int from, int to, double[][] positions) {
        if (to - from < 2) {
            return;
        }
        for (int i = from; i < to; i++) {
            int row = (int) (keys[i] & (1 << ROW_BITS) - 1);
            long inPixel = Healpix.pixelOf(29, positions[0][row], positions[1][row]) & (1L << 28) - 1;
            keys[i] = inPixel << ROW_BITS | row;
        }
        Arrays.sort(keys, from, to);
    }
}
