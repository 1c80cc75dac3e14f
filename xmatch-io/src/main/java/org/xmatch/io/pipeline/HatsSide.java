package org.xmatch.io.pipeline;

import org.xmatch.core.healpix.HealpixPixel;
import org.xmatch.core.healpix.PixelRanges;
import org.xmatch.io.hats.HatsCatalog;
import org.xmatch.io.parquet.PageDecoder;
import org.xmatch.io.parquet.ParquetFile;
import org.xmatch.io.parquet.RowRanges;
import org.xmatch.io.storage.RangeSource;

import java.util.ArrayList;
import java.util.List;

/** The partitions of a HATS catalog or margin. */
final class HatsSide implements Side {

    private final HatsCatalog catalog;
    private final PositionColumns columns;

    HatsSide(HatsCatalog catalog, PositionColumns columns) {
        this.catalog = catalog;
        this.columns = columns;
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
            boolean whole = region.containsAll(pixel.first29(), pixel.end29());
            List<Segment> segments = new ArrayList<>();
            for (ParquetFile file : files) {
                boolean prunes = !whole && columns.healpix().flatMap(file::field).isPresent();
                for (int group = 0; group < file.rowGroupCount(); group++) {
                    RowRanges rows = prunes
                            ? file.rowsIn(group, columns.healpix().get(), columns.healpixOrder(), region, decoder)
                            : RowRanges.all(file.rowCount(group));
                    if (rows.rows() > 0) {
                        segments.add(new ParquetSegment(file, group, rows, columns));
                    }
                }
            }
            return segments;
        }

        @Override
        public void close() {
            files.forEach(ParquetFile::close);
        }
    }
}
