package org.xmatch.io.storage;

import java.util.concurrent.atomic.LongAdder;

/** How much was read. Thread-safe. */
public final class ReadCounters {

    private final LongAdder requests = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    /** Counts one request that brought {@code length} bytes. */
    public void add(long length) {
        requests.increment();
        bytes.add(length);
    }

    public long requests() {
        return requests.sum();
    }

    public long bytes() {
        return bytes.sum();
    }
}
