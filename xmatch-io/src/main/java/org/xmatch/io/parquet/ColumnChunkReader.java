package org.xmatch.io.parquet;

import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageLocation;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Util;
import org.jspecify.annotations.Nullable;
import org.xmatch.io.CatalogFormatException;
import org.xmatch.io.XMatchException;
import org.xmatch.io.storage.RangeSource;
import org.xmatch.io.table.Column;
import org.xmatch.io.table.Field;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;

/**
 * Reads one column chunk: walks its pages, decompresses those that hold wanted rows, decodes them
 * into a column. One use, one thread.
 */
final class ColumnChunkReader {

    private static final int MOST_PAGE_BYTES = 1 << 30;
    private static final int MERGED_GAP = 64 << 10;

    private final RangeSource source;
    private final ColumnMetaData meta;
    private final Field field;
    private final int rowGroup;
    private final int groupRows;
    private final PageDecoder decoder;

    ColumnChunkReader(RangeSource source, ColumnMetaData meta, Field field, int rowGroup, int groupRows,
            PageDecoder decoder) {
        this.source = source;
        this.meta = meta;
        this.field = field;
        this.rowGroup = rowGroup;
        this.groupRows = groupRows;
        this.decoder = decoder;
    }

    /** Decides by a page's statistics, where its header has them, whether its values are wanted. */
    interface PageFilter {
        boolean wants(@Nullable Statistics statistics);
    }

    /** Appends the values of the rows wanted, from the whole chunk. */
    void read(RowRanges rows, Column into) {
        long start = chunkStart();
        int length = chunkLength();
        byte[] bytes = decoder.chunk(length);
        source.read(start, bytes, 0, length);
        decoder.dictionary().clear();
        walk(bytes, length, start, 0, groupRows, rows, into);
        decoder.trim();
    }

    /** Appends the values of the rows wanted, reading only pages that hold some. */
    void read(RowRanges rows, List<PageLocation> pages, Column into) {
        long start = chunkStart();
        long chunkEnd = start + chunkLength();
        long firstData = pages.get(0).getOffset();
        decoder.dictionary().clear();
        int page = 0;
        boolean dictionaryRead = firstData <= start;
        while (page < pages.size()) {
            if (!overlaps(pages, page, rows)) {
                page++;
                continue;
            }
            int last = page;
            for (int next = page + 1; next < pages.size(); next++) {
                if (overlaps(pages, next, rows)) {
                    long gap = pages.get(next).getOffset() - endOf(pages.get(last));
                    if (gap > MERGED_GAP) {
                        break;
                    }
                    last = next;
                }
            }
            long from = pages.get(page).getOffset();
            if (!dictionaryRead) {
                if (from - firstData <= MERGED_GAP && page == 0) {
                    from = start;
                } else {
                    int length = length(start, firstData, chunkEnd);
                    byte[] bytes = decoder.chunk(length);
                    source.read(start, bytes, 0, length);
                    walk(bytes, length, start, 0, 0, rows, into);
                }
                dictionaryRead = true;
            }
            int length = length(from, endOf(pages.get(last)), chunkEnd);
            byte[] bytes = decoder.chunk(length);
            source.read(from, bytes, 0, length);
            walk(bytes, length, from, firstRow(pages, page), firstRow(pages, last + 1), rows, into);
            page = last + 1;
        }
        decoder.trim();
    }

    /** Decodes the pages the filter wants; a page not wanted appends nothing, and is told to the sink. */
    void scan(PageFilter filter, PageSink sink, Column scratch) {
        long start = chunkStart();
        int length = chunkLength();
        byte[] bytes = decoder.chunk(length);
        source.read(start, bytes, 0, length);
        decoder.dictionary().clear();
        walkPages(bytes, length, start, 0, groupRows, filter, sink, scratch);
        decoder.trim();
    }

    /** Receives the pages of a scan. */
    interface PageSink {
        /** Rows {@code [from, end)}: decoded into the scratch column, or skipped. */
        void page(int from, int end, boolean decoded);
    }

    private static long endOf(PageLocation page) {
        return page.getOffset() + page.getCompressed_page_size();
    }

    private int firstRow(List<PageLocation> pages, int page) {
        return page == pages.size() ? groupRows : Math.toIntExact(pages.get(page).getFirst_row_index());
    }

    private boolean overlaps(List<PageLocation> pages, int page, RowRanges rows) {
        return rows.overlaps(firstRow(pages, page), firstRow(pages, page + 1));
    }

    private int length(long from, long end, long chunkEnd) {
        if (from < chunkStart() || end > chunkEnd || from > end) {
            throw damaged(from, "its page index points outside the column chunk", null);
        }
        return Math.toIntExact(end - from);
    }

