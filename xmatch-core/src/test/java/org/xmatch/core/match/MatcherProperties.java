package org.xmatch.core.match;

import static org.assertj.core.api.Assertions.assertThat;

import org.xmatch.core.sky.Separation;
import org.xmatch.core.sky.SkyPoints;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.List;

/** Every algorithm against brute force: the same pairs, the same separations in every bit. */
class MatcherProperties {

    // One matcher per call would never see stale work arrays; results are reused here on purpose.
    private final MatchResult result = new MatchResult();

    @Property(tries = 1500, seed = "42", shrinking = ShrinkingMode.OFF)
    void findsExactlyTheMatchesBruteForceFinds(
            @ForAll Sky sky, @ForAll RowOrder order, @ForAll TieRule ties,
            @ForAll("radii") double radiusArcsec, @ForAll("minRadiusShares") double minRadiusShare,
            @ForAll("neighbors") int nNeighbors,
            @ForAll("sizes") int leftRows, @ForAll("sizes") int rightRows,
            @ForAll @IntRange(min = 0, max = 1_000_000) int seed) {
        SkyPoints left = order.of(sky.sample(leftRows, seed, seed + 1));
        SkyPoints right = order.of(sky.sample(rightRows, seed, seed + 2));
        MatchOptions options = new MatchOptions(
                radiusArcsec, radiusArcsec * minRadiusShare, nNeighbors, Algorithm.TILE);

        requireEqualToBruteForce(left, right, options, ties);
    }

    /** Enough rows for tiles, which fewer are not worth, and for dense ones. */
    @Property(tries = 400, seed = "45", shrinking = ShrinkingMode.OFF)
    void findsInTilesExactlyTheMatchesBruteForceFinds(
            @ForAll Sky sky, @ForAll RowOrder order, @ForAll TieRule ties,
            @ForAll("radii") double radiusArcsec, @ForAll("minRadiusShares") double minRadiusShare,
            @ForAll("neighbors") int nNeighbors, @ForAll @IntRange(min = 1, max = 300) int leftRows,
            @ForAll @IntRange(min = 520, max = 3000) int rightRows,
            @ForAll @IntRange(min = 0, max = 1_000_000) int seed) {
        SkyPoints left = order.of(sky.sample(leftRows, seed, seed + 1));
        SkyPoints right = order.of(sky.sample(rightRows, seed, seed + 2));
        double radius = Math.min(radiusArcsec, 3600);
        MatchOptions options = new MatchOptions(
                radius, radius * minRadiusShare, nNeighbors, Algorithm.TILE);

        Matcher.of(options, ties).match(left, right, result);

        List<Pair> expected = BruteForceMatch.match(left, right, options, ties);
        assertThat(Pair.listOf(result)).isEqualTo(expected);
        List<Pair> inBatches = new ArrayList<>();
        Matcher.of(options, ties).match(left, right, 1024, batch -> {
            assertThat(batch.size()).isBetween(1, 1024);
            inBatches.addAll(Pair.listOf(batch));
        });
        assertThat(inBatches).isEqualTo(expected);
    }

    @Property(tries = 40, seed = "47", shrinking = ShrinkingMode.OFF)
    void sharesAMatchAmongThreads(
            @ForAll Sky sky, @ForAll RowOrder order, @ForAll Algorithm algorithm, @ForAll TieRule ties,
            @ForAll @IntRange(min = 1, max = 4) int threads,
            @ForAll @IntRange(min = 4_000, max = 40_000) int leftRows,
            @ForAll @IntRange(min = 0, max = 1_000_000) int seed) {
        SkyPoints left = order.of(sky.sample(leftRows, seed, seed + 1));
        SkyPoints right = order.of(sky.sample(leftRows / 20, seed, seed + 2));
        MatchOptions options = MatchOptions.nearestWithin(2).withAlgorithm(algorithm).withNNeighbors(1 + seed % 3);
        Matcher.of(options, ties).match(left, right, result);
        List<Pair> expected = Pair.listOf(result);

        try (ParallelMatcher matcher = ParallelMatcher.of(options, ties, threads)) {
            for (int call = 0; call < 2; call++) {
                matcher.match(left, right, result);
                assertThat(Pair.listOf(result)).isEqualTo(expected);
                List<Pair> inBatches = new ArrayList<>();
                matcher.match(left, right, 1024, batch -> inBatches.addAll(Pair.listOf(batch)));
                assertThat(inBatches).isEqualTo(expected);
            }
        }
    }

