package org.xmatch.io.pipeline;

import org.xmatch.core.healpix.HealpixPixel;
import org.xmatch.core.healpix.PixelRanges;
import org.xmatch.io.hats.HatsCatalog;
import org.xmatch.io.parquet.PageDecoder;
import org.xmatch.io.parquet.ParquetFile;
import org.xmatch.io.parquet.RowRanges;
import org.xmatch.io.storage.RangeSource;
import org.xmatch.io.storage.Storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The partitions of a HATS catalog or margin. */
final class HatsSide implements Side {

    private final HatsCatalog catalog;
    private final PositionColumns columns;
    private final Storage storage;

    HatsSide(HatsCatalog catalog, PositionColumns columns, Storage storage) {
        this.catalog = catalog;
        this.columns = columns;
        this.storage = storage;
    }

    @Override
    public Optional<Storage> remote() {
        return catalog.root().isRemote() ? Optional.of(storage) : Optional.empty();
    }

    @Override
    public Optional<String> indexColumn() {
        return columns.healpix();
    }

    @Override
    public List<HealpixPixel> partitions() {
        return catalog.partitions();
    }

    @Override
    public long rowsOutsidePartitions() {
        return 0;
    }

    @Override
    public Partition open(HealpixPixel pixel) {
        List<RangeSource> sources = catalog.openFiles(pixel);
        List<ParquetFile> files = new ArrayList<>();
        try {
            for (RangeSource source : sources) {
                files.add(ParquetFile.open(source));
            }
            return new Leaf(pixel, files);
        } catch (RuntimeException e) {
            sources.forEach(RangeSource::close);
            throw e;
        }
    }

    private final class Leaf implements Partition {

        private final HealpixPixel pixel;
        private final List<ParquetFile> files;

        Leaf(HealpixPixel pixel, List<ParquetFile> files) {
            this.pixel = pixel;
            this.files = files;
        }

        @Override
        public long rowCount() {
            return files.stream().mapToLong(ParquetFile::rowCount).sum();
        }

        @Override
        public List<Segment> segments(PixelRanges region, PageDecoder decoder) {
            List<Segment> segments = new ArrayList<>();
            for (ParquetFile file : files) {
                for (int group = 0; group < file.rowGroupCount(); group++) {
                    RowRanges rows = rows(file, group, region, decoder);
                    if (rows.rows() > 0) {
                        segments.add(new ParquetSegment(file, group, rows, columns));
                    }
                }
            }
            return segments;
        }

        private RowRanges rows(ParquetFile file, int group, PixelRanges region, PageDecoder decoder) {
            boolean prunes = !region.containsAll(pixel.first29(), pixel.end29())
                    && columns.healpix().flatMap(file::field).isPresent();
            return prunes
                    ? file.rowsIn(group, columns.healpix().get(), columns.healpixOrder(), region, decoder)
                    : RowRanges.all(file.rowCount(group));
        }

        @Override
        public void prefetch(PixelRanges region, Set<String> names) {
            if (remote().isEmpty()) {
                return;
            }
            try (PageDecoder decoder = new PageDecoder()) {
                for (ParquetFile file : files) {
                    List<RowRanges> wanted = new ArrayList<>();
                    for (int group = 0; group < file.rowGroupCount(); group++) {
                        wanted.add(rows(file, group, region, decoder));
                    }
                    file.prefetch(names, wanted);
                }
            }
        }

        @Override
        public boolean hasParts() {
            return files.size() > 1 || files.stream().anyMatch(file -> file.rowGroupCount() > 1
                    || columns.healpix().filter(file::hasPageIndex).isPresent());
        }

        @Override
        public void close() {
            files.forEach(ParquetFile::close);
        }
    }
}
