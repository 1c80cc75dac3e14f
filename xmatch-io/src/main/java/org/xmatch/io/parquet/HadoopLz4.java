package org.xmatch.io.parquet;

import io.airlift.compress.lz4.Lz4Decompressor;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Parquet's deprecated codec LZ4: blocks as Hadoop frames them, each behind its two lengths. Some writers
 * left the frame out. Stateless.
 */
final class HadoopLz4 {

    private HadoopLz4() {}

    /** Whether the bytes are framed blocks that decompress to {@code outLength} bytes. */
    static boolean isFramed(byte[] in, int at, int length, int outLength) {
        ByteBuffer lengths = ByteBuffer.wrap(in);
        int end = at + length;
        int from = at;
        long out = 0;
        while (end - from >= 8) {
            int raw = lengths.getInt(from);
            int compressed = lengths.getInt(from + 4);
            if (raw < 0 || compressed < 0 || compressed > end - from - 8) {
                return false;
            }
            out += raw;
            from += 8 + compressed;
        }
        return from == end && out == outLength;
    }

    /** Decompresses framed blocks; returns how many bytes they gave. */
    static int decompress(byte[] in, int at, int length, byte[] out, int outAt) throws IOException {
        ByteBuffer lengths = ByteBuffer.wrap(in);
        int done = 0;
        int from = at;
        while (from < at + length) {
            int raw = lengths.getInt(from);
            int compressed = lengths.getInt(from + 4);
            int block = new Lz4Decompressor().decompress(in, from + 8, compressed, out, outAt + done, raw);
            if (block != raw) {
                throw new IOException("a block decompressed to " + block + " bytes, not " + raw);
            }
            done += raw;
            from += 8 + compressed;
        }
        return done;
    }
}
