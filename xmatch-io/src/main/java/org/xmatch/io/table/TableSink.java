package org.xmatch.io.table;

import java.util.Map;

/**
 * Where the rows of a result go, batch by batch. The file appears under its name only on
 * {@link #commit()}; closing without it leaves nothing behind. Used by one thread at a time.
 */
public interface TableSink extends AutoCloseable {

    /** Appends the rows of a table with exactly the sink's fields. Keeps nothing of the table. */
    void write(Table batch);

    /** Adds to what the file says of itself, before it is committed; formats that cannot leave it out. */
    default void annotate(Map<String, String> more) {}

    /** Finishes the file and gives it its name. */
    void commit();

    /** Releases everything; removes what was not committed. */
    @Override
    void close();
}
