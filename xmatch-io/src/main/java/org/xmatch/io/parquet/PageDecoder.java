package org.xmatch.io.parquet;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import io.airlift.compress.lz4.Lz4Decompressor;
import org.apache.parquet.format.CompressionCodec;
import org.jspecify.annotations.Nullable;
import org.xerial.snappy.Snappy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * Work arrays and decompressors for reading pages. Make one per thread; not thread-safe.
 */
public final class PageDecoder implements AutoCloseable {

    // Larger arrays are dropped after use, so that one huge chunk does not stay for the whole job.
    private static final int MOST_KEPT_BYTES = 64 << 20;

    private @Nullable ByteBuffer window;
    private byte[] chunk = new byte[0];
    private byte[] page = new byte[0];
    private byte[] dictionaryChunk = new byte[0];
    private byte[] dictionaryPage = new byte[0];
    private int[] indices = new int[0];
    private boolean[] defined = new boolean[0];
    private final CRC32 crc = new CRC32();
    private @Nullable ZstdDecompressCtx zstd;
    private final Dictionary dictionary = new Dictionary();

    /** A buffer outside the heap, for bytes of a column chunk. */
    ByteBuffer window() {
        if (window == null) {
            window = ByteBuffer.allocateDirect(ChunkBytes.WINDOW);
        }
        return window;
    }

    /** Room for {@code length} bytes of a column chunk. */
    byte[] chunk(int length) {
        chunk = grown(chunk, length);
        return chunk;
    }

    /** Room for {@code length} bytes of a decompressed data page. */
    byte[] page(int length) {
        page = grown(page, length);
        return page;
    }

    /** Room for {@code length} bytes of a dictionary page as it is stored, read apart from others. */
    byte[] dictionaryChunk(int length) {
        dictionaryChunk = grown(dictionaryChunk, length);
        return dictionaryChunk;
    }

    /** Room for {@code length} bytes of a decompressed dictionary page. */
    byte[] dictionaryPage(int length) {
        dictionaryPage = grown(dictionaryPage, length);
        return dictionaryPage;
    }

    int[] indices(int length) {
        if (indices.length < length) {
            indices = new int[roomier(length)];
        }
        return indices;
    }

    boolean[] defined(int length) {
        if (defined.length < length) {
            defined = new boolean[roomier(length)];
        }
        return defined;
    }

    /** The dictionary of the chunk being read. */
    Dictionary dictionary() {
        return dictionary;
    }

    /** Lets go of arrays too large to keep. */
    void trim() {
        if (chunk.length > MOST_KEPT_BYTES) {
            chunk = new byte[0];
        }
        if (page.length > MOST_KEPT_BYTES) {
            page = new byte[0];
        }
        if (dictionaryChunk.length > MOST_KEPT_BYTES) {
            dictionaryChunk = new byte[0];
        }
        if (dictionaryPage.length > MOST_KEPT_BYTES) {
            dictionaryPage = new byte[0];
        }
    }

    int crc32(ByteBuffer bytes, int offset, int length) {
        crc.reset();
        crc.update(bytes.slice(offset, length));
        return (int) crc.getValue();
    }

    /**
     * Decompresses exactly {@code outLength} bytes, from an array's buffer or one outside the heap.
     *
     * @throws IOException when the data are damaged or of another length
     */
    void decompress(CompressionCodec codec, ByteBuffer in, int at, int length, byte[] out, int outAt, int outLength)
            throws IOException {
        int done = length;
        if (codec == CompressionCodec.UNCOMPRESSED) {
            if (done == outLength) {
                in.get(at, out, outAt, length);
            }
        } else if (codec == CompressionCodec.ZSTD) {
            if (zstd == null) {
                zstd = new ZstdDecompressCtx();
            }
            done = outLength == 0 && length == 0 ? 0
                    : in.hasArray() ? zstd.decompressByteArray(out, outAt, outLength, in.array(), at, length)
                    : zstd.decompressDirectByteBufferToByteArray(out, outAt, outLength, in, at, length);
        } else {
            boolean isArray = in.hasArray();
            done = decompress(codec, isArray ? in.array() : copied(in, at, length), isArray ? at : 0, length, out, outAt,
                    outLength);
        }
        if (done != outLength) {
            throw new IOException("decompressed to " + done + " bytes, not the " + outLength + " declared");
        }
    }

    /** For codecs that take arrays only. */
    private byte[] copied(ByteBuffer in, int at, int length) {
        byte[] copy = chunk(length);
        in.get(at, copy, 0, length);
        return copy;
    }

    private static int decompress(CompressionCodec codec, byte[] in, int at, int length, byte[] out, int outAt,
            int outLength) throws IOException {
        int done;
        switch (codec) {
            case SNAPPY -> {
                done = Snappy.uncompressedLength(in, at, length);
                if (done == outLength) {
                    done = Snappy.uncompress(in, at, length, out, outAt);
                }
            }
            case GZIP -> done = StreamCodecs.gzip(in, at, length, out, outAt, outLength);
            case BROTLI -> done = StreamCodecs.brotli(in, at, length, out, outAt, outLength);
            case LZ4_RAW -> done = new Lz4Decompressor().decompress(in, at, length, out, outAt, outLength);
            case LZ4 -> done = HadoopLz4.isFramed(in, at, length, outLength)
                    ? HadoopLz4.decompress(in, at, length, out, outAt)
                    : new Lz4Decompressor().decompress(in, at, length, out, outAt, outLength);
            default -> throw new UnsupportedCodecException(codec.name());
        }
        return done;
    }

    /**
     * Refuses a decompressed length that the compressed bytes cannot have, so that a damaged header makes
     * nobody allocate what it says.
     *
     * @throws IOException saying what does not fit
     */
    static void requireLength(CompressionCodec codec, ByteBuffer in, int at, int length, int outLength)
            throws IOException {
        long most = switch (codec) {
            case UNCOMPRESSED -> length;
            case SNAPPY -> Math.min(22L * length, snappyLength(in, at, length));
            case GZIP -> 1032L * length;
            case LZ4_RAW, LZ4 -> 255L * length;
            default -> 32_768L * length; // zstd: a block of 128 KiB takes 4 bytes
        };
        if (codec == CompressionCodec.ZSTD && length > 0) {
            long said = in.hasArray() ? Zstd.getFrameContentSize(in.array(), at, length, false)
                    : Zstd.getDirectByteBufferFrameContentSize(in, at, length, false);
            if (said > outLength) {
                throw new IOException("it decompresses to " + said + " bytes, not the " + outLength + " declared");
            }
        }
        if (outLength > most) {
            throw new IOException(length + " bytes cannot hold the " + outLength + " declared");
        }
    }

    /** The decompressed length at the start of Snappy's format, seven bits to a byte. */
    private static long snappyLength(ByteBuffer in, int at, int length) {
        long value = 0;
        for (int i = 0; i < Math.min(5, length); i++) {
            byte next = in.get(at + i);
            value |= (next & 0x7fL) << 7 * i;
            if (next >= 0) {
                return value;
            }
        }
        return 0;
    }

    /** A codec this program has no library for. */
    static final class UnsupportedCodecException extends IOException {

        UnsupportedCodecException(String codec) {
            super(codec);
        }
    }

    private static byte[] grown(byte[] array, int length) {
        return array.length >= length ? array : new byte[roomier(length)];
    }

    private static int roomier(int length) {
        return (int) Math.min(Integer.MAX_VALUE - 8L, length + (length >> 2) + 64L);
    }

    @Override
    public void close() {
        if (zstd != null) {
            zstd.close();
            zstd = null;
        }
    }
}
