package org.xmatch.io.parquet;

import org.apache.parquet.format.DataPageHeaderV2;
import org.xmatch.io.XMatchException;
import org.xmatch.io.table.Column;
import org.xmatch.io.table.LeafColumn;

import java.util.Arrays;

/**
 * Decodes the pages of one leaf of a nested column and takes the entries of wanted rows over as they
 * are. A row may run on into the next page in pages of version 1. One use, one thread.
 */
final class NestedPages implements ColumnChunkReader.PageWalk {

    // a page has more entries than rows, and no count of them elsewhere bounds it
    private static final int MOST_PAGE_ENTRIES = 1 << 24;

    private final ChunkPlace place;
    private final LeafColumn into;
    private final RowRanges rows;
    private final long entryCount;
    private final int groupRows;
    private final PageDecoder decoder;
    private final PageValues values;
    private final Column scratch;
    private byte[] repetition = new byte[0];
    private byte[] definition = new byte[0];
    private int row; // the row whose entries are read, -1 before the first
    private int range; // the first range of wanted rows that ends after the row

    NestedPages(ChunkPlace place, LeafColumn into, RowRanges rows, long entryCount, int groupRows,
            PageDecoder decoder) {
        this.place = place;
        this.into = into;
        this.rows = rows;
        this.entryCount = entryCount;
        this.groupRows = groupRows;
        this.decoder = decoder;
        this.values = new PageValues(place, decoder);
        this.scratch = new Column(place.field());
    }

    @Override
    public void walk(ChunkPages pages, int firstRow, int endRow) {
        row = firstRow - 1;
        long seen = 0;
        while (pages.hasMore() && seen < entryCount && !isBeyondAll(row)) {
            ChunkPages.Page page = pages.next(Math.min(entryCount - seen, MOST_PAGE_ENTRIES));
            if (page.isDictionary()) {
                pages.loadDictionary(page);
                continue;
            }
            seen += page.values();
            if (page.isV2() && !isWanted(page)) {
                row += page.header().getData_page_header_v2().getNum_rows();
                continue;
            }
            decode(pages, page);
        }
    }

    private boolean isBeyondAll(int candidate) {
        return rows.size() == 0 || candidate >= rows.end(rows.size() - 1);
    }

    /** Whether a page of version 2, which holds whole rows, has a wanted one. */
    private boolean isWanted(ChunkPages.Page page) {
        int count = page.header().getData_page_header_v2().getNum_rows();
        if (count < 0 || count > groupRows - row - 1) {
            throw place.damaged(page.fileOffset(), "a page is said to hold " + count + " rows", null);
        }
        return rows.overlaps(row + 1, row + 1 + count);
    }

    private void decode(ChunkPages pages, ChunkPages.Page page) {
        try {
            byte[] data = pages.decompressed(page);
            int end = page.uncompressed();
            int valuesAt;
            if (page.isV2()) {
                DataPageHeaderV2 header = page.header().getData_page_header_v2();
                int definitionAt = header.getRepetition_levels_byte_length();
                valuesAt = definitionAt + header.getDefinition_levels_byte_length();
                repetition = levels(data, 0, definitionAt, into.maxRepetition(), page.values(), repetition);
                definition = levels(data, definitionAt, valuesAt, into.maxDefinition(), page.values(), definition);
            } else {
                page.requireRleLevels(into.maxRepetition(), into.maxDefinition());
                int definitionAt = into.maxRepetition() == 0 ? 0 : ChunkPages.levelsEnd(data, 0, end);
                repetition = levels(data, 4, definitionAt, into.maxRepetition(), page.values(), repetition);
                valuesAt = into.maxDefinition() == 0 ? definitionAt : ChunkPages.levelsEnd(data, definitionAt, end);
                definition = levels(data, definitionAt + 4, valuesAt, into.maxDefinition(), page.values(), definition);
            }
            append(page, data, valuesAt);
        } catch (XMatchException e) {
            throw e;
        } catch (RuntimeException e) {
            throw place.damaged(page.fileOffset(), "its values cannot be decoded: " + e.getMessage(), e);
        }
    }

    private byte[] levels(byte[] data, int at, int end, int most, int count, byte[] reused) {
        byte[] levels = reused.length >= count ? reused : new byte[count + count / 4];
        if (most == 0) {
            Arrays.fill(levels, 0, count, (byte) 0);
            return levels;
        }
        int[] decoded = decoder.indices(count + 8);
        RleValues.decode(data, at, end, 32 - Integer.numberOfLeadingZeros(most), count, decoded);
        for (int i = 0; i < count; i++) {
            if (decoded[i] > most) {
                throw new IndexOutOfBoundsException("a level of " + decoded[i] + ", the schema has " + most);
            }
            levels[i] = (byte) decoded[i];
        }
        return levels;
    }

    private void append(ChunkPages.Page page, byte[] data, int valuesAt) {
        int entries = page.values();
        int present = 0;
        for (int i = 0; i < entries; i++) {
            present += definition[i] == into.maxDefinition() ? 1 : 0;
        }
        scratch.clear();
        scratch.reserve(present);
        values.append(page.encoding(), data, valuesAt, page.uncompressed(), present, scratch);
        if (scratch.size() != present) {
            throw new IndexOutOfBoundsException(scratch.size() + " values, not " + present);
        }
        int value = 0;
        int entry = 0;
        while (entry < entries) {
            boolean starts = repetition[entry] == 0;
            int next = entry + 1;
            int nextValue = value + (definition[entry] == into.maxDefinition() ? 1 : 0);
            while (next < entries && repetition[next] != 0) {
                nextValue += definition[next] == into.maxDefinition() ? 1 : 0;
                next++;
            }
            row += starts ? 1 : 0;
            if (row < 0 || row >= groupRows) {
                throw new IndexOutOfBoundsException(row < 0 ? "its first entry starts no row"
                        : "there are more rows than the " + groupRows + " of the row group");
            }
            if (isWanted()) {
                if (starts) {
                    into.startRow();
                }
                into.extendRow(repetition, definition, entry, next - entry, scratch, value, nextValue - value);
            }
            entry = next;
            value = nextValue;
        }
    }

    private boolean isWanted() {
        while (range < rows.size() && rows.end(range) <= row) {
            range++;
        }
        return range < rows.size() && rows.from(range) <= row;
    }
}
