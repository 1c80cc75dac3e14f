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
 * Whole matches on one thread at which an algorithm could break down: whether the default one, which changes
 * its ways as it sees the rows, comes close to the best one for each. Time per call, to be divided by {@code rows}.
 * <p>
 * All algorithms are given the same arrays and keep their work arrays from call to call.
 * <p>
 * {@code java -jar xmatch-jmh/target/xmatch-jmh.jar MatchOddFieldsBenchmark -p field=SPOTS}
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = {"-Xms2g", "-Xmx2g", "-XX:+UseParallelGC"})
@State(Scope.Benchmark)
public class MatchOddFieldsBenchmark {

    @Param({"100000"})
    public int rows;

    @Param({"tile", "grid", "kdtree", "haversine-kdtree"})
    public String algorithm = "";

    @Param({"1", "5"})
    public int neighbors;

    @Param
    public OddField field = OddField.SQUARE;

    private BenchmarkSky.@Nullable Sample sample;
    private @Nullable Matcher matcher;
    private final MatchResult result = new MatchResult();

    @Setup
    public void makeField() {
        sample = field.sample(rows);
        matcher = Matcher.of(options(field, algorithm, neighbors));
    }

    private static MatchOptions options(OddField field, String algorithm, int neighbors) {
        return new MatchOptions(field.radiusArcsec(), 0, neighbors, Algorithm.ofId(algorithm));
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
        match();
        String other = algorithm.equals("kdtree") ? "haversine-kdtree" : "kdtree";
        EqualAnswers.require(field + ", " + rows + " rows, " + algorithm + " against " + other, result,
                Matcher.match(made.left(), made.right(), options(field, other, neighbors)));
    }

    /** Every algorithm, on one thread and on two, for 1 and 5 neighbours, on every field. */
    public static void proveEqualAnswers() {
        for (OddField field : OddField.values()) {
            BenchmarkSky.Sample sample = field.sample(10_000);
            for (int neighbors : new int[] {1, 5}) {
                MatchResult first = Matcher.match(sample.left(), sample.right(), options(field, "kdtree", neighbors));
                for (Algorithm algorithm : Algorithm.values()) {
                    for (int threads = 1; threads <= 2; threads++) {
                        MatchResult pairs = new MatchResult();
                        try (ParallelMatcher matcher = ParallelMatcher.of(
                                options(field, algorithm.id(), neighbors), TieRule.ROW, threads)) {
                            matcher.match(sample.left(), sample.right(), pairs);
                        }
                        EqualAnswers.require(field + ", " + neighbors + " neighbours, " + algorithm.id() + ", "
                                + threads + " threads", first, pairs);
                    }
                }
            }
        }
    }
}
