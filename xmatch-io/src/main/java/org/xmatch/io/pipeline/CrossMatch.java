package org.xmatch.io.pipeline;

import org.xmatch.core.match.MatchOptions;
import org.xmatch.io.parquet.ParquetSink;
import org.xmatch.io.parquet.ParquetWriteOptions;
import org.xmatch.io.pipeline.StageClock.Stage;
import org.xmatch.io.storage.AtomicFile;
import org.xmatch.io.storage.OutputLock;
import org.xmatch.io.storage.ScratchFolder;
import org.xmatch.io.table.ArrowSink;
import org.xmatch.io.table.CsvSink;
import org.xmatch.io.table.Field;
import org.xmatch.io.table.FieldMetadata;
import org.xmatch.io.table.Table;
import org.xmatch.io.table.TableSink;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

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
    private final Resources resources;
    private final JobProgress progress;

    private CrossMatch(CatalogInput left, CatalogInput right, MatchOptions options, Suffixes suffixes,
            Resources resources, JobProgress progress) {
        this.left = left;
        this.right = right;
        this.options = options;
        this.suffixes = suffixes;
        this.resources = resources;
        this.progress = progress;
    }

    /** A cross-match with the default suffixes on as many threads as the machine has cores. */
    public static CrossMatch of(CatalogInput left, CatalogInput right, MatchOptions options) {
        if (right.cone().isPresent()) {
            throw new IllegalArgumentException("the cone cuts the left catalog, not the right one");
        }
        return new CrossMatch(left, right, options, Suffixes.ofNames(left.name(), right.name(), true),
                Resources.ofMachine(), new JobProgress());
    }

    /** With these column suffixes. */
    public CrossMatch withSuffixes(Suffixes value) {
        return new CrossMatch(left, right, options, value, resources, progress);
    }

    /** On this many threads, at least 1. */
    public CrossMatch withThreads(int value) {
        return with(resources.withThreads(value, false));
    }

    /** On as many threads as help, found while the job runs: at most {@code most}. */
    public CrossMatch withScalingThreads(int most) {
        return with(resources.withThreads(most, true));
    }

    /**
     * With this much memory for the rows in work, bytes, at least 16 MiB; by default half of what the JVM may take. What
     * does not fit is done in portions: the result is the same. Some tens of megabytes come on top, more for
     * results of many columns.
     */
    public CrossMatch withMemory(long bytes) {
        return with(resources.withMemory(bytes));
    }

    /** What {@link #withMemory} is by default: half of the memory that the JVM may take. */
    public static long defaultMemory() {
        return Resources.safeMemory();
    }

    /** Counts what is done in {@code value}, which serves one run. */
    public CrossMatch withProgress(JobProgress value) {
        return new CrossMatch(left, right, options, suffixes, resources, value);
    }

    /** With these limits of what a unit holds. */
    CrossMatch withLimits(UnitLimits value) {
        return with(resources.withLimits(value));
    }

    /**
     * Does the units of work, and has each written where it is done: the spatial index, then the result's columns, rows
     * ascending by the index in each unit.
     *
     * @param sinks takes the results; gets what runs the encoding beside the matching
     * @param scratch for what does not fit the memory; closed when the job ends
     * @throws org.xmatch.io.UnitFailedException when some units failed, all others done if {@code keepGoing}
     */
    MatchSummary runUnits(Function<Executor, ? extends UnitSinks> sinks, boolean keepGoing, ScratchFolder scratch) {
        long opened = System.nanoTime();
        try (Job job = new Job(Plan.of(left, right, options, columns(), true), false, resources.withWriters(), progress,
                scratch)) {
            job.clock().add(Stage.OPEN, opened);
            return summary(job, job.runUnits(sinks.apply(job.encoder()), keepGoing, this::bytesRead));
        }
    }

    private CrossMatch with(Resources value) {
        return new CrossMatch(left, right, options, suffixes, value, progress);
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
        if (right.marginFor(options).isEmpty()) {
            return Optional.of(String.format(Locale.ROOT, "the margin of %s reaches %s arcsec, less than the radius of %s"
                    + " arcsec and %s for positions that were rounded: border rows are read from its neighbouring"
                    + " partitions instead, so no match is lost", right.location(),
                    right.margin().get().marginThresholdArcsec(), options.radiusArcsec(), Plan.ROUNDING_ARCSEC));
        }
        return Optional.empty();
    }

    /** Counts the pairs without fetching their columns. */
    public MatchSummary count() {
        OutputColumns none = OutputColumns.of(List.of(), List.of(), suffixes);
        try (Job job = new Job(Plan.of(left.withColumns(List.of()), right.withColumns(List.of()), options, none, false),
                true, resources, progress, ScratchFolder.temporary())) {
            return summary(job, job.run(table -> {}, this::bytesRead));
        }
    }

    /**
     * Hands the result to a consumer, table by table in order, on the calling thread. A table is the
     * consumer's to keep.
     */
    public MatchSummary forEach(Consumer<Table> consumer) {
        try (Job job = new Job(Plan.of(left, right, options, columns(), false), false, resources, progress,
                ScratchFolder.temporary())) {
            return summary(job, job.run(consumer, this::bytesRead));
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
        try (OutputLock lock = OutputLock.of(target);
                Job job = new Job(Plan.of(left, right, options, columns, false), false, resources, progress,
                        ScratchFolder.beside(lock.output()));
                TableSink sink = sink(lock.output(), format, columns, job.encoder())) {
            job.clock().add(Stage.OPEN, opened);
            MatchCounts counts = job.run(table -> {
                long started = System.nanoTime();
                sink.write(table);
                job.columns().giveBack(table.columns());
                job.clock().add(Stage.WRITE, started);
            }, this::bytesRead);
            long started = System.nanoTime();
            sink.annotate(Provenance.ofFile(counts));
            sink.commit();
            job.clock().add(Stage.WRITE, started);
            return summary(job, counts);
        }
    }

    /**
     * Writes the result as a HATS catalog, which appears under its name only when it is whole: a leaf for each unit
     * of work, rows ascending by their left row's order-29 pixel, behind {@code _healpix_29}. Where the job ends before,
     * what it has done stays in a folder beside the target for a job with {@link HatsOutputOptions#resume}.
     *
     * @throws IllegalArgumentException when the left columns do not have the position
     * @throws org.xmatch.io.UnitFailedException when some units failed
     * @throws org.xmatch.io.StorageException when the place cannot be written to, or there is another job's work
     */
    public MatchSummary writeCatalog(Path target, HatsOutputOptions output) {
        return new CatalogResult(left, right, options, suffixes, columns())
                .write(target, output, (sinks, scratch) -> runUnits(sinks, output.keepGoing(), scratch));
    }

    private TableSink sink(Path target, ResultFormat format, OutputColumns columns, Executor encoder) {
        AtomicFile.deleteAbandoned(target);
        Map<String, String> provenance = Provenance.of(left, right, options, suffixes).ofFile();
        FieldMetadata told = columns.told(left, right);
        List<Field> fields = columns.result();
        return switch (format) {
            case PARQUET -> {
                Map<String, String> metadata = new HashMap<>(told.toParquet(fields));
                metadata.putAll(provenance);
                yield ParquetSink.create(target, fields, ParquetWriteOptions.RESULT, metadata, encoder);
            }
            case CSV -> CsvSink.create(target, fields);
            case ARROW -> ArrowSink.create(target, fields, told, provenance);
        };
    }

    private long bytesRead() {
        return left.counters().bytes() + right.counters().bytes();
    }

    private MatchSummary summary(Job job, MatchCounts counts) {
        long bytes = bytesRead();
        long requests = left.counters().requests() + right.counters().requests();
        long retries = left.counters().retries() + right.counters().retries();
        double wait = left.counters().waitSeconds() + right.counters().waitSeconds();
        if (left.isRemote() || right.isRemote()) {
            System.getLogger("org.xmatch.io.storage").log(System.Logger.Level.DEBUG, () -> String.format(Locale.ROOT,
                    "%,d requests, %,d bytes, %,d retries, %.3f s of waiting summed over threads",
                    requests, bytes, retries, wait));
        }
        return new MatchSummary(counts, job.clock().seconds(), bytes, requests, retries, wait, resources.threads(),
                options.algorithm().id());
    }
}
