package org.xmatch.io.pipeline;

import org.xmatch.core.healpix.HealpixPixel;
import org.xmatch.core.healpix.PixelRanges;
import org.xmatch.io.hats.HatsCatalog;
import org.xmatch.io.parquet.PageDecoder;
import org.xmatch.io.parquet.ParquetFile;
import org.xmatch.io.parquet.ReadCost;
import org.xmatch.io.parquet.RowRanges;
import org.xmatch.io.storage.FetchOptions;
import org.xmatch.io.storage.RangeSource;
import org.xmatch.io.storage.Storage;

import java.util.ArrayList;
import java.util.Collections;
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
        public Reading reading(PixelRanges region, Set<String> names, FetchOptions fetch) {
            PixelRanges mine = PixelRanges.ofPixel(pixel);
            double share = (double) mine.intersection(region).pixelCount() / mine.pixelCount();
            long read = 0;
            ReadCost cost = ReadCost.NONE;
            for (ParquetFile file : files) {
                List<RowRanges> wanted = new ArrayList<>();
                cost = cost.plus(file.costOfOpening(fetch));
                for (int group = 0; group < file.rowGroupCount(); group++) {
                    int all = file.rowCount(group);
                    Optional<RowRanges> told = indexed(file, group, region);
                    wanted.add(told.orElse(RowRanges.all(all)));
                    read += told.map(RowRanges::rows).orElse((int) Math.ceil(share * all));
                    cost = cost.plus(costOfPruning(file, group, region, told.isPresent(), fetch));
                }
                cost = cost.plus(file.costOf(names, wanted, fetch));
            }
            return new Reading(read, rowCount(), cost, hasParts());
        }

        /** Local files are asked for page indexes, or else for the spatial index itself; tails of remote ones hold them. */
        private ReadCost costOfPruning(ParquetFile file, int group, PixelRanges region, boolean told, FetchOptions fetch) {
            if (remote().isPresent() || region.containsAll(pixel.first29(), pixel.end29())
                    || columns.healpix().flatMap(file::field).isEmpty()) {
                return ReadCost.NONE;
            }
            if (told) {
                return new ReadCost(0, 2);
            }
            List<RowRanges> whole = new ArrayList<>(Collections.nCopies(file.rowGroupCount(), RowRanges.all(0)));
            whole.set(group, RowRanges.all(file.rowCount(group)));
            return file.costOf(Set.of(columns.healpix().get()), whole, fetch);
        }

        private Optional<RowRanges> indexed(ParquetFile file, int group, PixelRanges region) {
            if (region.containsAll(pixel.first29(), pixel.end29())) {
                return Optional.of(RowRanges.all(file.rowCount(group)));
            }
            return columns.healpix().flatMap(file::field)
                    .flatMap(index -> file.indexedRowsIn(group, index.name(), columns.healpixOrder(), region));
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