    private long chunkStart() {
        return startOf(meta);
    }

    /** First byte of a column chunk: of its dictionary, where it has one. */
    static long startOf(ColumnMetaData meta) {
        long data = meta.getData_page_offset();
        long dictionary = meta.isSetDictionary_page_offset() ? meta.getDictionary_page_offset() : 0;
        return dictionary > 0 ? Math.min(dictionary, data) : data;
    }

    private int chunkLength() {
        long length = meta.getTotal_compressed_size();
        long start = chunkStart();
        if (start < 4 || length < 0 || length > source.size() - start) {
            throw damaged(start, "its column chunk is said to take " + length + " bytes from byte " + start
                    + ", the file has " + source.size(), null);
        }
        if (length > Integer.MAX_VALUE - 64) {
            throw damaged(start, "its column chunk of " + length + " bytes is larger than 2 GiB: rewrite the"
                    + " file with smaller row groups", null);
        }
        return (int) length;
    }

    /** Decodes pages from the row {@code firstRow} on; with {@code endRow} 0, only dictionary pages. */
    private void walk(byte[] bytes, int length, long fileOffset, int firstRow, int endRow, RowRanges rows,
            Column into) {
        Pages pages = new Pages(bytes, length, fileOffset);
        int row = firstRow;
        int end = Math.min(endRow, rows.size() == 0 ? 0 : rows.end(rows.size() - 1));
        while (row < end || endRow == 0 && pages.at < length) {
            Page page = pages.next(groupRows - row);
            if (page.isDictionary()) {
                loadDictionary(page, bytes);
                continue;
            }
            if (rows.overlaps(row, row + page.values)) {
                int before = into.size();
                decode(page, bytes, into);
                rows.keepOnly(into, before, row, row + page.values);
            }
            row += page.values;
        }
    }

    private void walkPages(byte[] bytes, int length, long fileOffset, int firstRow, int endRow,
            PageFilter filter, PageSink sink, Column scratch) {
        int row = firstRow;
        Pages pages = new Pages(bytes, length, fileOffset);
        while (row < endRow) {
            Page page = pages.next(endRow - row);
            if (page.isDictionary()) {
                loadDictionary(page, bytes);
                continue;
            }
            boolean wanted = filter.wants(page.header.isSetData_page_header()
                    ? page.header.getData_page_header().getStatistics()
                    : page.header.getData_page_header_v2().getStatistics());
            scratch.clear();
            if (wanted) {
                decode(page, bytes, scratch);
            }
            sink.page(row, row + page.values, wanted);
            row += page.values;
        }
    }

    /** One page: its header, and where its bytes are in the buffer. */
    private record Page(PageHeader header, int at, int compressed, int uncompressed, int values,
            long fileOffset) {

        boolean isDictionary() {
            return header.getType() == PageType.DICTIONARY_PAGE;
        }
    }

    /** Page headers one after the other; every length is checked before it is used. */
    private final class Pages {

        private final byte[] bytes;
        private final int length;
        private final long fileOffset;
        private int at;

        Pages(byte[] bytes, int length, long fileOffset) {
            this.bytes = bytes;
            this.length = length;
            this.fileOffset = fileOffset;
        }

        Page next(int mostValues) {
            while (true) {
                Position in = new Position(bytes, at, length - at);
                long offset = fileOffset + at;
                PageHeader header;
                try {
                    header = Util.readPageHeader(in);
                } catch (IOException | RuntimeException e) {
                    throw damaged(offset, "no page header can be read there", e);
                }
                int start = in.position();
                int compressed = header.getCompressed_page_size();
                int uncompressed = header.getUncompressed_page_size();
                if (compressed < 0 || compressed > length - start || uncompressed < 0
                        || uncompressed > MOST_PAGE_BYTES
                        || uncompressed > Math.max(1 << 20, meta.getTotal_uncompressed_size())) {
                    throw damaged(offset, "a page is said to take " + compressed + " bytes, " + uncompressed
                            + " decompressed, where " + (length - start) + " are left in the chunk", null);
                }
                at = start + compressed;
                checkCrc(header, start, compressed, offset);
                PageType type = header.getType();
                if (type == PageType.INDEX_PAGE) {
                    continue;
                }
                int values = type == PageType.DICTIONARY_PAGE && header.isSetDictionary_page_header()
                        ? header.getDictionary_page_header().getNum_values()
                        : type == PageType.DATA_PAGE && header.isSetData_page_header()
                                ? header.getData_page_header().getNum_values()
                                : type == PageType.DATA_PAGE_V2 && header.isSetData_page_header_v2()
                                        ? header.getData_page_header_v2().getNum_values() : -1;
                boolean dictionary = type == PageType.DICTIONARY_PAGE;
                if (values < 0 || !dictionary && (values == 0 && mostValues > 0 && compressed == 0
                        || values > mostValues) || dictionary && values > Math.max(uncompressed, 1)) {
                    throw damaged(offset, "a page is said to hold " + values + " values", null);
                }
                return new Page(header, start, compressed, uncompressed, values, offset);
            }
        }

