package org.xmatch.io.table;

import org.xmatch.io.table.Field.Physical;

import java.util.ArrayDeque;
import java.util.Deque;
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

    /** How values of a column are stored, whatever they mean. */
    private record Storage(Physical physical, int typeLength) {

        static Storage of(Field field) {
            return new Storage(field.physical(), field.typeLength());
        }
    }

    private final long mostBytes;
    private final Map<Storage, Deque<Column>> idle = new HashMap<>();
    private long bytes;

    /** @param mostBytes of memory for columns that nobody uses */
    public ColumnPool(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** An empty column. */
    public Column take(Field field) {
        Column free;
        synchronized (this) {
            Deque<Column> same = idle.get(Storage.of(field));
            free = same == null ? null : same.poll();
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
                idle.computeIfAbsent(Storage.of(column.field()), storage -> new ArrayDeque<>()).push(column);
            }
        }
    }
}