    @Property(tries = 120, seed = "46", shrinking = ShrinkingMode.OFF)
    void findsTheNearestOfManyWithinTheRadius(
            @ForAll("crowds") Sky sky, @ForAll RowOrder order, @ForAll TieRule ties,
            @ForAll("crowdedRadii") double radiusArcsec,
            @ForAll @IntRange(min = 100, max = 400) int leftRows,
            @ForAll @IntRange(min = 3600, max = 8000) int rightRows,
            @ForAll @IntRange(min = 0, max = 1_000_000) int seed) {
        SkyPoints left = order.of(sky.sample(leftRows, seed, seed + 1));
        SkyPoints right = order.of(sky.sample(rightRows, seed, seed + 2));
        MatchOptions options = MatchOptions.nearestWithin(radiusArcsec);

        Matcher.of(options, ties).match(left, right, result);

        assertThat(Pair.listOf(result)).isEqualTo(BruteForceMatch.match(left, right, options, ties));
    }

    @Property(tries = 60, seed = "48", shrinking = ShrinkingMode.OFF)
    void findsAroundThePolesExactlyTheMatchesBruteForceFinds(
            @ForAll TieRule ties, @ForAll("polarRadii") double radiusArcsec, @ForAll("neighbors") int nNeighbors,
            @ForAll boolean isWholeTurnAway, @ForAll @IntRange(min = 100, max = 600) int leftRows,
            @ForAll @IntRange(min = 1200, max = 4000) int rightRows,
            @ForAll @IntRange(min = 0, max = 1_000_000) int seed) {
        SkyPoints left = RowOrder.SORTED.of(Sky.POLAR_FIELD.sample(leftRows, seed, seed + 1));
        SkyPoints right = RowOrder.SORTED.of(Sky.POLAR_FIELD.sample(rightRows, seed, seed + 2));
        if (isWholeTurnAway) {
            left.ra()[leftRows / 2] -= 360;
            right.ra()[rightRows / 2] += 360;
        }
        MatchOptions options = new MatchOptions(radiusArcsec, 0, nNeighbors, Algorithm.TILE);

        Matcher.of(options, ties).match(left, right, result);

        assertThat(Pair.listOf(result)).isEqualTo(BruteForceMatch.match(left, right, options, ties));
    }

    /** Left positions in the middle of four right ones, which the metric of a tile cannot tell apart. */
    @ParameterizedTest
    @EnumSource(TieRule.class)
    void decidesBetweenRowsEquallyNearInADenseField(TieRule ties) {
        int side = 60;
        double step = 0.25 / 3600;
        double[][] right = new double[2][side * side];
        double[][] left = new double[2][side * side];
        for (int i = 0; i < side * side; i++) {
            right[0][i] = 180 + i % side * step;
            right[1][i] = 20 + i / side * step;
            left[0][i] = right[0][i] + step / 2;
            left[1][i] = right[1][i] + step / 2;
        }
        SkyPoints rightPoints = RowOrder.SORTED.of(SkyPoints.of(right[0], right[1]));
        SkyPoints leftPoints = RowOrder.SORTED.of(SkyPoints.of(left[0], left[1]));
        MatchOptions options = MatchOptions.nearestWithin(2);

        Matcher.of(options, ties).match(leftPoints, rightPoints, result);

        assertThat(Pair.listOf(result)).isEqualTo(BruteForceMatch.match(leftPoints, rightPoints, options, ties));
    }

