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
import org.xmatch.core.match.MatchResult;
import org.xmatch.core.match.Matcher;
import org.xmatch.core.match.TreeSearch;
import org.xmatch.jmh.gate.EqualAnswers;

import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Right rows within 1 arcsec of each left row against one built tree (building:
 * {@link KdTreeBuildBenchmark}); time per call, to be divided by {@code rows}.
 * <p>
 * {@code java -jar xmatch-jmh/target/xmatch-jmh.jar KdTreeQueryBenchmark -p rows=1000000 -p neighbors=1,5,all}
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 2, jvmArgsAppend = {"-Xms4g", "-Xmx4g", "-XX:+UseParallelGC"})
@State(Scope.Benchmark)
public class KdTreeQueryBenchmark {

    @Param({"1000000"})
    public int rows;

    @Param({"kdtree", "haversine-kdtree"})
    public String algorithm = "";

    /** A number, or {@code all}. */
    @Param({"1"})
    public String neighbors = "";

    @Param({"KEPLER"})
    public BenchmarkSky sky = BenchmarkSky.KEPLER;

    private BenchmarkSky.@Nullable Sample sample;
    private @Nullable TreeSearch search;
    private final MatchResult result = new MatchResult();

    @Setup
    public void buildTree() {
        sample = sky.sample(rows);
        search = new TreeSearch(MatchBenchmark.options(algorithm, neighbors));
        search.build(sample.right());
    }

    @Benchmark
    public int query() {
        Objects.requireNonNull(search).query(Objects.requireNonNull(sample).left(), result);
        return result.size();
    }

    /** Both trees against the default algorithm. */
    public static void proveEqualAnswers() {
        for (BenchmarkSky sky : BenchmarkSky.values()) {
            BenchmarkSky.Sample sample = sky.sample(30_000);
            for (String neighbors : new String[] {"1", "5", "all"}) {
                MatchResult expected = Matcher.match(sample.left(), sample.right(),
                        MatchBenchmark.options("tile", neighbors));
                for (String algorithm : new String[] {"kdtree", "haversine-kdtree"}) {
                    TreeSearch search = new TreeSearch(MatchBenchmark.options(algorithm, neighbors));
                    MatchResult result = new MatchResult();
                    search.build(sample.right());
                    search.query(sample.left(), result);
                    EqualAnswers.require(sky + ", " + algorithm, expected, result);
                }
            }
        }
    }
}
