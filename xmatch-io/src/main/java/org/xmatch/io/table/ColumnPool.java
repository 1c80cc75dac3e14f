package org.xmatch.io.table;

import org.xmatch.io.table.Field.Physical;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Columns that nobody reads any more, for those who fill the next ones: new arrays are cleared, page by page
 * given by the system, and moved by collections. Thread-safe.
 */
public final class ColumnPool {

    /** Rows of a column that is worth keeping, and no large share of a small memory. */
    public static final int MOST_ROWS = 1 << 17;

    private final long mostBytes;
    // by how values are stored
    private final Map<Physical, Map<Integer, Deque<Column>>> idle = new EnumMap<>(Physical.class);
    private long bytes;

    /** @param mostBytes of memory for columns that nobody uses */
    public ColumnPool(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** An empty column. */
    public Column take(Field field) {
        Column free;
        synchronized (this) {
            free = idleLike(field).poll();
            bytes -= free == null ? 0 : free.capacityBytes();
        }
        if (free == null) {
            return new Column(field);
        }
        Column column = free.as(field);
        column.clear();
        return column;
    }

    /** Takes columns whose arrays no one uses from now on. */
    public synchronized void giveBack(List<Column> columns) {
        for (Column column : columns) {
            long more = column.capacityBytes();
            if (!column.field().isNested() && column.size() <= MOST_ROWS && bytes + more <= mostBytes) {
                bytes += more;
                idleLike(column.field()).push(column);
            }
        }
    }

    private Deque<Column> idleLike(Field field) {
        return idle.computeIfAbsent(field.physical(), physical -> new HashMap<>())
                .computeIfAbsent(field.typeLength(), length -> new ArrayDeque<>());
    }
}
