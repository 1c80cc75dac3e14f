package org.xmatch.jmh;

import org.jspecify.annotations.Nullable;
import org.xmatch.core.sky.SkyPoints;

import java.util.SplittableRandom;

/**
 * Fields, orders of rows and radii at which an algorithm could break down. Both sides come from the same
 * places and are sorted by pixel unless the name says otherwise.
 */
public enum OddField {

    /** A hundred square degrees, evenly; what follows is the same within other radii. */
    SQUARE(1),
    SQUARE_10_MAS(0.01),
    SQUARE_10_ARCSEC(10),
    SQUARE_2_ARCMIN(120),
    SQUARE_30_ARCMIN(1800),
    SQUARE_2_DEGREES(7200),
    /** The whole sky, evenly. */
    ALLSKY_2_DEGREES(7200, BenchmarkSky.ALLSKY, 1, 1),
    KEPLER_10_ARCSEC(10, BenchmarkSky.KEPLER, 1, 1),
    KEPLER_2_ARCMIN(120, BenchmarkSky.KEPLER, 1, 1),
    /** Half of the rows in a disk of 3 arcsec. */
    HALF_IN_3_ARCSEC(1) {
        @Override
        void place(SplittableRandom random, double[] out) {
            crowd(random, 2, 3, out);
        }
    },
    /** A third of the rows in a disk of 30 arcsec. */
    THIRD_IN_30_ARCSEC(1) {
        @Override
        void place(SplittableRandom random, double[] out) {
            crowd(random, 3, 30, out);
        }
    },
    /** All rows on 900 spots, each row of a spot at the very same position. */
    SPOTS(1) {
        @Override
        void place(SplittableRandom random, double[] out) {
            int spot = random.nextInt(900);
            out[0] = 30 + spot % 30 * 0.01;
            out[1] = 10 + spot / 30 * 0.01;
        }
    },
    /** Half of the rows at one position. */
    HALF_ON_A_SPOT(1) {
        @Override
        void place(SplittableRandom random, double[] out) {
            crowd(random, 2, 0, out);
        }
    },
    /** A scan of the sky: within an arcsecond or two of a great circle. */
    SCAN(1) {
        @Override
        void place(SplittableRandom random, double[] out) {
            double along = random.nextDouble() * 2 * Math.PI;
            double across = Math.toRadians(random.nextGaussian() / 3600);
            double tilt = Math.toRadians(60);
            double z = Math.sin(along) * Math.cos(across) * Math.sin(tilt) + Math.sin(across) * Math.cos(tilt);
            double y = Math.sin(along) * Math.cos(across) * Math.cos(tilt) - Math.sin(across) * Math.sin(tilt);
            double x = Math.cos(along) * Math.cos(across);
            double ra = Math.toDegrees(Math.atan2(y, x));
            out[0] = ra < 0 ? ra + 360 : ra;
            out[1] = Math.toDegrees(Math.atan2(z, Math.hypot(x, y)));
        }
    },
    LEFT_UNSORTED(1, BenchmarkSky.KEPLER, 0, 1),
    RIGHT_UNSORTED(1, BenchmarkSky.KEPLER, 1, 0),
    UNSORTED(1, BenchmarkSky.KEPLER, 0, 0),
    ALLSKY_LEFT_UNSORTED(1, BenchmarkSky.ALLSKY, 0, 1),
    GLOBULAR_UNSORTED(1, BenchmarkSky.GLOBULAR, 0, 0),
    /** Left rows in 400 sorted runs, each from all of the field. */
    LEFT_IN_RUNS(1, BenchmarkSky.KEPLER, 400, 1),
    /** Both sides in 12 sorted runs. */
    TWELVE_RUNS(1, BenchmarkSky.KEPLER, 12, 12),
    /** 600 right rows, however many left ones. */
    FEW_RIGHT(1) {
        @Override
        public BenchmarkSky.Sample sample(int rows) {
            return new BenchmarkSky.Sample(points(rows, 1), points(600, 2));
        }
    },
    /** {@code rows} right rows, 6 left ones for 1000 of them. */
    FEW_LEFT(1) {
        @Override
        public BenchmarkSky.Sample sample(int rows) {
            return new BenchmarkSky.Sample(points(rows / 1000 * 6, 1), points(rows, 2));
        }
    };

    private final double radiusArcsec;
    private final @Nullable BenchmarkSky sky;
    private final int leftRuns;
    private final int rightRuns;

    OddField(double radiusArcsec) {
        this(radiusArcsec, null, 1, 1);
    }

    /** With that many sorted runs on each side, 0 for no order. */
    OddField(double radiusArcsec, @Nullable BenchmarkSky sky, int leftRuns, int rightRuns) {
        this.radiusArcsec = radiusArcsec;
        this.sky = sky;
        this.leftRuns = leftRuns;
        this.rightRuns = rightRuns;
    }

    public double radiusArcsec() {
        return radiusArcsec;
    }

    /** {@code rows} left rows, and about as many right ones unless the name says otherwise. */
    public BenchmarkSky.Sample sample(int rows) {
        if (sky == null) {
            return new BenchmarkSky.Sample(points(rows, 1), points(rows, 2));
        }
        BenchmarkSky.Sample sorted = sky.sample(rows);
        return new BenchmarkSky.Sample(inRuns(sorted.left(), leftRuns), inRuns(sorted.right(), rightRuns));
    }

    /** Puts a row somewhere. */
    void place(SplittableRandom random, double[] out) {
        out[0] = 285 + 10 * random.nextDouble();
        out[1] = 40 + 10 * random.nextDouble();
    }

    /** One of so many rows in a disk, the others in the square. */
    void crowd(SplittableRandom random, int oneOf, double arcsec, double[] out) {
        if (random.nextInt(oneOf) == 0) {
            BenchmarkSky.disk(290, 45, arcsec / 3600 * Math.sqrt(random.nextDouble()), random, out);
        } else {
            SQUARE.place(random, out);
        }
    }

    SkyPoints points(int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] positions = new double[2][rows];
        double[] position = new double[2];
        for (int row = 0; row < rows; row++) {
            place(random, position);
            positions[0][row] = position[0];
            positions[1][row] = position[1];
        }
        return BenchmarkSky.ordered(positions);
    }

    private static SkyPoints inRuns(SkyPoints points, int runs) {
        int size = points.size();
        int[] rows = new int[size];
        int end = 0;
        for (int run = 0; run < Math.max(1, runs); run++) {
            for (int row = run; row < size; row += Math.max(1, runs)) {
                rows[end++] = row;
            }
        }
        SplittableRandom random = new SplittableRandom(9);
        for (int i = size - 1; i > 0 && runs == 0; i--) {
            int other = random.nextInt(i + 1);
            int swapped = rows[i];
            rows[i] = rows[other];
            rows[other] = swapped;
        }
        double[] ra = new double[size];
        double[] dec = new double[size];
        for (int i = 0; i < size; i++) {
            ra[i] = points.ra()[rows[i]];
            dec[i] = points.dec()[rows[i]];
        }
        return SkyPoints.of(ra, dec);
    }
}
