package org.xmatch.io.pipeline;

import org.xmatch.core.healpix.Healpix;
import org.xmatch.core.healpix.HealpixPixel;
import org.xmatch.core.healpix.PixelRanges;
import org.xmatch.io.CatalogFormatException;
import org.xmatch.io.parquet.PageDecoder;
import org.xmatch.io.parquet.ParquetFile;
import org.xmatch.io.parquet.RowRanges;
import org.xmatch.io.table.Column;
import org.xmatch.io.table.Field;
import org.xmatch.io.table.Field.Physical;

import java.util.Arrays;
import java.util.Optional;

/** Rows of one row group of a leaf file. */
final class ParquetSegment implements Segment {

    private static final int[] NO_ROW = {-1};
    // Rows whose pixels are looked at together.
    private static final int PORTION_ROWS = 1 << 18;
    // Reading across a gap this short costs less than starting another range.
    private static final int MERGED_GAP = 256;

    private final ParquetFile file;
    private final int rowGroup;
    private final RowRanges rows;
    private final PositionColumns columns;

    ParquetSegment(ParquetFile file, int rowGroup, RowRanges rows, PositionColumns columns) {
        this.file = file;
        this.rowGroup = rowGroup;
        this.rows = rows;
        this.columns = columns;
    }

    @Override
    public int rows() {
        return rows.rows();
    }

    @Override
    public Segment part(int from, int end) {
        return new ParquetSegment(file, rowGroup, fileRanges(new int[] {from, end}, 2), columns);
    }

    @Override
    public Segment within(PixelRanges region, PageDecoder decoder) {
        if (columns.healpix().flatMap(file::field).isPresent() && columns.healpixOrder() != HealpixPixel.MAX_ORDER) {
            return this;
        }
        int[] kept = new int[16];
        int length = 0;
        Column pixels = new Column(Field.ofLong("pixel"));
        for (int from = 0; from < rows(); from += PORTION_ROWS) {
            Segment portion = part(from, Math.min(rows(), from + PORTION_ROWS));
            pixels.clear();
            portion.appendPixels(pixels, decoder);
            for (int i = 0; i < pixels.size(); i++) {
                long pixel = pixels.longs()[i];
                if (pixel >= 0 && !region.contains(pixel)) {
                    continue;
                }
                int row = from + i;
                if (length > 0 && row - kept[length - 1] <= MERGED_GAP) {
                    kept[length - 1] = row + 1;
                } else {
                    if (length + 2 > kept.length) {
                        kept = Arrays.copyOf(kept, 2 * kept.length);
                    }
                    kept[length++] = row;
                    kept[length++] = row + 1;
                }
            }
        }
        return new ParquetSegment(file, rowGroup, fileRanges(kept, length), columns);
    }

    /** Path or URI of the file. */
    String location() {
        return file.location();
    }

    @Override
    public void appendPositions(Column ra, Column dec, PageDecoder decoder) {
        int start = dec.size();
        appendDegrees(columns.ra(), ra, decoder);
        appendDegrees(columns.dec(), dec, decoder);
        double[] values = dec.doubles();
        for (int i = start; i < dec.size(); i++) {
            if (Math.abs(values[i]) > 90) {
                throw new CatalogFormatException(file.location(), "column '" + columns.dec() + "' of "
                        + file.location() + " holds " + values[i] + " in row " + fileRow(i - start)
                        + ": declinations are degrees in [-90, 90]; if they are radians or another"
                        + " column is meant, name it with --left-dec or --right-dec");
            }
        }
    }

    private void appendDegrees(String name, Column into, PageDecoder decoder) {
        Field field = file.field(name).orElseThrow(() -> new CatalogFormatException(file.location(),
                file.location() + " has no column '" + name + "', which should hold positions"));
        Column values = field.physical() == Physical.DOUBLE ? into : new Column(field);
        int start = into.size();
        int valueStart = values.size();
        file.read(rowGroup, name, rows, values, decoder);
        int count = values.size() - valueStart;
        if (values != into) {
            into.reserve(start + count);
            Degrees.widen(values, 0, count, into.doubles(), start, file.location());
            into.setSize(start + count);
        } else if (into.nulls() != null) {
            Degrees.nullsToNaN(into, start, count);
        }
    }

    /** Row number in the file of a local row. */
    long fileRow(int local) {
        long before = 0;
        for (int group = 0; group < rowGroup; group++) {
            before += file.rowCount(group);
        }
        int left = local;
        for (int i = 0; i < rows.size(); i++) {
            int length = rows.end(i) - rows.from(i);
            if (left < length) {
                return before + rows.from(i) + left;
            }
            left -= length;
        }
        throw new IndexOutOfBoundsException("row " + local + " of " + rows.rows());
    }

