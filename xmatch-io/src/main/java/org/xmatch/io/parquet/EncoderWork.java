package org.xmatch.io.parquet;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;

import java.util.zip.CRC32;

/** A compressor and its work arrays, lent to one encoding task at a time. Not thread-safe. */
final class EncoderWork implements AutoCloseable {

    private final ZstdCompressCtx zstd = new ZstdCompressCtx();
    private final CRC32 crc = new CRC32();
    private byte[] page = {};
    private byte[] compressed = {};

    /** An array of at least {@code bytes} bytes for the uncompressed page. */
    byte[] page(long bytes) {
        if (page.length < bytes) {
            page = new byte[Math.toIntExact(bytes)];
        }
        return page;
    }

    /** Compresses the first {@code length} bytes of the page into {@link #compressed()}. */
    int compress(int length, int zstdLevel) {
        zstd.setLevel(zstdLevel);
        long bound = Zstd.compressBound(length);
        if (compressed.length < bound) {
            compressed = new byte[Math.toIntExact(bound)];
        }
        int size = zstd.compressByteArray(compressed, 0, compressed.length, page, 0, length);
        crc.reset();
        crc.update(compressed, 0, size);
        return size;
    }

    byte[] compressed() {
        return compressed;
    }

    /** Checksum of what {@link #compress} made. */
    int checksum() {
        return (int) crc.getValue();
    }

    @Override
    public void close() {
        zstd.close();
    }
}
