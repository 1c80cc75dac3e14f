package org.xmatch.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.xmatch.jmh.gate.EqualAnswers;

import java.util.concurrent.TimeUnit;

/**
 * Degrees to unit vectors, what every k-d tree on the sphere pays before it starts and tiles do not;
 * one operation is one position.
 * <p>
 * {@code library} uses {@link Math}, whose sines a JVM may replace by the processor's own code, as
 * the k-d tree does; {@code strict} uses {@link StrictMath}, which is the same on every machine.
 * <p>
 * {@code java -jar xmatch-jmh/target/xmatch-jmh.jar UnitVectorBenchmark}
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Benchmark)
public class UnitVectorBenchmark {

    private static final int POSITIONS = 50_000;
    private static final double TOLERANCE = 3e-16;

    @Param({"KEPLER"})
    public BenchmarkSky sky = BenchmarkSky.KEPLER;

    private double[] ra = new double[0];
    private double[] dec = new double[0];
    private final double[] xyz = new double[3 * POSITIONS];

    @Setup
    public void makePositions() {
        BenchmarkSky.Sample sample = sky.sample(POSITIONS);
        ra = sample.left().ra();
        dec = sample.left().dec();
    }

    @Benchmark
    @OperationsPerInvocation(POSITIONS)
    public double[] library() {
        for (int i = 0; i < POSITIONS; i++) {
            double a = Math.toRadians(ra[i]);
            double d = Math.toRadians(dec[i]);
            double cos = Math.cos(d);
            xyz[3 * i] = cos * Math.cos(a);
            xyz[3 * i + 1] = cos * Math.sin(a);
            xyz[3 * i + 2] = Math.sin(d);
        }
        return xyz;
    }

    @Benchmark
    @OperationsPerInvocation(POSITIONS)
    public double[] strict() {
        for (int i = 0; i < POSITIONS; i++) {
            double a = Math.toRadians(ra[i]);
            double d = Math.toRadians(dec[i]);
            double cos = StrictMath.cos(d);
            xyz[3 * i] = cos * StrictMath.cos(a);
            xyz[3 * i + 1] = cos * StrictMath.sin(a);
            xyz[3 * i + 2] = StrictMath.sin(d);
        }
        return xyz;
    }

    public static void proveEqualAnswers() {
        for (BenchmarkSky sky : BenchmarkSky.values()) {
            UnitVectorBenchmark benchmark = new UnitVectorBenchmark();
            benchmark.sky = sky;
            benchmark.makePositions();
            double[] expected = benchmark.strict().clone();
            EqualAnswers.require(sky + ", unit vectors", expected, benchmark.library(), TOLERANCE);
        }
    }
}
