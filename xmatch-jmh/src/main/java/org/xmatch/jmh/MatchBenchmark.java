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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.xmatch.core.match.Algorithm;
import org.xmatch.core.match.MatchOptions;
import org.xmatch.core.match.MatchResult;
import org.xmatch.core.match.Matcher;
import org.xmatch.core.match.ParallelMatcher;
import org.xmatch.core.match.TieRule;
import org.xmatch.jmh.gate.EqualAnswers;

import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * A whole match within 1 arcsec, from degrees to pairs, everything included; time per call, to be
 * divided by {@code rows}.
 * <p>
 * All algorithms are given the same arrays and keep their work arrays from call to call. After its
 * timing, each fork checks the pairs it timed against another algorithm's, so that a run which is wrong
 * at its own size ends the suite without results.
 * <p>
 * {@code java -jar xmatch-jmh/target/xmatch-jmh.jar jmh.MatchBenchmark -p rows=100000 -p sky=KEPLER}
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 2, jvmArgsAppend = {"-Xms4g", "-Xmx4g", "-XX:+UseParallelGC"})
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

    /** Threads that share one match. */
    @Param({"1"})
    public int threads;

    private BenchmarkSky.@Nullable Sample sample;
    private @Nullable ParallelMatcher matcher;
    private final MatchResult result = new MatchResult();

    @Setup
    public void makeSky() {
        sample = sky.sample(rows);
        matcher = ParallelMatcher.of(options(algorithm, neighbors), TieRule.ROW, threads);
    }

    /** Matches that the benchmark times. */
    public static MatchOptions options(String algorithm, String neighbors) {
        return MatchOptions.nearestWithin(1).withAlgorithm(Algorithm.ofId(algorithm))
                .withNNeighbors(neighbors.equals("all") ? MatchOptions.ALL : Integer.parseInt(neighbors));
    }

    @Benchmark
    public int match() {
        BenchmarkSky.Sample made = Objects.requireNonNull(sample);
        Objects.requireNonNull(matcher).match(made.left(), made.right(), result);
        return result.size();
    }

    /** Not before the timing, whose code another algorithm's run would shape. */
    @TearDown
    public void compare() {
        BenchmarkSky.Sample made = Objects.requireNonNull(sample);
        try (ParallelMatcher timed = Objects.requireNonNull(matcher)) {
            timed.match(made.left(), made.right(), result);
            Algorithm other = algorithm.equals("kdtree") ? Algorithm.HAVERSINE_KDTREE : Algorithm.KDTREE;
            MatchResult expected = Matcher.match(made.left(), made.right(),
                    options(algorithm, neighbors).withAlgorithm(other));
            EqualAnswers.require(sky + ", " + rows + " rows, " + algorithm + " against " + other.id(),
                    result, expected);
        }
    }

    /** Every algorithm, on one thread and on two, on every sky. */
    public static void proveEqualAnswers() {
        for (BenchmarkSky sky : BenchmarkSky.values()) {
            proveEqualAnswers(sky, 30_000);
        }
    }

    /** Every algorithm, on one thread and on two, for 1, 5 and all neighbours. */
    public static void proveEqualAnswers(BenchmarkSky sky, int rows) {
        BenchmarkSky.Sample sample = sky.sample(rows);
        for (String neighbors : new String[] {"1", "5", "all"}) {
            MatchResult first = Matcher.match(sample.left(), sample.right(), options("haversine-kdtree", neighbors));
            if (first.size() < rows * 5L / 6) {
                throw new AssertionError(sky + " has only " + first.size() + " pairs for " + rows + " left rows");
            }
            for (Algorithm algorithm : Algorithm.values()) {
                for (int threads = 1; threads <= 2; threads++) {
                    MatchResult pairs = new MatchResult();
                    try (ParallelMatcher matcher = ParallelMatcher.of(
                            options(algorithm.id(), neighbors), TieRule.ROW, threads)) {
                        matcher.match(sample.left(), sample.right(), pairs);
                        EqualAnswers.require(sky + ", " + neighbors + " neighbours, " + algorithm.id() + ", "
                                + threads + " threads", first, pairs);
                    }
                }
            }
        }
    }
}
