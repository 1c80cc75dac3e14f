package org.xmatch.io.parquet;

/** Work arrays and decompressors for reading pages. Make one per thread; not thread-safe. */
public final class PageDecoder implements AutoCloseable {

    @Override
    public void close() {
        throw new UnsupportedOperationException("contract only");
    }
}
