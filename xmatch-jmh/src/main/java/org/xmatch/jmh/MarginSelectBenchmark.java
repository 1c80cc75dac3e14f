package org.xmatch.jmh;

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
import org.xmatch.core.healpix.HealpixPixel;
import org.xmatch.core.healpix.PixelRanges;
import org.xmatch.core.margin.MarginPixels;
import org.xmatch.core.margin.MarginTiles;
import org.xmatch.core.sky.SkyPoints;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Rows that belong to a partition's 10 arcsec margin, from their order-29 pixels; time per call, to
 * be divided by {@code rows}.
 * <p>
 * {@code border}: the rows, all read, that lie in one partition's border, as a match without a margin
 * catalog needs them. {@code tiles}: the partitions whose margin each row is in, as writing a margin
 * catalog needs it.
 * <p>
 * {@code java -jar xmatch-jmh/target/xmatch-jmh.jar MarginSelectBenchmark}
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Benchmark)
public class MarginSelectBenchmark {

    private static final double THRESHOLD_ARCSEC = 10;
    private static final int PARTITION_ORDER = 6;

    @Param({"1000000"})
    public int rows;

    private long[] pixels = new long[0];
    private List<HealpixPixel> partitions = List.of();
    private HealpixPixel partition = new HealpixPixel(0, 0);

    @Setup
    public void makeRows() {
        SkyPoints points = BenchmarkSky.KEPLER.sample(rows).right();
        pixels = new long[points.size()];
        PixelHashBenchmark.hash(points, HealpixPixel.MAX_ORDER, pixels);
        int shift = 2 * (HealpixPixel.MAX_ORDER - PARTITION_ORDER);
        partitions = Arrays.stream(pixels).map(pixel -> pixel >> shift).distinct().sorted()
                .mapToObj(pixel -> new HealpixPixel(PARTITION_ORDER, pixel)).toList();
        partition = partitions.get(partitions.size() / 2);
    }

    @Benchmark
    public int border() {
        return inBorder(partition);
    }

    private int inBorder(HealpixPixel of) {
        PixelRanges border = MarginPixels.border(of, THRESHOLD_ARCSEC);
        int found = 0;
        for (long pixel : pixels) {
            found += border.contains(pixel) ? 1 : 0;
        }
        return found;
    }

    @Benchmark
    public int tiles() {
        MarginTiles tiles = new MarginTiles(partitions, MarginPixels.orderFor(THRESHOLD_ARCSEC));
        int shift = 2 * (HealpixPixel.MAX_ORDER - tiles.marginOrder());
        int found = 0;
        for (long pixel : pixels) {
            for (HealpixPixel touched : tiles.touchedBy(pixel >> shift)) {
                found += partitions.contains(touched) ? 1 : 0;
            }
        }
        return found;
    }

    /** Both ways select the same number of rows into the margins of all partitions. */
    public static void proveEqualAnswers() {
        MarginSelectBenchmark benchmark = new MarginSelectBenchmark();
        benchmark.rows = 300_000;
        benchmark.makeRows();
        int bordering = 0;
        for (HealpixPixel partition : benchmark.partitions) {
            bordering += benchmark.inBorder(partition);
        }
        int touching = benchmark.tiles();
        if (bordering != touching || bordering == 0) {
            throw new AssertionError("the borders of " + benchmark.partitions.size() + " partitions hold "
                    + bordering + " rows, their margin tiles " + touching);
        }
    }
}
