package org.xmatch.io.table;

import java.nio.file.Path;
import java.util.List;

/** Writes a CSV file: header line, RFC 4180 quoting, null as an empty field. One thread at a time. */
public final class CsvSink implements TableSink {

    public static CsvSink create(Path target, List<Field> fields) {
        throw new UnsupportedOperationException("contract only");
    }

    private CsvSink() {}

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
