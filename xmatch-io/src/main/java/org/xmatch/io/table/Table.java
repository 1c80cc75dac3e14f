package org.xmatch.io.table;

import java.util.List;
import java.util.Optional;

/**
 * Columns of equal length, in order. Immutable as far as its columns are; thread-safe to read.
 */
public final class Table {

    private final List<Column> columns;
    private final int rows;

    public Table(List<Column> columns, int rows) {
        this.columns = List.copyOf(columns);
        this.rows = rows;
        for (Column column : columns) {
            if (column.size() != rows) {
                throw new IllegalArgumentException("column '" + column.field().name() + "' has "
                        + column.size() + " rows, the table " + rows);
            }
        }
    }

    public List<Column> columns() {
        return columns;
    }

    public int rows() {
        return rows;
    }

    /** Bytes of memory that the values take, about. */
    public long bytes() {
        return columns.stream().mapToLong(Column::valueBytes).sum();
    }

    public List<Field> fields() {
        return columns.stream().map(Column::field).toList();
    }

    /** The column of that exact name. */
    public Optional<Column> column(String name) {
        return columns.stream().filter(column -> column.field().name().equals(name)).findFirst();
    }
}
