package org.xmatch.io.pipeline;

import org.jspecify.annotations.Nullable;
import org.xmatch.core.align.PartitionGroup;
import org.xmatch.core.healpix.HealpixPixel;
import org.xmatch.io.hats.CatalogFiles;
import org.xmatch.io.parquet.ParquetSink;
import org.xmatch.io.parquet.WrittenFile;
import org.xmatch.io.table.Table;

import java.util.Map;
import java.util.Optional;

/** Writes results of units as the leaves of a HATS catalog in a job's folder. Thread-safe. */
final class CatalogSinks implements UnitSinks, AutoCloseable {

    private final JobFolder folder;
    private final CatalogFiles files;
    private final UnitJournal journal;

    /**
     * @param folder of the job; stays the caller's
     * @param files of the catalog in it, nothing added yet; closed with this
     */
    CatalogSinks(JobFolder folder, CatalogFiles files) {
        this.folder = folder;
        this.files = files;
        this.journal = folder.journal();
        folder.written().forEach(files::add);
    }

    @Override
    public Optional<MatchCounts> finished(PartitionGroup unit) {
        return Optional.ofNullable(folder.finished().get(unit.pixel())).map(FinishedUnit::counts);
    }

    @Override
    public UnitSink open(PartitionGroup unit) {
        return new Leaf(unit.pixel());
    }

    /**
     * Completes the catalog and gives it its name.
     *
     * @param properties what its properties say besides
     * @param metadata key-value metadata of its schema
     */
    void commit(Map<String, String> properties, Map<String, String> metadata) {
        if (!folder.isPlaced()) {
            files.complete(properties, metadata);
        }
        journal.close();
        folder.place();
    }

    @Override
    public void close() {
        journal.close();
        files.close();
    }

    /** The leaf of one unit, made when its first rows come. */
    private final class Leaf implements UnitSink {

        private final HealpixPixel pixel;
        private @Nullable ParquetSink sink;
        private long rows;

        Leaf(HealpixPixel pixel) {
            this.pixel = pixel;
        }

        @Override
        public void write(Table table) {
            if (table.rows() == 0) {
                return;
            }
            if (sink == null) {
                sink = files.partition(pixel);
            }
            sink.write(table);
            rows += table.rows();
        }

        @Override
        public void commit(MatchCounts counts) {
            if (rows != counts.rowsOut()) {
                throw new AssertionError("unit " + pixel + " gave " + rows + " rows and counts " + counts.rowsOut());
            }
            if (sink == null) {
                journal.add(new FinishedUnit(pixel, 0, 0, 0, counts));
                return;
            }
            sink.commit();
            WrittenFile leaf = sink.written();
            journal.add(new FinishedUnit(pixel, rows, leaf.bytes(), leaf.checksum().orElseThrow(), counts));
            files.add(pixel, leaf);
        }

        @Override
        public void close() {
            if (sink != null) {
                sink.close();
            }
        }
    }
}
