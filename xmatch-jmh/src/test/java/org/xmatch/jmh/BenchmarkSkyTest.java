package org.xmatch.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xmatch.core.healpix.Healpix;
import org.xmatch.core.sky.Separation;
import org.xmatch.core.sky.SkyPoints;

class BenchmarkSkyTest {

    @ParameterizedTest
    @EnumSource(BenchmarkSky.class)
    void rowsAreInTheOrderOfAPartition(BenchmarkSky sky) {
        BenchmarkSky.Sample sample = sky.sample(20_000);

        assertThat(sample.left().size()).isEqualTo(20_000);
        assertThat(sample.right().size()).isEqualTo(22_000);
        assertAscending(sample.left());
        assertAscending(sample.right());
    }

    private static void assertAscending(SkyPoints points) {
        long before = -1;
        for (int row = 0; row < points.size(); row++) {
            long pixel = Healpix.pixelOf(29, points.ra()[row], points.dec()[row]);
            assertThat(pixel).isGreaterThanOrEqualTo(before);
            before = pixel;
        }
    }

    @Test
    void theGlobularClusterHasAHundredThousandStarsInAnArcminute() {
        SkyPoints right = BenchmarkSky.GLOBULAR.sample(300_000).right();
        int inside = 0;
        int core = 0;
        for (int row = 0; row < right.size(); row++) {
            double arcsec = Separation.arcsec(right.ra()[row], right.dec()[row], 201.697, -47.48);
            inside += arcsec <= 60 ? 1 : 0;
            core += arcsec <= 6 ? 1 : 0;
        }

        assertThat(inside).isBetween(100_000, 120_000);
        assertThat(core / (Math.PI * 36)).isBetween(70.0, 250.0);
    }
}