    @Property(tries = 400, seed = "43", shrinking = ShrinkingMode.OFF)
    void agreesWithBruteForceAtTheRadiusAndOneStepOfItEitherWay(
            @ForAll Sky sky, @ForAll RowOrder order, @ForAll("neighbors") int nNeighbors,
            @ForAll @IntRange(min = -2, max = 2) int steps,
            @ForAll @IntRange(min = 0, max = 1_000_000) int seed) {
        SkyPoints left = order.of(sky.sample(20, seed, seed + 1));
        SkyPoints right = order.of(sky.sample(30, seed, seed + 2));
        double radius = separationOfSomePair(left, right, seed);
        for (int i = Math.abs(steps); i > 0; i--) {
            radius = steps < 0 ? Math.nextDown(radius) : Math.nextUp(radius);
        }
        MatchOptions options = new MatchOptions(radius, 0, nNeighbors, Algorithm.TILE);

        requireEqualToBruteForce(left, right, options, TieRule.ROW);
    }

    @Property(tries = 300, seed = "44", shrinking = ShrinkingMode.OFF)
    void agreesWithBruteForceWithinABillionthOfAnArcsecOfTheRadius(
            @ForAll Sky sky, @ForAll @IntRange(min = -5, max = 5) int steps,
            @ForAll @IntRange(min = 0, max = 1_000_000) int seed) {
        SkyPoints left = sky.sample(20, seed, seed + 1);
        SkyPoints right = sky.sample(30, seed, seed + 2);
        double radius = separationOfSomePair(left, right, seed) + steps * 2e-10;
        MatchOptions options = new MatchOptions(
                Math.max(radius, 1e-12), 0, MatchOptions.ALL, Algorithm.TILE);

        requireEqualToBruteForce(left, right, options, TieRule.PIXEL_THEN_ROW);
    }

    private void requireEqualToBruteForce(
            SkyPoints left, SkyPoints right, MatchOptions options, TieRule ties) {
        List<Pair> expected = BruteForceMatch.match(left, right, options, ties);
        for (Algorithm algorithm : Algorithm.values()) {
            Matcher.of(options.withAlgorithm(algorithm), ties).match(left, right, result);

            assertThat(Pair.listOf(result)).as(algorithm.id()).isEqualTo(expected);
        }
    }

    /** More than 0 and at most 180 degrees. */
    private static double separationOfSomePair(SkyPoints left, SkyPoints right, int seed) {
        for (int i = 0; i < left.size() * right.size(); i++) {
            int l = (seed + i) % left.size();
            int r = (seed + i / left.size()) % right.size();
            double s = Separation.arcsec(
                    left.ra()[l], left.dec()[l], right.ra()[r], right.dec()[r]);
            if (s > 1e-9 && s < 640_000) {
                return s;
            }
        }
        return 1;
    }

    @Provide
    Arbitrary<Double> radii() {
        return Arbitraries.of(0.001, 0.01, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 30.0, 300.0, 3600.0,
                36_000.0, 72_000.0, 324_000.0, 648_000.0);
    }

    @Provide
    Arbitrary<Sky> crowds() {
        return Arbitraries.of(Sky.CROWD, Sky.CROWD, Sky.CLUSTERS, Sky.LATTICE, Sky.DUPLICATES);
    }

    @Provide
    Arbitrary<Double> crowdedRadii() {
        return Arbitraries.of(0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 30.0);
    }

    @Provide
    Arbitrary<Double> polarRadii() {
        return Arbitraries.of(0.01, 1.0, 5.0, 30.0, 120.0, 300.0, 899.0, 901.0);
    }

    @Provide
    Arbitrary<Double> minRadiusShares() {
        return Arbitraries.of(0.0, 0.0, 0.0, 0.1, 0.5, 0.999);
    }

    @Provide
    Arbitrary<Integer> neighbors() {
        return Arbitraries.of(1, 1, 2, 5, MatchOptions.ALL);
    }

    @Provide
    Arbitrary<Integer> sizes() {
        return Arbitraries.of(0, 1, 2, 40, 40, 100, 100, 150);
    }
}
