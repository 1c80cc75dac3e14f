package org.xmatch.it;

import org.junit.jupiter.api.Assumptions;
import org.xmatch.core.match.MatchOptions;
import org.xmatch.io.parquet.ParquetSink;
import org.xmatch.io.parquet.ParquetWriteOptions;
import org.xmatch.io.pipeline.CatalogInput;
import org.xmatch.io.pipeline.CrossMatch;
import org.xmatch.io.pipeline.MatchSummary;
import org.xmatch.io.sample.SampleCatalogs;
import org.xmatch.io.storage.FetchOptions;
import org.xmatch.io.storage.RetryPolicy;
import org.xmatch.io.storage.Storage;
import org.xmatch.io.storage.StorageOptions;
import org.xmatch.io.table.Table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The catalogs of these tests, and a cross-match of them as bytes to compare. */
final class Sky {

    /** Quick to give up and to try again. */
    static final RetryPolicy QUICK =
            new RetryPolicy(8, Duration.ofMillis(1), Duration.ofMillis(20), Duration.ofMillis(400));

    private Sky() {}

    /** A root with bucket {@code sky} that holds {@code ztf}, {@code ps1} and {@code ps1_10arcs}. */
    static void make(Path root, long rows) {
        SampleCatalogs.write(SampleCatalogs.Sky.KEPLER, rows, 4, root.resolve("sky"), 2);
    }

    /** A folder of the reference catalogs; skips the test where they are absent. */
    static Path shared(String relative) {
        Path path = Path.of(System.getProperty("xmatch.shared", "../../shared")).resolve("data").resolve(relative);
        Assumptions.assumeTrue(Files.exists(path), () -> path + " is not here: set -Dxmatch.shared=FOLDER to run this test");
        return path.toAbsolutePath().normalize();
    }

    /** Storage that retries quickly, and fetches in small pieces with little memory, so that much can go wrong. */
    static StorageOptions options() {
        return StorageOptions.DEFAULT.withRetries(QUICK).withFetch(new FetchOptions(1 << 10, 40_000, 4, 1 << 20, 8 << 10));
    }

    /** The result of the tutorial's cross-match, every value of it. */
    static byte[] tutorial(String root, String margin, Storage storage, Path folder) throws IOException {
        CatalogInput.Pair pair =
                CatalogInput.openPair(root + "/ztf", root + "/ps1",
                        Optional.of(margin).filter(name -> !name.isEmpty()).map(name -> root + "/" + name), storage);
        return match(CrossMatch.of(pair.left().withColumns(List.of("oid", "ra", "dec")),
                pair.right().withColumns(List.of("objName", "objID", "raMean", "decMean")),
                MatchOptions.nearestWithin(1)), folder);
    }

    /** The rows as a Parquet file that does not say where they come from. */
    static byte[] match(CrossMatch match, Path folder) throws IOException {
        return match(match.withThreads(2), folder, table -> {});
    }

    /** The same, with a look at each table once it is written. */
    static byte[] match(CrossMatch match, Path folder, Consumer<Table> look) throws IOException {
        Path out = folder.resolve("out.parquet");
        Files.deleteIfExists(out);
        MatchSummary done;
        try (ParquetSink sink = ParquetSink.create(out, match.resultFields(), ParquetWriteOptions.DEFAULT, Map.of(),
                Runnable::run)) {
            done = match.forEach(table -> {
                sink.write(table);
                look.accept(table);
            });
            sink.commit();
        }
        if (done.counts().rowsOut() == 0) {
            throw new IllegalStateException("a test that matches nothing proves nothing");
        }
        return Files.readAllBytes(out);
    }
}
