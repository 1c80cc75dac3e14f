package org.xmatch.io.parquet;

import org.xmatch.io.table.Column;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;

/**
 * Values with their first bytes together, then their second bytes, and so on (BYTE_STREAM_SPLIT). Stateless.
 * <p>
 * Eight values at a time: a word of each stream is a row of a matrix of bytes, which is transposed by
 * exchanging halves, quarters and eighths of words (Warren, Hacker's Delight, section 7-3). Many such
 * matrices lie side by side in an array, so that the optimising compiler makes the exchanges on vectors; the
 * quick one, which makes what is written, is spared a third of the loads and stores.
 */
final class SplitValues {

    private static final long EVERY_SECOND_BYTE = 0x00ff00ff00ff00ffL;
    private static final long EVERY_SECOND_PAIR = 0x0000ffff0000ffffL;
    private static final long LOW_HALF = 0x00000000ffffffffL;

    // words of each stream in a block; their number of values stays in the first cache
    private static final int ROW = 64;
    private static final int BLOCK_VALUES = 8 * ROW;

    private SplitValues() {}

    /** Appends {@code count} values; the streams lie one after the other in {@code [at, end)}. */
    static void append(byte[] page, int at, int end, int count, Column into) {
        int width = switch (into.field().physical()) {
            case INT32, FLOAT -> 4;
            case INT64, DOUBLE -> 8;
            case FIXED_LEN_BYTE_ARRAY -> into.width();
            default -> throw new IndexOutOfBoundsException(
                    "BYTE_STREAM_SPLIT does not fit " + into.field().physical());
        };
        PlainValues.requireBytes((long) width * count, at, end);
        int start = into.size();
        into.reserve(Math.addExact(start, count));
        int blocks = width == 4 || width == 8 ? count / BLOCK_VALUES * BLOCK_VALUES : 0;
        switch (into.field().physical()) {
            case INT32 -> {
                ints(page, at, count, blocks, into.ints(), start);
                for (int i = blocks; i < count; i++) {
                    into.ints()[start + i] = word(page, at + i, count);
                }
            }
            case FLOAT -> {
                floats(page, at, count, blocks, into.floats(), start);
                for (int i = blocks; i < count; i++) {
                    into.floats()[start + i] = Float.intBitsToFloat(word(page, at + i, count));
                }
            }
            case INT64 -> {
                longs(page, at, count, blocks, into.longs(), start);
                for (int i = blocks; i < count; i++) {
                    into.longs()[start + i] = longWord(page, at + i, count);
                }
            }
            case DOUBLE -> {
                doubles(page, at, count, blocks, into.doubles(), start);
                for (int i = blocks; i < count; i++) {
                    into.doubles()[start + i] = Double.longBitsToDouble(longWord(page, at + i, count));
                }
            }
            default -> {
                for (int i = 0; i < count; i++) {
                    for (int k = 0; k < width; k++) {
                        into.bytes()[(start + i) * width + k] = page[at + k * count + i];
                    }
                }
            }
        }
        into.setSize(start + count);
    }

    private static void longs(byte[] page, int at, int count, int blocks, long[] out, int start) {
        long[] words = new long[8 * ROW];
        byte[] streams = new byte[8 * BLOCK_VALUES];
        LongBuffer bytes = littleEndian(streams);
        for (int i = 0; i < blocks; i += BLOCK_VALUES) {
            collect(page, at + i, count, streams);
            bytes.get(0, words);
            transposeEight(words);
            for (int k = 0; k < ROW; k++) {
                int to = start + i + 8 * k;
                for (int row = 0; row < 8; row++) {
                    out[to + row] = words[row * ROW + k];
                }
            }
        }
    }

    private static void doubles(byte[] page, int at, int count, int blocks, double[] out, int start) {
        long[] words = new long[8 * ROW];
        byte[] streams = new byte[8 * BLOCK_VALUES];
        LongBuffer bytes = littleEndian(streams);
        for (int i = 0; i < blocks; i += BLOCK_VALUES) {
            collect(page, at + i, count, streams);
            bytes.get(0, words);
            transposeEight(words);
            for (int k = 0; k < ROW; k++) {
                int to = start + i + 8 * k;
                for (int row = 0; row < 8; row++) {
                    out[to + row] = Double.longBitsToDouble(words[row * ROW + k]);
                }
            }
        }
    }

