package org.xmatch.jmh;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.xmatch.core.match.Algorithm;
import org.xmatch.core.match.MatchOptions;
import org.xmatch.core.match.MatchResult;
import org.xmatch.core.match.Matcher;

import java.util.concurrent.TimeUnit;

/**
 * A whole match, from degrees to pairs, within 1 arcsec; time per call.
 * <p>
 * {@code java -jar xmatch-jmh/target/xmatch-jmh.jar MatchBenchmark -p rows=100000 -p sky=KEPLER}
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 2, jvmArgsAppend = {"-Xms2g", "-Xmx2g", "-XX:+UseParallelGC"})
@State(Scope.Benchmark)
public class MatchBenchmark {

    @Param({"1000000"})
    public int rows;

    @Param({"tile", "grid", "kdtree", "haversine-kdtree"})
    public String algorithm = "";

    /** A number, or {@code all}. */
    @Param({"1"})
    public String neighbors = "";

    @Param({"KEPLER"})
    public BenchmarkSky sky = BenchmarkSky.KEPLER;

    private BenchmarkSky.@Nullable Sample sample;
    private @Nullable Matcher matcher;
    private final MatchResult result = new MatchResult();

    @Setup
    public void makeSky() {
        sample = sky.sample(rows);
        matcher = Matcher.of(options(algorithm, neighbors));
    }

    /** Matches that the benchmark times. */
    public static MatchOptions options(String algorithm, String neighbors) {
        return MatchOptions.nearestWithin(1).withAlgorithm(Algorithm.ofId(algorithm))
                .withNNeighbors(neighbors.equals("all") ? MatchOptions.ALL : Integer.parseInt(neighbors));
    }

    @Benchmark
    public int match() {
        if (sample == null || matcher == null) {
            throw new IllegalStateException("no sky was made");
        }
        matcher.match(sample.left(), sample.right(), result);
        return result.size();
    }
}
