package org.xmatch.io.storage;

import java.util.concurrent.atomic.LongAdder;

/** How much was read. Thread-safe. */
public final class ReadCounters {

    private final LongAdder requests = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final LongAdder waitNanos = new LongAdder();

    /** Counts one request that brought {@code length} bytes. */
    public void add(long length) {
        requests.increment();
        bytes.add(length);
    }

    /** Counts bytes that a request brought which is counted already. */
    void addBytes(long length) {
        bytes.add(length);
    }

    void addRetry() {
        retries.increment();
    }

    void addWait(long nanos) {
        waitNanos.add(nanos);
    }

    /** Reads of local files and requests to servers, repeated ones among them. */
    public long requests() {
        return requests.sum();
    }

    /** Bytes they brought. */
    public long bytes() {
        return bytes.sum();
    }

    /** Requests to servers that repeat a failed or cut one. */
    public long retries() {
        return retries.sum();
    }

    /** Seconds that reading waited for servers, summed over threads. */
    public double waitSeconds() {
        return waitNanos.sum() * 1e-9;
    }
}
