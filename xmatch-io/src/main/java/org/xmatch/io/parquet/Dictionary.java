package org.xmatch.io.parquet;

import org.xmatch.io.table.Column;
import org.xmatch.io.table.Field;
import org.xmatch.io.table.Texts;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The dictionary of one column chunk; reused from chunk to chunk. Values of four and eight bytes and texts are
 * looked up in the page as it is stored: copying them to an array of their own costs as much as looking
 * up (ColumnsReadBenchmark). Not thread-safe.
 */
final class Dictionary {

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle FLOAT = MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle DOUBLE =
            MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);

    private Column others = new Column(Field.ofString("dictionary"));
    private int[] starts = {};
    private byte[] page = {};
    private int size;
    private boolean present;

    void clear() {
        present = false;
    }

    boolean isPresent() {
        return present;
    }

    /**
     * Takes the values of a dictionary page, always stored PLAIN.
     *
     * @param page not written to while the dictionary is used
     */
    void load(Field field, byte[] page, int length, int count) {
        switch (field.physical()) {
            case INT32, FLOAT -> PlainValues.requireBytes(4L * count, 0, length);
            case INT64, DOUBLE -> PlainValues.requireBytes(8L * count, 0, length);
            case BYTE_ARRAY -> {
                PlainValues.requireBytes(4L * count, 0, length);
                if (starts.length <= count) {
                    starts = new int[count + count / 4 + 1];
                }
                PlainValues.textStarts(page, 0, length, count, starts);
            }
            default -> {
                Field own = new Field("dictionary", field.physical(), field.typeLength(), field.logical(), false);
                if (others.field().equals(own)) {
                    others.clear();
                } else {
                    others = new Column(own);
                }
                PlainValues.append(page, 0, length, count, others);
            }
        }
        this.page = page;
        size = count;
        present = true;
    }

    /** Appends the values at the first {@code count} indices. */
    void append(int[] indices, int count, Column into) {
        requireInside(indices, count);
        int start = into.size();
        into.reserve(Math.addExact(start, count));
        switch (into.field().physical()) {
            case INT32 -> lookUp(indices, count, into.ints(), start);
            case INT64 -> lookUp(indices, count, into.longs(), start);
            case FLOAT -> lookUp(indices, count, into.floats(), start);
            case DOUBLE -> lookUp(indices, count, into.doubles(), start);
            case BYTE_ARRAY -> lookUp(indices, count, into, start);
            default -> {
                into.appendRows(others, indices, 0, count);
                return;
            }
        }
        into.setSize(start + count);
    }

    private void requireInside(int[] indices, int count) {
        int outside = 0; // negative as soon as one index is negative or beyond the last
        for (int i = 0; i < count; i++) {
            outside |= indices[i] | size - 1 - indices[i];
        }
        if (outside >= 0) {
            return;
        }
        for (int i = 0; i < count; i++) {
            if (indices[i] < 0 || indices[i] >= size) {
                throw new IndexOutOfBoundsException("dictionary index " + Integer.toUnsignedString(indices[i]) + " of "
                        + size + " values");
            }
        }
    }

    private void lookUp(int[] indices, int count, int[] to, int start) {
        byte[] from = page;
        for (int i = 0; i < count; i++) {
            to[start + i] = (int) INT.get(from, indices[i] << 2);
        }
    }

    private void lookUp(int[] indices, int count, long[] to, int start) {
        byte[] from = page;
        for (int i = 0; i < count; i++) {
            to[start + i] = (long) LONG.get(from, indices[i] << 3);
        }
    }

    private void lookUp(int[] indices, int count, float[] to, int start) {
        byte[] from = page;
        for (int i = 0; i < count; i++) {
            to[start + i] = (float) FLOAT.get(from, indices[i] << 2);
        }
    }

    private void lookUp(int[] indices, int count, double[] to, int start) {
        byte[] from = page;
        for (int i = 0; i < count; i++) {
            to[start + i] = (double) DOUBLE.get(from, indices[i] << 3);
        }
    }

    private void lookUp(int[] indices, int count, Column into, int start) {
        int[] offsets = into.offsets();
        int[] starts = this.starts;
        long bytes = offsets[start];
        for (int i = 0; i < count; i++) {
            bytes += starts[indices[i] + 1] - starts[indices[i]] - 4;
        }
        into.reserveBytes(Math.toIntExact(bytes + Texts.ROOM));
        byte[] from = page;
        byte[] to = into.bytes();
        int written = offsets[start];
        for (int i = 0; i < count; i++) {
            int text = starts[indices[i]];
            int length = starts[indices[i] + 1] - text - 4;
            Texts.copy(from, text, length, to, written);
            written += length;
            offsets[start + i + 1] = written;
        }
    }
}