    @Override
    public void appendPixels(Column pixels, PageDecoder decoder) {
        Optional<Field> stored = columns.healpix().flatMap(file::field);
        int start = pixels.size();
        pixels.reserve(start + rows());
        long[] into = pixels.longs();
        if (stored.isEmpty()) {
            Column ra = new Column(Field.ofDouble(columns.ra()));
            Column dec = new Column(Field.ofDouble(columns.dec()));
            appendPositions(ra, dec, decoder);
            for (int i = 0; i < ra.size(); i++) {
                boolean position = Double.isFinite(ra.doubles()[i]) && Double.isFinite(dec.doubles()[i]);
                into[start + i] = position ? Healpix.pixelOf(29, ra.doubles()[i], dec.doubles()[i]) : -1;
            }
        } else if (stored.get().physical() == Physical.INT64 && columns.healpixOrder() == HealpixPixel.MAX_ORDER) {
            file.read(rowGroup, stored.get().name(), rows, pixels, decoder);
            for (int row = start; pixels.nulls() != null && row < pixels.size(); row++) {
                pixels.longs()[row] = pixels.isNull(row) ? -1 : pixels.longs()[row];
            }
        } else {
            Column values = new Column(stored.get());
            file.read(rowGroup, stored.get().name(), rows, values, decoder);
            int shift = 2 * (29 - columns.healpixOrder());
            boolean narrow = stored.get().physical() == Physical.INT32;
            for (int i = 0; i < values.size(); i++) {
                long value = narrow ? Integer.toUnsignedLong(values.ints()[i]) : values.longs()[i];
                into[start + i] = values.isNull(i) ? -1 : value << shift;
            }
        }
        pixels.setSize(start + rows());
    }

    @Override
    public void appendColumn(String name, int[] bounds, int length, Column into, PageDecoder decoder) {
        RowRanges wanted = fileRanges(bounds, length);
        Optional<Field> stored = file.field(name);
        if (stored.isEmpty()) {
            for (int i = 0; i < wanted.rows(); i++) {
                into.appendRows(into, NO_ROW, 0, 1);
            }
            return;
        }
        Field from = stored.get();
        Field to = into.field();
        if (from.physical() == to.physical() && from.typeLength() == to.typeLength()) {
            file.read(rowGroup, name, wanted, into, decoder);
            return;
        }
        Column values = new Column(from);
        file.read(rowGroup, name, wanted, values, decoder);
        appendWidened(values, into);
    }

    /** Leaves may store a column narrower than the catalog's schema says. */
    private void appendWidened(Column values, Column into) {
        int start = into.size();
        into.reserve(start + values.size());
        Physical from = values.field().physical();
        Physical to = into.field().physical();
        if (from == Physical.INT32 && to == Physical.INT64) {
            for (int i = 0; i < values.size(); i++) {
                into.longs()[start + i] = values.ints()[i];
            }
        } else if (from == Physical.FLOAT && to == Physical.DOUBLE) {
            for (int i = 0; i < values.size(); i++) {
                into.doubles()[start + i] = values.floats()[i];
            }
        } else {
            throw new CatalogFormatException(file.location(), "column '" + into.field().name() + "' is "
                    + from + " in " + file.location() + " and " + to + " in the catalog's schema"
                    + " (dataset/_common_metadata): the leaf was written with another type");
        }
        into.setSize(start + values.size());
        for (int i = 0; i < values.size(); i++) {
            if (values.isNull(i)) {
                into.setNull(start + i);
            }
        }
    }

    /** Translates local rows to rows of the row group. */
    private RowRanges fileRanges(int[] bounds, int length) {
        if (rows.size() == 1) {
            int[] shifted = Arrays.copyOf(bounds, length);
            for (int i = 0; i < length; i++) {
                shifted[i] += rows.from(0);
            }
            return RowRanges.ofBounds(shifted, length);
        }
        int[] out = new int[length + 2 * rows.size()];
        int count = 0;
        int range = 0;
        int before = 0; // local number of the first row of the range
        for (int i = 0; i < length; i += 2) {
            int from = bounds[i];
            while (from < bounds[i + 1]) {
                while (from - before >= rows.end(range) - rows.from(range)) {
                    before += rows.end(range) - rows.from(range);
                    range++;
                }
                int rangeEnd = before + rows.end(range) - rows.from(range);
                int end = Math.min(bounds[i + 1], rangeEnd);
                out[count++] = rows.from(range) + from - before;
                out[count++] = rows.from(range) + end - before;
                from = end;
            }
        }
        return RowRanges.ofBounds(out, count);
    }
}
