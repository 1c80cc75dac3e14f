package org.xmatch.io.parquet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Integers as packed differences (DELTA_BINARY_PACKED of the Parquet format), in the usual blocks. Stateless. */
final class DeltaWriter {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int BLOCK = 128;
    private static final int MINI_BLOCKS = 4;
    private static final int MINI_BLOCK = BLOCK / MINI_BLOCKS;
    // of seven bits a byte
    private static final int MOST_VARINT = 10;

    private DeltaWriter() {}

    /** Most bytes so many values take, with what is written behind them in passing. */
    static long maxBytes(int count) {
        long blocks = count / BLOCK + 1;
        return 4 * MOST_VARINT + blocks * (MOST_VARINT + MINI_BLOCKS + 8L * BLOCK) + 8;
    }

    /** Writes the values {@code [from, to)}, one at least. Returns where they end. */
    static int putLongs(long[] values, int from, int to, byte[] page, int at) {
        int end = PlainWriter.putVarint(BLOCK, page, at);
        end = PlainWriter.putVarint(MINI_BLOCKS, page, end);
        end = PlainWriter.putVarint(to - from, page, end);
        end = putZigzag(values[from], page, end);
        long[] differences = new long[BLOCK];
        for (int first = from + 1; first < to; first += BLOCK) {
            int count = Math.min(BLOCK, to - first);
            long least = subtract(values, first, count, differences);
            end = putZigzag(least, page, end);
            int widths = end;
            end += MINI_BLOCKS;
            for (int i = 0; i < MINI_BLOCKS; i++) {
                int start = i * MINI_BLOCK;
                int width = start < count ? reduce(differences, start, Math.min(count, start + MINI_BLOCK), least) : 0;
                page[widths + i] = (byte) width;
                end = pack(differences, start, width, page, end);
            }
        }
        return end;
    }

    /** Finds how much each value is more than the one before, modulo 2^64; returns the least of these. */
    private static long subtract(long[] values, int first, int count, long[] differences) {
        long least = Long.MAX_VALUE;
        long last = values[first - 1];
        for (int i = 0; i < count; i++) {
            long value = values[first + i];
            long difference = value - last;
            differences[i] = difference;
            least = difference < least ? difference : least;
            last = value;
        }
        return least;
    }

    /** Takes the least from the differences of a small block, which is filled up with 0; returns how many bits the largest has. */
    private static int reduce(long[] differences, int start, int end, long least) {
        long bits = 0;
        for (int i = start; i < end; i++) {
            long more = differences[i] - least;
            differences[i] = more;
            bits |= more;
        }
        Arrays.fill(differences, end, start + MINI_BLOCK, 0);
        return Long.SIZE - Long.numberOfLeadingZeros(bits);
    }

    /** Writes the lowest bits of a small block, lowest first; up to 4 bytes behind them are overwritten. */
    private static int pack(long[] values, int start, int width, byte[] page, int at) {
        long word = 0;
        int used = 0;
        int end = at;
        for (int i = start; i < start + MINI_BLOCK; i++) {
            long value = values[i];
            word |= value << used;
            used += width;
            if (used >= Long.SIZE) {
                LONG.set(page, end, word);
                end += 8;
                used -= Long.SIZE;
                word = used == 0 ? 0 : value >>> width - used;
            }
        }
        if (used > 0) {
            LONG.set(page, end, word);
        }
        return at + MINI_BLOCK / 8 * width;
    }

    private static int putZigzag(long value, byte[] page, int at) {
        return PlainWriter.putVarint(value << 1 ^ value >> 63, page, at);
    }
}
