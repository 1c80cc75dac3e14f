package org.xmatch.io.parquet;

import org.apache.parquet.format.BoundaryOrder;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnIndex;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.PageEncodingStats;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageLocation;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Util;
import org.xmatch.io.storage.AtomicFile;
import org.xmatch.io.table.Column;
import org.xmatch.io.table.Field;
import org.xmatch.io.table.LeafColumn;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Encodes one column of a row group, slice by slice, into compressed pages held in memory.
 * <p>
 * Pages end at the same rows however the rows were sliced, as long as every slice but the last has
 * a multiple of {@code pageRows}. One thread at a time.
 */
final class ChunkEncoder {

    // pages of long strings end before their rows are many
    private static final int MAX_PAGE_BYTES = 2 << 20;
    // of fewer rows a page is not worth two ways of encoding it
    private static final int TRIAL_ROWS = 1 << 10;

    private final Field field;
    private final List<String> path;
    private final boolean levels;
    private final StatisticsOrder order;
    private final int pageRows;
    private final int zstdLevel;
    private final boolean mayPack;
    private final EncodedBytes encoded;
    private Optional<Boolean> packs = Optional.empty(); // until a page has shown what is smaller
    private int packedPages;
    private List<PageLocation> pages = new ArrayList<>();
    private List<PageBounds> bounds = new ArrayList<>();
    private List<Long> nullCounts = new ArrayList<>();
    private long rows;
    private long entries;
    private long uncompressedBytes;

    /** Encodes into {@code encoded}, which is empty; it stays the caller's. */
    ChunkEncoder(Field field, ParquetWriteOptions options, EncodedBytes encoded) {
        this(field, List.of(field.name()), field.nullable(), options, encoded);
    }

    /** Of a leaf of a nested column. */
    ChunkEncoder(LeafColumn leaf, ParquetWriteOptions options, EncodedBytes encoded) {
        this(leaf.values().field(), leaf.names(), leaf.maxDefinition() > 0 || leaf.maxRepetition() > 0, options,
                encoded);
    }

    private ChunkEncoder(Field field, List<String> path, boolean levels, ParquetWriteOptions options,
            EncodedBytes encoded) {
        this.field = field;
        this.path = path;
        this.levels = levels;
        this.order = StatisticsOrder.of(field);
        this.pageRows = options.pageRows();
        this.zstdLevel = options.zstdLevel();
        this.mayPack = options.packsDifferences() && field.physical() == Field.Physical.INT64;
        this.encoded = encoded;
    }

    /** Appends all rows of a column as pages. */
    void encode(Column slice, EncoderWork work) {
        int from = 0;
        while (from < slice.size()) {
            int to = pageEnd(slice, from);
            encodePage(slice, from, to, work);
            from = to;
        }
    }

    private int pageEnd(Column slice, int from) {
        int end = (int) Math.min(slice.size(), (long) (from / pageRows + 1) * pageRows);
        while (end - from > 1 && PlainWriter.maxBytes(slice, from, end) > MAX_PAGE_BYTES) {
            end = from + (end - from) / 2;
        }
        return end;
    }

    /** Appends all rows of a leaf of a nested column as pages. */
    void encode(LeafColumn slice, EncoderWork work) {
        int from = 0;
        while (from < slice.size()) {
            int to = (int) Math.min(slice.size(), (long) (from / pageRows + 1) * pageRows);
            while (to - from > 1 && LevelWriter.maxBytes(slice, from, to) > MAX_PAGE_BYTES) {
                to = from + (to - from) / 2;
            }
            byte[] page = work.page(LevelWriter.maxBytes(slice, from, to));
            int valuesAt = LevelWriter.putLevels(slice, from, to, page);
            Column values = slice.values();
            int firstValue = slice.valueStart(from);
            int endValue = slice.valueStart(to);
            int length = PlainWriter.putValues(values, firstValue, endValue, 0, page, valuesAt);
            int pageEntries = slice.entryStart(to) - slice.entryStart(from);
            int withoutValue = pageEntries - (endValue - firstValue);
            add(pageEntries, to - from, length, Encoding.PLAIN, work, withoutValue == pageEntries ? PageBounds.ALL_NULL
                    : BoundsScan.of(values, order, firstValue, endValue, 0), withoutValue);
            from = to;
        }
    }

    private void encodePage(Column slice, int from, int to, EncoderWork work) {
        int nullCount = PlainWriter.nullCount(slice, from, to);
        byte[] page = work.page(PlainWriter.maxBytes(slice, from, to) + (mayPack ? DeltaWriter.maxBytes(to - from) : 0));
        int values = field.nullable() ? PlainWriter.putLevels(slice, from, to, nullCount, page) : 0;
        boolean packed = nullCount == 0 && packs(slice, from, to, work, page, values);
        int length = packed ? DeltaWriter.putLongs(slice.longs(), from, to, page, values)
                : PlainWriter.putValues(slice, from, to, nullCount, page, values);
        add(to - from, to - from, length, packed ? Encoding.DELTA_BINARY_PACKED : Encoding.PLAIN, work,
                BoundsScan.of(slice, order, from, to, nullCount), nullCount);
    }

