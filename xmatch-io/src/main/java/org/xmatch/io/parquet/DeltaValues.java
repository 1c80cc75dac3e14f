package org.xmatch.io.parquet;

import org.xmatch.io.table.Column;

import java.util.Arrays;

/**
 * Integers as packed differences (DELTA_BINARY_PACKED), and texts built on them
 * (DELTA_LENGTH_BYTE_ARRAY, DELTA_BYTE_ARRAY). One instance for one stream.
 */
final class DeltaValues {

    private static final int MOST_BLOCK_VALUES = 1 << 20;
    // a prefix costs a byte or two however long it is, so a page could claim any size
    private static final int MOST_PREFIXED_BYTES = 1 << 28;

    private final byte[] page;
    private final int end;
    private int at;

    DeltaValues(byte[] page, int at, int end) {
        this.page = page;
        this.at = at;
        this.end = end;
    }

    /** Byte after what was decoded so far. */
    int position() {
        return at;
    }

    /** Decodes one stream, which must hold exactly {@code count} values. */
    long[] decode(int count) {
        long[] out = new long[count];
        decode(count, out, 0);
        return out;
    }

    void decode(int count, long[] out, int into) {
        long blockValues = unsigned();
        long miniBlocks = unsigned();
        long total = unsigned();
        long value = zigzag();
        if (total != count || blockValues <= 0 || blockValues > MOST_BLOCK_VALUES || miniBlocks <= 0
                || blockValues % miniBlocks != 0) {
            throw new IndexOutOfBoundsException("packed differences of " + total + " values in blocks of "
                    + blockValues + " / " + miniBlocks + ", where " + count + " values are expected");
        }
        if (count == 0) {
            return;
        }
        int perMiniBlock = (int) (blockValues / miniBlocks);
        out[into] = value;
        int done = 1;
        int[] widths = new int[(int) miniBlocks];
        while (done < count) {
            long least = zigzag();
            for (int i = 0; i < widths.length; i++) {
                requireMore(1);
                widths[i] = page[at++] & 0xff;
            }
            for (int i = 0; i < widths.length && done < count; i++) {
                int width = widths[i];
                if (width > 64) {
                    throw new IndexOutOfBoundsException("differences of " + width + " bits");
                }
                int values = Math.min(perMiniBlock, count - done);
                long bytes = (long) perMiniBlock * width / 8;
                requireMore(Math.min(bytes, ((long) values * width + 7) / 8));
                if (width == 0) {
                    for (int k = 0; k < values; k++) {
                        value += least;
                        out[into + done + k] = value;
                    }
                } else {
                    BitPacked.unpack(page, at, end, width, values, out, into + done);
                    for (int k = 0; k < values; k++) {
                        value += least + out[into + done + k];
                        out[into + done + k] = value;
                    }
                }
                at = (int) Math.min(end, at + bytes);
                done += values;
            }
        }
    }

    private long unsigned() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            requireMore(1);
            byte next = page[at++];
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IndexOutOfBoundsException("a number of more than 64 bits at byte " + at);
    }

    private long zigzag() {
        long value = unsigned();
        return value >>> 1 ^ -(value & 1);
    }

    private void requireMore(long bytes) {
        if (bytes > end - at) {
            throw new IndexOutOfBoundsException("packed differences need " + bytes + " more bytes, "
                    + (end - at) + " are left");
        }
    }

    /** Appends texts whose lengths come first, then all their bytes. */
    static void appendLengthsThenBytes(byte[] page, int at, int end, int count, Column into) {
        DeltaValues stream = new DeltaValues(page, at, end);
        long[] lengths = stream.decode(count);
        int from = stream.position();
        int start = into.size();
        into.reserve(start + count);
        into.reserveBytes(Math.addExact(into.offsets()[start], end - from));
        for (int i = 0; i < count; i++) {
            if (lengths[i] < 0 || lengths[i] > end - from) {
                throw new IndexOutOfBoundsException("value " + i + " is said to have " + lengths[i]
                        + " bytes, where " + (end - from) + " are left");
            }
            int length = (int) lengths[i];
            System.arraycopy(page, from, into.bytes(), into.offsets()[start + i], length);
            into.offsets()[start + i + 1] = into.offsets()[start + i] + length;
            from += length;
        }
        into.setSize(start + count);
    }

    /** Appends texts that share a prefix with the one before. */
    static void appendPrefixed(byte[] page, int at, int end, int count, Column into) {
        DeltaValues stream = new DeltaValues(page, at, end);
        long[] prefixes = stream.decode(count);
        DeltaValues suffixStream = new DeltaValues(page, stream.position(), end);
        long[] suffixes = suffixStream.decode(count);
        int from = suffixStream.position();
        byte[] last = new byte[0];
        boolean fixed = into.width() > 0;
        int start = into.size();
        into.reserve(start + count);
        long total = 0;
        for (int i = 0; i < count; i++) {
            total += Math.max(0, prefixes[i]) + Math.max(0, suffixes[i]);
            if (total > MOST_PREFIXED_BYTES || prefixes[i] < 0 || prefixes[i] > last.length || suffixes[i] < 0 || suffixes[i] > end - from) {
                throw new IndexOutOfBoundsException("value " + i + " takes " + prefixes[i]
                        + " bytes from the one before and " + suffixes[i] + " more");
            }
            byte[] value = Arrays.copyOf(last, (int) (prefixes[i] + suffixes[i]));
            if (prefixes[i] < value.length) {
                System.arraycopy(page, from, value, (int) prefixes[i], (int) suffixes[i]);
            }
            from += (int) suffixes[i];
            if (fixed) {
                if (value.length != into.width()) {
                    throw new IndexOutOfBoundsException("value " + i + " has " + value.length + " bytes, not "
                            + into.width());
                }
                System.arraycopy(value, 0, into.bytes(), (start + i) * into.width(), value.length);
            } else {
                int to = into.offsets()[start + i];
                into.reserveBytes(Math.addExact(to, value.length));
                System.arraycopy(value, 0, into.bytes(), to, value.length);
                into.offsets()[start + i + 1] = to + value.length;
            }
            last = value;
        }
        into.setSize(start + count);
    }
}
