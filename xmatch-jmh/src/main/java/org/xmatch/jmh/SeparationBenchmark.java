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
import org.xmatch.core.match.MatchOptions;
import org.xmatch.core.match.MatchResult;
import org.xmatch.core.match.Matcher;
import org.xmatch.core.sky.Separation;
import org.xmatch.jmh.gate.EqualAnswers;

import java.util.concurrent.TimeUnit;

/**
 * Separation of two positions, from degrees to arcsec; one operation is one pair, each pair a match.
 * <p>
 * {@code library} is the haversine formula with the sines of {@link Math}, {@code unitVectors} the
 * chord, as scipy's users compute it: both pay for sines that {@link Separation} has polynomials for.
 * <p>
 * {@code java -jar xmatch-jmh/target/xmatch-jmh.jar SeparationBenchmark}
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Benchmark)
public class SeparationBenchmark {

    private static final int PAIRS = 50_000;
    private static final double ARCSEC = 648_000 / Math.PI;

    /** That of unit vectors, whose rounding the chord cannot undo. */
    private static final double TOLERANCE_ARCSEC = 1e-9;

    @Param({"KEPLER"})
    public BenchmarkSky sky = BenchmarkSky.KEPLER;

    private final double[] ra1 = new double[PAIRS];
    private final double[] dec1 = new double[PAIRS];
    private final double[] ra2 = new double[PAIRS];
    private final double[] dec2 = new double[PAIRS];
    private final double[] arcsec = new double[PAIRS];

    @Setup
    public void makePairs() {
        BenchmarkSky.Sample sample = sky.sample(2 * PAIRS);
        MatchResult pairs = Matcher.match(sample.left(), sample.right(), MatchOptions.nearestWithin(1));
        for (int i = 0; i < PAIRS; i++) {
            ra1[i] = sample.left().ra()[pairs.leftRow()[i]];
            dec1[i] = sample.left().dec()[pairs.leftRow()[i]];
            ra2[i] = sample.right().ra()[pairs.rightRow()[i]];
            dec2[i] = sample.right().dec()[pairs.rightRow()[i]];
        }
    }

    @Benchmark
    @OperationsPerInvocation(PAIRS)
    public double[] separation() {
        for (int i = 0; i < PAIRS; i++) {
            arcsec[i] = Separation.arcsec(ra1[i], dec1[i], ra2[i], dec2[i]);
        }
        return arcsec;
    }

    @Benchmark
    @OperationsPerInvocation(PAIRS)
    public double[] library() {
        for (int i = 0; i < PAIRS; i++) {
            double a = Math.sin(Math.toRadians(dec1[i] - dec2[i]) / 2);
            double b = Math.sin(Math.toRadians(ra1[i] - ra2[i]) / 2);
            double h = a * a + Math.cos(Math.toRadians(dec1[i])) * Math.cos(Math.toRadians(dec2[i])) * b * b;
            arcsec[i] = 2 * Math.asin(Math.sqrt(h)) * ARCSEC;
        }
        return arcsec;
    }

    @Benchmark
    @OperationsPerInvocation(PAIRS)
    public double[] unitVectors() {
        for (int i = 0; i < PAIRS; i++) {
            double cos1 = Math.cos(Math.toRadians(dec1[i]));
            double cos2 = Math.cos(Math.toRadians(dec2[i]));
            double x = cos1 * Math.cos(Math.toRadians(ra1[i])) - cos2 * Math.cos(Math.toRadians(ra2[i]));
            double y = cos1 * Math.sin(Math.toRadians(ra1[i])) - cos2 * Math.sin(Math.toRadians(ra2[i]));
            double z = Math.sin(Math.toRadians(dec1[i])) - Math.sin(Math.toRadians(dec2[i]));
            arcsec[i] = 2 * Math.asin(Math.sqrt(x * x + y * y + z * z) / 2) * ARCSEC;
        }
        return arcsec;
    }

    public static void proveEqualAnswers() {
        for (BenchmarkSky sky : BenchmarkSky.values()) {
            SeparationBenchmark benchmark = new SeparationBenchmark();
            benchmark.sky = sky;
            benchmark.makePairs();
            double[] expected = benchmark.separation().clone();
            EqualAnswers.require(sky + ", haversine", expected, benchmark.library(), TOLERANCE_ARCSEC);
            EqualAnswers.require(sky + ", chord", expected, benchmark.unitVectors(), TOLERANCE_ARCSEC);
        }
    }
}
