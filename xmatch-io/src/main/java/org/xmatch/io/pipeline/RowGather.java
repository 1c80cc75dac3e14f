package org.xmatch.io.pipeline;

import org.xmatch.io.parquet.PageDecoder;
import org.xmatch.io.table.Column;
import org.xmatch.io.table.Field;
import org.xmatch.io.table.Field.Physical;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Fetches payload columns for the unit rows that matched, and only for those. Reused from unit to
 * unit by one thread.
 */
final class RowGather {

    // Columns of more rows are not kept: they are a large share of the memory, and few.
    private static final int MOST_KEPT_ROWS = 2_000_000;

    // one for each way of storing values
    private final List<Column> kept = new ArrayList<>();
    private UnitRows rows = new UnitRows();
    private int[] pairRows = new int[0];
    private int pairs;
    private int mergedGap;
    private boolean[] needed = new boolean[0];
    private int[] compactOf = new int[0];
    private int[] pairCompact = new int[0];
    private int[][] bounds = new int[0][];
    private int[] boundsLength = new int[0];

    /**
     * Prepares for the rows of all pairs: unit row {@code pairRows[i]} for pair {@code i}.
     *
     * @param gap rows between two that are wanted, below which all of them are read
     */
    void prepare(UnitRows unitRows, int[] rowsOfPairs, int count, int gap) {
        mergedGap = gap;
        rows = unitRows;
        pairRows = rowsOfPairs;
        pairs = count;
        int segments = rows.segments().size();
        if (bounds.length < segments) {
            bounds = Arrays.copyOf(bounds, segments);
            boundsLength = Arrays.copyOf(boundsLength, segments);
        }
        if (pairCompact.length < count) {
            pairCompact = new int[count + count / 4];
        }
        int compact = 0;
        if (ascends()) {
            int pair = 0;
            for (int s = 0; s < segments; s++) {
                int first = pair;
                while (pair < count && rowsOfPairs[pair] < rows.start(s + 1)) {
                    pair++;
                }
                compact = rangesAlongPairs(s, compact, first, pair);
            }
            return;
        }
        markRows();
        for (int s = 0; s < segments; s++) {
            compact = rangesByMarks(s, compact);
        }
        for (int i = 0; i < count; i++) {
            pairCompact[i] = compactOf[rowsOfPairs[i]];
        }
    }

    private boolean ascends() {
        int[] of = pairRows;
        for (int i = 1; i < pairs; i++) {
            if (of[i] < of[i - 1]) {
                return false;
            }
        }
        return true;
    }

    private void markRows() {
        int size = rows.size();
        if (needed.length < size) {
            needed = new boolean[size + size / 4];
            compactOf = new int[needed.length];
        } else {
            Arrays.fill(needed, 0, size, false);
        }
        for (int i = 0; i < pairs; i++) {
            needed[pairRows[i]] = true;
        }
    }

    /**
     * Finds the ranges to read of a segment along its pairs {@code [fromPair, toPair)}, which ascend by their rows;
     * numbers the rows of the ranges from {@code compact} on.
     */
    private int rangesAlongPairs(int segment, int compact, int fromPair, int toPair) {
        int[] of = pairRows;
        int[] numbers = pairCompact;
        int start = rows.start(segment);
        int[] out = bounds[segment] == null ? new int[16] : bounds[segment];
        int length = 0;
        int end = 0;
        int offset = compact; // from a row of the segment to its number, in this range
        for (int pair = fromPair; pair < toPair; pair++) {
            int local = of[pair] - start;
            if (length == 0 || local - end >= mergedGap) {
                if (length + 2 > out.length) {
                    out = Arrays.copyOf(out, 2 * out.length);
                }
                offset -= length == 0 ? local : local - end;
                out[length] = local;
                length += 2;
            }
            end = local + 1;
            out[length - 1] = end;
            numbers[pair] = local + offset;
        }
        bounds[segment] = out;
        boundsLength[segment] = length;
        return length == 0 ? compact : end + offset;
    }

    /** Finds the ranges to read of a segment from the marks; numbers their rows from {@code compact} on. */
    private int rangesByMarks(int segment, int compact) {
        int start = rows.start(segment);
        int end = rows.start(segment + 1);
        int[] out = bounds[segment] == null ? new int[16] : bounds[segment];
        int length = 0;
        for (int row = start; row < end; row++) {
            if (!needed[row]) {
                continue;
            }
            int local = row - start;
            if (length > 0 && local - out[length - 1] < mergedGap) {
                out[length - 1] = local + 1;
            } else {
                if (length + 2 > out.length) {
                    out = Arrays.copyOf(out, 2 * out.length);
                }
                out[length++] = local;
                out[length++] = local + 1;
            }
        }
        int next = compact;
        for (int i = 0; i < length; i += 2) {
            for (int local = out[i]; local < out[i + 1]; local++) {
                compactOf[start + local] = next++;
            }
        }
        bounds[segment] = out;
        boundsLength[segment] = length;
        return next;
    }

    /** Appends the values of a column, one for each pair, to columns that take {@code most} of them each. */
    void read(String name, Field field, PageDecoder decoder, List<Column> into, int most) {
        Column values = take(field);
        values.clear();
        for (int s = 0; s < rows.segments().size(); s++) {
            if (boundsLength[s] > 0) {
                rows.segments().get(s).appendColumn(name, bounds[s], boundsLength[s], values, decoder);
            }
        }
        for (int i = 0; i < into.size(); i++) {
            into.get(i).appendRows(values, pairCompact, i * most, Math.min(most, pairs - i * most));
        }
        if (values.size() <= MOST_KEPT_ROWS && !field.isNested()) {
            kept.add(values);
        }
    }

    /** A kept column whose values are stored in the same way, or a new one. */
    private Column take(Field field) {
        for (int i = 0; i < kept.size(); i++) {
            if (kept.get(i).field().isStoredLike(field)) {
                return kept.remove(i).as(field);
            }
        }
        return new Column(field);
    }

    /** The same for the coordinates already read: a row that matched has no null there. */
    void coordinates(double[] degrees, List<Column> into, int most) {
        int[] from = pairRows;
        for (int i = 0; i < into.size(); i++) {
            int at = i * most;
            int count = Math.min(most, pairs - at);
            Column out = into.get(i);
            out.reserve(count);
            if (out.field().physical() == Physical.DOUBLE) {
                double[] to = out.doubles();
                for (int k = 0; k < count; k++) {
                    to[k] = degrees[from[at + k]];
                }
            } else {
                float[] to = out.floats();
                for (int k = 0; k < count; k++) {
                    to[k] = (float) degrees[from[at + k]]; // exact: it was widened from a float
                }
            }
            out.setSize(count);
        }
    }
}
