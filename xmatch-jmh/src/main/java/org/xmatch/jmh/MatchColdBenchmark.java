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

import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * A whole match within 1 arcsec on one thread, from degrees to pairs, by a JVM that has matched nothing
 * yet and by one that has; single shots, time per call, to be divided by {@code rows}.
 * <p>
 * {@code cold}: the first call in a fresh JVM, with classes to load, code to compile and arrays to
 * allocate; the JVM's own start is left out. {@code warm}: the 21st to 30th call.
 * <p>
 * {@code java -jar xmatch-jmh/target/xmatch-jmh.jar MatchColdBenchmark}
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@State(Scope.Benchmark)
public class MatchColdBenchmark {

    @Param({"10000", "1000000"})
    public int rows;

    @Param({"KEPLER"})
    public BenchmarkSky sky = BenchmarkSky.KEPLER;

    private BenchmarkSky.@Nullable Sample sample;
    private @Nullable Matcher matcher;
    private MatchResult result = new MatchResult();

    /** Makes the sky; a pause lets compilers finish what that has left them to do. */
    @Setup
    public void makeSky() throws InterruptedException {
        sample = sky.sample(rows);
        Thread.sleep(1000);
    }

    @Benchmark
    @Fork(value = 7, jvmArgsAppend = {"-Xms4g", "-Xmx4g", "-XX:+UseParallelGC"})
    @Warmup(iterations = 0)
    @Measurement(iterations = 1)
    public int cold() {
        return match();
    }

    @Benchmark
    @Fork(value = 1, jvmArgsAppend = {"-Xms4g", "-Xmx4g", "-XX:+UseParallelGC"})
    @Warmup(iterations = 20)
    @Measurement(iterations = 10)
    public int warm() {
        return match();
    }

    private int match() {
        if (matcher == null) {
            matcher = Matcher.of(MatchBenchmark.options("tile", "1"));
        }
        BenchmarkSky.Sample made = Objects.requireNonNull(sample);
        matcher.match(made.left(), made.right(), result);
        return result.size();
    }

    public static void proveEqualAnswers() {
        MatchBenchmark.proveEqualAnswers(BenchmarkSky.KEPLER, 10_000);
    }
}
