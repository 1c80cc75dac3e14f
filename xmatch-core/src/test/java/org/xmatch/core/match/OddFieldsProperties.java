package org.xmatch.core.match;

import static org.assertj.core.api.Assertions.assertThat;

import org.xmatch.core.sky.SkyPoints;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

import java.util.SplittableRandom;

/**
 * Fields so crowded, or radii so large, that the default algorithm changes its ways in their midst, against
 * the k-d tree: brute force would take too long for as many rows as that needs.
 */
class OddFieldsProperties {

    private final MatchResult result = new MatchResult();
    private final MatchResult expected = new MatchResult();

    /** How many neighbours are asked for. */
    enum Asked {
        ONE(1), TWO(2), FIVE(5), MORE_THAN_A_SPOT_LEAVES_OUT(100);

        final int nNeighbors;

        Asked(int nNeighbors) {
            this.nNeighbors = nNeighbors;
        }
    }

    /** Where the rows are, in degrees from a middle. */
    enum Field {
        /** Half of the rows in 3 arcsec. */
        DISK(1) {
            @Override
            void place(SplittableRandom random, double[] out) {
                disk(random, random.nextInt(2) == 0 ? 3 / 3600.0 : 2, out);
            }
        },
        /** A third of the rows in 30 arcsec, none of them with many others within the radius. */
        CLUSTER(1) {
            @Override
            void place(SplittableRandom random, double[] out) {
                disk(random, random.nextInt(3) == 0 ? 30 / 3600.0 : 2, out);
            }
        },
        /** Half of the rows on one spot. */
        SPOT(1) {
            @Override
            void place(SplittableRandom random, double[] out) {
                disk(random, random.nextInt(2) == 0 ? 0 : 2, out);
            }
        },
        /** All rows on spots, some of them within the radius of others. */
        SPOTS(1) {
            @Override
            void place(SplittableRandom random, double[] out) {
                int spot = random.nextInt(60);
                out[0] = spot % 10 * (spot < 20 ? 1e-4 : 0.02);
                out[1] = spot / 10 * 0.03;
            }
        },
        /** A radius with hundreds of rows in it. */
        WIDE(300) {
            @Override
            void place(SplittableRandom random, double[] out) {
                disk(random, 1, out);
            }
        },
        /** A radius too large for tiles. */
        WIDER(7200) {
            @Override
            void place(SplittableRandom random, double[] out) {
                disk(random, 60, out);
            }
        },
        /** A line. */
        SCAN(2) {
            @Override
            void place(SplittableRandom random, double[] out) {
                out[0] = 20 * random.nextDouble();
                out[1] = out[0] / 2 + random.nextGaussian() / 3600;
            }
        };

        private final double radiusArcsec;

        Field(double radiusArcsec) {
            this.radiusArcsec = radiusArcsec;
        }

        abstract void place(SplittableRandom random, double[] out);

        static void disk(SplittableRandom random, double degrees, double[] out) {
            double distance = degrees * Math.sqrt(random.nextDouble());
            double angle = random.nextDouble() * 2 * Math.PI;
            out[0] = distance * Math.cos(angle);
            out[1] = distance * Math.sin(angle);
        }

        SkyPoints sample(int rows, double ra, double dec, long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            double[] ras = new double[rows];
            double[] decs = new double[rows];
            double[] offset = new double[2];
            for (int i = 0; i < rows; i++) {
                place(random, offset);
                ras[i] = (ra + offset[0] + 360) % 360;
                decs[i] = Math.max(-90, Math.min(90, dec + offset[1]));
            }
            return SkyPoints.of(ras, decs);
        }
    }

    /** Middles: anywhere, across ra = 0, where pixels change their shape, close to a pole and on it. */
    private static final double[][] MIDDLES = {{290, 44}, {0, -10}, {45, 41.81}, {359.999, 0}, {120, 89.8}, {10, -90}};

    @Property(tries = 150, seed = "49", shrinking = ShrinkingMode.OFF)
    void findsExactlyTheMatchesTheKdTreeFinds(
            @ForAll Field field, @ForAll RowOrder leftOrder, @ForAll RowOrder rightOrder, @ForAll TieRule ties, @ForAll Asked asked,
            @ForAll boolean isRing, @ForAll @IntRange(min = 0, max = 5) int middle,
            @ForAll @IntRange(min = 600, max = 6000) int leftRows, @ForAll @IntRange(min = 600, max = 9000) int rightRows,
            @ForAll @IntRange(min = 0, max = 1_000_000) int seed) {
        SkyPoints left = leftOrder.of(field.sample(leftRows, MIDDLES[middle][0], MIDDLES[middle][1], seed));
        SkyPoints right = rightOrder.of(field.sample(rightRows, MIDDLES[middle][0], MIDDLES[middle][1], seed + 1));
        MatchOptions options = new MatchOptions(
                field.radiusArcsec, isRing ? field.radiusArcsec / 4 : 0, asked.nNeighbors, Algorithm.TILE);

        requireEqualToKdTree(left, right, options, ties);
    }

    /** More right rows in a tile than chains can have. */
    @Property(tries = 14, seed = "50", shrinking = ShrinkingMode.OFF)
    void findsInOneTileOfVeryManyRowsTheMatchesTheKdTreeFinds(
            @ForAll Field field, @ForAll TieRule ties, @ForAll Asked asked, @ForAll boolean isRightSorted,
            @ForAll @IntRange(min = 65_000, max = 90_000) int rightRows,
            @ForAll @IntRange(min = 0, max = 1_000_000) int seed) {
        SkyPoints left = RowOrder.SORTED.of(field.sample(3000, 290, 44, seed));
        SkyPoints right = (isRightSorted ? RowOrder.SORTED : RowOrder.APPENDED).of(field.sample(rightRows, 290, 44, seed + 1));
        MatchOptions options = new MatchOptions(field.radiusArcsec, 0, asked.nNeighbors, Algorithm.TILE);

        requireEqualToKdTree(left, right, options, ties);
    }

    private void requireEqualToKdTree(SkyPoints left, SkyPoints right, MatchOptions options, TieRule ties) {
        Matcher.of(options, ties).match(left, right, result);
        Matcher.of(options.withAlgorithm(Algorithm.KDTREE), ties).match(left, right, expected);

        assertThat(Pair.listOf(result)).isEqualTo(Pair.listOf(expected));
    }
}
