package org.xmatch.io.parquet;

import org.xmatch.io.table.Column;

import java.util.Arrays;

/**
 * Sorted, disjoint, half-open ranges of row numbers inside a row group. Immutable and thread-safe.
 */
public final class RowRanges {

    // from[0], end[0], from[1], end[1], ...: ascending, end[i] < from[i + 1]
    private final int[] bounds;
    private final int rows;

    private RowRanges(int[] bounds) {
        this.bounds = bounds;
        int sum = 0;
        for (int i = 0; i < bounds.length; i += 2) {
            sum += bounds[i + 1] - bounds[i];
        }
        this.rows = sum;
    }

    /** Rows {@code [0, rows)}. */
    public static RowRanges all(int rows) {
        return rows == 0 ? new RowRanges(new int[0]) : new RowRanges(new int[] {0, rows});
    }

    /** Ranges from the first {@code length} entries of {@code from, end} pairs, ascending and not touching. */
    public static RowRanges ofBounds(int[] pairs, int length) {
        for (int i = 0; i < length; i += 2) {
            if (pairs[i] >= pairs[i + 1] || pairs[i] < 0 || i > 0 && pairs[i] <= pairs[i - 1]) {
                throw new IllegalArgumentException("row ranges must ascend without touching: "
                        + Arrays.toString(Arrays.copyOf(pairs, length)));
            }
        }
        return new RowRanges(Arrays.copyOf(pairs, length));
    }

    /** Number of ranges. */
    public int size() {
        return bounds.length / 2;
    }

    public int from(int i) {
        return bounds[2 * i];
    }

    public int end(int i) {
        return bounds[2 * i + 1];
    }

    /** Number of rows in all ranges. */
    public int rows() {
        return rows;
    }

    /** Whether a row of {@code [from, end)} is inside. */
    public boolean overlaps(int from, int end) {
        int i = rangeEndingAfter(from);
        return i < size() && from(i) < end;
    }

    private int rangeEndingAfter(int row) {
        int low = 0;
        int high = size();
        while (low < high) {
            int middle = low + high >>> 1;
            if (bounds[2 * middle + 1] > row) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /**
     * Drops from a column's tail, which holds the rows {@code [from, end)} from {@code start} on,
     * those outside these ranges.
     */
    void keepOnly(Column column, int start, int from, int end) {
        int kept = start;
        for (int i = rangeEndingAfter(from); i < size() && from(i) < end; i++) {
            int first = Math.max(from(i), from);
            int last = Math.min(end(i), end);
            kept = NullRows.move(column, start + first - from, start + last - from, kept);
        }
        column.setSize(kept);
    }
}
