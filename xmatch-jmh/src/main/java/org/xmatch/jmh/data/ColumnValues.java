package org.xmatch.jmh.data;

/**
 * Values of one column, reused from read to read: one of the arrays, by the column's type. One thread.
 */
public final class ColumnValues {

    /** Whole numbers, one a row. */
    public long[] longs = new long[0];

    /** Floating-point numbers, one a row. */
    public double[] doubles = new double[0];

    /** Texts, one after the other. */
    public byte[] bytes = new byte[0];

    /** Where each row's text begins in {@link #bytes}, and where the last one ends. */
    public int[] offsets = new int[0];

    /** Rows. */
    public int size;

    /**
     * The sum, modulo 2^64, of the bits of each value times its place from 1; for texts that of their
     * offsets and bytes.
     */
    public long sum() {
        long sum = 0;
        for (int row = 0; row < size && longs.length > 0; row++) {
            sum += longs[row] * (row + 1);
        }
        for (int row = 0; row < size && doubles.length > 0; row++) {
            sum += Double.doubleToRawLongBits(doubles[row]) * (row + 1);
        }
        if (offsets.length > 0) {
            for (int row = 0; row <= size; row++) {
                sum += offsets[row] * (row + 1L);
            }
            for (int at = 0; at < offsets[size]; at++) {
                sum += (bytes[at] & 0xffL) * (at + 1);
            }
        }
        return sum;
    }
}