    private static void ints(byte[] page, int at, int count, int blocks, int[] out, int start) {
        long[] words = new long[4 * ROW];
        byte[] streams = new byte[4 * BLOCK_VALUES];
        LongBuffer bytes = littleEndian(streams);
        for (int i = 0; i < blocks; i += BLOCK_VALUES) {
            collect(page, at + i, count, streams);
            bytes.get(0, words);
            transposeFour(words);
            for (int k = 0; k < ROW; k++) {
                int to = start + i + 8 * k;
                for (int row = 0; row < 4; row++) {
                    long word = words[row * ROW + k];
                    out[to + row] = (int) word;
                    out[to + 4 + row] = (int) (word >>> 32);
                }
            }
        }
    }

    private static void floats(byte[] page, int at, int count, int blocks, float[] out, int start) {
        long[] words = new long[4 * ROW];
        byte[] streams = new byte[4 * BLOCK_VALUES];
        LongBuffer bytes = littleEndian(streams);
        for (int i = 0; i < blocks; i += BLOCK_VALUES) {
            collect(page, at + i, count, streams);
            bytes.get(0, words);
            transposeFour(words);
            for (int k = 0; k < ROW; k++) {
                int to = start + i + 8 * k;
                for (int row = 0; row < 4; row++) {
                    long word = words[row * ROW + k];
                    out[to + row] = Float.intBitsToFloat((int) word);
                    out[to + 4 + row] = Float.intBitsToFloat((int) (word >>> 32));
                }
            }
        }
    }

    private static LongBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer();
    }

    /** Takes {@code ROW} words of each stream. */
    private static void collect(byte[] page, int at, int stride, byte[] streams) {
        int from = at;
        for (int to = 0; to < streams.length; to += BLOCK_VALUES) {
            System.arraycopy(page, from, streams, to, BLOCK_VALUES);
            from += stride;
        }
    }

    /** Row {@code r} becomes the values {@code r, 8 + r, 16 + r, ...}. */
    private static void transposeEight(long[] w) {
        for (int k = 0; k < 4 * ROW; k++) {
            long a = w[k];
            long b = w[k + 4 * ROW];
            long t = (a >>> 32 ^ b) & LOW_HALF;
            w[k + 4 * ROW] = b ^ t;
            w[k] = a ^ t << 32;
        }
        exchangePairs(w, 0);
        exchangePairs(w, 4 * ROW);
        exchangeBytes(w, 0);
        exchangeBytes(w, 2 * ROW);
        exchangeBytes(w, 4 * ROW);
        exchangeBytes(w, 6 * ROW);
    }

    /** Two matrices of four by four: the low half of row {@code r} has value {@code r}, the high {@code 4 + r}. */
    private static void transposeFour(long[] w) {
        exchangePairs(w, 0);
        exchangeBytes(w, 0);
        exchangeBytes(w, 2 * ROW);
    }

    private static void exchangePairs(long[] w, int from) {
        for (int k = from; k < from + 2 * ROW; k++) {
            long a = w[k];
            long b = w[k + 2 * ROW];
            long t = (a >>> 16 ^ b) & EVERY_SECOND_PAIR;
            w[k + 2 * ROW] = b ^ t;
            w[k] = a ^ t << 16;
        }
    }

    private static void exchangeBytes(long[] w, int from) {
        for (int k = from; k < from + ROW; k++) {
            long a = w[k];
            long b = w[k + ROW];
            long t = (a >>> 8 ^ b) & EVERY_SECOND_BYTE;
            w[k + ROW] = b ^ t;
            w[k] = a ^ t << 8;
        }
    }

    private static int word(byte[] page, int at, int stride) {
        return page[at] & 0xff | (page[at + stride] & 0xff) << 8 | (page[at + 2 * stride] & 0xff) << 16
                | page[at + 3 * stride] << 24;
    }

    private static long longWord(byte[] page, int at, int stride) {
        return word(page, at, stride) & 0xffffffffL | (long) word(page, at + 4 * stride, stride) << 32;
    }
}
