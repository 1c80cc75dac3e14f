package org.xmatch.io.storage;

/** Byte ranges of one open file. Thread-safe. */
public interface RangeSource extends AutoCloseable {

    /** Path or URI, for messages. */
    String location();

    /** Length of the file, bytes. */
    long size();

    /**
     * Reads exactly {@code length} bytes from {@code offset} of the file to {@code into[at]}.
     *
     * @throws org.xmatch.io.StorageException when they cannot all be had
     */
    void read(long offset, byte[] into, int at, int length);

    @Override
    void close();
}
