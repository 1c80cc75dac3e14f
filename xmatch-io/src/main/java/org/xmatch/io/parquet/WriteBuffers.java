package org.xmatch.io.parquet;

import org.xmatch.io.table.ColumnPool;

import java.util.ArrayDeque;
import java.util.Collection;

/**
 * What writers of Parquet files work with, handed from one to the next: compressors, pages of a row group, columns.
 * Thread-safe. A compressor handed back after {@link #close()} is closed then.
 */
public final class WriteBuffers implements AutoCloseable {

    private final ColumnPool columns = new ColumnPool();
    private final ArrayDeque<EncoderWork> works = new ArrayDeque<>();
    private final ArrayDeque<EncodedBytes> pages = new ArrayDeque<>();
    private boolean closed;

    ColumnPool columns() {
        return columns;
    }

    synchronized EncoderWork takeWork() {
        return works.isEmpty() ? new EncoderWork() : works.pop();
    }

    synchronized void giveBack(EncoderWork work) {
        if (closed) {
            work.close();
        } else {
            works.push(work);
        }
    }

    synchronized EncodedBytes takePages() {
        return pages.isEmpty() ? new EncodedBytes(1 << 12) : pages.pop();
    }

    synchronized void giveBack(Collection<EncodedBytes> encoded) {
        for (EncodedBytes bytes : encoded) {
            bytes.clear();
            pages.push(bytes);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        works.forEach(EncoderWork::close);
        works.clear();
    }
}
