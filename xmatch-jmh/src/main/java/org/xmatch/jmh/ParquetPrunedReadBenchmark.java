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
import org.xmatch.core.healpix.HealpixPixel;
import org.xmatch.core.healpix.PixelRanges;
import org.xmatch.core.region.Cone;
import org.xmatch.io.parquet.PageDecoder;
import org.xmatch.io.parquet.ParquetFile;
import org.xmatch.io.parquet.RowRanges;
import org.xmatch.io.storage.Location;
import org.xmatch.io.storage.ReadCounters;
import org.xmatch.io.table.Column;
import org.xmatch.io.table.Field;
import org.xmatch.jmh.data.DetectionFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * The rows of a cone, {@code ra} and {@code dec}, from a Parquet file that holds much more; time per
 * call, to be divided by {@code rows}, the rows of the file.
 * <p>
 * {@code pruned} reads the pages that the order-29 pixels allow, {@code whole} the whole columns; both
 * then decide row by row. With {@code file}, that file, which needs columns {@code _healpix_29},
 * {@code ra} and {@code dec}, and a cone with rows in it.
 * <p>
 * {@code java -jar xmatch-jmh/target/xmatch-jmh.jar ParquetPrunedReadBenchmark [-p file=PATH -p rows=N -p cone=RA:DEC:ARCSEC]}
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Benchmark)
public class ParquetPrunedReadBenchmark {

    @Param({"1000000"})
    public int rows;

    /** Centre in degrees and radius in arcsec. */
    @Param({"290.667:44.5:331"})
    public String cone = "";

    /** A Parquet file; empty: one made up. */
    @Param({""})
    public String file = "";

    private @Nullable Path made;
    private @Nullable ParquetFile open;
    private @Nullable Cone region;
    private final PageDecoder decoder = new PageDecoder();
    private final Column ra = new Column(Field.ofDouble("ra"));
    private final Column dec = new Column(Field.ofDouble("dec"));
    private int[] insideRows = {};

    @Setup
    public void openFile() throws IOException {
        String path = file;
        if (path.isEmpty()) {
            made = Files.createTempFile("xmatch-jmh", ".parquet");
            DetectionFile.write(DetectionFile.table(BenchmarkSky.KEPLER.sample(rows).left(), 1), made);
            path = made.toString();
        }
        open = ParquetFile.open(Location.of(path, new ReadCounters()).open());
        if (open.rowCount() != rows) {
            throw new IllegalArgumentException(path + " has " + open.rowCount()
                    + " rows: say so with -p rows=" + open.rowCount());
        }
        String[] numbers = cone.split(":");
        region = new Cone(Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1]),
                Double.parseDouble(numbers[2]));
    }

    @Benchmark
    public int pruned() {
        ParquetFile from = Objects.requireNonNull(open);
        PixelRanges coverage = Objects.requireNonNull(region).coverage(0);
        int found = 0;
        for (int group = 0; group < from.rowGroupCount(); group++) {
            found += read(from, group, from.rowsIn(group, "_healpix_29", HealpixPixel.MAX_ORDER, coverage, decoder));
        }
        return found;
    }

    @Benchmark
    public int whole() {
        ParquetFile from = Objects.requireNonNull(open);
        int found = 0;
        for (int group = 0; group < from.rowGroupCount(); group++) {
            found += read(from, group, RowRanges.all(from.rowCount(group)));
        }
        return found;
    }

    /** How many of the rows are in the cone. */
    private int read(ParquetFile from, int group, RowRanges wanted) {
        Cone inside = Objects.requireNonNull(region);
        ra.clear();
        dec.clear();
        from.read(group, "ra", wanted, ra, decoder);
        from.read(group, "dec", wanted, dec, decoder);
        if (insideRows.length < ra.size()) {
            insideRows = new int[ra.size()];
        }
        return inside.select(ra.doubles(), dec.doubles(), ra.size(), insideRows);
    }

    @TearDown
    public void closeFile() throws IOException {
        int some = pruned();
        int all = whole();
        Objects.requireNonNull(open).close();
        if (made != null) {
            Files.delete(made);
        }
        if (some != all || all == 0) {
            throw new AssertionError("the cone " + cone + " holds " + some + " rows by pages, " + all + " by rows");
        }
    }

    /** Prints how many rows a cone holds, and the range of pixels around it: {@code FILE ROWS CONE}. */
    public static void main(String[] args) throws IOException {
        ParquetPrunedReadBenchmark benchmark = new ParquetPrunedReadBenchmark();
        benchmark.file = args[0];
        benchmark.rows = Integer.parseInt(args[1]);
        benchmark.cone = args[2];
        benchmark.openFile();
        PixelRanges coverage = Objects.requireNonNull(benchmark.region).coverage(0);
        System.out.println(benchmark.pruned() + " " + coverage.from(0) + " " + coverage.end(coverage.size() - 1));
        benchmark.closeFile();
    }

    /** Cones of all sizes hold as many rows read either way. */
    public static void proveEqualAnswers() throws IOException {
        for (String cone : new String[] {"290.667:44.5:331", "290.7:44.45:20", "290.667:44.5:36000"}) {
            ParquetPrunedReadBenchmark benchmark = new ParquetPrunedReadBenchmark();
            benchmark.rows = 200_000;
            benchmark.cone = cone;
            benchmark.openFile();
            benchmark.closeFile();
        }
    }
}
