package org.xmatch.io.pipeline;

import org.xmatch.io.table.Field;

import java.util.List;

/**
 * What a cross-match costs, as measured: the one place that estimates take it from.
 * <p>
 * Processor time of one core of a 2-core cloud machine (x86-64, JDK 17), page cache warm, Parquet with zstd. Source:
 * {@code --summary} of the tutorial's cross-match of 10 M rows, see docs/design/scale.md. Another machine differs.
 */
final class MeasuredRates {

    /** Until a process has opened its catalogs and compiled its loops, seconds. */
    static final double START_SECONDS = 0.4;
    /** Opening a leaf and its share of what is done once for each unit of work. */
    static final double LEAF_NANOS = 400_000;
    /** Reading a position, left or right. */
    static final double POSITION_NANOS = 68;
    /** Matching a left row within a small radius. */
    static final double MATCH_NANOS = 210;
    /** Reading and placing one value of a row that matched. */
    static final double GATHER_NANOS = 27;
    /** Encoding and writing one value of a pair. */
    static final double WRITE_NANOS = 33;

    /** Memory of the process before it reads a row, bytes. */
    static final long BASE_BYTES = 90L << 20;
    /** Memory for each row whose position is read and matched: both coordinates and the search's arrays. */
    static final int ROW_BYTES = 60;
    /** What a heap takes for what lives in it. */
    static final double HEAP_FACTOR = 1.5;
    /** Bytes of a text value with its offset, as catalogs of stars have them. */
    private static final int TEXT_BYTES = 24;

    private MeasuredRates() {}

    /** Bytes of a pair in memory. */
    static long pairBytes(List<Field> columns) {
        return columns.stream().mapToLong(field -> switch (field.physical()) {
            case BOOLEAN -> 1;
            case INT32, FLOAT -> 4;
            case INT64, DOUBLE -> 8;
            case INT96 -> 12;
            case FIXED_LEN_BYTE_ARRAY -> field.typeLength();
            case BYTE_ARRAY -> TEXT_BYTES;
            case NESTED -> 10L * TEXT_BYTES;
        }).sum();
    }

    /** Processor seconds for a piece of work, pairs written. */
    static double cpuSeconds(long leaves, long rowsLeft, long rowsRight, int columns) {
        return 1e-9 * (leaves * LEAF_NANOS + (rowsLeft + rowsRight) * POSITION_NANOS
                + rowsLeft * (MATCH_NANOS + columns * (GATHER_NANOS + WRITE_NANOS)));
    }
}