        private void checkCrc(PageHeader header, int start, int compressed, long offset) {
            if (header.isSetCrc() && decoder.crc32(bytes, start, compressed) != header.getCrc()) {
                throw damaged(offset, "the page's checksum does not match its bytes", null);
            }
        }
    }

    /** A stream that tells how far it was read. */
    private static final class Position extends ByteArrayInputStream {

        Position(byte[] bytes, int offset, int length) {
            super(bytes, offset, length);
        }

        int position() {
            return pos;
        }
    }

    private void loadDictionary(Page page, byte[] bytes) {
        byte[] out = decoder.dictionaryPage(page.uncompressed);
        decompress(page, bytes, page.at, page.compressed, out, 0, page.uncompressed);
        try {
            decoder.dictionary().load(field, out, page.uncompressed, page.values);
        } catch (RuntimeException e) {
            throw damaged(page.fileOffset, "its dictionary cannot be decoded: " + e.getMessage(), e);
        }
    }

    private void decode(Page page, byte[] bytes, Column into) {
        try {
            if (page.header.getType() == PageType.DATA_PAGE_V2) {
                decodeV2(page, bytes, into);
            } else {
                decodeV1(page, bytes, into);
            }
        } catch (XMatchException e) {
            throw e;
        } catch (RuntimeException e) {
            throw damaged(page.fileOffset, "its values cannot be decoded: " + e.getMessage(), e);
        }
    }

    private void decodeV1(Page page, byte[] bytes, Column into) {
        byte[] data = decoder.page(page.uncompressed);
        decompress(page, bytes, page.at, page.compressed, data, 0, page.uncompressed);
        int at = 0;
        int levels = 0;
        if (field.nullable()) {
            PlainValues.requireBytes(4, 0, page.uncompressed);
            levels = data[0] & 0xff | (data[1] & 0xff) << 8 | (data[2] & 0xff) << 16 | data[3] << 24;
            at = 4;
            if (levels < 0 || levels > page.uncompressed - 4) {
                throw new IndexOutOfBoundsException("definition levels of " + levels + " bytes");
            }
        }
        values(page, page.header.getData_page_header().getEncoding(), data, at, at + levels,
                page.uncompressed, into);
    }

    private void decodeV2(Page page, byte[] bytes, Column into) {
        DataPageHeaderV2 header = page.header.getData_page_header_v2();
        int repetition = header.getRepetition_levels_byte_length();
        int definition = header.getDefinition_levels_byte_length();
        if (repetition < 0 || definition < 0 || repetition + (long) definition > page.compressed
                || repetition + (long) definition > page.uncompressed) {
            throw new IndexOutOfBoundsException("levels of " + repetition + " and " + definition + " bytes");
        }
        int levels = repetition + definition;
        byte[] data = decoder.page(page.uncompressed);
        System.arraycopy(bytes, page.at, data, 0, levels);
        boolean compressed = !header.isSetIs_compressed() || header.isIs_compressed();
        if (compressed) {
            decompress(page, bytes, page.at + levels, page.compressed - levels, data, levels,
                    page.uncompressed - levels);
        } else {
            PlainValues.requireBytes(page.uncompressed, 0, page.compressed);
            System.arraycopy(bytes, page.at + levels, data, levels, page.uncompressed - levels);
        }
        values(page, header.getEncoding(), data, repetition, levels, page.uncompressed, into);
    }

    private void decompress(Page page, byte[] in, int at, int length, byte[] out, int outAt, int outLength) {
        try {
            decoder.decompress(meta.getCodec(), in, at, length, out, outAt, outLength);
        } catch (PageDecoder.UnsupportedCodecException e) {
            throw new CatalogFormatException(source.location(), "column '" + field.name() + "' of "
                    + source.location() + " is compressed with " + e.getMessage() + ", which this program does"
                    + " not read: rewrite the file with zstd, snappy, gzip or lz4_raw");
        } catch (IOException | RuntimeException | InternalError e) {
            throw damaged(page.fileOffset, "a page of " + length + " bytes cannot be decompressed ("
                    + meta.getCodec() + "): " + e.getMessage(), e);
        }
    }

