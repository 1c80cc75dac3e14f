package org.xmatch.io.pipeline;

import org.xmatch.core.healpix.Healpix;
import org.xmatch.core.healpix.HealpixPixel;
import org.xmatch.core.healpix.PixelRanges;
import org.xmatch.io.CatalogFormatException;
import org.xmatch.io.parquet.PageDecoder;
import org.xmatch.io.parquet.ReadCost;
import org.xmatch.io.storage.FetchOptions;
import org.xmatch.io.table.Column;
import org.xmatch.io.table.Table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * A table in memory, sorted by order-29 pixel and cut into partitions of its own making. Rows
 * without a position are in no partition. Immutable.
 */
final class PlainSide implements Side {

    private static final int MOST_PARTITION_ROWS = 250_000;
    private static final int DEEPEST_PARTITION = 14;

    private final Table table;
    private final double[] ra;
    private final double[] dec;
    private final int[] order;
    private final long[] pixels; // of the rows in sky order
    private final List<HealpixPixel> partitions;
    private final long withoutPosition;

    PlainSide(Table table, String raName, String decName, String location) {
        this.table = table;
        this.ra = degrees(table.column(raName).orElseThrow(), location);
        this.dec = degrees(table.column(decName).orElseThrow(), location);
        int rows = table.rows();
        int[] valid = new int[rows];
        long[] keys = new long[rows];
        int count = 0;
        for (int row = 0; row < rows; row++) {
            if (Math.abs(dec[row]) > 90 && Double.isFinite(dec[row])) {
                throw new CatalogFormatException(location, "column '" + decName + "' of " + location + " holds "
                        + dec[row] + " in row " + row + ": declinations are degrees in [-90, 90]; if they are"
                        + " radians or another column is meant, name it with --left-dec or --right-dec");
            }
            if (Double.isFinite(ra[row]) && Double.isFinite(dec[row])) {
                keys[count] = Healpix.pixelOf(29, ra[row], dec[row]);
                valid[count++] = row;
            }
        }
        this.withoutPosition = rows - count;
        int[] sorted = PixelOrder.of(keys, count);
        this.order = new int[count];
        this.pixels = new long[count];
        for (int i = 0; i < count; i++) {
            order[i] = valid[sorted[i]];
            pixels[i] = keys[sorted[i]];
        }
        List<HealpixPixel> cut = new ArrayList<>();
        for (long base = 0; base < 12; base++) {
            cut(new HealpixPixel(0, base), cut);
        }
        this.partitions = List.copyOf(cut);
    }

    private static double[] degrees(Column column, String location) {
        double[] values = new double[column.size()];
        Degrees.widen(column, 0, column.size(), values, 0, location);
        return values;
    }

    private void cut(HealpixPixel pixel, List<HealpixPixel> into) {
        int rows = rowBefore(pixel.end29()) - rowBefore(pixel.first29());
        if (rows == 0) {
            return;
        }
        if (rows <= MOST_PARTITION_ROWS || pixel.order() == DEEPEST_PARTITION) {
            into.add(pixel);
            return;
        }
        for (long child = 0; child < 4; child++) {
            cut(new HealpixPixel(pixel.order() + 1, 4 * pixel.pixel() + child), into);
        }
    }

    /** Number of rows in pixels before this one. */
    private int rowBefore(long pixel29) {
        int low = 0;
        int high = pixels.length;
        while (low < high) {
            int middle = low + high >>> 1;
            if (pixels[middle] < pixel29) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    @Override
    public List<HealpixPixel> partitions() {
        return partitions;
    }

    @Override
    public long rowsOutsidePartitions() {
        return withoutPosition;
    }

    @Override
    public Partition open(HealpixPixel pixel) {
        return new Slice(pixel);
    }

    private final class Slice implements Partition {

        private final HealpixPixel pixel;

        Slice(HealpixPixel pixel) {
            this.pixel = pixel;
        }

        @Override
        public long rowCount() {
            return rowBefore(pixel.end29()) - rowBefore(pixel.first29());
        }

        @Override
        public Reading reading(PixelRanges region, Set<String> columns, FetchOptions fetch) {
            try (PageDecoder unused = new PageDecoder()) {
                long rows = segments(region, unused).stream().mapToLong(Segment::rows).sum();
                return new Reading(rows, rowCount(), ReadCost.NONE, true);
            }
        }

        @Override
        public List<Segment> segments(PixelRanges region, PageDecoder decoder) {
            List<Segment> segments = new ArrayList<>();
            for (int i = 0; i < region.size(); i++) {
                int from = rowBefore(Math.max(region.from(i), pixel.first29()));
                int end = rowBefore(Math.min(region.end(i), pixel.end29()));
                if (from < end) {
                    segments.add(new Rows(from, end));
                }
            }
            return segments;
        }

        @Override
        public void close() {}
    }

    /** Rows {@code [from, end)} of the sky order. */
    final class Rows implements Segment {

        private final int from;
        private final int end;

        Rows(int from, int end) {
            this.from = from;
            this.end = end;
        }

        @Override
        public int rows() {
            return end - from;
        }

        @Override
        public Segment part(int first, int last) {
            return new Rows(from + first, from + last);
        }

        /** Row of the table at a local row. */
        int tableRow(int local) {
            return order[from + local];
        }

        @Override
        public void appendPositions(Column intoRa, Column intoDec, PageDecoder decoder) {
            int start = intoRa.size();
            intoRa.reserve(start + rows());
            intoDec.reserve(start + rows());
            for (int i = 0; i < rows(); i++) {
                intoRa.doubles()[start + i] = ra[order[from + i]];
                intoDec.doubles()[start + i] = dec[order[from + i]];
            }
            intoRa.setSize(start + rows());
            intoDec.setSize(start + rows());
        }

        @Override
        public void appendPixels(Column into, PageDecoder decoder) {
            into.appendRange(Column.ofLongs(into.field(), pixels, pixels.length), from, end);
        }

        @Override
        public void appendColumn(String name, int[] bounds, int length, Column into, PageDecoder decoder) {
            Column values = table.column(name).orElseThrow();
            for (int i = 0; i < length; i += 2) {
                into.appendRows(values, order, from + bounds[i], bounds[i + 1] - bounds[i]);
            }
        }

        @Override
        public String toString() {
            return "rows " + Arrays.toString(new int[] {from, end}) + " in sky order";
        }
    }
}
