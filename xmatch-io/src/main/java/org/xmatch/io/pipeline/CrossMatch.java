package org.xmatch.io.pipeline;

import org.xmatch.core.match.MatchOptions;
import org.xmatch.io.parquet.ParquetSink;
import org.xmatch.io.parquet.ParquetWriteOptions;
import org.xmatch.io.pipeline.StageClock.Stage;
import org.xmatch.io.table.ArrowSink;
import org.xmatch.io.table.CsvSink;
import org.xmatch.io.table.Field;
import org.xmatch.io.table.Table;
import org.xmatch.io.table.TableSink;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * A cross-match of two catalogs: for every left row the nearest right rows within a radius.
 * <p>
 * The result is the same whatever the number of threads: left partitions in sky order (a plain left
 * file in its own order), left rows in file order, each row's neighbours by separation; equal
 * separations by the smaller order-29 HEALPix pixel, then by the earlier row of its partition.
 * Right rows beyond a partition's border count whether or not the right catalog has a margin.
 * <p>
 * Immutable; the {@code with} methods return changed copies. Each run opens and closes its files.
 */
public final class CrossMatch {

    private final CatalogInput left;
    private final CatalogInput right;
    private final MatchOptions options;
    private final Suffixes suffixes;
    private final int threads;

    private CrossMatch(CatalogInput left, CatalogInput right, MatchOptions options, Suffixes suffixes,
            int threads) {
        this.left = left;
        this.right = right;
        this.options = options;
        this.suffixes = suffixes;
        this.threads = threads;
    }

    /** A cross-match with the default suffixes on as many threads as the machine has cores. */
    public static CrossMatch of(CatalogInput left, CatalogInput right, MatchOptions options) {
        if (right.cone().isPresent()) {
            throw new IllegalArgumentException("the cone cuts the left catalog, not the right one");
        }
        return new CrossMatch(left, right, options, Suffixes.ofNames(left.name(), right.name(), true),
                Runtime.getRuntime().availableProcessors());
    }

    /** With these column suffixes. */
    public CrossMatch withSuffixes(Suffixes value) {
        return new CrossMatch(left, right, options, value, threads);
    }

    /** On this many threads, at least 1. */
    public CrossMatch withThreads(int value) {
        if (value < 1) {
            throw new IllegalArgumentException("threads must be at least 1, got " + value);
        }
        return new CrossMatch(left, right, options, suffixes, value);
    }

    /**
     * The result's columns: left, right, then {@code _dist_arcsec}.
     *
     * @throws IllegalArgumentException when two would have one name
     */
    public List<Field> resultFields() {
        return columns().result();
    }

    private OutputColumns columns() {
        return OutputColumns.of(left.resultFields(), right.resultFields(), suffixes);
    }

    /** A line for the user when border rows do not come from a margin, saying why; else empty. */
    public Optional<String> borderNotice() {
        if (right.hats().isEmpty()) {
            return Optional.empty();
        }
        if (right.margin().isEmpty()) {
            return Optional.of(right.location() + " has no margin: border rows are read from its neighbouring"
                    + " partitions instead, so no match is lost");
        }
        double threshold = right.margin().get().marginThresholdArcsec();
        if (threshold < options.radiusArcsec()) {
            return Optional.of("the margin of " + right.location() + " reaches " + threshold
                    + " arcsec, less than the radius of " + options.radiusArcsec() + " arcsec: border rows"
                    + " are read from its neighbouring partitions instead, so no match is lost");
        }
        return Optional.empty();
    }

    /** Counts the pairs without fetching their columns. */
    public MatchSummary count() {
        OutputColumns none = OutputColumns.of(List.of(), List.of(), suffixes);
        try (Job job = new Job(Plan.of(left.withColumns(List.of()), right.withColumns(List.of()), options, none),
                true, threads)) {
            return summary(job, job.run(table -> {}));
        }
    }

    /**
     * Hands the result to a consumer, table by table in order, on the calling thread. A table is the
     * consumer's to keep.
     */
    public MatchSummary forEach(Consumer<Table> consumer) {
        try (Job job = new Job(Plan.of(left, right, options, columns()), false, threads)) {
            return summary(job, job.run(consumer));
        }
    }

    /**
     * Writes the result as one file, which appears under its name only when it is whole.
     *
     * @param target replaced if it exists
     */
    public MatchSummary writeTo(Path target, ResultFormat format) {
        long opened = System.nanoTime();
        OutputColumns columns = columns();
        try (Job job = new Job(Plan.of(left, right, options, columns), false, threads);
                TableSink sink = sink(target, format, columns.result(), job.encoder())) {
            job.clock().add(Stage.OPEN, opened);
            MatchCounts counts = job.run(table -> {
                long started = System.nanoTime();
                sink.write(table);
                job.clock().add(Stage.WRITE, started);
            });
            long started = System.nanoTime();
            sink.commit();
            job.clock().add(Stage.WRITE, started);
            return summary(job, counts);
        }
    }

    private static TableSink sink(Path target, ResultFormat format, List<Field> fields, Executor encoder) {
        return switch (format) {
            case PARQUET -> ParquetSink.create(target, fields, ParquetWriteOptions.DEFAULT, Map.of(), encoder);
            case CSV -> CsvSink.create(target, fields);
            case ARROW -> ArrowSink.create(target, fields);
        };
    }

    private MatchSummary summary(Job job, MatchCounts counts) {
        long bytes = left.counters().bytes() + right.counters().bytes();
        long requests = left.counters().requests() + right.counters().requests();
        long retries = left.counters().retries() + right.counters().retries();
        double wait = left.counters().waitSeconds() + right.counters().waitSeconds();
        if (left.isRemote() || right.isRemote()) {
            System.getLogger("org.xmatch.io.storage").log(System.Logger.Level.DEBUG, () -> String.format(Locale.ROOT,
                    "%,d requests, %,d bytes, %,d retries, %.3f s of waiting summed over threads",
                    requests, bytes, retries, wait));
        }
        return new MatchSummary(counts, job.clock().seconds(), bytes, requests, retries, wait, threads,
                options.algorithm().id());
    }
}
