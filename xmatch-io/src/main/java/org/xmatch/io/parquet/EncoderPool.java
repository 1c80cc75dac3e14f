package org.xmatch.io.parquet;

import java.util.ArrayDeque;

/**
 * Lends {@link EncoderWork}: as many are made as tasks run at a time. Thread-safe. Work handed back
 * after {@link #close()} is closed then.
 */
final class EncoderPool implements AutoCloseable {

    private final int zstdLevel;
    private final ArrayDeque<EncoderWork> idle = new ArrayDeque<>();
    private boolean closed;

    EncoderPool(int zstdLevel) {
        this.zstdLevel = zstdLevel;
    }

    synchronized EncoderWork take() {
        return idle.isEmpty() ? new EncoderWork(zstdLevel) : idle.pop();
    }

    synchronized void giveBack(EncoderWork work) {
        if (closed) {
            work.close();
        } else {
            idle.push(work);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        idle.forEach(EncoderWork::close);
        idle.clear();
    }
}
