package org.xmatch.io.table;

import java.nio.file.Path;
import java.util.List;

/** Writes an Arrow IPC file, a record batch per 65,536 rows at most. One thread at a time. */
public final class ArrowSink implements TableSink {

    public static ArrowSink create(Path target, List<Field> fields) {
        throw new UnsupportedOperationException("contract only");
    }

    private ArrowSink() {}

    @Override
    public void write(Table batch) {
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
