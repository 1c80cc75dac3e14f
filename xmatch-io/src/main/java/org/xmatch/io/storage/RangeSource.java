package org.xmatch.io.storage;

import java.nio.ByteBuffer;
import java.util.List;

/** Byte ranges of one open file. Thread-safe. */
public interface RangeSource extends AutoCloseable {

    /** A local file this short is read whole when it is opened: a catalog may have ten thousand of them. */
    int SMALL_BYTES = 64 << 10;

    /** Path or URI, for messages. */
    String location();

    /** Length of the file, bytes. */
    long size();

    /** What a server says that tells the file from what it was before it was written anew; else empty. */
    default String version() {
        return "";
    }

    /**
     * Reads exactly {@code length} bytes from {@code offset} of the file to {@code into[at]}.
     *
     * @throws org.xmatch.io.StorageException when they cannot all be had
     */
    void read(long offset, byte[] into, int at, int length);

    /**
     * Reads from {@code offset} of the file until the buffer is full.
     *
     * @param goesOn whether it is a further piece of one stretch, which is counted as one request
     * @throws org.xmatch.io.StorageException when the bytes cannot all be had
     */
    default void read(long offset, ByteBuffer into, boolean goesOn) {
        byte[] bytes = new byte[into.remaining()];
        read(offset, bytes, 0, bytes.length);
        into.put(bytes);
    }

    /** Whether each read crosses a network, so that fewer and larger ones pay, announced early. */
    default boolean isRemote() {
        return false;
    }

    /**
     * Says that these ranges will be read: a remote file starts to fetch them, joined to few requests,
     * as far as memory allows. Returns at once; a failure shows when the bytes are read.
     */
    default void prefetch(List<ByteRange> ranges) {}

    @Override
    void close();
}
