package org.xmatch.io.table;

import org.xmatch.io.storage.RangeSource;

/** Reads a CSV file (RFC 4180, header line, UTF-8) whole into a table. Stateless and thread-safe. */
public final class CsvTable {

    private CsvTable() {}

    /**
     * Columns become int64 where every value is one, else double, else string; empty is null.
     *
     * @throws org.xmatch.io.CatalogFormatException naming the line, for rows of another length than the header's
     */
    public static Table read(RangeSource source) {
        throw new UnsupportedOperationException("contract only");
    }
}
