package org.xmatch.core.match;

import org.xmatch.core.sky.SkyPoints;

import java.util.SplittableRandom;

/**
 * Positions biased to the places where searches go wrong.
 * <p>
 * A sample is clumps: centres from the place the constant names, and round them positions at
 * distances from 1e-9 arcsec to 10 degrees, so that some pairs are close at any radius. Two samples
 * with the same {@code sky} seed share their centres and so have pairs.
 */
enum Sky {
    /** Anywhere. */
    UNIFORM {
        @Override
        void center(SplittableRandom random, double[] out) {
            out[0] = random.nextDouble() * 360;
            out[1] = Math.toDegrees(Math.asin(2 * random.nextDouble() - 1));
        }
    },
    /** Close to the poles and on them, where ra means nothing. */
    POLES {
        @Override
        void center(SplittableRandom random, double[] out) {
            out[0] = random.nextDouble() * 360;
            double away = random.nextInt(3) == 0 ? 0 : logUniform(random, 1e-12, 5);
            out[1] = random.nextBoolean() ? 90 - away : away - 90;
        }
    },
    /** On both sides of ra = 0, and on it. */
    RA_WRAP {
        @Override
        void center(SplittableRandom random, double[] out) {
            double away = random.nextInt(4) == 0 ? 0 : logUniform(random, 1e-13, 1);
            out[0] = random.nextBoolean() ? away : 360 - away;
            out[1] = random.nextDouble() * 160 - 80;
        }
    },
    /** Right ascensions of any turn, and of no turn at all. */
    TURNS {
        @Override
        void center(SplittableRandom random, double[] out) {
            out[0] = (random.nextInt(8) * 45) + 360.0 * (random.nextInt(7) - 3);
            out[1] = random.nextDouble() * 178 - 89;
        }
    },
    /** Corners of the twelve base pixels and the borders of the polar caps. */
    PIXEL_CORNERS {
        @Override
        void center(SplittableRandom random, double[] out) {
            double capBorder = Math.toDegrees(Math.asin(2 / 3.0));
            double[] decs = {0, capBorder, -capBorder, 90, -90, capBorder, -capBorder};
            out[0] = 45.0 * random.nextInt(8);
            out[1] = decs[random.nextInt(decs.length)];
        }
    },
    /** A few spots with many positions each, equal in every bit. */
    DUPLICATES {
        @Override
        void center(SplittableRandom random, double[] out) {
            out[0] = 10 + random.nextInt(3);
            out[1] = random.nextInt(2) == 0 ? 89.99 : 20;
        }

        @Override
        void around(double[] center, SplittableRandom random, double[] out) {
            out[0] = center[0] + random.nextInt(3) * 1e-5;
            out[1] = center[1];
        }
    },
    /** A lattice of quarter arcseconds, where equal separations are everywhere. */
    LATTICE {
        @Override
        void center(SplittableRandom random, double[] out) {
            out[0] = 180;
            out[1] = 0;
        }

        @Override
        void around(double[] center, SplittableRandom random, double[] out) {
            out[0] = 180 + (random.nextInt(9) - 4) / 14400.0;
            out[1] = (random.nextInt(9) - 4) / 14400.0;
        }
    },
    /** One meridian, which has no area. */
    MERIDIAN {
        @Override
        void center(SplittableRandom random, double[] out) {
            out[0] = 33;
            out[1] = random.nextDouble() * 180 - 90;
        }

        @Override
        void around(double[] center, SplittableRandom random, double[] out) {
            out[0] = center[0];
            out[1] = clampDec(center[1] + logUniform(random, 1e-13, 1));
        }
    },
    /** A field of a degree, filled evenly. */
    FIELD {
        @Override
        void center(SplittableRandom random, double[] out) {
            out[0] = 290 + random.nextDouble();
            out[1] = 44.5 + random.nextDouble();
        }
    },
    /** Clusters of a few arcsec, ever denser to the middle, at any declination and across ra = 0. */
    CLUSTERS {
        @Override
        void center(SplittableRandom random, double[] out) {
            out[0] = random.nextInt(3) == 0 ? 0 : random.nextDouble() * 360;
            out[1] = random.nextInt(4) == 0 ? 89 : random.nextDouble() * 178 - 89;
        }

        @Override
        void around(double[] center, SplittableRandom random, double[] out) {
            double distance = random.nextInt(40) == 0 ? 0 : 6 / 3600.0 * Math.pow(random.nextDouble(), 2);
            double angle = random.nextDouble() * 2 * Math.PI;
            out[0] = center[0] + distance * Math.cos(angle) / Math.cos(Math.toRadians(center[1]));
            out[1] = center[1] + distance * Math.sin(angle);
        }
    },
    /** Around a pole as far as it has tiles of its own and farther, a third in pairs. */
    POLAR_FIELD {
        @Override
        void center(SplittableRandom random, double[] out) {
            out[0] = random.nextDouble() * 360;
            out[1] = (90 - 0.62 * Math.sqrt(random.nextDouble())) * (random.nextInt(4) == 0 ? -1 : 1);
        }

        @Override
        void around(double[] center, SplittableRandom random, double[] out) {
            if (random.nextInt(3) > 0) {
                center(random, out);
                out[1] = Math.copySign(out[1], center[1]);
                return;
            }
            double distance = logUniform(random, 1e-9 / 3600, 0.3);
            double angle = random.nextDouble() * 2 * Math.PI;
            out[0] = center[0] + distance * Math.cos(angle) / Math.cos(Math.toRadians(center[1]));
            out[1] = clampDec(center[1] + distance * Math.sin(angle));
        }
    },
    /** One cluster of a few arcsec, some of its positions equal. */
    CROWD {
        @Override
        void center(SplittableRandom random, double[] out) {
            out[0] = 201.697;
            out[1] = -47.48;
        }

        @Override
        void around(double[] center, SplittableRandom random, double[] out) {
            double distance = 8 / 3600.0 * Math.pow(random.nextDouble(), random.nextInt(2) == 0 ? 0.5 : 2);
            double angle = random.nextDouble() * 2 * Math.PI;
            out[0] = center[0] + distance * Math.cos(angle) / Math.cos(Math.toRadians(center[1]));
            out[1] = center[1] + distance * Math.sin(angle);
            if (random.nextInt(10) == 0) {
                out[0] = center[0] + random.nextInt(8) / 3600.0;
                out[1] = center[1];
            }
        }
    },
    /** Rows without a position among others. */
    NO_POSITIONS {
        @Override
        void center(SplittableRandom random, double[] out) {
            UNIFORM.center(random, out);
        }

        @Override
        void around(double[] center, SplittableRandom random, double[] out) {
            super.around(center, random, out);
            double[] none = {
                Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
            };
            int choice = random.nextInt(9);
            if (choice < 3) {
                out[0] = none[choice];
            } else if (choice < 6) {
                out[1] = none[choice - 3];
            }
        }
    };

