package org.xmatch.io.parquet;

import org.jspecify.annotations.Nullable;
import org.xmatch.io.table.Column;
import org.xmatch.io.table.Logical;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Finds the smallest and largest value of a range of rows, as "Statistics" of {@code parquet.thrift}
 * asks: NaN left out, a smallest zero negative, a largest zero positive. Stateless and thread-safe.
 */
final class BoundsScan {

    /** Longer values are cut, down for the smallest and up for the largest. */
    static final int MAX_BYTES = 64;

    private static final VarHandle BIG_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private BoundsScan() {}

    /** Bounds of the rows {@code [from, to)}, of which {@code nullCount} are null. */
    static PageBounds of(Column column, StatisticsOrder order, int from, int to, int nullCount) {
        if (nullCount == to - from) {
            return PageBounds.ALL_NULL;
        }
        boolean[] nulls = nullCount == 0 ? null : column.nulls();
        return switch (order) {
            case SIGNED_INT32 -> ints(column.ints(), nulls, 0, from, to);
            case UNSIGNED_INT32 -> ints(column.ints(), nulls, Integer.MIN_VALUE, from, to);
            case SIGNED_INT64 -> longs(column.longs(), nulls, 0, from, to);
            case UNSIGNED_INT64 -> longs(column.longs(), nulls, Long.MIN_VALUE, from, to);
            case FLOAT -> floats(column.floats(), nulls, from, to);
            case DOUBLE -> doubles(column.doubles(), nulls, from, to);
            case FLOAT16 -> halves(column.bytes(), nulls, from, to);
            case BYTES -> column.width() > 0 ? fixed(column, false, nulls, from, to)
                    : byteArrays(column, false, nulls, from, to);
            case DECIMAL_BYTES -> column.width() > 0 ? fixed(column, true, nulls, from, to)
                    : byteArrays(column, true, nulls, from, to);
            case NONE -> PageBounds.UNKNOWN;
        };
    }

    // flip turns the order of unsigned numbers into that of signed ones
    private static PageBounds ints(int[] values, boolean @Nullable [] nulls, int flip, int from, int to) {
        int min = Integer.MAX_VALUE;
        int max = Integer.MIN_VALUE;
        if (nulls == null) {
            for (int row = from; row < to; row++) {
                int value = values[row] ^ flip;
                min = Math.min(min, value);
                max = Math.max(max, value);
            }
        } else {
            for (int row = from; row < to; row++) {
                int value = values[row] ^ flip;
                min = nulls[row] ? min : Math.min(min, value);
                max = nulls[row] ? max : Math.max(max, value);
            }
        }
        return exact(little(4).putInt(min ^ flip), little(4).putInt(max ^ flip));
    }

    private static PageBounds longs(long[] values, boolean @Nullable [] nulls, long flip, int from, int to) {
        long min = Long.MAX_VALUE;
        long max = Long.MIN_VALUE;
        if (nulls == null) {
            for (int row = from; row < to; row++) {
                long value = values[row] ^ flip;
                min = Math.min(min, value);
                max = Math.max(max, value);
            }
        } else {
            for (int row = from; row < to; row++) {
                long value = values[row] ^ flip;
                min = nulls[row] ? min : Math.min(min, value);
                max = nulls[row] ? max : Math.max(max, value);
            }
        }
        return exact(little(8).putLong(min ^ flip), little(8).putLong(max ^ flip));
    }

    // comparisons with NaN are false: NaN never becomes a bound
    private static PageBounds floats(float[] values, boolean @Nullable [] nulls, int from, int to) {
        float min = Float.POSITIVE_INFINITY;
        float max = Float.NEGATIVE_INFINITY;
        for (int row = from; row < to; row++) {
            if (nulls == null || !nulls[row]) {
                float value = values[row];
                min = value < min ? value : min;
                max = value > max ? value : max;
            }
        }
        if (min > max) {
            return PageBounds.ALL_NAN;
        }
        return exact(little(4).putFloat(min == 0 ? -0f : min), little(4).putFloat(max == 0 ? 0f : max));
    }

