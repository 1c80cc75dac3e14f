package org.xmatch.io.parquet;

import java.io.OutputStream;
import java.util.Arrays;

/** Bytes in an array that grows. Not thread-safe. */
final class EncodedBytes extends OutputStream {

    private byte[] bytes;
    private int size;

    EncodedBytes(int capacity) {
        bytes = new byte[capacity];
    }

    /** The array; the first {@link #size()} bytes count. */
    byte[] array() {
        return bytes;
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    @Override
    public void write(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
    }

    @Override
    public void write(byte[] from, int at, int length) {
        reserve(length);
        System.arraycopy(from, at, bytes, size, length);
        size += length;
    }

    private void reserve(int more) {
        long need = (long) size + more;
        if (need <= bytes.length) {
            return;
        }
        if (need > Integer.MAX_VALUE - 8) {
            throw new IllegalStateException("a column of one row group takes more than 2 GB compressed:"
                    + " write fewer rows per row group");
        }
        long grown = Math.max(need, bytes.length + (bytes.length >> 1) + 64L);
        bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8, grown));
    }
}
