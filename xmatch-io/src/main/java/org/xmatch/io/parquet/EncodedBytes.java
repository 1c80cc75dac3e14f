package org.xmatch.io.parquet;

import org.xmatch.io.storage.AtomicFile;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Bytes that grow by further arrays, so that none is copied or given up; cleared, it keeps them.
 * Not thread-safe.
 */
final class EncodedBytes extends OutputStream {

    private static final int FIRST = 1 << 12;
    // a MiB with its header: one of the regions in which the collector of short jobs leaves large arrays where they are
    private static final int LARGEST = (1 << 20) - 16;

    private final List<byte[]> parts = new ArrayList<>();
    private long capacity;
    private long size;
    private int part = -1;
    private int free;

    long size() {
        return size;
    }

    /** Bytes of the arrays. */
    long capacity() {
        return capacity;
    }

    void clear() {
        size = 0;
        part = -1;
        free = 0;
    }

    @Override
    public void write(int value) {
        if (free == 0) {
            nextPart();
        }
        byte[] to = parts.get(part);
        to[to.length - free] = (byte) value;
        free--;
        size++;
    }

    @Override
    public void write(byte[] from, int at, int length) {
        int done = 0;
        while (done < length) {
            if (free == 0) {
                nextPart();
            }
            byte[] to = parts.get(part);
            int count = Math.min(free, length - done);
            System.arraycopy(from, at + done, to, to.length - free, count);
            free -= count;
            done += count;
        }
        size += length;
    }

    private void nextPart() {
        if (++part == parts.size()) {
            byte[] more = new byte[(int) Math.max(FIRST, Math.min(LARGEST, capacity / 2))];
            parts.add(more);
            capacity += more.length;
        }
        free = parts.get(part).length;
    }

    /** Appends all bytes to the file. */
    void writeTo(AtomicFile file) {
        for (int i = 0; i <= part; i++) {
            byte[] bytes = parts.get(i);
            file.write(bytes, 0, i == part ? bytes.length - free : bytes.length);
        }
    }
}
