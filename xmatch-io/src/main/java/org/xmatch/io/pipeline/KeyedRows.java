package org.xmatch.io.pipeline;

import org.xmatch.io.table.Column;
import org.xmatch.io.table.Table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows in memory, each with a key that is not negative. One thread. */
final class KeyedRows {

    private final List<Column> columns = new ArrayList<>();
    private long[] keys = new long[0];
    private int size;

    /** Appends the rows {@code [from, to)} of a table; its row {@code i} has key {@code rowKeys[i]}. */
    void add(Table table, long[] rowKeys, int from, int to) {
        if (columns.isEmpty()) {
            table.fields().forEach(field -> columns.add(new Column(field)));
        }
        int total = Math.addExact(size, to - from);
        for (int i = 0; i < columns.size(); i++) {
            columns.get(i).appendRange(table.columns().get(i), from, to);
        }
        if (keys.length < total) {
            keys = Arrays.copyOf(keys, Math.max(total, keys.length + (keys.length >> 1)));
        }
        System.arraycopy(rowKeys, from, keys, size, to - from);
        size = total;
    }

    int size() {
        return size;
    }

    /** Forgets the rows, keeps their room. */
    void clear() {
        columns.forEach(Column::clear);
        size = 0;
    }

    /** The rows in order of key; those of one key in the order they came. */
    int[] order() {
        return PixelOrder.of(keys, size);
    }

    /** The keys of {@code order[from .. from + count)}. */
    long[] keys(int[] order, int from, int count) {
        long[] of = new long[count];
        for (int i = 0; i < count; i++) {
            of[i] = keys[order[from + i]];
        }
        return of;
    }

    /** The rows {@code order[from .. from + count)}. */
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