    private static PageBounds doubles(double[] values, boolean @Nullable [] nulls, int from, int to) {
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        for (int row = from; row < to; row++) {
            if (nulls == null || !nulls[row]) {
                double value = values[row];
                min = value < min ? value : min;
                max = value > max ? value : max;
            }
        }
        if (min > max) {
            return PageBounds.ALL_NAN;
        }
        return exact(little(8).putDouble(min == 0 ? -0d : min), little(8).putDouble(max == 0 ? 0d : max));
    }

    private static PageBounds halves(byte[] values, boolean @Nullable [] nulls, int from, int to) {
        int min = Integer.MAX_VALUE;
        int max = Integer.MIN_VALUE;
        for (int row = from; row < to; row++) {
            int key = StatisticsOrder.halfKey(values[2 * row], values[2 * row + 1]);
            if (key != StatisticsOrder.HALF_NAN && (nulls == null || !nulls[row])) {
                min = Math.min(min, key);
                max = Math.max(max, key);
            }
        }
        if (min > max) {
            return PageBounds.ALL_NAN;
        }
        // a smallest zero is written as the negative one, so <= here and < below
        int minBits = min <= 0 ? -min | 0x8000 : min;
        int maxBits = max < 0 ? -max | 0x8000 : max;
        return exact(little(2).putShort((short) minBits), little(2).putShort((short) maxBits));
    }

    private static PageBounds fixed(Column column, boolean decimal, boolean @Nullable [] nulls,
            int from, int to) {
        int width = column.width();
        byte[] bytes = column.bytes();
        if (width > MAX_BYTES) {
            return PageBounds.UNKNOWN;
        }
        int min = -1;
        int max = -1;
        for (int row = from; row < to; row++) {
            if (nulls != null && nulls[row]) {
                continue;
            }
            int at = row * width;
            min = min < 0 || compare(decimal, bytes, at, at + width, min, min + width) < 0 ? at : min;
            max = max < 0 || compare(decimal, bytes, at, at + width, max, max + width) > 0 ? at : max;
        }
        return PageBounds.of(Arrays.copyOfRange(bytes, min, min + width),
                Arrays.copyOfRange(bytes, max, max + width), true, true);
    }

    private static PageBounds byteArrays(Column column, boolean decimal, boolean @Nullable [] nulls,
            int from, int to) {
        byte[] bytes = column.bytes();
        int[] offsets = column.offsets();
        int[] extremes = decimal ? extremeDecimals(bytes, offsets, nulls, from, to)
                : extremeTexts(bytes, offsets, nulls, from, to);
        int min = extremes[0];
        int max = extremes[1];
        int minBytes = offsets[min + 1] - offsets[min];
        int maxBytes = offsets[max + 1] - offsets[max];
        if (minBytes <= MAX_BYTES && maxBytes <= MAX_BYTES) {
            return PageBounds.of(Arrays.copyOfRange(bytes, offsets[min], offsets[min + 1]),
                    Arrays.copyOfRange(bytes, offsets[max], offsets[max + 1]), true, true);
        }
        if (decimal) {
            return PageBounds.UNKNOWN;
        }
        boolean text = column.field().logical() instanceof Logical.Text;
        byte[] low = cut(bytes, offsets[min], minBytes, text);
        byte[] high = maxBytes <= MAX_BYTES ? Arrays.copyOfRange(bytes, offsets[max], offsets[max + 1])
                : raised(cut(bytes, offsets[max], maxBytes, text), text);
        return high.length == 0 ? PageBounds.UNKNOWN
                : PageBounds.of(low, high, low.length == minBytes, maxBytes <= MAX_BYTES);
    }

