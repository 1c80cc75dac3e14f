package org.xmatch.io.storage;

import org.xmatch.io.StorageException;

/** A file that is in memory. */
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
        if (offset < 0 || length > bytes.length - offset) {
            throw new StorageException(location, location + " ends at byte " + bytes.length
                    + ", before the end of the range " + offset + ".." + (offset + length));
        }
        System.arraycopy(bytes, (int) offset, into, at, length);
    }

    @Override
    public void close() {}
}
