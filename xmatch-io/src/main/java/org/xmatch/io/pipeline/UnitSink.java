package org.xmatch.io.pipeline;

import org.xmatch.io.table.Table;

/** The result of one unit of work, table by table. Closed without {@link #commit}: discarded. One thread. */
interface UnitSink extends AutoCloseable {

    /**
     * Appends rows: the spatial index, then the result's columns; ascending by the index from table to table.
     * Keeps nothing of the table.
     */
    void write(Table table);

    /** The unit is done; also called where no row matched. */
    void commit(MatchCounts counts);

    @Override
    void close();
}
