package org.xmatch.core.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.xmatch.core.healpix.Healpix;
import org.xmatch.core.healpix.PixelRanges;
import org.xmatch.core.sky.Offset;
import org.xmatch.core.sky.SkyPosition;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

class ConeTest {

    private static final double CAP = Math.toDegrees(Math.asin(2 / 3.0));

    @Test
    void coverageHoldsEveryPositionInside() {
        Random random = new Random(1);
        for (int i = 0; i < 3000; i++) {
            double[] decs = {90, -90, CAP, -CAP, 0, CAP + random.nextGaussian() * 0.01, random.nextDouble() * 180 - 90};
            double ra = random.nextBoolean() ? 45 * random.nextInt(8) : random.nextDouble() * 360;
            Cone cone = new Cone(ra, decs[random.nextInt(decs.length)], Math.pow(10, 7 * random.nextDouble() - 2) % 648_000);
            double extra = random.nextBoolean() ? 0 : cone.radiusArcsec() * random.nextDouble();
            PixelRanges coverage = cone.coverage(extra);
            for (int k = 0; k < 60; k++) {
                double share = k % 2 == 0 ? 1 - 1e-13 : Math.sqrt(random.nextDouble());
                SkyPosition inside = Offset.from(cone.ra(), cone.dec(), Math.min(648_000, cone.radiusArcsec() + extra) * share,
                        random.nextDouble() * 360);
                assertThat(coverage.contains(Healpix.pixelOf(29, inside.ra(), inside.dec()))).as("%s %s %s", cone, extra, inside)
                        .isTrue();
            }
        }
    }

    @Test
    void coverageIsNotMuchLargerThanTheCone() {
        for (double radius : new double[] {1, 331, 11_180, 102_000}) {
            Cone cone = new Cone(290.667, 44.5, radius);
            double area = 2 * Math.PI * (1 - Math.cos(Math.toRadians(radius / 3600)));
            double covered = cone.coverage(0).pixelCount() * (4 * Math.PI / (12.0 * (1L << 58)));
            assertThat(covered / area).isBetween(1.0, 1.12);
        }
    }

    @Test
    void selectsExactlyWhatItContains() {
        Random random = new Random(2);
        for (int i = 0; i < 3000; i++) {
            double radius = i % 5 == 0 ? 648_000 - Math.pow(10, 6 * random.nextDouble() - 3)
                    : Math.pow(10, 7 * random.nextDouble() - 2) % 648_000;
            Cone cone = new Cone(random.nextDouble() * 360, i % 3 == 0 ? 90 : random.nextDouble() * 180 - 90, radius);
            int size = 40;
            double[] ra = new double[size + 1];
            double[] dec = new double[size + 1];
            for (int k = 0; k < size; k++) {
                double share = k % 2 == 0 ? 1 + (k - 20) * 1e-15 : 1 + 1e-9 * random.nextGaussian();
                SkyPosition point = Offset.from(cone.ra(), cone.dec(), Math.min(648_000, radius * share),
                        random.nextDouble() * 360);
                ra[k] = k == 7 ? Double.NaN : point.ra();
                dec[k] = point.dec();
            }

            int[] inside = new int[size];
            int count = cone.select(ra, dec, size, inside);

            int[] expected = IntStream.range(0, size).filter(k -> cone.contains(ra[k], dec[k])).toArray();
            assertThat(Arrays.copyOf(inside, count)).as("%s", cone).isEqualTo(expected);
        }
    }

    @Test
    void selectsWhatItContainsAnywhereAround() {
        Random random = new Random(3);
        double[] odd = {Double.NaN, Double.POSITIVE_INFINITY, 90, -90, 0, -1e9};
        for (int i = 0; i < 2000; i++) {
            double radius = Math.pow(10, 7.5 * random.nextDouble() - 2) % 648_000;
            double[] decs = {90, -90, 0, 90 - radius / 3600, radius / 3600 - 90, random.nextDouble() * 180 - 90};
            Cone cone = new Cone(random.nextDouble() * 900 - 270, Math.max(-90, Math.min(90, decs[i % 6])), radius);
            int size = 300;
            double[] ra = new double[size];
            double[] dec = new double[size];
            for (int k = 0; k < size; k++) {
                double scale = 2.4 * radius / 3600 * Math.pow(10, -12 * Math.max(0, random.nextDouble() - 0.7));
                double wide = k % 3 == 0 ? 1 : 1 / Math.max(0.01, Math.cos(Math.toRadians(cone.dec())));
                ra[k] = cone.ra() + (random.nextDouble() - 0.5) * scale * wide + 360 * (random.nextInt(9) / 4 - 1);
                dec[k] = Math.max(-90, Math.min(90, cone.dec() + (random.nextDouble() - 0.5) * scale));
                if (k % 50 == 7) {
                    ra[k] = odd[random.nextInt(odd.length)];
                } else if (k % 50 == 8) {
                    dec[k] = odd[random.nextInt(odd.length - 1)];
                } else if (k % 50 == 9) {
                    dec[k] = cone.dec() + (random.nextBoolean() ? 1 : -1) * radius / 3600; // where the bands end
                }
            }

            int[] inside = new int[size];
            int count = cone.select(ra, dec, size, inside);

            int[] expected = IntStream.range(0, size).filter(k -> cone.contains(ra[k], dec[k])).toArray();
            assertThat(Arrays.copyOf(inside, count)).as("%s", cone).isEqualTo(expected);
        }
    }

    @Test
    void rejectsWhatIsNoCone() {
        for (double radius : new double[] {0, -1, Double.NaN, 648_001}) {
            assertThatIllegalArgumentException().isThrownBy(() -> new Cone(0, 0, radius)).withMessageContaining("radius");
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new Cone(0, 91, 1)).withMessageContaining("91");
        assertThatIllegalArgumentException().isThrownBy(() -> new Cone(Double.NaN, 0, 1));
    }
}
