package org.xmatch.io.pipeline;

import org.xmatch.core.healpix.Healpix;
import org.xmatch.io.parquet.PageDecoder;
import org.xmatch.io.table.Column;
import org.xmatch.io.table.Field;

import java.util.ArrayList;
import java.util.List;

/**
 * The rows of one catalog that a unit of work looks at, with their positions; unit rows are
 * numbered through the segments in order. Reused from unit to unit by one thread.
 */
final class UnitRows {

    private final Column ra = new Column(Field.ofDouble("ra"));
    private final Column dec = new Column(Field.ofDouble("dec"));
    private final Column pixels = new Column(Field.ofLong("pixel"));
    private final List<Segment> segments = new ArrayList<>();
    private int[] starts = new int[16];

    void clear() {
        ra.clear();
        dec.clear();
        pixels.clear();
        segments.clear();
    }

    /** Reads the positions of rows behind those already here, with room for some of the border. */
    void addAll(List<Segment> more, PageDecoder decoder) {
        long rows = size();
        for (Segment segment : more) {
            rows += segment.rows();
        }
        if (rows > ra().length) {
            int room = (int) Math.min(rows + rows / 16, Integer.MAX_VALUE - 8);
            ra.reserve(room);
            dec.reserve(room);
        }
        more.forEach(segment -> add(segment, decoder));
    }

    /** Reads the positions of a segment's rows behind those already here. */
    void add(Segment segment, PageDecoder decoder) {
        if (segments.size() + 1 >= starts.length) {
            starts = java.util.Arrays.copyOf(starts, 2 * starts.length);
        }
        starts[segments.size()] = ra.size();
        segments.add(segment);
        segment.appendPositions(ra, dec, decoder);
        starts[segments.size()] = ra.size();
    }

    /**
     * Reads the spatial index of the rows here: as stored where it has order 29, else of their positions.
     *
     * @param stored whether there is an index of order 29
     */
    void readPixels(boolean stored, PageDecoder decoder) {
        pixels.clear();
        if (stored) {
            segments.forEach(segment -> segment.appendPixels(pixels, decoder));
        } else {
            pixels.reserve(size());
            pixels.setSize(size());
        }
        long[] values = pixels.longs();
        for (int row = 0; row < size(); row++) {
            if (stored && values[row] >= 0) {
                continue;
            }
            boolean position = Double.isFinite(ra()[row]) && Double.isFinite(dec()[row]);
            values[row] = position ? Healpix.pixelOf(29, ra()[row], dec()[row]) : 0; // matches nothing
        }
    }

    /** What {@link #readPixels} read. */
    long[] pixels() {
        return pixels.longs();
    }

    /** Drops the segments from {@code count} on, and their rows. */
    void truncate(int count) {
        int rows = count == 0 ? 0 : starts[count];
        segments.subList(count, segments.size()).clear();
        drop(ra, rows);
        drop(dec, rows);
    }

    private static void drop(Column column, int rows) {
        column.setSize(rows);
        if (column.nulls() != null) {
            java.util.Arrays.fill(column.nulls(), false); // their NaN stays
        }
    }

    int size() {
        return ra.size();
    }

    double[] ra() {
        return ra.doubles();
    }

    double[] dec() {
        return dec.doubles();
    }

    List<Segment> segments() {
        return segments;
    }

    /** First unit row of segment {@code i}; at {@code segments().size()}, the number of rows. */
    int start(int i) {
        return segments.isEmpty() ? 0 : starts[i];
    }

    /** Whether all rows of {@code [from, end)} have a finite position: a look of a nanosecond at each. */
    boolean haveAllPositions(int from, int end) {
        double[] ras = ra();
        double[] decs = dec();
        double sum = 0; // 0 times what is not finite is NaN, which stays
        for (int i = from; i < end; i++) {
            sum += ras[i] * 0 + decs[i] * 0;
        }
        return sum == 0;
    }

    /** Rows from {@code from} on without a finite position. */
    long withoutPosition(int from) {
        if (haveAllPositions(from, size())) {
            return 0;
        }
        long count = 0;
        for (int i = from; i < size(); i++) {
            if (!(Double.isFinite(ra.doubles()[i]) && Double.isFinite(dec.doubles()[i]))) {
                count++;
            }
        }
        return count;
    }
}
