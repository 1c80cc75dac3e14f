package org.xmatch.io.parquet;

import org.xmatch.io.table.Column;

import java.util.Arrays;

/** Moves values inside a column: apart to make place for nulls, or together. Stateless. */
final class NullRows {

    private NullRows() {}

    /**
     * Spreads the {@code present} values from row {@code start} on over {@code rows} rows, from the
     * last to the first, so that no value is overwritten before it was moved.
     */
    static void spread(Column column, int start, int present, int rows, boolean[] defined) {
        int width = column.width();
        int from = start + present;
        int[] offsets = column.offsets();
        boolean texts = column.field().physical() == org.xmatch.io.table.Field.Physical.BYTE_ARRAY;
        for (int row = rows - 1; row >= 0; row--) {
            int to = start + row;
            if (texts) {
                offsets[to + 1] = offsets[from];
            }
            if (defined[row]) {
                from--;
            }
            boolean value = defined[row];
            switch (column.field().physical()) {
                case INT32 -> column.ints()[to] = value ? column.ints()[from] : 0;
                case INT64 -> column.longs()[to] = value ? column.longs()[from] : 0;
                case FLOAT -> column.floats()[to] = value ? column.floats()[from] : 0;
                case DOUBLE -> column.doubles()[to] = value ? column.doubles()[from] : 0;
                case BOOLEAN, INT96, FIXED_LEN_BYTE_ARRAY -> {
                    if (value) {
                        System.arraycopy(column.bytes(), from * width, column.bytes(), to * width, width);
                    } else {
                        Arrays.fill(column.bytes(), to * width, (to + 1) * width, (byte) 0);
                    }
                }
                case BYTE_ARRAY -> { } // the bytes stay, only offsets moved
            }
        }
        column.setSize(start + rows);
        for (int row = 0; row < rows; row++) {
            if (!defined[row]) {
                column.setNull(start + row);
            } else if (column.nulls() != null) {
                column.nulls()[start + row] = false;
            }
        }
    }

    /** Moves rows {@code [from, end)} down to row {@code to}; returns the row after the last moved. */
    static int move(Column column, int from, int end, int to) {
        int count = end - from;
        if (from == to) {
            return end;
        }
        int width = column.width();
        switch (column.field().physical()) {
            case INT32 -> System.arraycopy(column.ints(), from, column.ints(), to, count);
            case INT64 -> System.arraycopy(column.longs(), from, column.longs(), to, count);
            case FLOAT -> System.arraycopy(column.floats(), from, column.floats(), to, count);
            case DOUBLE -> System.arraycopy(column.doubles(), from, column.doubles(), to, count);
            case BOOLEAN, INT96, FIXED_LEN_BYTE_ARRAY ->
                System.arraycopy(column.bytes(), from * width, column.bytes(), to * width, count * width);
            case BYTE_ARRAY -> {
                int[] offsets = column.offsets();
                int shift = offsets[from] - offsets[to];
                System.arraycopy(column.bytes(), offsets[from], column.bytes(), offsets[to],
                        offsets[end] - offsets[from]);
                for (int i = 1; i <= count; i++) {
                    offsets[to + i] = offsets[from + i] - shift;
                }
            }
        }
        boolean[] nulls = column.nulls();
        if (nulls != null) {
            System.arraycopy(nulls, from, nulls, to, count);
        }
        return to + count;
    }
}
