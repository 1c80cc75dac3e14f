package org.xmatch.io.pipeline;

import org.xmatch.core.healpix.HealpixPixel;
import org.xmatch.io.parquet.PageDecoder;

import java.util.ArrayList;
import java.util.List;

/**
 * A unit's left rows in portions that fit the memory, in the order the result wants: that of the file, or
 * that of the spatial index. One thread.
 */
final class LeftChunks {

    // Bins that unsorted rows are counted in.
    private static final int BIN_BITS = 16;

    private final List<Segment> segments;
    private final int mostRows;
    private final boolean storedIndex;
    private final PageDecoder decoder;
    private final UnitRows part = new UnitRows();

    /**
     * @param storedIndex whether the rows have a spatial index of order 29
     */
    LeftChunks(List<Segment> segments, int mostRows, boolean storedIndex, PageDecoder decoder) {
        this.segments = segments;
        this.mostRows = mostRows;
        this.storedIndex = storedIndex;
        this.decoder = decoder;
    }

    /** Segments to be read and matched together; read anew each time. */
    interface Chunk {
        List<Segment> segments();
    }

    /** All rows in file order. */
    List<Chunk> inFileOrder() {
        List<Chunk> chunks = new ArrayList<>();
        List<Segment> chunk = new ArrayList<>();
        int rows = 0;
        for (Segment segment : segments) {
            int from = 0;
            while (from < segment.rows()) {
                int count = Math.min(mostRows - rows, segment.rows() - from);
                chunk.add(count == segment.rows() ? segment : segment.part(from, from + count));
                from += count;
                rows += count;
                if (rows == mostRows) {
                    chunks.add(chunkOf(chunk));
                    chunk = new ArrayList<>();
                    rows = 0;
                }
            }
        }
        if (rows > 0 || chunks.isEmpty()) {
            chunks.add(chunkOf(chunk));
        }
        return chunks;
    }

    private static Chunk chunkOf(List<Segment> segments) {
        return () -> segments;
    }

    /** All rows so that no row of a chunk has a smaller index than one of the chunk before. */
    List<Chunk> inSkyOrder(HealpixPixel unit) {
        List<Chunk> inFileOrder = inFileOrder();
        if (inFileOrder.size() == 1) {
            return inFileOrder;
        }
        int shift = Math.max(0, 64 - Long.numberOfLeadingZeros(unit.end29() - unit.first29() - 1) - BIN_BITS);
        int[] counts = new int[(int) (unit.end29() - 1 - unit.first29() >>> shift) + 1];
        boolean ascending = true;
        long before = 0;
        for (Chunk chunk : inFileOrder) {
            for (Segment segment : chunk.segments()) {
                long[] pixels = pixelsOf(segment);
                for (int i = 0; i < segment.rows(); i++) {
                    long pixel = inside(unit, pixels[i]);
                    ascending &= pixel >= before;
                    before = pixel;
                    counts[(int) (pixel - unit.first29() >>> shift)]++;
                }
            }
        }
        return ascending ? inFileOrder : byBins(unit, shift, counts);
    }

    private List<Chunk> byBins(HealpixPixel unit, int shift, int[] counts) {
        List<Chunk> chunks = new ArrayList<>();
        int from = 0;
        while (from < counts.length) {
            int end = from;
            long rows = 0;
            while (end < counts.length && (rows == 0 || rows + counts[end] <= mostRows)) {
                rows += counts[end++];
            }
            if (rows > 0) {
                long first = unit.first29() + ((long) from << shift);
                long last = unit.first29() + ((long) end << shift);
                chunks.add(() -> between(unit, first, last));
            }
            from = end;
        }
        return chunks;
    }

    private List<Segment> between(HealpixPixel unit, long first, long end) {
        List<Segment> found = new ArrayList<>();
        for (Segment segment : segments) {
            for (int from = 0; from < segment.rows(); from += mostRows) {
                Segment portion = segment.part(from, Math.min(segment.rows(), from + mostRows));
                long[] pixels = pixelsOf(portion);
                boolean[] keep = new boolean[portion.rows()];
                for (int i = 0; i < keep.length; i++) {
                    long pixel = inside(unit, pixels[i]);
                    keep[i] = pixel >= first && pixel < end;
                }
                RowSubset rows = new RowSubset(portion, keep);
                if (rows.rows() > 0) {
                    found.add(rows);
                }
            }
        }
        return found;
    }

    private long[] pixelsOf(Segment segment) {
        part.clear();
        part.add(segment, decoder);
        part.readPixels(storedIndex, decoder);
        return part.pixels();
    }

    private static long inside(HealpixPixel unit, long pixel) {
        return Math.max(unit.first29(), Math.min(unit.end29() - 1, pixel));
    }
}
