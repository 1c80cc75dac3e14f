package org.xmatch.io.pipeline;

import org.xmatch.io.table.Column;
import org.xmatch.io.table.Table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Collects tables whose rows belong to left rows, to be put in the order of those. One thread. */
final class RowReorder {

    private final List<Column> columns = new ArrayList<>();
    private int[] rows = new int[0];
    private int size;

    /** Appends a table; its row {@code i} belongs to left row {@code leftRows[i]}. */
    void add(Table table, int[] leftRows) {
        if (columns.isEmpty()) {
            table.fields().forEach(field -> columns.add(new Column(field)));
        }
        for (int i = 0; i < columns.size(); i++) {
            columns.get(i).appendRange(table.columns().get(i), 0, table.rows());
        }
        int total = Math.addExact(size, leftRows.length);
        if (rows.length < total) {
            rows = Arrays.copyOf(rows, Math.max(total, rows.length + (rows.length >> 1)));
        }
        System.arraycopy(leftRows, 0, rows, size, leftRows.length);
        size = total;
    }

    int size() {
        return size;
    }

    /** Collected rows by left row; those of one left row in the order they came. */
    int[] order() {
        long[] keys = new long[size];
        for (int i = 0; i < size; i++) {
            keys[i] = rows[i];
        }
        return PixelOrder.of(keys, size);
    }

    /** Left rows in an order of collected rows. */
    int[] rowsIn(int[] order) {
        int[] out = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            out[i] = rows[order[i]];
        }
        return out;
    }

    /** The collected rows {@code order[from .. from + count)}. */
    Table table(int[] order, int from, int count) {
        List<Column> batch = new ArrayList<>();
        for (Column column : columns) {
            Column out = new Column(column.field());
            out.appendRows(column, order, from, count);
            batch.add(out);
        }
        return new Table(batch, count);
    }
}
