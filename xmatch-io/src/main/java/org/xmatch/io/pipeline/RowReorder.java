package org.xmatch.io.pipeline;

import org.xmatch.io.table.Column;
import org.xmatch.io.table.Table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Collects tables whose rows have keys, to be put in the order of those. One thread. */
final class RowReorder {

    private final List<Column> columns = new ArrayList<>();
    private long[] keys = new long[0];
    private int size;

    /** Appends a table; its row {@code i} has key {@code rowKeys[i]}, not negative. */
    void add(Table table, long[] rowKeys) {
        if (columns.isEmpty()) {
            table.fields().forEach(field -> columns.add(new Column(field)));
        }
        for (int i = 0; i < columns.size(); i++) {
            columns.get(i).appendRange(table.columns().get(i), 0, table.rows());
        }
        int total = Math.addExact(size, rowKeys.length);
        if (keys.length < total) {
            keys = Arrays.copyOf(keys, Math.max(total, keys.length + (keys.length >> 1)));
        }
        System.arraycopy(rowKeys, 0, keys, size, rowKeys.length);
        size = total;
    }

    int size() {
        return size;
    }

    /** Collected rows by key; those of one key in the order they came. */
    int[] order() {
        return PixelOrder.of(keys, size);
    }

    /** Key of a collected row. */
    long key(int row) {
        return keys[row];
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