    /** Rows of the smallest and of the largest number. */
    private static int[] extremeDecimals(byte[] bytes, int[] offsets, boolean @Nullable [] nulls, int from, int to) {
        int min = -1;
        int max = -1;
        for (int row = from; row < to; row++) {
            if (nulls == null || !nulls[row]) {
                min = min < 0 || compare(true, bytes, offsets, row, min) < 0 ? row : min;
                max = max < 0 || compare(true, bytes, offsets, row, max) > 0 ? row : max;
            }
        }
        return new int[] {min, max};
    }

    /** Rows of the first and of the last text. Two words tell most names apart, also those that begin alike. */
    private static int[] extremeTexts(byte[] bytes, int[] offsets, boolean @Nullable [] nulls, int from, int to) {
        int min = -1;
        int max = -1;
        long minFirst = 0;
        long minSecond = 0;
        long maxFirst = 0;
        long maxSecond = 0;
        for (int row = from; row < to; row++) {
            if (nulls != null && nulls[row]) {
                continue;
            }
            int at = offsets[row];
            int end = offsets[row + 1];
            long first = word(bytes, at, end);
            long second = word(bytes, at + 8, end);
            if (min < 0 || first < minFirst || first == minFirst && (second < minSecond
                    || second == minSecond && compare(false, bytes, offsets, row, min) < 0)) {
                min = row;
                minFirst = first;
                minSecond = second;
            }
            if (max < 0 || first > maxFirst || first == maxFirst && (second > maxSecond
                    || second == maxSecond && compare(false, bytes, offsets, row, max) > 0)) {
                max = row;
                maxFirst = first;
                maxSecond = second;
            }
        }
        return new int[] {min, max};
    }

    /**
     * The 8 bytes at {@code at}, zeros where a value is shorter, in the order of unsigned bytes; equal for values that
     * only other bytes or their lengths tell apart.
     */
    private static long word(byte[] bytes, int at, int end) {
        int count = end - at;
        if (count >= 8) {
            return (long) BIG_ENDIAN.get(bytes, at) ^ Long.MIN_VALUE;
        }
        long word = 0;
        for (int i = 0; i < count; i++) {
            word |= (bytes[at + i] & 0xffL) << 56 - 8 * i;
        }
        return word ^ Long.MIN_VALUE;
    }

    private static int compare(boolean decimal, byte[] bytes, int[] offsets, int row, int other) {
        return compare(decimal, bytes, offsets[row], offsets[row + 1], offsets[other], offsets[other + 1]);
    }

    private static int compare(boolean decimal, byte[] bytes, int aFrom, int aEnd, int bFrom, int bEnd) {
        return decimal ? StatisticsOrder.compareDecimals(bytes, aFrom, aEnd, bytes, bFrom, bEnd)
                : Arrays.compareUnsigned(bytes, aFrom, aEnd, bytes, bFrom, bEnd);
    }

    /** The first {@link #MAX_BYTES} bytes at most, and of text no part of a character. */
    private static byte[] cut(byte[] bytes, int at, int length, boolean text) {
        int end = Math.min(length, MAX_BYTES);
        if (text && end < length) {
            while (end > 0 && (bytes[at + end] & 0xc0) == 0x80) {
                end--;
            }
        }
        return Arrays.copyOfRange(bytes, at, at + end);
    }

    /**
     * Something above all values that start with {@code prefix}; empty when there is none. Text
     * stays text: only an ASCII character is raised, and to another one.
     */
    private static byte[] raised(byte[] prefix, boolean text) {
        for (int last = prefix.length - 1; last >= 0; last--) {
            boolean raisable = text ? prefix[last] >= 0 && prefix[last] < 0x7f : prefix[last] != -1;
            if (raisable) {
                byte[] raised = Arrays.copyOf(prefix, last + 1);
                raised[last]++;
                return raised;
            }
        }
        return new byte[0];
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static PageBounds exact(ByteBuffer min, ByteBuffer max) {
        return PageBounds.of(min.array(), max.array(), true, true);
    }
}
