package org.xmatch.io.parquet;

import org.xmatch.io.table.Column;
import org.xmatch.io.table.Table;

/** Tables given to a file a few rows at a time. */
final class Batches {

    private Batches() {}

    static void write(Table table, int batchRows, ParquetSink sink) {
        for (int from = 0; from < table.rows(); from += batchRows) {
            int first = from;
            int end = Math.min(table.rows(), from + batchRows);
            sink.write(new Table(table.columns().stream().map(column -> {
                Column part = new Column(column.field());
                part.appendRange(column, first, end);
                return part;
            }).toList(), end - from));
        }
    }
}
