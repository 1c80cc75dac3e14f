package org.xmatch.io.parquet;

import org.xmatch.io.storage.RangeSource;

/** A file in memory. Asking for bytes beyond it is the reader's fault. */
final class BytesSource implements RangeSource {

    private final String location;
    private final byte[] bytes;

    BytesSource(String location, byte[] bytes) {
        this.location = location;
        this.bytes = bytes;
    }

    @Override
    public String location() {
        return location;
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public void read(long offset, byte[] into, int at, int length) {
        if (offset < 0 || length < 0 || length > bytes.length - offset) {
            throw new AssertionError("bytes " + offset + ".." + (offset + length) + " were asked for, the file has "
                    + bytes.length);
        }
        System.arraycopy(bytes, (int) offset, into, at, length);
    }

    @Override
    public void close() {
        // nothing is open
    }
}
