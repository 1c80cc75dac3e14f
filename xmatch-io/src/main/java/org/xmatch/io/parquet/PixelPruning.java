package org.xmatch.io.parquet;

import org.apache.parquet.format.ColumnIndex;
import org.apache.parquet.format.PageLocation;
import org.apache.parquet.format.Statistics;
import org.jspecify.annotations.Nullable;
import org.xmatch.core.healpix.PixelRanges;
import org.xmatch.io.table.Column;
import org.xmatch.io.table.Field;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/** Decides by the spatial index which rows may lie in a region. Keeps rows where it cannot tell. */
final class PixelPruning {

    // A gap this short is read across: it costs less than another range.
    private static final int MERGED_GAP = 1024;

    private final Field field;
    private final int shift;
    private final PixelRanges region;

    PixelPruning(Field field, int order, PixelRanges region) {
        this.field = field;
        this.shift = 2 * (29 - order);
        this.region = region;
    }

    /** What is known of a run of rows. */
    enum Verdict {
        OUTSIDE, INSIDE, MIXED
    }

    Verdict ofChunk(@Nullable Statistics statistics) {
        if (statistics == null || !statistics.isSetMin_value() || !statistics.isSetMax_value()) {
            return Verdict.MIXED;
        }
        if (!statistics.isSetNull_count() || statistics.getNull_count() != 0) {
            return Verdict.MIXED; // a row without an index value may lie anywhere
        }
        return between(statistics.getMin_value(), statistics.getMax_value());
    }

    private Verdict between(byte[] least, byte[] most) {
        int width = field.physical() == Field.Physical.INT64 ? 8 : 4;
        if (least.length != width || most.length != width) {
            return Verdict.MIXED;
        }
        long from = value(least);
        long end = value(most) + 1;
        if (from < 0 || end <= from || end > 12L << 58 - shift) {
            return Verdict.MIXED; // no pixels of that order: trust nothing
        }
        if (!region.overlaps(from << shift, end << shift)) {
            return Verdict.OUTSIDE;
        }
        return region.containsAll(from << shift, end << shift) ? Verdict.INSIDE : Verdict.MIXED;
    }

    private long value(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        return bytes.length == 8 ? buffer.getLong() : buffer.getInt() & 0xffffffffL;
    }

    /** By the page index: whole pages. */
    RowRanges ofPages(ColumnIndex index, List<PageLocation> pages, int rows) {
        Ranges out = new Ranges();
        boolean counted = index.getNull_countsSize() == pages.size();
        for (int page = 0; page < pages.size(); page++) {
            int from = Math.toIntExact(pages.get(page).getFirst_row_index());
            int end = page + 1 < pages.size() ? Math.toIntExact(pages.get(page + 1).getFirst_row_index()) : rows;
            boolean nulls = !counted || index.getNull_counts().get(page) != 0;
            Verdict verdict = nulls ? Verdict.MIXED
                    : between(bytes(index.getMin_values().get(page)), bytes(index.getMax_values().get(page)));
            if (verdict != Verdict.OUTSIDE && from < end) {
                out.add(from, end);
            }
        }
        return out.toRowRanges();
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    /** By page statistics where there are some, else by the values themselves. */
    RowRanges ofValues(ColumnChunkReader reader, FlatPages pages) {
        Ranges out = new Ranges();
        Column values = new Column(field);
        Verdict[] last = {Verdict.MIXED};
        reader.read(pages.scan(statistics -> {
            last[0] = ofChunk(statistics);
            return last[0] == Verdict.MIXED;
        }, (from, end, decoded) -> {
            if (!decoded) {
                if (last[0] == Verdict.INSIDE) {
                    out.add(from, end);
                }
                return;
            }
            for (int row = from; row < end; row++) {
                int i = row - from;
                long pixel = field.physical() == Field.Physical.INT64
                        ? values.longs()[i] : values.ints()[i] & 0xffffffffL;
                if (values.isNull(i) || pixel < 0 || region.overlaps(pixel << shift, pixel + 1 << shift)) {
                    out.add(row, row + 1);
                }
            }
        }, values));
        return out.toRowRanges();
    }

    /** Collects ascending ranges, joining those close to each other. */
    private static final class Ranges {

        private int[] bounds = new int[16];
        private int length;

        void add(int from, int end) {
            if (length > 0 && from - bounds[length - 1] <= MERGED_GAP) {
                bounds[length - 1] = end;
                return;
            }
            if (length + 2 > bounds.length) {
                bounds = Arrays.copyOf(bounds, 2 * bounds.length);
            }
            bounds[length++] = from;
            bounds[length++] = end;
        }

        RowRanges toRowRanges() {
            return RowRanges.ofBounds(bounds, length);
        }
    }
}