    /** Decodes definition levels at {@code [levelsAt, valuesAt)} and the values behind them. */
    private void values(Page page, Encoding encoding, byte[] data, int levelsAt, int valuesAt, int end,
            Column into) {
        int rows = page.values;
        int start = into.size();
        int present = rows;
        boolean[] defined = null;
        if (field.nullable() && !isOneRunOfOnes(data, levelsAt, valuesAt, rows)) {
            int[] levels = decoder.indices(rows + 8);
            RleValues.decode(data, levelsAt, valuesAt, 1, rows, levels);
            defined = decoder.defined(rows);
            present = 0;
            for (int i = 0; i < rows; i++) {
                defined[i] = levels[i] != 0;
                present += levels[i] != 0 ? 1 : 0;
            }
        }
        into.reserve(Math.addExact(start, rows));
        append(encoding, data, valuesAt, end, present, into);
        if (into.size() != start + present) {
            throw new IndexOutOfBoundsException((into.size() - start) + " values, not " + present);
        }
        boolean[] nulls = into.nulls();
        if (present < rows && defined != null) {
            NullRows.spread(into, start, present, rows, defined);
        } else if (nulls != null) {
            java.util.Arrays.fill(nulls, start, start + rows, false);
        }
    }

    private static boolean isOneRunOfOnes(byte[] data, int at, int end, int rows) {
        int header = 0;
        int from = at;
        for (int shift = 0; shift < 28 && from < end; shift += 7) {
            byte next = data[from++];
            header |= (next & 0x7f) << shift;
            if (next >= 0) {
                return (header & 1) == 0 && header >>> 1 >= rows && from < end && data[from] == 1;
            }
        }
        return false;
    }

    private void append(Encoding encoding, byte[] data, int at, int end, int count, Column into) {
        switch (encoding) {
            case PLAIN -> PlainValues.append(data, at, end, count, into);
            case PLAIN_DICTIONARY, RLE_DICTIONARY -> {
                if (!decoder.dictionary().isPresent()) {
                    throw new IndexOutOfBoundsException("the page needs a dictionary and the chunk has none");
                }
                int[] indices = decoder.indices(count + 8);
                if (count > 0) {
                    PlainValues.requireBytes(1, at, end);
                    RleValues.decode(data, at + 1, end, data[at], count, indices);
                }
                decoder.dictionary().append(indices, count, into);
            }
            case RLE -> booleans(data, at, end, count, into);
            case DELTA_BINARY_PACKED -> differences(data, at, end, count, into);
            case DELTA_LENGTH_BYTE_ARRAY -> DeltaValues.appendLengthsThenBytes(data, at, end, count, into);
            case DELTA_BYTE_ARRAY -> DeltaValues.appendPrefixed(data, at, end, count, into);
            case BYTE_STREAM_SPLIT -> SplitValues.append(data, at, end, count, into);
            default -> throw new CatalogFormatException(source.location(), "column '" + field.name() + "' of "
                    + source.location() + " is encoded as " + encoding + ", which this program does not read:"
                    + " rewrite the file");
        }
    }

    private void booleans(byte[] data, int at, int end, int count, Column into) {
        if (field.physical() != Field.Physical.BOOLEAN) {
            throw new IndexOutOfBoundsException("RLE does not fit " + field.physical());
        }
        int start = into.size();
        if (count > 0) {
            PlainValues.requireBytes(4, at, end);
            int[] values = decoder.indices(count + 8);
            RleValues.decode(data, at + 4, end, 1, count, values);
            for (int i = 0; i < count; i++) {
                into.bytes()[start + i] = (byte) values[i];
            }
        }
        into.setSize(start + count);
    }

    private void differences(byte[] data, int at, int end, int count, Column into) {
        int start = into.size();
        if (field.physical() == Field.Physical.INT64) {
            new DeltaValues(data, at, end).decode(count, into.longs(), start);
        } else if (field.physical() == Field.Physical.INT32) {
            long[] values = new DeltaValues(data, at, end).decode(count);
            for (int i = 0; i < count; i++) {
                into.ints()[start + i] = (int) values[i];
            }
        } else {
            throw new IndexOutOfBoundsException("DELTA_BINARY_PACKED does not fit " + field.physical());
        }
        into.setSize(start + count);
    }

    private CatalogFormatException damaged(long offset, String what, @Nullable Throwable cause) {
        return new CatalogFormatException(source.location(), source.location() + " is damaged: column '"
                + field.name() + "', row group " + rowGroup + ", byte " + offset + ": " + what
                + "; fetch the file again", cause);
    }
}
