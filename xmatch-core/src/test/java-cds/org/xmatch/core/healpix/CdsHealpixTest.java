package org.xmatch.core.healpix;

import static org.assertj.core.api.Assertions.assertThat;

import cds.healpix.CompassPoint.Cardinal;
import cds.healpix.FlatHashIterator;
import cds.healpix.HashComputer;
import cds.healpix.HealpixNested;
import cds.healpix.HealpixNestedBMOC;
import cds.healpix.HealpixNestedFast;
import cds.healpix.NeighbourList;
import cds.healpix.NeighbourSelector;
import cds.healpix.VerticesAndPathComputer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xmatch.core.region.Cone;
import org.xmatch.core.sky.Separation;
import org.xmatch.core.sky.SkyPosition;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Against the HEALPix library of CDS, Strasbourg: hashes, centres, corners, neighbours and cones. */
class CdsHealpixTest {

    private static final int POINTS = 1_000_000;
    /** Kinds of points below this one lie so close to an edge that rounding decides. */
    private static final int ON_AN_EDGE = 3;
    private static final double RADIANS = Math.PI / 180;
    private static final double TRANSITION_DEC = Math.toDegrees(Math.asin(2 / 3.0));

    /** Coordinates are doubles: around 360 degrees they are 6e-14 apart, and a sine loses as much again. */
    private static final double ROUNDING_DEGREES = 2e-13;

