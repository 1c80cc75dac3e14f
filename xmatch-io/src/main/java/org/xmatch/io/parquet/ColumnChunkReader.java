package org.xmatch.io.parquet;

import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.PageLocation;
import org.apache.parquet.format.Statistics;
import org.jspecify.annotations.Nullable;
import org.xmatch.io.XMatchException;
import org.xmatch.io.storage.RangeSource;
import org.xmatch.io.table.Column;
import org.xmatch.io.table.Field;

import java.util.List;

/**
 * Reads one column chunk: walks its pages, decompresses those that hold wanted rows, decodes them
 * into a column. One use, one thread.
 */
final class ColumnChunkReader {

    private static final int MERGED_GAP = 64 << 10;

    private final RangeSource source;
    private final ColumnMetaData meta;
    private final Field field;
    private final int groupRows;
    private final PageDecoder decoder;
    private final ChunkPlace place;
    private final PageValues values;

    ColumnChunkReader(RangeSource source, ColumnMetaData meta, Field field, int rowGroup, int groupRows,
            PageDecoder decoder) {
        this.source = source;
        this.meta = meta;
        this.field = field;
        this.groupRows = groupRows;
        this.decoder = decoder;
        this.place = new ChunkPlace(source.location(), field, rowGroup);
        this.values = new PageValues(place, decoder);
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
        walkPages(bytes, length, start, filter, sink, scratch);
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
            throw place.damaged(from, "its page index points outside the column chunk", null);
        }
        return Math.toIntExact(end - from);
    }

    private long chunkStart() {
        long data = meta.getData_page_offset();
        long dictionary = meta.isSetDictionary_page_offset() ? meta.getDictionary_page_offset() : 0;
        return dictionary > 0 ? Math.min(dictionary, data) : data;
    }

    private int chunkLength() {
        long length = meta.getTotal_compressed_size();
        long start = chunkStart();
        if (start < 4 || length < 0 || length > source.size() - start) {
            throw place.damaged(start, "its column chunk is said to take " + length + " bytes from byte " + start
                    + ", the file has " + source.size(), null);
        }
        if (length > Integer.MAX_VALUE - 64) {
            throw place.damaged(start, "its column chunk of " + length + " bytes is larger than 2 GiB: rewrite the"
                    + " file with smaller row groups", null);
        }
        return (int) length;
    }

    /** Decodes pages from the row {@code firstRow} on; with {@code endRow} 0, only dictionary pages. */
    private void walk(byte[] bytes, int length, long fileOffset, int firstRow, int endRow, RowRanges rows,
            Column into) {
        ChunkPages pages = new ChunkPages(place, meta, decoder, bytes, length, fileOffset);
        int row = firstRow;
        int end = Math.min(endRow, rows.size() == 0 ? 0 : rows.end(rows.size() - 1));
        while (row < end || endRow == 0 && pages.hasMore()) {
            ChunkPages.Page page = pages.next(groupRows - row);
            if (page.isDictionary()) {
                pages.loadDictionary(page);
                continue;
            }
            if (rows.overlaps(row, row + page.values())) {
                int before = into.size();
                decode(pages, page, into);
                rows.keepOnly(into, before, row, row + page.values());
            }
            row += page.values();
        }
    }

    private void walkPages(byte[] bytes, int length, long fileOffset, PageFilter filter, PageSink sink,
            Column scratch) {
        int row = 0;
        ChunkPages pages = new ChunkPages(place, meta, decoder, bytes, length, fileOffset);
        while (row < groupRows) {
            ChunkPages.Page page = pages.next(groupRows - row);
            if (page.isDictionary()) {
                pages.loadDictionary(page);
                continue;
            }
            boolean wanted = filter.wants(page.statistics());
            scratch.clear();
            if (wanted) {
                decode(pages, page, scratch);
            }
            sink.page(row, row + page.values(), wanted);
            row += page.values();
        }
    }

    private void decode(ChunkPages pages, ChunkPages.Page page, Column into) {
        try {
            byte[] data = pages.decompressed(page);
            int levelsAt = 0;
            int valuesAt = 0;
            if (page.isV2()) {
                DataPageHeaderV2 header = page.header().getData_page_header_v2();
                levelsAt = header.getRepetition_levels_byte_length();
                valuesAt = levelsAt + header.getDefinition_levels_byte_length();
            } else if (field.nullable()) {
                PlainValues.requireBytes(4, 0, page.uncompressed());
                int levels = data[0] & 0xff | (data[1] & 0xff) << 8 | (data[2] & 0xff) << 16 | data[3] << 24;
                if (levels < 0 || levels > page.uncompressed() - 4) {
                    throw new IndexOutOfBoundsException("definition levels of " + levels + " bytes");
                }
                levelsAt = 4;
                valuesAt = 4 + levels;
            }
            values(page, data, levelsAt, valuesAt, into);
        } catch (XMatchException e) {
            throw e;
        } catch (RuntimeException e) {
            throw place.damaged(page.fileOffset(), "its values cannot be decoded: " + e.getMessage(), e);
        }
    }

    /** Decodes definition levels at {@code [levelsAt, valuesAt)} and the values behind them. */
    private void values(ChunkPages.Page page, byte[] data, int levelsAt, int valuesAt, Column into) {
        int rows = page.values();
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
        values.append(page.encoding(), data, valuesAt, page.uncompressed(), present, into);
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
}
