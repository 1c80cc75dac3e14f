package org.xmatch.io.parquet;

import org.xmatch.io.table.Column;
import org.xmatch.io.table.Field;

/** The dictionary of one column chunk; reused from chunk to chunk. Not thread-safe. */
final class Dictionary {

    private Column values = new Column(Field.ofLong("dictionary"));
    private boolean present;

    void clear() {
        present = false;
    }

    boolean isPresent() {
        return present;
    }

    /** Takes the values of a dictionary page, always stored PLAIN. */
    void load(Field field, byte[] page, int length, int count) {
        Field own = new Field("dictionary", field.physical(), field.typeLength(), field.logical(), false);
        if (values.field().equals(own)) {
            values.clear();
        } else {
            values = new Column(own);
        }
        PlainValues.append(page, 0, length, count, values);
        present = true;
    }

    /** Appends the values at the first {@code count} indices. */
    void append(int[] indices, int count, Column into) {
        int size = values.size();
        int highest = 0; // as unsigned: negative indices are out of range too
        for (int i = 0; i < count; i++) {
            highest = Integer.compareUnsigned(indices[i], highest) > 0 ? indices[i] : highest;
        }
        if (count > 0 && Integer.compareUnsigned(highest, size) >= 0) {
            throw new IndexOutOfBoundsException("dictionary index " + Integer.toUnsignedString(highest) + " of "
                    + size + " values");
        }
        int start = into.size();
        into.reserve(Math.addExact(start, count));
        switch (into.field().physical()) {
            case INT32 -> {
                int[] from = values.ints();
                int[] to = into.ints();
                for (int i = 0; i < count; i++) {
                    to[start + i] = from[indices[i]];
                }
                into.setSize(start + count);
            }
            case INT64 -> {
                long[] from = values.longs();
                long[] to = into.longs();
                for (int i = 0; i < count; i++) {
                    to[start + i] = from[indices[i]];
                }
                into.setSize(start + count);
            }
            case FLOAT -> {
                float[] from = values.floats();
                float[] to = into.floats();
                for (int i = 0; i < count; i++) {
                    to[start + i] = from[indices[i]];
                }
                into.setSize(start + count);
            }
            case DOUBLE -> {
                double[] from = values.doubles();
                double[] to = into.doubles();
                for (int i = 0; i < count; i++) {
                    to[start + i] = from[indices[i]];
                }
                into.setSize(start + count);
            }
            default -> into.appendRows(values, indices, 0, count);
        }
    }
}
