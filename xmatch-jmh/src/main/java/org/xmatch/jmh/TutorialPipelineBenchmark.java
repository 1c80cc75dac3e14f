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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.xmatch.core.match.Algorithm;
import org.xmatch.core.match.MatchOptions;
import org.xmatch.core.region.Cone;
import org.xmatch.io.pipeline.CatalogInput;
import org.xmatch.io.pipeline.CrossMatch;
import org.xmatch.io.pipeline.MatchSummary;
import org.xmatch.io.pipeline.ResultFormat;
import org.xmatch.io.pipeline.Suffixes;
import org.xmatch.io.sample.KeplerField;
import org.xmatch.io.storage.Storage;
import org.xmatch.io.storage.StorageOptions;
import org.xmatch.io.table.Table;
import org.xmatch.jmh.data.TutorialCatalogs;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The tutorial's cross-match from catalogs on disk to a Parquet file: open, plan, read, match, gather,
 * write; single shots, time per run, to be divided by {@code rows}.
 * <p>
 * {@code cold}: the first run in a fresh JVM, JVM start left out, the files in the page cache.
 * {@code warm}: the sixth to tenth run in a JVM. With {@code left}, {@code right} and {@code margin}
 * on catalogs of your own with the tutorial's columns; {@code rows} is then {@code -1} for all their
 * rows, or N for a cone that would hold N in the made-up ones. {@code inMemory} writes nothing.
 * <p>
 * {@code java -jar xmatch-jmh/target/xmatch-jmh.jar TutorialPipelineBenchmark -p left=URI -p right=URI -p margin=URI -p rows=-1}
 * <p>
 * URIs are paths, {@code http://}, {@code https://} or {@code s3://}; {@code -p endpoint=http://127.0.0.1:7070} names
 * another S3 server than Amazon's, such as versitygw or S3Proxy with a bucket that anybody may read:
 * {@code -p left=s3://kepler/ztf -p right=s3://kepler/ps1 -p margin=s3://kepler/ps1_10arcs -p rows=10000}.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@State(Scope.Benchmark)
public class TutorialPipelineBenchmark {

    @Param({"10000", "1000000"})
    public int rows;

    @Param({"2"})
    public int threads;

    @Param({""})
    public String left = "";

    @Param({""})
    public String right = "";

    @Param({""})
    public String margin = "";

    /** S3 server of {@code s3://} catalogs other than Amazon's. */
    @Param({""})
    public String endpoint = "";

    private Storage storage = Storage.standard();
    private String ztf = "";
    private String ps1 = "";
    private String ps1Margin = "";
    private Path folder = Path.of("");

    @Setup
    public void findCatalogs() throws IOException {
        folder = Files.createTempDirectory("xmatch-jmh");
        if (!endpoint.isEmpty()) {
            storage = Storage.of(StorageOptions.DEFAULT.withS3Endpoint(URI.create(endpoint)));
        }
        if (left.isEmpty() != right.isEmpty()) {
            throw new IllegalArgumentException("-p left and -p right go together");
        }
        if (left.isEmpty()) {
            use(TutorialCatalogs.folder(rows));
        } else {
            ztf = left;
            ps1 = right;
            ps1Margin = margin;
        }
    }

    private void use(Path made) {
        ztf = made.resolve("ztf").toString();
        ps1 = made.resolve("ps1").toString();
        ps1Margin = made.resolve("ps1_10arcs").toString();
    }

    @Benchmark
    @Fork(value = 5, jvmArgsAppend = {"-XX:+UseParallelGC", "-Xshare:auto"})
    @Warmup(iterations = 0)
    @Measurement(iterations = 1)
    public long cold() {
        return run(Algorithm.TILE, threads, folder.resolve("pairs.parquet"), ResultFormat.PARQUET).counts().rowsOut();
    }

    @Benchmark
    @Fork(value = 2, jvmArgsAppend = {"-XX:+UseParallelGC", "-Xshare:auto"})
    @Warmup(iterations = 5)
    @Measurement(iterations = 5)
    public long warm() {
        return run(Algorithm.TILE, threads, folder.resolve("pairs.parquet"), ResultFormat.PARQUET).counts().rowsOut();
    }

    /** Into memory, as a caller of the library takes it: nothing is written. */
    @Benchmark
    @Fork(value = 2, jvmArgsAppend = {"-XX:+UseParallelGC", "-Xshare:auto"})
    @Warmup(iterations = 2)
    @Measurement(iterations = 5)
    public List<Table> inMemory() {
        List<Table> tables = new ArrayList<>();
        match(Algorithm.TILE, threads).forEach(tables::add);
        return tables;
    }

    private MatchSummary run(Algorithm algorithm, int onThreads, Path result, ResultFormat format) {
        return match(algorithm, onThreads).writeTo(result, format);
    }

    private CrossMatch match(Algorithm algorithm, int onThreads) {
        CatalogInput.Pair pair = CatalogInput.openPair(ztf, ps1,
                Optional.of(ps1Margin).filter(name -> !name.isEmpty()), storage);
        CatalogInput leftInput = pair.left().withColumns(List.of("oid", "ra", "dec"));
        CatalogInput rightInput = pair.right().withColumns(List.of("objName", "objID", "raMean", "decMean"));
        if (rows >= 0) {
            leftInput = leftInput.withCone(new Cone(KeplerField.CENTER_RA, KeplerField.CENTER_DEC,
                    KeplerField.radiusArcsec(rows)));
        }
        return CrossMatch.of(leftInput, rightInput, MatchOptions.nearestWithin(1).withAlgorithm(algorithm))
                .withSuffixes(new Suffixes("_ztf", "_ps1", true)).withThreads(onThreads);
    }

    @TearDown
    public void removeResult() throws IOException {
        remove();
    }

    /** Every algorithm, on one thread and on two, writes the same rows; as text, for a Parquet file names its algorithm. */
    public static void proveEqualAnswers() throws IOException {
        TutorialPipelineBenchmark benchmark = new TutorialPipelineBenchmark();
        benchmark.rows = 10_000;
        benchmark.folder = Files.createTempDirectory("xmatch-jmh");
        try {
            TutorialCatalogs.make(benchmark.folder, benchmark.rows);
            benchmark.use(benchmark.folder);
            Path first = benchmark.folder.resolve("first.csv");
            long pairs = benchmark.run(Algorithm.HAVERSINE_KDTREE, 1, first, ResultFormat.CSV).counts().rowsOut();
            if (pairs < 5_000) {
                throw new AssertionError("only " + pairs + " pairs of about 10000 left rows");
            }
            for (Algorithm algorithm : Algorithm.values()) {
                for (int threads = 1; threads <= 2; threads++) {
                    Path other = benchmark.folder.resolve("pairs.csv");
                    benchmark.run(algorithm, threads, other, ResultFormat.CSV);
                    if (Files.mismatch(first, other) >= 0) {
                        throw new AssertionError(algorithm.id() + " on " + threads + " threads writes another result");
                    }
                }
            }
        } finally {
            benchmark.remove();
        }
    }

    private void remove() throws IOException {
        List<Path> contents;
        try (Stream<Path> walk = Files.walk(folder)) {
            contents = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : contents) {
            Files.delete(path);
        }
    }
}
