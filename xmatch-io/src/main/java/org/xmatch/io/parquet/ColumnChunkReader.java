package org.xmatch.io.parquet;

import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.PageLocation;
import org.xmatch.io.storage.RangeSource;

import java.util.List;
import java.util.Optional;

/**
 * Reads the bytes of one column chunk, all or those of the pages that hold wanted rows, and has their
 * pages walked. One use, one thread.
 */
final class ColumnChunkReader {

    /** Pages this far apart are read in one go, bytes. */
    static final int MERGED_GAP = 64 << 10;

    private final RangeSource source;
    private final ColumnMetaData meta;
    private final int groupRows;
    private final PageDecoder decoder;
    private final ChunkPlace place;

    ColumnChunkReader(RangeSource source, ColumnMetaData meta, ChunkPlace place, int groupRows, PageDecoder decoder) {
        this.source = source;
        this.meta = meta;
        this.groupRows = groupRows;
        this.decoder = decoder;
        this.place = place;
    }

    /** Does something with pages that lie one after the other. */
    interface PageWalk {

        /** Walks the pages of the rows {@code [firstRow, endRow)}. */
        void walk(ChunkPages pages, int firstRow, int endRow);
    }

    /** Has the whole chunk walked. */
    void read(PageWalk walk) {
        int length = chunkLength();
        decoder.dictionary().clear();
        walk.walk(pages(chunkStart(), length, Optional.empty()), 0, groupRows);
        decoder.trim();
    }

    /** Reads and has walked only pages that hold some of the rows, and some between them. */
    void read(RowRanges rows, List<PageLocation> pages, PageWalk walk) {
        long start = chunkStart();
        long chunkEnd = start + chunkLength();
        long firstData = pages.get(0).getOffset();
        decoder.dictionary().clear();
        int page = 0;
        Optional<ChunkPages> dictionary = firstData <= start ? Optional.empty() : Optional.of(new ChunkPages(place, meta,
                decoder, ChunkBytes.apart(source, start, length(start, firstData, chunkEnd), decoder), Optional.empty()));
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
            if (page == 0 && from - start <= MERGED_GAP) {
                from = start;
            }
            int length = length(from, endOf(pages.get(last)), chunkEnd);
            walk.walk(pages(from, length, dictionary), firstRow(pages, page), firstRow(pages, last + 1));
            page = last + 1;
        }
        decoder.trim();
    }

    /** @param dictionary pages before the first one with values, where they are not in the stretch */
    private ChunkPages pages(long from, int length, Optional<ChunkPages> dictionary) {
        return new ChunkPages(place, meta, decoder, ChunkBytes.of(source, from, length, decoder), dictionary);
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
            throw place.damaged(start, "its column chunk is said to take " + length + " bytes from byte " + start
                    + ", the file has " + source.size(), null);
        }
        if (length > Integer.MAX_VALUE - 64) {
            throw place.damaged(start, "its column chunk of " + length + " bytes is larger than 2 GiB: rewrite the"
                    + " file with smaller row groups", null);
        }
        return (int) length;
    }
}
