package org.xmatch.io.parquet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Integers packed into bits, lowest bit first. Stateless. */
final class BitPacked {

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int MOST_PAIRED = 28; // two values and the bits before them fit a word

    private BitPacked() {}

    /** Unpacks values of at most 32 bits; bytes from {@code end} on are not read. */
    static void unpack(byte[] page, int at, int end, int bitWidth, long mask, int count, int[] out, int into) {
        int limit = Math.min(end, page.length) - 8;
        int done = bitWidth <= MOST_PAIRED ? unpackEights(page, at, limit, bitWidth, (int) mask, count, out, into) : 0;
        long bit = (long) done * bitWidth;
        int i = done;
        for (; i < count; i++, bit += bitWidth) {
            int from = at + (int) (bit >>> 3);
            if (from > limit) {
                break;
            }
            out[into + i] = (int) ((long) LONG.get(page, from) >>> (bit & 7) & mask);
        }
        for (; i < count; i++, bit += bitWidth) {
            out[into + i] = (int) (bits(page, at, end, bit) & mask);
        }
    }

    /** Eight values, which take {@code bitWidth} whole bytes, at a time, two from a word; returns how many. */
    private static int unpackEights(byte[] page, int at, int limit, int bitWidth, int mask, int count, int[] out,
            int into) {
        int second = bitWidth >>> 2;
        int third = bitWidth >>> 1;
        int fourth = 3 * bitWidth >>> 2;
        int shift2 = 2 * bitWidth & 7;
        int shift3 = 4 * bitWidth & 7;
        int shift4 = 6 * bitWidth & 7;
        long last = (long) limit - fourth - at; // a group may begin this far behind the first
        int eights = last < 0 ? 0 : (int) Math.min(count >>> 3, last / bitWidth + 1);
        for (int eight = 0; eight < eights; eight++) {
            int from = at + eight * bitWidth;
            long a = (long) LONG.get(page, from);
            long b = (long) LONG.get(page, from + second) >>> shift2;
            long c = (long) LONG.get(page, from + third) >>> shift3;
            long d = (long) LONG.get(page, from + fourth) >>> shift4;
            int to = into + 8 * eight;
            out[to] = (int) a & mask;
            out[to + 1] = (int) (a >>> bitWidth) & mask;
            out[to + 2] = (int) b & mask;
            out[to + 3] = (int) (b >>> bitWidth) & mask;
            out[to + 4] = (int) c & mask;
            out[to + 5] = (int) (c >>> bitWidth) & mask;
            out[to + 6] = (int) d & mask;
            out[to + 7] = (int) (d >>> bitWidth) & mask;
        }
        return 8 * eights;
    }

    /** Unpacks values of at most 64 bits, at most 2^20 of them. */
    static void unpack(byte[] page, int at, int end, int bitWidth, int count, long[] out, int into) {
        if (bitWidth <= 56) {
            long mask = (1L << bitWidth) - 1;
            long readable = Math.min(end, page.length) - 8L - at + 1; // bytes at which a whole word can be read
            int whole = (int) Math.max(0, Math.min(count, (8 * readable + bitWidth - 1) / bitWidth));
            int bit = 0;
            for (int i = 0; i < whole; i++, bit += bitWidth) {
                out[into + i] = (long) LONG.get(page, at + (bit >>> 3)) >>> (bit & 7) & mask;
            }
            for (int i = whole; i < count; i++) {
                out[into + i] = bits(page, at, end, (long) i * bitWidth) & mask;
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            long bit = (long) i * bitWidth;
            long low = bits(page, at, end, bit) & 0xffffffffL;
            long highMask = (1L << bitWidth - 32) - 1;
            long high = bits(page, at, end, bit + 32) & highMask;
            out[into + i] = low | high << 32;
        }
    }

    /** At least 56 bits from a bit position on; zeros beyond the end. */
    private static long bits(byte[] page, int at, int end, long bit) {
        int from = at + (int) (bit >>> 3);
        long word = 0;
        for (int k = 0; k < 8 && from + k < end; k++) {
            word |= (page[from + k] & 0xffL) << 8 * k;
        }
        return word >>> (bit & 7);
    }
}
