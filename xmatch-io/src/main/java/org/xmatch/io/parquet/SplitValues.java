package org.xmatch.io.parquet;

import org.xmatch.io.table.Column;

/** Values with their first bytes together, then their second bytes, and so on (BYTE_STREAM_SPLIT). Stateless. */
final class SplitValues {

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
        switch (into.field().physical()) {
            case INT32 -> {
                int[] out = into.ints();
                for (int i = 0; i < count; i++) {
                    out[start + i] = word(page, at + i, count);
                }
            }
            case FLOAT -> {
                float[] out = into.floats();
                for (int i = 0; i < count; i++) {
                    out[start + i] = Float.intBitsToFloat(word(page, at + i, count));
                }
            }
            case INT64 -> {
                long[] out = into.longs();
                for (int i = 0; i < count; i++) {
                    out[start + i] = longWord(page, at + i, count);
                }
            }
            case DOUBLE -> {
                double[] out = into.doubles();
                for (int i = 0; i < count; i++) {
                    out[start + i] = Double.longBitsToDouble(longWord(page, at + i, count));
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

    private static int word(byte[] page, int at, int stride) {
        return page[at] & 0xff | (page[at + stride] & 0xff) << 8 | (page[at + 2 * stride] & 0xff) << 16
                | page[at + 3 * stride] << 24;
    }

    private static long longWord(byte[] page, int at, int stride) {
        return word(page, at, stride) & 0xffffffffL | (long) word(page, at + 4 * stride, stride) << 32;
    }
}
