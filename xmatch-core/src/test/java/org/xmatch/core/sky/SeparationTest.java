package org.xmatch.core.sky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.xmatch.core.Golden;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.Random;

class SeparationTest {

    @Test
    void isWithinABillionthOfAnArcsecondOfTheTruth() throws IOException {
        for (String[] line : Golden.lines("separations.csv")) {
            double[] p = {Double.parseDouble(line[0]), Double.parseDouble(line[1]), Double.parseDouble(line[2]),
                Double.parseDouble(line[3])};
            BigDecimal found = new BigDecimal(Separation.arcsec(p[0], p[1], p[2], p[3]));
            assertThat(found.subtract(new BigDecimal(line[4])).abs()).as(String.join(",", line))
                    .isLessThan(new BigDecimal("1e-9"));
        }
    }

    @Test
    void changesNoBitWhenThePositionsAreSwapped() {
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            double ra1 = random.nextDouble() * 360;
            double dec1 = random.nextDouble() * 180 - 90;
            double ra2 = i % 2 == 0 ? ra1 + random.nextGaussian() * 1e-4 : random.nextDouble() * 360;
            double dec2 = i % 2 == 0 ? Math.max(-90, Math.min(90, dec1 + random.nextGaussian() * 1e-4))
                    : random.nextDouble() * 180 - 90;
            assertThat(Separation.arcsec(ra1, dec1, ra2, dec2)).isEqualTo(Separation.arcsec(ra2, dec2, ra1, dec1));
        }
    }

    @Test
    void manyAtOnceAreTheSameBits() {
        Random random = new Random(3);
        for (int i = 0; i < 4000; i++) {
            int count = random.nextInt(40);
            double[][] p = new double[4][count + 2];
            double[] middles = {45, -45, 89.9, 0, 30, 60};
            double middle = middles[random.nextInt(middles.length)];
            double spread = Math.pow(10, -7 * random.nextDouble());
            for (int k = 0; k < count; k++) {
                p[0][k] = random.nextInt(3) == 0 ? 359.99999 : 120 + random.nextDouble();
                p[1][k] = Math.max(-90, Math.min(90, middle + random.nextGaussian() * 0.01));
                p[2][k] = (p[0][k] + random.nextGaussian() * spread) % 360;
                p[3][k] = Math.max(-90, Math.min(90, p[1][k] + random.nextGaussian() * spread));
            }
            double[] out = new double[count];

            Separation.arcsec(p[0], p[1], p[2], p[3], count, out);

            for (int k = 0; k < count; k++) {
                assertThat(out[k]).isEqualTo(Separation.arcsec(p[0][k], p[1][k], p[2][k], p[3][k]));
            }
        }
    }

    @Test
    void whereOnlyClosePairsCountOthersStayFar() {
        Random random = new Random(4);
        for (int i = 0; i < 200_000; i++) {
            boolean isAbove45 = random.nextBoolean();
            double[] dec = {0, 0};
            for (int k = 0; k < 2; k++) {
                dec[k] = isAbove45 ? 90 - 45 * Math.pow(random.nextDouble(), 4) : 90 * random.nextDouble() - 45;
            }
            double ra = 180 * random.nextDouble();
            double dra = ra * random.nextDouble() * Math.pow(10, -3 * random.nextDouble());
            double[] out = new double[1];

            Separation.arcsecOfClose(new double[] {ra}, new double[] {dec[0]}, new double[] {ra - dra},
                    new double[] {dec[1]}, 1, isAbove45, out);

            double separation = Separation.arcsec(ra, dec[0], ra - dra, dec[1]);
            boolean isClose = dra + Math.abs(dec[0] - dec[1]) < Separation.FARTHEST - 1e-9;
            if (isClose) {
                assertThat(out[0]).isEqualTo(separation);
            } else {
                assertThat(out[0]).isGreaterThanOrEqualTo(Math.min(separation, 3600) * (1 - 1e-14));
            }
        }
    }

    @Test
    void knowsTheWholeSphere() {
        assertThat(Separation.arcsec(0, 90, 123, -90)).isCloseTo(648_000, within(1e-6));
        assertThat(Separation.arcsec(10, 0, 190, 0)).isCloseTo(648_000, within(1e-6));
        assertThat(Separation.arcsec(10, 0, 100, 0)).isCloseTo(324_000, within(1e-6));
        assertThat(Separation.arcsec(359, 0, 1, 0)).isCloseTo(7200, within(1e-9));
        assertThat(Separation.arcsec(-1, 0, 361, 0)).isCloseTo(7200, within(1e-9));
        assertThat(Separation.arcsec(5, 90, 77, 90)).isLessThan(1e-9);
        assertThat(Separation.arcsec(12.5, -33, 12.5, -33)).isZero();
    }

    @Test
    void isNotANumberWithoutAPosition() {
        assertThat(Separation.arcsec(Double.NaN, 0, 0, 0)).isNaN();
        assertThat(Separation.arcsec(0, 0, 0, Double.NaN)).isNaN();
        assertThat(Separation.arcsec(Double.POSITIVE_INFINITY, 0, 0, 0)).isNaN();
    }
}
