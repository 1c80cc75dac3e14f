package org.xmatch.io.parquet;

import org.xmatch.io.table.Column;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Values stored one after the other, little-endian (Parquet encoding PLAIN). Stateless. */
final class PlainValues {

    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private PlainValues() {}

    /** Appends {@code count} values found at {@code [at, end)} of a page. */
    static void append(byte[] page, int at, int end, int count, Column into) {
        int start = into.size();
        int total = Math.addExact(start, count);
        switch (into.field().physical()) {
            case BOOLEAN -> {
                requireBytes((count + 7L) / 8, at, end);
                into.reserve(total);
                for (int i = 0; i < count; i++) {
                    into.bytes()[start + i] = (byte) (page[at + (i >> 3)] >> (i & 7) & 1);
                }
            }
            case INT32 -> {
                requireBytes(4L * count, at, end);
                into.reserve(total);
                view(page, at, end).asIntBuffer().get(into.ints(), start, count);
            }
            case INT64 -> {
                requireBytes(8L * count, at, end);
                into.reserve(total);
                view(page, at, end).asLongBuffer().get(into.longs(), start, count);
            }
            case FLOAT -> {
                requireBytes(4L * count, at, end);
                into.reserve(total);
                view(page, at, end).asFloatBuffer().get(into.floats(), start, count);
            }
            case DOUBLE -> {
                requireBytes(8L * count, at, end);
                into.reserve(total);
                view(page, at, end).asDoubleBuffer().get(into.doubles(), start, count);
            }
            case INT96, FIXED_LEN_BYTE_ARRAY -> {
                requireBytes((long) into.width() * count, at, end);
                into.reserve(total);
                System.arraycopy(page, at, into.bytes(), start * into.width(), count * into.width());
            }
            case BYTE_ARRAY -> texts(page, at, end, count, into);
        }
        into.setSize(total);
    }

    private static ByteBuffer view(byte[] page, int at, int end) {
        return ByteBuffer.wrap(page, at, end - at).slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void texts(byte[] page, int at, int end, int count, Column into) {
        requireBytes(4L * count, at, end);
        int start = into.size();
        into.reserve(start + count);
        int[] offsets = into.offsets();
        int written = offsets[start];
        int most = Math.addExact(written, end - at - 4 * count);
        into.reserveBytes(Math.addExact(most, 8)); // a word may be written beyond the last text
        byte[] bytes = into.bytes();
        int from = at;
        for (int i = 0; i < count; i++) {
            if (end - from < 4) {
                throw new IndexOutOfBoundsException("value " + i + " of " + count + " lies beyond the page");
            }
            int length = (int) INT.get(page, from);
            from += 4;
            if (length < 0 || length > end - from || length > most - written) {
                throw new IndexOutOfBoundsException("value " + i + " of " + count + " is said to have " + length
                        + " bytes, where " + (end - from) + " are left in the page");
            }
            if (length <= 64 && from + length + 8 <= page.length) {
                for (int k = 0; k < length; k += 8) {
                    LONG.set(bytes, written + k, (long) LONG.get(page, from + k));
                }
            } else {
                System.arraycopy(page, from, bytes, written, length);
            }
            from += length;
            written += length;
            offsets[start + i + 1] = written;
        }
    }

    static void requireBytes(long need, int at, int end) {
        if (need > end - at) {
            throw new IndexOutOfBoundsException(need + " bytes of values are declared, " + (end - at)
                    + " are in the page");
        }
    }
}
