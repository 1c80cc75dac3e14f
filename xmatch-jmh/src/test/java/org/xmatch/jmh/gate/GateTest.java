package org.xmatch.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xmatch.core.match.Algorithm;
import org.xmatch.core.match.MatchResult;
import org.xmatch.core.match.Matcher;

import java.util.Arrays;

/** Before any time counts: all algorithms give the same pairs on what the benchmark times. */
class MatchBenchmarkTest {

    @ParameterizedTest
    @EnumSource(BenchmarkSky.class)
    void everyAlgorithmGivesTheSamePairs(BenchmarkSky sky) {
        BenchmarkSky.Sample sample = sky.sample(30_000);
        for (String neighbors : new String[] {"1", "5", "all"}) {
            MatchResult first = Matcher.match(sample.left(), sample.right(), MatchBenchmark.options("tile", neighbors));
            assertThat(first.size()).isGreaterThan(25_000);
            for (Algorithm algorithm : Algorithm.values()) {
                MatchResult other = Matcher.match(sample.left(), sample.right(),
                        MatchBenchmark.options(algorithm.id(), neighbors));
                assertThat(other.size()).isEqualTo(first.size());
                assertThat(Arrays.equals(other.leftRow(), 0, other.size(), first.leftRow(), 0, first.size())).isTrue();
                assertThat(Arrays.equals(other.rightRow(), 0, other.size(), first.rightRow(), 0, first.size())).isTrue();
                assertThat(Arrays.equals(other.separationArcsec(), 0, other.size(), first.separationArcsec(), 0, first.size()))
                        .isTrue();
            }
        }
    }
}