    /** Writes a clump's centre, {@code ra} and {@code dec}. */
    abstract void center(SplittableRandom random, double[] out);

    /** Writes a position of the clump. */
    void around(double[] center, SplittableRandom random, double[] out) {
        double distance = random.nextInt(5) == 0 ? 0 : logUniform(random, 1e-9 / 3600, 10);
        double angle = random.nextInt(4) == 0
                ? random.nextInt(4) * Math.PI / 2
                : random.nextDouble() * 2 * Math.PI;
        double cos = Math.max(1e-6, Math.cos(Math.toRadians(center[1])));
        out[0] = center[0] + distance * Math.cos(angle) / cos;
        out[1] = clampDec(center[1] + distance * Math.sin(angle));
    }

    /** {@code n} positions in no order. */
    SkyPoints sample(int n, long skySeed, long sampleSeed) {
        SplittableRandom skyRandom = new SplittableRandom(skySeed);
        int clumps = 1 + skyRandom.nextInt(12);
        double[][] centers = new double[clumps][2];
        for (double[] center : centers) {
            center(skyRandom, center);
        }
        SplittableRandom random = new SplittableRandom(sampleSeed);
        double[] ra = new double[n];
        double[] dec = new double[n];
        double[] position = new double[2];
        for (int i = 0; i < n; i++) {
            around(centers[random.nextInt(clumps)], random, position);
            ra[i] = position[0];
            dec[i] = position[1];
        }
        return SkyPoints.of(ra, dec);
    }

    private static double logUniform(SplittableRandom random, double from, double to) {
        return from * Math.exp(random.nextDouble() * Math.log(to / from));
    }

    private static double clampDec(double dec) {
        return Math.max(-90, Math.min(90, dec));
    }
}
