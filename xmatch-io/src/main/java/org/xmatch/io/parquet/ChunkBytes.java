package org.xmatch.io.parquet;

import org.xmatch.io.storage.RangeSource;

import java.nio.ByteBuffer;

/**
 * The bytes of a stretch of a column chunk, to be asked for from the first to the last.
 * <p>
 * Those of a file on a server are copied at once, as what was not fetched ahead is asked for then. Those
 * of a local file come a piece at a time into a buffer outside the heap, so that they are in the
 * processor's cache when they are decompressed, and bytes passed over are not read. One use, one thread.
 */
final class ChunkBytes {

    /** Bytes of the buffer outside the heap. A page that is longer is read by itself. */
    static final int WINDOW = 1 << 20;

    private static final int PIECE = 256 << 10;
    /** Read for the header of a page when the page before was not: the next may not be either. */
    private static final int HEADER_PIECE = 4 << 10;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final RangeSource source;
    private final long fileOffset;
    private final int length;
    private final PageDecoder decoder;
    private ByteBuffer buffer;
    // what the buffer holds, as offsets in the stretch; the first byte is at index 0
    private int from;
    private int end;

    private ChunkBytes(RangeSource source, long fileOffset, int length, PageDecoder decoder, ByteBuffer buffer) {
        this.source = source;
        this.fileOffset = fileOffset;
        this.length = length;
        this.decoder = decoder;
        this.buffer = buffer;
    }

    static ChunkBytes of(RangeSource source, long fileOffset, int length, PageDecoder decoder) {
        if (!source.isRemote()) {
            return new ChunkBytes(source, fileOffset, length, decoder, decoder.window());
        }
        byte[] all = decoder.chunk(length);
        source.read(fileOffset, all, 0, length);
        ChunkBytes bytes = new ChunkBytes(source, fileOffset, length, decoder, ByteBuffer.wrap(all));
        bytes.end = length;
        return bytes;
    }

    /** Bytes that are read when they are asked for, all at once, and disturb nothing that other stretches hold. */
    static ChunkBytes apart(RangeSource source, long fileOffset, int length, PageDecoder decoder) {
        return new ChunkBytes(source, fileOffset, length, decoder, NOTHING);
    }

    int length() {
        return length;
    }

    long fileOffset() {
        return fileOffset;
    }

    /** Holds what was asked for last. */
    ByteBuffer buffer() {
        return buffer;
    }

    /**
     * Makes the buffer hold {@code count} bytes from an offset on, which is not below one asked for before;
     * returns the index of the first in {@link #buffer()}.
     */
    int require(int at, int count) {
        if (!holds(at, count)) {
            read(at, count);
        }
        return at - from;
    }

    boolean holds(int at, int count) {
        return at >= from && at + count <= end;
    }

    /** Bytes asked for before, as a stretch of their own that begins where they do. */
    ChunkBytes again(int at, int count) {
        return apart(source, fileOffset + at, count, decoder);
    }

    private void read(int at, int count) {
        if (buffer == NOTHING) {
            byte[] all = decoder.dictionaryChunk(length);
            source.read(fileOffset, all, 0, length);
            buffer = ByteBuffer.wrap(all);
            end = length;
            return;
        }
        if (count > WINDOW) {
            byte[] page = decoder.chunk(count);
            source.read(fileOffset + at, page, 0, count);
            buffer = ByteBuffer.wrap(page);
            from = at;
            end = at + count;
            return;
        }
        ByteBuffer window = decoder.window();
        int kept = buffer == window ? Math.max(0, end - at) : 0;
        if (kept > 0) {
            window.limit(end - from).position(at - from);
            window.compact();
        }
        int reach = Math.min(Math.max(count, at > end ? HEADER_PIECE : PIECE), length - at);
        window.limit(reach).position(kept);
        source.read(fileOffset + at + kept, window, end > 0);
        window.clear();
        buffer = window;
        from = at;
        end = at + reach;
    }
}
