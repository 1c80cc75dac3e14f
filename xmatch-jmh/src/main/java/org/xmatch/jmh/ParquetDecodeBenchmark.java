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
import org.xmatch.io.parquet.PageDecoder;
import org.xmatch.io.parquet.ParquetFile;
import org.xmatch.io.parquet.RowRanges;
import org.xmatch.io.storage.Location;
import org.xmatch.io.storage.ReadCounters;
import org.xmatch.io.table.Column;
import org.xmatch.io.table.Table;
import org.xmatch.jmh.data.DetectionFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * One column of a Parquet file, from the page cache to a primitive array; time per call, to be divided
 * by {@code rows}. The footer is read before. With {@code file}, that file's column of that name, and
 * {@code rows} has to be given as what the file holds.
 * <p>
 * {@code java -jar xmatch-jmh/target/xmatch-jmh.jar ParquetDecodeBenchmark [-p file=PATH -p column=NAME -p rows=N]}
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Benchmark)
public class ParquetDecodeBenchmark {

    @Param({"1000000"})
    public int rows;

    @Param({"_healpix_29", "ra", "id", "mag", "name"})
    public String column = "";

    /** A Parquet file; empty: one made up. */
    @Param({""})
    public String file = "";

    private @Nullable Path made;
    private @Nullable ParquetFile open;
    private @Nullable Column values;
    private final PageDecoder decoder = new PageDecoder();

    @Setup
    public void openFile() throws IOException {
        String path = file;
        if (path.isEmpty()) {
            made = Files.createTempFile("xmatch-jmh", ".parquet");
            DetectionFile.write(DetectionFile.table(BenchmarkSky.KEPLER.sample(rows).left(), 1), made);
            path = made.toString();
        }
        ParquetFile opened = ParquetFile.open(Location.of(path, new ReadCounters()).open());
        open = opened;
        if (opened.rowCount() != rows) {
            throw new IllegalArgumentException(path + " has " + opened.rowCount()
                    + " rows: say so with -p rows=" + opened.rowCount());
        }
        values = new Column(opened.field(column).orElseThrow(() -> new IllegalArgumentException(
                opened.location() + " has no flat column '" + column + "': it has " + opened.fields())));
    }

    @Benchmark
    public Column decode() {
        ParquetFile from = Objects.requireNonNull(open);
        Column into = Objects.requireNonNull(values);
        into.clear();
        for (int group = 0; group < from.rowGroupCount(); group++) {
            from.read(group, column, RowRanges.all(from.rowCount(group)), into, decoder);
        }
        return into;
    }

    @TearDown
    public void closeFile() throws IOException {
        Objects.requireNonNull(open).close();
        if (made != null) {
            Files.delete(made);
        }
    }

    /** What is read is what was written. */
    public static void proveEqualAnswers() throws IOException {
        int rows = 50_000;
        Table written = DetectionFile.table(BenchmarkSky.KEPLER.sample(rows).left(), 1);
        for (Column expected : written.columns()) {
            ParquetDecodeBenchmark benchmark = new ParquetDecodeBenchmark();
            benchmark.rows = rows;
            benchmark.column = expected.field().name();
            benchmark.openFile();
            Column read = benchmark.decode();
            boolean same = read.size() == rows && switch (expected.field().physical()) {
                case INT64 -> Arrays.equals(expected.longs(), 0, rows, read.longs(), 0, rows);
                case DOUBLE -> Arrays.equals(expected.doubles(), 0, rows, read.doubles(), 0, rows);
                case FLOAT -> Arrays.equals(expected.floats(), 0, rows, read.floats(), 0, rows);
                case BYTE_ARRAY -> Arrays.equals(expected.offsets(), 0, rows + 1, read.offsets(), 0, rows + 1)
                        && Arrays.equals(expected.bytes(), 0, expected.offsets()[rows],
                                read.bytes(), 0, read.offsets()[rows]);
                default -> false;
            };
            benchmark.closeFile();
            if (!same) {
                throw new AssertionError("column '" + benchmark.column + "' was not read as it was written");
            }
        }
    }
}
