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
import org.xmatch.core.match.TreeSearch;

import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * The tree over the right rows, from degrees on (searching: {@link KdTreeQueryBenchmark}); time per
 * call, to be divided by {@code rows}, the number of left rows: there are 1.1 times as many right ones.
 * <p>
 * {@code java -jar xmatch-jmh/target/xmatch-jmh.jar KdTreeBuildBenchmark -p rows=1000000}
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 2, jvmArgsAppend = {"-Xms4g", "-Xmx4g", "-XX:+UseParallelGC"})
@State(Scope.Benchmark)
public class KdTreeBuildBenchmark {

    @Param({"1000000"})
    public int rows;

    @Param({"kdtree", "haversine-kdtree"})
    public String algorithm = "";

    @Param({"KEPLER"})
    public BenchmarkSky sky = BenchmarkSky.KEPLER;

    private BenchmarkSky.@Nullable Sample sample;
    private @Nullable TreeSearch search;

    @Setup
    public void makeSky() {
        sample = sky.sample(rows);
        search = new TreeSearch(MatchBenchmark.options(algorithm, "1"));
    }

    @Benchmark
    public TreeSearch build() {
        TreeSearch built = Objects.requireNonNull(search);
        built.build(Objects.requireNonNull(sample).right());
        return built;
    }

    /** A tree is right when searches in it are. */
    public static void proveEqualAnswers() {
        KdTreeQueryBenchmark.proveEqualAnswers();
    }
}
