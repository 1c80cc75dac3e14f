package org.xmatch.core.margin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xmatch.core.healpix.Healpix;
import org.xmatch.core.healpix.HealpixPixel;
import org.xmatch.core.healpix.PixelRanges;
import org.xmatch.core.sky.Offset;
import org.xmatch.core.sky.SkyPosition;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

class MarginPixelsTest {

    private static final double CAP = Math.toDegrees(Math.asin(2 / 3.0));

    @ParameterizedTest
    @CsvSource({"1, 17", "2, 16", "5, 14", "10, 13", "30, 12", "60, 11", "120, 10", "3600, 5", "7200, 4"})
    void takesTheOrdersOfTheReference(double arcsec, int order) {
        assertThat(MarginPixels.orderFor(arcsec)).isEqualTo(order);
    }

    @Test
    void hasTheEdgeOfTheReference() {
        assertThat(Healpix.externalEdge(new HealpixPixel(2, 5), 4)).hasSize(19);
        assertThat(Healpix.externalEdge(new HealpixPixel(2, 6), 4)).hasSize(20);
    }

    @Test
    void externalEdgeIsWhatTouchesFromOutside() {
        Random random = new Random(8);
        for (int i = 0; i < 600; i++) {
            int order = random.nextInt(6);
            int depth = random.nextInt(5);
            HealpixPixel pixel = pixelAtAnInterestingPlace(order, random);
            TreeSet<Long> touching = new TreeSet<>();
            for (long inside = pixel.pixel() << 2 * depth; inside < pixel.pixel() + 1 << 2 * depth; inside++) {
                for (long neighbour : Healpix.neighboursOf(new HealpixPixel(order + depth, inside))) {
                    if (neighbour >> 2 * depth != pixel.pixel()) {
                        touching.add(neighbour);
                    }
                }
            }
            assertThat(Healpix.externalEdge(pixel, order + depth)).as("%s at %d", pixel, order + depth)
                    .containsExactly(touching.toArray(Long[]::new));
        }
    }

    /** Whatever is within the radius of a position in a pixel is in the pixel or in its border. */
    @Test
    void borderHoldsEverythingNear() {
        Random random = new Random(6);
        for (int i = 0; i < 4000; i++) {
            int order = random.nextInt(15);
            double radius = Math.pow(10, -2 + random.nextDouble() * (i % 5 == 0 ? 7.5 : 5));
            HealpixPixel pixel = pixelAtAnInterestingPlace(order, random);
            PixelRanges border = MarginPixels.border(pixel, radius);
            for (int k = 0; k < 30; k++) {
                double u = k % 3 == 0 ? 1e-9 : k % 3 == 1 ? 1 - 1e-9 : random.nextDouble();
                double v = k % 2 == 0 ? random.nextDouble() : k % 4 == 1 ? 1e-9 : 1 - 1e-9;
                SkyPosition inside = Healpix.positionIn(pixel, u, v);
                if (Healpix.pixelOf(order, inside.ra(), inside.dec()) != pixel.pixel()) {
                    continue;
                }
                SkyPosition near = Offset.from(inside.ra(), inside.dec(), Math.min(648_000, radius) * (1 - 1e-9), random.nextDouble() * 360);
                long index = Healpix.pixelOf(29, near.ra(), near.dec());
                boolean in = index >= pixel.first29() && index < pixel.end29();
                assertThat(in || border.contains(index)).as("%s, %s arcsec from %s", pixel, radius, inside).isTrue();
                assertThat(in && border.contains(index)).isFalse();
            }
        }
    }

    private static HealpixPixel pixelAtAnInterestingPlace(int order, Random random) {
        double[] decs = {90, -90, CAP, -CAP, 0, random.nextDouble() * 180 - 90};
        double ra = random.nextBoolean() ? 45 * random.nextInt(8) : random.nextDouble() * 360;
        double dec = decs[random.nextInt(decs.length)];
        dec = Math.max(-90, Math.min(90, dec + random.nextGaussian() * 60 / (1L << order)));
        return new HealpixPixel(order, Healpix.pixelOf(order, ra, dec));
    }

    /** A margin pixel belongs to the tiles whose external edge it is in, and to no other. */
    @Test
    void tilesAreThoseWhoseEdgeAPixelIsIn() {
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            List<HealpixPixel> tiles = new ArrayList<>();
            split(new HealpixPixel(0, random.nextInt(12)), tiles, random);
            split(new HealpixPixel(0, random.nextInt(12)), tiles, random);
            List<HealpixPixel> partitions = tiles.stream().distinct().sorted().toList();
            int marginOrder = 6;
            MarginTiles margin = new MarginTiles(partitions, marginOrder);
            for (int k = 0; k < 100; k++) {
                HealpixPixel tile = partitions.get(random.nextInt(partitions.size()));
                long[] edge = Healpix.externalEdge(tile, marginOrder);
                long pixel = edge[random.nextInt(edge.length)];
                HealpixPixel home = margin.tileOf(pixel);
                if (partitions.contains(home)) {
                    assertThat(margin.touchedBy(pixel)).contains(tile);
                    for (HealpixPixel touched : margin.touchedBy(pixel)) {
                        assertThat(Healpix.externalEdge(touched, marginOrder)).contains(pixel);
                    }
                }
                long inside = tile.pixel() << 2 * (marginOrder - tile.order()) | random.nextLong(1L << 2 * (marginOrder - tile.order()));
                for (HealpixPixel touched : margin.touchedBy(inside)) {
                    assertThat(touched).isNotEqualTo(tile);
                    assertThat(Healpix.externalEdge(touched, marginOrder)).contains(inside);
                }
            }
        }
    }

    private static void split(HealpixPixel pixel, List<HealpixPixel> tiles, Random random) {
        if (tiles.stream().anyMatch(tile -> tile.parentAt(0).equals(pixel.parentAt(0)) && pixel.order() == 0)) {
            return;
        }
        if (pixel.order() < 5 && random.nextInt(3) > 0) {
            for (long child = 4 * pixel.pixel(); child < 4 * pixel.pixel() + 4; child++) {
                if (random.nextInt(4) > 0) {
                    split(new HealpixPixel(pixel.order() + 1, child), tiles, random);
                }
            }
        } else {
            tiles.add(pixel);
        }
    }
}
