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
import org.xmatch.core.healpix.Healpix;
import org.xmatch.core.healpix.HealpixPixel;
import org.xmatch.core.sky.SkyPoints;
import org.xmatch.core.sky.SkyPosition;
import org.xmatch.jmh.gate.EqualAnswers;

import java.util.concurrent.TimeUnit;

/**
 * The NESTED HEALPix pixel of a position; one operation is one position, in the order of a catalog's
 * rows. CDS's library, where it is installed: {@code CdsPixelHashBenchmark}.
 * <p>
 * {@code java -jar xmatch-jmh/target/xmatch-jmh.jar PixelHashBenchmark}
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Benchmark)
public class PixelHashBenchmark {

    static final int ROWS = 100_000;

    @Param({"29"})
    public int order;

    @Param({"KEPLER", "ALLSKY"})
    public BenchmarkSky sky = BenchmarkSky.KEPLER;

    private final long[] pixels = new long[ROWS];
    private SkyPoints points = SkyPoints.of(new double[0], new double[0]);

    @Setup
    public void makeSky() {
        points = sky.sample(ROWS).left();
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public long[] hash() {
        hash(points, order, pixels);
        return pixels;
    }

    /** Pixels of all positions. */
    static void hash(SkyPoints points, int order, long[] into) {
        double[] ra = points.ra();
        double[] dec = points.dec();
        for (int row = 0; row < points.size(); row++) {
            into[row] = Healpix.pixelOf(order, ra[row], dec[row]);
        }
    }

    /** At several orders: the pixel of a position is inside its pixel of a lower order, and a pixel's centre is in it. */
    public static void proveEqualAnswers() {
        for (BenchmarkSky sky : BenchmarkSky.values()) {
            SkyPoints points = sky.sample(ROWS).left();
            long[] deep = new long[ROWS];
            long[] center = new long[ROWS];
            hash(points, 29, deep);
            for (int row = 0; row < ROWS; row++) {
                SkyPosition middle = Healpix.centerOf(new HealpixPixel(24, deep[row] >> 10));
                center[row] = Healpix.pixelOf(24, middle.ra(), middle.dec());
            }
            long[] shallow = new long[ROWS];
            hash(points, 24, shallow);
            EqualAnswers.require(sky + ", pixels of centres", shallow, center);
        }
    }
}
