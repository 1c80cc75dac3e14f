package org.xmatch.io.parquet;

import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.PageLocation;
import org.xmatch.io.storage.ByteRange;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects the byte ranges that reading parts of a file will ask for. One thread. */
final class FetchRanges {

    private final List<ByteRange> ranges = new ArrayList<>();

    /**
     * Some rows of a column chunk.
     *
     * @param byPages whether pages without such a row are left out, where the file has an index of them
     */
    record Part(ChunkPlace place, int index, ColumnChunk chunk, RowRanges rows, boolean byPages) {}

    /** Where the indexes of pages are that tell which pages the parts need. */
    static List<ByteRange> indexes(List<Part> parts) {
        List<ByteRange> indexes = new ArrayList<>();
        for (Part part : parts) {
            ColumnChunk chunk = part.chunk();
            if (part.byPages() && chunk.isSetOffset_index_offset() && chunk.isSetOffset_index_length()) {
                add(chunk.getOffset_index_offset(), chunk.getOffset_index_length(), indexes);
            }
        }
        return indexes;
    }

    /** Adds the bytes of a part: those of its pages, and of the dictionary before them. */
    void add(Part part, Optional<List<PageLocation>> pages, int groupRows) {
        ColumnMetaData meta = part.chunk().getMeta_data();
        long start = ColumnChunkReader.startOf(meta);
        if (pages.isEmpty()) {
            add(start, meta.getTotal_compressed_size(), ranges);
            return;
        }
        List<PageLocation> locations = pages.get();
        add(start, locations.get(0).getOffset() - start, ranges);
        for (int page = 0; page < locations.size(); page++) {
            int first = Math.toIntExact(locations.get(page).getFirst_row_index());
            int end = page + 1 < locations.size()
                    ? Math.toIntExact(locations.get(page + 1).getFirst_row_index()) : groupRows;
            if (part.rows().overlaps(first, end)) {
                add(locations.get(page).getOffset(), locations.get(page).getCompressed_page_size(), ranges);
            }
        }
    }

    /** All that was added. */
    List<ByteRange> all() {
        return ranges;
    }

    // what a damaged file asks for is refused where it is read
    private static void add(long from, long length, List<ByteRange> into) {
        if (from >= 0 && length > 0 && from + length > from) {
            into.add(new ByteRange(from, from + length));
        }
    }
}
