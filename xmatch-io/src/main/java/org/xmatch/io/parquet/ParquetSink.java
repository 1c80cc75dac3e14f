package org.xmatch.io.parquet;

import org.xmatch.io.table.Field;
import org.xmatch.io.table.Table;
import org.xmatch.io.table.TableSink;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * Writes one Parquet file: zstd, page index, column chunks with statistics.
 * <p>
 * Row groups have a fixed number of rows whatever the batches, so the bytes depend on the rows
 * alone. Columns of a full row group are encoded in parallel on the executor. Writes to a temporary
 * name beside the target; one thread at a time.
 */
public final class ParquetSink implements TableSink {

    /**
     * @param target the file that {@link #commit()} makes, replacing what is there
     * @param fields columns, in order
     * @param metadata key-value metadata of the footer
     * @param executor runs the encoding tasks; {@code Runnable::run} for none
     */
    public static ParquetSink create(Path target, List<Field> fields, ParquetWriteOptions options,
            Map<String, String> metadata, Executor executor) {
        throw new UnsupportedOperationException("contract only");
    }

    private ParquetSink() {}

    @Override
    public void write(Table batch) {
        throw new UnsupportedOperationException("contract only");
    }

    /** Ends the current row group, so that the next row starts another. */
    public void endRowGroup() {
        throw new UnsupportedOperationException("contract only");
    }

    @Override
    public void commit() {
        throw new UnsupportedOperationException("contract only");
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException("contract only");
    }
}
