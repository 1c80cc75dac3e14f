package org.xmatch.io.pipeline;

import org.xmatch.io.table.Field;

import java.util.List;

/**
 * How much of a unit of work is in memory at a time, so that a job keeps to its memory. Only a matter of
 * memory and speed: the pairs are the same at any limits.
 *
 * @param leftRows left rows that are read together
 * @param rightRows right rows that are read together, where the sky can be cut that fine
 * @param pairs pairs whose columns are fetched together
 * @param waitingBytes results that may wait for the unit whose turn it is
 * @param pairBytes bytes that a pair's columns were taken to have: of wider ones fewer are fetched together
 */
record UnitLimits(int leftRows, int rightRows, int pairs, long waitingBytes, long pairBytes) {

    // Fewer rows at a time would cost more for opening and seeking than they save.
    private static final int FEWEST = 1 << 14;
    // Pairs of unknown width, and fewest of wide ones.
    private static final int FIRST_PAIRS = 1 << 10;
    private static final int FEWEST_PAIRS = 1 << 8;
    private static final int MERGED_GAP = 256;
    private static final Width ANY_WIDTH = new Width(Integer.MAX_VALUE, MERGED_GAP);
    // Few strings, or light curves, are longer.
    private static final int WIDE_STRING = 512;
    private static final int WIDE_NESTED = 64 << 10;
    // Columns of strings hold less than 2 GiB.
    private static final int MOST = 1 << 23;
    // Positions, their selection, the search's index, the marks of what is fetched.
    private static final int BYTES_PER_ROW = 64;
    private static final int BYTES_PER_PAIR = 56;
    private static final int BYTES_PER_STRING = 40;
    private static final int BYTES_PER_NESTED = 400;

    /**
     * @param memory bytes for all workers and the results that wait
     * @param threads workers
     * @param result columns of the result
     */
    static UnitLimits of(long memory, int threads, List<Field> result) {
        long share = memory / 2 / threads;
        // right rows twice the left ones; a pair's columns once as read and once in its place
        long perLeft = 3 * BYTES_PER_ROW + BYTES_PER_PAIR + 2 * rowBytes(result);
        int rows = (int) Math.max(FEWEST, Math.min(MOST, share / perLeft));
        return new UnitLimits(rows, 2 * rows, rows, memory / 4, rowBytes(result));
    }

    /**
     * How the columns of pairs are fetched, which may be wide.
     *
     * @param pairs most pairs together
     * @param gap rows between two that are wanted, below which reading all costs less than another range
     */
    record Width(int pairs, int gap) {}

    /**
     * Before it is known how wide columns are.
     *
     * @param count pairs, or rows of either side if those are more: where pairs are in another order all may be read
     */
    Width firstWidth(int count, List<Field> result) {
        long bytes = pairBytes;
        for (Field field : result) {
            bytes += field.isNested() ? WIDE_NESTED : field.physical() == Field.Physical.BYTE_ARRAY ? WIDE_STRING : 0;
        }
        return bytes == pairBytes || count <= pairs * pairBytes / bytes ? ANY_WIDTH : new Width(FIRST_PAIRS, 1);
    }

    /** After pairs that had so many bytes each. */
    Width widthOf(long bytes) {
        return bytes <= pairBytes ? ANY_WIDTH
                : new Width((int) Math.max(FEWEST_PAIRS, pairs * pairBytes / bytes),
                        (int) Math.max(1, MERGED_GAP / 8 * pairBytes / bytes));
    }

    /** Bytes of memory a row takes, about. */
    static long rowBytes(List<Field> fields) {
        long bytes = 0;
        for (Field field : fields) {
            bytes += switch (field.physical()) {
                case BOOLEAN -> 1;
                case INT32, FLOAT -> 4;
                case INT64, DOUBLE -> 8;
                case INT96 -> 12;
                case FIXED_LEN_BYTE_ARRAY -> field.typeLength();
                case BYTE_ARRAY -> BYTES_PER_STRING;
                case NESTED -> BYTES_PER_NESTED;
            };
        }
        return bytes;
    }
}