    /** Centres and corners of both libraries agree to this, arcsec. */
    private static final double POSITION_TOLERANCE_ARCSEC = 2e-9;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 6, 10, 18, 24, 29})
    void theHashIsTheSameAtEdgesAndElsewhere(int order) {
        // CDS's fast class trips over an assertion of its own at order 0
        HashComputer oracle = order == 0
                ? cds.healpix.Healpix.getNested(0) : cds.healpix.Healpix.getNestedFast(order);
        SplittableRandom random = new SplittableRandom(order);
        int elsewhere = 0;
        for (int i = 0; i < POINTS; i++) {
            SkyPosition point = edgeBiased(random, order, i % 8);
            long ours = Healpix.pixelOf(order, point.ra(), point.dec());
            long theirs = oracle.hash(point.ra() * RADIANS, point.dec() * RADIANS);
            if (ours != theirs) {
                elsewhere += i % 8 < ON_AN_EDGE ? 0 : 1;
                assertThat(isWithinRoundingOf(order, theirs, point))
                        .as("order %d, ra %s, dec %s: pixel %d, CDS %d", order, point.ra(), point.dec(), ours, theirs)
                        .isTrue();
            }
        }
        assertThat(elsewhere).isLessThanOrEqualTo(POINTS / 100_000);
    }

    /** Whether a position closer than what a double can tell lies in the pixel. */
    private static boolean isWithinRoundingOf(int order, long pixel, SkyPosition point) {
        double cos = Math.max(1e-3, Math.cos(point.dec() * RADIANS));
        for (int turn = 0; turn < 16; turn++) {
            for (double far : new double[] {ROUNDING_DEGREES / 4, ROUNDING_DEGREES}) {
                double ra = point.ra() + far / cos * Math.cos(turn * Math.PI / 8);
                double dec = point.dec() + far * Math.sin(turn * Math.PI / 8);
                if (Healpix.pixelOf(order, ra, Math.max(-90, Math.min(90, dec))) == pixel) {
                    return true;
                }
            }
        }
        return false;
    }

    private static SkyPosition edgeBiased(SplittableRandom random, int order, int kind) {
        long pixels = 12L << 2 * order;
        HealpixPixel pixel = new HealpixPixel(order, random.nextLong(pixels));
        double along = random.nextDouble();
        double sign = random.nextBoolean() ? 1 : -1;
        // far enough from an edge for two formulas in doubles to agree on the side
        double inside = Math.max(1e-3, ROUNDING_DEGREES * 4 * (1L << order)) * (1 + random.nextDouble());
        return switch (kind) {
            case 0 -> Healpix.positionIn(pixel, random.nextInt(2), along);
            case 1 -> Healpix.positionIn(pixel, along, random.nextInt(2));
            case 2 -> new SkyPosition(random.nextInt(8) * 45 + random.nextDouble() * 1e-12,
                    sign * (random.nextBoolean() ? TRANSITION_DEC : 90 - 1e-9 * random.nextDouble()));
            case 3 -> Healpix.positionIn(pixel, inside, along);
            case 4 -> Healpix.positionIn(pixel, 1 - inside, 1 - inside);
            case 5 -> new SkyPosition(random.nextDouble() * 360,
                    sign * (TRANSITION_DEC + (random.nextDouble() - 0.5) * 1e-6));
            case 6 -> new SkyPosition(random.nextDouble() * 360, sign * (90 - Math.pow(10, -7 * random.nextDouble())));
            default -> new SkyPosition(random.nextDouble() * 360,
                    Math.toDegrees(Math.asin(2 * random.nextDouble() - 1)));
        };
    }

    @Test
    void pointsAwayFromEdgesNeverDiffer() {
        SplittableRandom random = new SplittableRandom(29);
        HealpixNestedFast oracle = cds.healpix.Healpix.getNestedFast(29);
        for (int i = 0; i < POINTS; i++) {
            SkyPosition point = edgeBiased(random, 18, 3 + i % 5);
            HealpixPixel ours = new HealpixPixel(29, Healpix.pixelOf(29, point.ra(), point.dec()));
            HealpixPixel theirs = new HealpixPixel(29, oracle.hash(point.ra() * RADIANS, point.dec() * RADIANS));
            assertThat(theirs.parentAt(18)).as("%s", point).isEqualTo(ours.parentAt(18));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 6, 14, 22, 29})
    void centresCornersAndNeighboursAreTheSame(int order) {
        HealpixNested oracle = cds.healpix.Healpix.getNested(order);
        SplittableRandom random = new SplittableRandom(order);
        long pixels = 12L << 2 * order;
        for (int i = 0; i < 20_000; i++) {
            HealpixPixel pixel = new HealpixPixel(order, i < 12 ? i * (pixels / 12) : random.nextLong(pixels));
            assertSamePlace(pixel, Healpix.centerOf(pixel), oracle.center(pixel.pixel()));
            List<SkyPosition> corners = Healpix.cornersOf(pixel);
            Cardinal[] order4 = {Cardinal.S, Cardinal.E, Cardinal.N, Cardinal.W};
            for (int c = 0; c < 4; c++) {
                assertSamePlace(pixel, corners.get(c), oracle.vertex(pixel.pixel(), order4[c]));
            }
            assertThat(Healpix.neighboursOf(pixel)).as("%s", pixel).isEqualTo(neighbours(oracle, pixel));
        }
    }

    private static void assertSamePlace(HealpixPixel pixel, SkyPosition ours, double[] theirs) {
        double apart = Separation.arcsec(ours.ra(), ours.dec(), theirs[VerticesAndPathComputer.LON_INDEX] / RADIANS,
                theirs[VerticesAndPathComputer.LAT_INDEX] / RADIANS);
        assertThat(apart).as("%s: %s", pixel, ours).isLessThan(POSITION_TOLERANCE_ARCSEC);
    }

    private static long[] neighbours(NeighbourSelector oracle, HealpixPixel pixel) {
        NeighbourList found = oracle.neighbours(pixel.pixel());
        long[] pixels = new long[found.size()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = found.get(i);
        }
        return Arrays.stream(pixels).filter(p -> p != pixel.pixel()).sorted().distinct().toArray();
    }

    @Test
    void theCoverOfAConeHoldsAllThatCdsFindsInIt() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 300; i++) {
            double ra = i % 3 == 0 ? random.nextInt(8) * 45 : random.nextDouble() * 360;
            double dec = i % 5 == 0 ? 90 - 0.1 * random.nextDouble() : Math.toDegrees(Math.asin(2 * random.nextDouble() - 1));
            double radius = Math.pow(10, random.nextDouble(0, 5)); // arcsec
            int order = 0;
            while (order < 26 && Healpix.maxRadiusDegrees(order) * 3600 * 12 > radius) {
                order++;
            }
            PixelRanges cover = new Cone(ra, dec, radius).coverage(0);
            HealpixNestedBMOC inside = cds.healpix.Healpix.getNested(order)
                    .newConeComputer(radius / 3600 * RADIANS).overlappingCenters(ra * RADIANS, dec * RADIANS);
            int cells = 0;
            FlatHashIterator centers = inside.flatHashIterator();
            while (centers.hasNext()) {
                SkyPosition center = Healpix.centerOf(new HealpixPixel(order, centers.next()));
                assertThat(cover.contains(Healpix.pixelOf(29, center.ra(), center.dec())))
                        .as("ra %s, dec %s, radius %s arcsec: %s", ra, dec, radius, center).isTrue();
                cells++;
            }
            assertThat(cells).isPositive();
        }
    }
}
