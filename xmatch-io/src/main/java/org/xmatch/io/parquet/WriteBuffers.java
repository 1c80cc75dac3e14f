package org.xmatch.io.parquet;

import org.xmatch.io.table.ColumnPool;

import java.util.ArrayDeque;
import java.util.Collection;

/**
 * What writers of Parquet files work with, handed from one to the next: compressors, pages of a row group, columns.
 * What lies idle is at most an eighth of the memory that the JVM may take. Thread-safe. A compressor handed back after
 * {@link #close()} is closed then.
 */
public final class WriteBuffers implements AutoCloseable {

    private static final long MOST_BYTES = Runtime.getRuntime().maxMemory() / 16;

    private final ColumnPool columns = new ColumnPool(MOST_BYTES);
    private final ArrayDeque<EncoderWork> works = new ArrayDeque<>();
    private final ArrayDeque<EncodedBytes> pages = new ArrayDeque<>();
    private long pageBytes;
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
        if (pages.isEmpty()) {
            return new EncodedBytes();
        }
        EncodedBytes taken = pages.pop();
        pageBytes -= taken.capacity();
        return taken;
    }

    synchronized void giveBack(Collection<EncodedBytes> encoded) {
        for (EncodedBytes bytes : encoded) {
            if (pageBytes + bytes.capacity() <= MOST_BYTES) {
                pageBytes += bytes.capacity();
                bytes.clear();
                pages.push(bytes);
            }
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        works.forEach(EncoderWork::close);
        works.clear();
    }
}
