package org.xmatch.io.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;

/** The checksum {@link AtomicFile} takes, of a file that is there. Stateless. */
public final class LocalSum {

    private static final int BUFFER = 1 << 20;

    private LocalSum() {}

    /** CRC-32C of all bytes of an open file. */
    public static long of(FileChannel channel) throws IOException {
        CRC32C sum = new CRC32C();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        for (long position = 0;;) {
            buffer.clear();
            int count = channel.read(buffer, position);
            if (count < 0) {
                return sum.getValue();
            }
            sum.update(buffer.flip());
            position += count;
        }
    }
}
