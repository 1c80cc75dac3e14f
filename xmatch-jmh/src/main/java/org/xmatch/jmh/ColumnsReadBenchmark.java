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
import org.xmatch.jmh.data.ColumnValues;
import org.xmatch.jmh.data.DetectionFile;
import org.xmatch.jmh.data.ParquetJavaColumns;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Whole columns of a Parquet file, from the page cache to primitive arrays, by xmatch and by
 * parquet-java's {@code ColumnReader}; time per call, to be divided by {@code rows}. The footer is
 * read in each call. With {@code file}, that file, and {@code rows} has to be given as what it holds;
 * columns are INT64, DOUBLE or texts, without nulls.
 * <p>
 * {@code java -jar xmatch-jmh/target/xmatch-jmh.jar ColumnsReadBenchmark [-p file=PATH -p rows=N -p columns=A+B]
 * [-prof org.xmatch.jmh.CpuProfiler]}
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = {"-XX:+UseParallelGC"})
@State(Scope.Benchmark)
public class ColumnsReadBenchmark {

    @Param({"1000000"})
    public int rows;

    /** Joined by a plus sign. */
    @Param({"_healpix_29+ra+dec", "_healpix_29+ra+dec+id+name"})
    public String columns = "";

    /** A Parquet file; empty: one made up. */
    @Param({""})
    public String file = "";

    private @Nullable Path made;
    private Path path = Path.of("");
    private List<String> names = List.of();
    private final List<Column> values = new ArrayList<>();
    private final List<ColumnValues> parquetJavaValues = new ArrayList<>();
    private final PageDecoder decoder = new PageDecoder();

    @Setup
    public void findFile() throws IOException {
        path = Path.of(file);
        if (file.isEmpty()) {
            made = Files.createTempFile("xmatch-jmh", ".parquet");
            DetectionFile.write(DetectionFile.table(BenchmarkSky.KEPLER.sample(rows).left(), 1), made);
            path = made;
        }
        names = List.of(columns.split("\\+"));
        try (ParquetFile opened = open()) {
            if (opened.rowCount() != rows) {
                throw new IllegalArgumentException(path + " has " + opened.rowCount()
                        + " rows: say so with -p rows=" + opened.rowCount());
            }
            for (String name : names) {
                values.add(new Column(opened.field(name).orElseThrow(() -> new IllegalArgumentException(
                        path + " has no column '" + name + "': it has " + opened.fields()))));
                parquetJavaValues.add(new ColumnValues());
            }
        }
    }

    private ParquetFile open() {
        return ParquetFile.open(Location.of(path.toString(), new ReadCounters()).open());
    }

    @Benchmark
    public List<Column> xmatch() {
        values.forEach(Column::clear);
        try (ParquetFile from = open()) {
            for (int group = 0; group < from.rowGroupCount(); group++) {
                RowRanges all = RowRanges.all(from.rowCount(group));
                for (int i = 0; i < names.size(); i++) {
                    from.read(group, names.get(i), all, values.get(i), decoder);
                }
            }
        }
        return values;
    }

    @Benchmark
    public List<ColumnValues> parquetJava() throws IOException {
        ParquetJavaColumns.read(path, names, parquetJavaValues);
        return parquetJavaValues;
    }

    @TearDown
    public void removeFile() throws IOException {
        if (made != null) {
            Files.delete(made);
        }
        decoder.close();
    }

    /** Both readers' sums of each column, proved equal: {@code FILE COLUMNS ROWS}. */
    public static void main(String[] args) throws IOException {
        ColumnsReadBenchmark benchmark = new ColumnsReadBenchmark();
        benchmark.file = args[0];
        benchmark.columns = args[1];
        benchmark.rows = Integer.parseInt(args[2]);
        benchmark.findFile();
        for (int i = 0; i < benchmark.names.size(); i++) {
            System.out.println(benchmark.names.get(i) + " " + Long.toUnsignedString(benchmark.sums().get(i)));
        }
        benchmark.removeFile();
    }

    private List<Long> sums() throws IOException {
        xmatch();
        parquetJava();
        List<Long> sums = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            Column column = values.get(i);
            ColumnValues mine = new ColumnValues();
            mine.size = column.size();
            switch (column.field().physical()) {
                case INT64 -> mine.longs = column.longs();
                case DOUBLE -> mine.doubles = column.doubles();
                default -> {
                    mine.offsets = column.offsets();
                    mine.bytes = column.bytes();
                }
            }
            long sum = mine.sum();
            if (mine.size != rows || sum != Objects.requireNonNull(parquetJavaValues.get(i)).sum()) {
                throw new AssertionError("xmatch and parquet-java read column '" + names.get(i) + "' differently");
            }
            sums.add(sum);
        }
        return sums;
    }

    /** Both readers give the same values. */
    public static void proveEqualAnswers() throws IOException {
        ColumnsReadBenchmark benchmark = new ColumnsReadBenchmark();
        benchmark.rows = 50_000;
        benchmark.columns = "_healpix_29+ra+dec+id+name";
        benchmark.findFile();
        benchmark.sums();
        benchmark.removeFile();
    }
}