    /** Whether differences are packed in this chunk: where its first large page without nulls gets no larger by it. */
    private boolean packs(Column slice, int from, int to, EncoderWork work, byte[] page, int at) {
        if (mayPack && packs.isEmpty() && to - from >= TRIAL_ROWS) {
            int plain = work.compress(PlainWriter.putValues(slice, from, to, 0, page, at), zstdLevel);
            packs = Optional.of(work.compress(DeltaWriter.putLongs(slice.longs(), from, to, page, at), zstdLevel) <= plain);
        }
        return packs.orElse(false);
    }

    /** Adds the page in the work array, of which {@code length} bytes count. */
    private void add(int pageEntries, int pageRowCount, int length, Encoding encoding, EncoderWork work,
            PageBounds pageBounds, int nullCount) {
        int compressedLength = work.compress(length, zstdLevel);
        PageHeader header = new PageHeader(PageType.DATA_PAGE, length, compressedLength);
        header.setCrc(work.checksum());
        header.setData_page_header(
                new DataPageHeader(pageEntries, encoding, Encoding.RLE, Encoding.RLE));
        long start = encoded.size();
        try {
            Util.writePageHeader(header, encoded);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        uncompressedBytes += encoded.size() - start + length;
        encoded.write(work.compressed(), 0, compressedLength);
        pages.add(new PageLocation(start, (int) (encoded.size() - start), rows));
        bounds.add(pageBounds);
        nullCounts.add((long) nullCount);
        packedPages += encoding == Encoding.DELTA_BINARY_PACKED ? 1 : 0;
        rows += pageRowCount;
        entries += pageEntries;
    }

    /** Appends the pages to the file and starts the next row group. */
    Written writeTo(AtomicFile file) {
        long position = file.position();
        encoded.writeTo(file);
        for (PageLocation page : pages) {
            page.setOffset(page.getOffset() + position);
        }
        List<PageEncodingStats> pagesBy = new ArrayList<>();
        if (pages.size() > packedPages || packedPages == 0) {
            pagesBy.add(new PageEncodingStats(PageType.DATA_PAGE, Encoding.PLAIN, pages.size() - packedPages));
        }
        if (packedPages > 0) {
            pagesBy.add(new PageEncodingStats(PageType.DATA_PAGE, Encoding.DELTA_BINARY_PACKED, packedPages));
        }
        List<Encoding> encodings = new ArrayList<>();
        pagesBy.forEach(stats -> encodings.add(stats.getEncoding()));
        if (levels) {
            encodings.add(Encoding.RLE);
        }
        ColumnMetaData metadata = new ColumnMetaData(WrittenSchema.type(field), encodings,
                path, CompressionCodec.ZSTD, entries, uncompressedBytes,
                encoded.size(), position);
        metadata.setStatistics(statistics());
        metadata.setEncoding_stats(pagesBy);
        Written written = new Written(new ColumnChunk(0).setMeta_data(metadata), columnIndex(),
                new OffsetIndex(pages));
        encoded.clear();
        pages = new ArrayList<>();
        bounds = new ArrayList<>();
        nullCounts = new ArrayList<>();
        packs = Optional.empty();
        packedPages = 0;
        rows = 0;
        entries = 0;
        uncompressedBytes = 0;
        return written;
    }

    private Statistics statistics() {
        long nulls = 0;
        PageBounds all = PageBounds.ALL_NULL;
        for (int page = 0; page < bounds.size(); page++) {
            nulls += nullCounts.get(page);
            all = all.and(bounds.get(page), order);
        }
        Statistics statistics = new Statistics();
        statistics.setNull_count(nulls);
        if (all.kind() == PageBounds.Kind.BOUNDED) {
            statistics.setMin_value(all.min());
            statistics.setMax_value(all.max());
            statistics.setIs_min_value_exact(all.minExact());
            statistics.setIs_max_value_exact(all.maxExact());
        }
        return statistics;
    }

    // the index has to bound every page that has values, or to be left out
    private Optional<ColumnIndex> columnIndex() {
        List<Boolean> nullPages = new ArrayList<>(bounds.size());
        List<ByteBuffer> mins = new ArrayList<>(bounds.size());
        List<ByteBuffer> maxs = new ArrayList<>(bounds.size());
        boolean ascending = true;
        boolean descending = true;
        PageBounds last = PageBounds.ALL_NULL;
        for (PageBounds page : bounds) {
            boolean bounded = page.kind() == PageBounds.Kind.BOUNDED;
            if (!bounded && page.kind() != PageBounds.Kind.ALL_NULL) {
                return Optional.empty();
            }
            nullPages.add(!bounded);
            mins.add(ByteBuffer.wrap(page.min()));
            maxs.add(ByteBuffer.wrap(page.max()));
            if (bounded && last.kind() == PageBounds.Kind.BOUNDED) {
                int min = order.compare(last.min(), page.min());
                int max = order.compare(last.max(), page.max());
                ascending &= min <= 0 && max <= 0;
                descending &= min >= 0 && max >= 0;
            }
            last = bounded ? page : last;
        }
        BoundaryOrder boundaryOrder = ascending ? BoundaryOrder.ASCENDING
                : descending ? BoundaryOrder.DESCENDING : BoundaryOrder.UNORDERED;
        return Optional.of(new ColumnIndex(nullPages, mins, maxs, boundaryOrder)
                .setNull_counts(nullCounts));
    }

    /** A chunk as the footer and the page index describe it. */
    record Written(ColumnChunk chunk, Optional<ColumnIndex> columnIndex, OffsetIndex offsetIndex) {}
}
