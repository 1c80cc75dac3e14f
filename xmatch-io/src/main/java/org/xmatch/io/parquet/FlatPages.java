package org.xmatch.io.parquet;

import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.Statistics;
import org.jspecify.annotations.Nullable;
import org.xmatch.io.XMatchException;
import org.xmatch.io.table.Column;

import java.util.Arrays;

/** Decodes the pages of a flat column, those that hold wanted rows. One use, one thread. */
final class FlatPages {

    private final ChunkPlace place;
    private final int groupRows;
    private final PageDecoder decoder;
    private final PageValues values;

    FlatPages(ChunkPlace place, int groupRows, PageDecoder decoder) {
        this.place = place;
        this.groupRows = groupRows;
        this.decoder = decoder;
        this.values = new PageValues(place, decoder);
    }

    /** Decides by a page's statistics, where its header has them, whether its values are wanted. */
    interface PageFilter {
        boolean wants(@Nullable Statistics statistics);
    }

    /** Receives the pages of a scan. */
    interface PageSink {
        /** Rows {@code [from, end)}: decoded into the scratch column, or skipped. */
        void page(int from, int end, boolean decoded);
    }

    /** Appends the values of the rows wanted to a column. */
    ColumnChunkReader.PageWalk into(Column column, RowRanges rows) {
        return (pages, firstRow, endRow) -> walk(pages, firstRow, endRow, rows, column);
    }

    private void walk(ChunkPages pages, int firstRow, int endRow, RowRanges rows, Column into) {
        int row = firstRow;
        int end = Math.min(endRow, rows.size() == 0 ? 0 : rows.end(rows.size() - 1));
        while (row < end) {
            ChunkPages.Page page = pages.next(groupRows - row);
            if (page.isDictionary()) {
                if (rows.overlaps(row, row + 1)) {
                    pages.loadDictionary(page);
                } else {
                    pages.passDictionary(page); // pages wanted later may not need it
                }
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

    /** Decodes the pages the filter wants; a page not wanted appends nothing, and is told to the sink. */
    ColumnChunkReader.PageWalk scan(PageFilter filter, PageSink sink, Column scratch) {
        return (pages, firstRow, endRow) -> scan(pages, filter, sink, scratch);
    }

    private void scan(ChunkPages pages, PageFilter filter, PageSink sink, Column scratch) {
        int row = 0;
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
            } else if (place.field().nullable()) {
                page.requireRleLevels(0, 1);
                levelsAt = 4;
                valuesAt = ChunkPages.levelsEnd(data, 0, page.uncompressed());
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
        if (place.field().nullable() && !isOneRunOfOnes(data, levelsAt, valuesAt, rows)) {
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
            Arrays.fill(nulls, start, start + rows, false);
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
