package org.xmatch.io.parquet;

import org.jspecify.annotations.Nullable;
import org.xmatch.io.table.Column;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The uncompressed body of a data page (version 1): definition levels, then values as PLAIN.
 * <p>
 * The layouts are in "Data Pages", "Run Length Encoding / Bit-Packing Hybrid" and "Plain" of the
 * Parquet format. Stateless and thread-safe.
 */
final class PlainWriter {

    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle FLOAT =
            MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle DOUBLE =
            MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);

    // length, run header, and room for the value a null leaves behind the last one
    private static final int SLACK = 4 + 5 + 8;

    private PlainWriter() {}

    static void putInt(int value, byte[] page, int at) {
        INT.set(page, at, value);
    }

    /** Most bytes the rows {@code [from, to)} take. */
    static long maxBytes(Column column, int from, int to) {
        long rows = to - from;
        long values = switch (column.field().physical()) {
            case BOOLEAN -> rows / 8 + 1;
            case INT32, FLOAT -> rows * 4;
            case INT64, DOUBLE -> rows * 8;
            case INT96, FIXED_LEN_BYTE_ARRAY -> rows * column.width();
            case BYTE_ARRAY -> rows * 4 + column.offsets()[to] - column.offsets()[from];
            case NESTED -> throw new IllegalArgumentException("a nested column is written leaf by leaf");
        };
        return SLACK + rows / 8 + 1 + values;
    }

    /** Nulls in the rows {@code [from, to)}. */
    static int nullCount(Column column, int from, int to) {
        boolean[] nulls = column.nulls();
        int count = 0;
        if (nulls != null) {
            for (int row = from; row < to; row++) {
                count += nulls[row] ? 1 : 0;
            }
        }
        return count;
    }

    /**
     * Writes definition levels of an optional column, 0 for null and 1 for a value, behind their
     * length. Returns where they end.
     */
    static int putLevels(Column column, int from, int to, int nullCount, byte[] page) {
        int rows = to - from;
        int at = 4;
        if (nullCount == 0 || nullCount == rows) {
            at = putVarint((long) rows << 1, page, at);
            page[at++] = (byte) (nullCount == 0 ? 1 : 0);
        } else {
            int groups = (int) ((rows + 7L) >> 3);
            at = putVarint((long) groups << 1 | 1, page, at);
            at = putBits(column.nulls(), true, from, to, page, at);
        }
        INT.set(page, 0, at - 4);
        return at;
    }

    /** Writes the values of the rows that are not null. Returns where they end. */
    static int putValues(Column column, int from, int to, int nullCount, byte[] page, int at) {
        boolean[] nulls = nullCount == 0 ? null : column.nulls();
        int rows = to - from;
        return switch (column.field().physical()) {
            case BOOLEAN -> putBooleans(column.bytes(), nulls, from, to, page, at);
            case INT32 -> {
                if (nulls != null) {
                    yield putInts(column.ints(), nulls, from, to, page, at);
                }
                littleEndian(page, at, rows * 4).asIntBuffer().put(column.ints(), from, rows);
                yield at + rows * 4;
            }
            case INT64 -> {
                if (nulls != null) {
                    yield putLongs(column.longs(), nulls, from, to, page, at);
                }
                littleEndian(page, at, rows * 8).asLongBuffer().put(column.longs(), from, rows);
                yield at + rows * 8;
            }
            case FLOAT -> {
                if (nulls != null) {
                    yield putFloats(column.floats(), nulls, from, to, page, at);
                }
                littleEndian(page, at, rows * 4).asFloatBuffer().put(column.floats(), from, rows);
                yield at + rows * 4;
            }
            case DOUBLE -> {
                if (nulls != null) {
                    yield putDoubles(column.doubles(), nulls, from, to, page, at);
                }
                littleEndian(page, at, rows * 8).asDoubleBuffer().put(column.doubles(), from, rows);
                yield at + rows * 8;
            }
            case BYTE_ARRAY -> putByteArrays(column, nulls, from, to, page, at);
            case INT96, FIXED_LEN_BYTE_ARRAY -> putFixed(column, nulls, from, to, page, at);
            case NESTED -> throw new IllegalArgumentException("a nested column is written leaf by leaf");
        };
    }

    private static ByteBuffer littleEndian(byte[] page, int at, int length) {
        return ByteBuffer.wrap(page, at, length).slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    // a null's value is written too, and overwritten by the next one: no branch to mispredict
    private static int putInts(int[] values, boolean[] nulls, int from, int to, byte[] page, int at) {
        int end = at;
        for (int row = from; row < to; row++) {
            INT.set(page, end, values[row]);
            end += nulls[row] ? 0 : 4;
        }
        return end;
    }

    private static int putLongs(long[] values, boolean[] nulls, int from, int to, byte[] page, int at) {
        int end = at;
        for (int row = from; row < to; row++) {
            LONG.set(page, end, values[row]);
            end += nulls[row] ? 0 : 8;
        }
        return end;
    }

    private static int putFloats(float[] values, boolean[] nulls, int from, int to, byte[] page, int at) {
        int end = at;
        for (int row = from; row < to; row++) {
            FLOAT.set(page, end, values[row]);
            end += nulls[row] ? 0 : 4;
        }
        return end;
    }

    private static int putDoubles(double[] values, boolean[] nulls, int from, int to, byte[] page, int at) {
        int end = at;
        for (int row = from; row < to; row++) {
            DOUBLE.set(page, end, values[row]);
            end += nulls[row] ? 0 : 8;
        }
        return end;
    }

    private static int putByteArrays(Column column, boolean @Nullable [] nulls, int from, int to,
            byte[] page, int at) {
        byte[] bytes = column.bytes();
        int[] offsets = column.offsets();
        int end = at;
        for (int row = from; row < to; row++) {
            if (nulls == null || !nulls[row]) {
                int length = offsets[row + 1] - offsets[row];
                INT.set(page, end, length);
                System.arraycopy(bytes, offsets[row], page, end + 4, length);
                end += 4 + length;
            }
        }
        return end;
    }

    private static int putFixed(Column column, boolean @Nullable [] nulls, int from, int to,
            byte[] page, int at) {
        int width = column.width();
        byte[] bytes = column.bytes();
        if (nulls == null) {
            int length = (to - from) * width;
            System.arraycopy(bytes, from * width, page, at, length);
            return at + length;
        }
        int end = at;
        for (int row = from; row < to; row++) {
            if (!nulls[row]) {
                System.arraycopy(bytes, row * width, page, end, width);
                end += width;
            }
        }
        return end;
    }

    private static int putBooleans(byte[] values, boolean @Nullable [] nulls, int from, int to,
            byte[] page, int at) {
        int bits = 0;
        int count = 0;
        int end = at;
        for (int row = from; row < to; row++) {
            if (nulls != null && nulls[row]) {
                continue;
            }
            bits |= (values[row] & 1) << count;
            if (++count == 8) {
                page[end++] = (byte) bits;
                bits = 0;
                count = 0;
            }
        }
        if (count > 0) {
            page[end++] = (byte) bits;
        }
        return end;
    }

    /** Packs a bit per row, lowest first, padded with 0; the bit is the value, or its opposite. */
    private static int putBits(boolean[] values, boolean opposite, int from, int to, byte[] page, int at) {
        int end = at;
        for (int row = from; row < to; row += 8) {
            int bits = 0;
            int count = Math.min(8, to - row);
            for (int bit = 0; bit < count; bit++) {
                bits |= (values[row + bit] != opposite ? 1 : 0) << bit;
            }
            page[end++] = (byte) bits;
        }
        return end;
    }

    /** Writes a number in groups of seven bits. Returns where it ends. */
    static int putVarint(long value, byte[] page, int at) {
        int end = at;
        long rest = value;
        while (rest >>> 7 != 0) {
            page[end++] = (byte) (rest & 127 | 128);
            rest >>>= 7;
        }
        page[end++] = (byte) rest;
        return end;
    }
}
