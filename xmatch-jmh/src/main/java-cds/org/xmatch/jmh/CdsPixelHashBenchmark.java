package org.xmatch.jmh;

import cds.healpix.Healpix;
import cds.healpix.HealpixNestedFast;
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
import org.xmatch.core.sky.SkyPoints;
import org.xmatch.jmh.gate.EqualAnswers;

import java.util.concurrent.TimeUnit;

/**
 * What {@link PixelHashBenchmark} does, by the HEALPix library of CDS, Strasbourg. It takes radians, so
 * it pays for one multiplication a coordinate; xmatch takes degrees and pays for a check of range.
 * <p>
 * {@code java -jar xmatch-jmh/target/xmatch-jmh.jar PixelHashBenchmark} runs both.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Benchmark)
public class CdsPixelHashBenchmark {

    private static final double RADIANS = Math.PI / 180;

    @Param({"29"})
    public int order;

    @Param({"KEPLER", "ALLSKY"})
    public BenchmarkSky sky = BenchmarkSky.KEPLER;

    private final long[] pixels = new long[PixelHashBenchmark.ROWS];
    private SkyPoints points = SkyPoints.of(new double[0], new double[0]);

    @Setup
    public void makeSky() {
        points = sky.sample(PixelHashBenchmark.ROWS).left();
    }

    @Benchmark
    @OperationsPerInvocation(PixelHashBenchmark.ROWS)
    public long[] hash() {
        hash(points, order, pixels);
        return pixels;
    }

    private static void hash(SkyPoints points, int order, long[] into) {
        HealpixNestedFast healpix = Healpix.getNestedFast(order);
        double[] ra = points.ra();
        double[] dec = points.dec();
        for (int row = 0; row < points.size(); row++) {
            into[row] = healpix.hash(ra[row] * RADIANS, dec[row] * RADIANS);
        }
    }

    /** CDS's pixels and ours, of all that either benchmark hashes. */
    public static void proveEqualAnswers() {
        for (BenchmarkSky sky : BenchmarkSky.values()) {
            SkyPoints points = sky.sample(PixelHashBenchmark.ROWS).left();
            long[] ours = new long[points.size()];
            long[] theirs = new long[points.size()];
            for (int order : new int[] {6, 18, 29}) {
                PixelHashBenchmark.hash(points, order, ours);
                hash(points, order, theirs);
                EqualAnswers.require(sky + ", pixels of order " + order + ", xmatch against CDS", ours, theirs);
            }
        }
    }
}
