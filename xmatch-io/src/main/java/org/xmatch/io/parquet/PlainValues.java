package org.xmatch.io.parquet;

import org.xmatch.io.table.Column;
import org.xmatch.io.table.Texts;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Values stored one after the other, little-endian (Parquet encoding PLAIN). Stateless. */
final class PlainValues {

    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

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
        into.reserveBytes(Math.addExact(written, end - at - 4 * count + Texts.ROOM));
        byte[] bytes = into.bytes();
        int from = at;
        int limit = end - 4 * count; // behind it the lengths of the texts to come find room
        for (int i = 0; i < count; i++) {
            int length = (int) INT.get(page, from);
            from += 4;
            limit += 4;
            if (length < 0 || length > limit - from) {
                throw beyond(i, count, length, end - from);
            }
            Texts.copy(page, from, length, bytes, written);
            from += length;
            written += length;
            offsets[start + i + 1] = written;
        }
    }

    /**
     * Index of the first byte of each text, and at {@code count} what it would be of another one: a text ends four
     * bytes before the next begins.
     *
     * @param starts room for {@code count + 1}
     */
    static void textStarts(byte[] page, int at, int end, int count, int[] starts) {
        requireBytes(4L * count, at, end);
        int from = at + 4;
        int limit = end - 4 * count;
        for (int i = 0; i < count; i++) {
            int length = (int) INT.get(page, from - 4);
            limit += 4;
            if (length < 0 || length > limit - from) {
                throw beyond(i, count, length, end - from);
            }
            starts[i] = from;
            from += length + 4;
        }
        starts[count] = from;
    }

    private static IndexOutOfBoundsException beyond(int i, int count, int length, int left) {
        return new IndexOutOfBoundsException("value " + i + " of " + count + " is said to have " + length + " bytes, where "
                + left + " are left in the page, lengths of the others included");
    }

    static void requireBytes(long need, int at, int end) {
        if (need > end - at) {
            throw new IndexOutOfBoundsException(need + " bytes of values are declared, " + (end - at)
                    + " are in the page");
        }
    }
}
