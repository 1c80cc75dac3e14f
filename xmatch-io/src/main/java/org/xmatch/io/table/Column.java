package org.xmatch.io.table;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;

/**
 * Values of one column in primitive arrays, which grow as values are appended.
 * <p>
 * Which array holds the values follows from the physical type:
 * <ul>
 * <li>{@code BOOLEAN}: {@link #bytes()}, one byte 0 or 1 a row
 * <li>{@code INT32}: {@link #ints()}; {@code INT64}: {@link #longs()}
 * <li>{@code FLOAT}: {@link #floats()}; {@code DOUBLE}: {@link #doubles()}
 * <li>{@code BYTE_ARRAY}: row {@code i} is {@code bytes()[offsets()[i] .. offsets()[i + 1])}
 * <li>{@code INT96}, {@code FIXED_LEN_BYTE_ARRAY}: row {@code i} is {@link #width()} bytes of
 *     {@link #bytes()} from {@code i * width()}
 * <li>{@code NESTED}: {@link #leaves()}, none of the arrays
 * </ul>
 * Arrays may be longer than {@link #size()} needs. A null row has 0, or no bytes, in its place.
 * Whoever fills a column owns it; once handed on it is only read. Reading is thread-safe then.
 */
public final class Column {

    private static final byte[] NO_BYTES = {};
    private static final int[] NO_INTS = {};
    private static final long[] NO_LONGS = {};
    private static final float[] NO_FLOATS = {};
    private static final double[] NO_DOUBLES = {};

    private final Field field;
    private final int width;
    private int size;
    private byte[] bytes = NO_BYTES;
    private int[] ints = NO_INTS;
    private long[] longs = NO_LONGS;
    private float[] floats = NO_FLOATS;
    private double[] doubles = NO_DOUBLES;
    private int[] offsets = NO_INTS;
    private boolean @Nullable [] nulls;
    private List<LeafColumn> leaves = List.of();

    /** An empty column. */
    public Column(Field field) {
        this.field = field;
        this.width = switch (field.physical()) {
            case BOOLEAN -> 1;
            case INT96 -> 12;
            case FIXED_LEN_BYTE_ARRAY -> field.typeLength();
            default -> 0;
        };
        if (field.physical() == Field.Physical.BYTE_ARRAY) {
            offsets = new int[1];
        }
        if (field.isNested()) {
            leaves = LeafColumn.of(field.node());
        }
    }

    /** A column around the caller's array, which is not copied. */
    public static Column ofDoubles(Field field, double[] values, int size) {
        Objects.checkFromIndexSize(0, size, values.length);
        Column column = new Column(field);
        column.doubles = values;
        column.size = size;
        return column;
    }

    /** A column around the caller's array, which is not copied. */
    public static Column ofLongs(Field field, long[] values, int size) {
        Objects.checkFromIndexSize(0, size, values.length);
        Column column = new Column(field);
        column.longs = values;
        column.size = size;
        return column;
    }

    /** The same values under another field of the same physical type; shares the arrays. */
    public Column as(Field other) {
        if (!other.isStoredLike(field)) {
            throw new IllegalArgumentException(field + " cannot be seen as " + other);
        }
        Column column = new Column(other);
        column.size = size;
        if (field.isNested()) {
            column.leaves = pairs(column, LeafColumn::as);
            return column;
        }
        column.bytes = bytes;
        column.ints = ints;
        column.longs = longs;
        column.floats = floats;
        column.doubles = doubles;
        column.offsets = offsets;
        column.nulls = nulls;
        return column;
    }

    public Field field() {
        return field;
    }

    /** Number of rows. */
    public int size() {
        return size;
    }

    /** Bytes per row of fixed-width byte columns, else 0. */
    public int width() {
        return width;
    }

    public byte[] bytes() {
        return bytes;
    }

    public int[] ints() {
        return ints;
    }

    public long[] longs() {
        return longs;
    }

    public float[] floats() {
        return floats;
    }

    public double[] doubles() {
        return doubles;
    }

    /** {@code size() + 1} offsets into {@link #bytes()}, for {@code BYTE_ARRAY}. */
    public int[] offsets() {
        return offsets;
    }

    /** The leaves of a nested column, depth first; none of a flat one. */
    public List<LeafColumn> leaves() {
        return leaves;
    }

    /** Bytes of memory that the values take, about. */
    public long valueBytes() {
        return switch (field.physical()) {
            case INT32, FLOAT -> 4L * size;
            case INT64, DOUBLE -> 8L * size;
            case BYTE_ARRAY -> 4L * size + offsets[size];
            case BOOLEAN, INT96, FIXED_LEN_BYTE_ARRAY -> (long) width * size;
            case NESTED -> leaves.stream().mapToLong(leaf -> leaf.values().valueBytes()).sum() + 8L * size;
        };
    }

    /** Bytes of memory that the arrays of a flat column take. */
    long capacityBytes() {
        return bytes.length + 4L * (ints.length + floats.length + offsets.length) + 8L * (longs.length + doubles.length);
    }

    /** Whether row {@code row} has no value. */
    public boolean isNull(int row) {
        return leaves.isEmpty() ? nulls != null && nulls[row] : leaves.get(0).isNull(row);
    }

    /**
     * True where a row is null; {@code null} when no row is, and for a nested column always. May be
     * longer than {@link #size()}.
     */
    public boolean @Nullable [] nulls() {
        return nulls;
    }

    /** Forgets the values, keeps the arrays. */
    public void clear() {
        size = 0;
        nulls = null;
        leaves.forEach(leaf -> leaf.truncate(0));
    }

    /** Makes room for {@code rows} rows in all; for {@code BYTE_ARRAY}, room for the offsets. */
    public void reserve(int rows) {
        switch (field.physical()) {
            case INT32 -> ints = ints.length >= rows ? ints : Arrays.copyOf(ints, grown(ints.length, rows));
            case INT64 -> longs = longs.length >= rows ? longs : Arrays.copyOf(longs, grown(longs.length, rows));
            case FLOAT -> floats =
                    floats.length >= rows ? floats : Arrays.copyOf(floats, grown(floats.length, rows));
            case DOUBLE -> doubles =
                    doubles.length >= rows ? doubles : Arrays.copyOf(doubles, grown(doubles.length, rows));
            case BYTE_ARRAY -> {
                int need = Math.addExact(rows, 1);
                offsets = offsets.length >= need ? offsets : Arrays.copyOf(offsets, grown(offsets.length, need));
            }
            case BOOLEAN, INT96, FIXED_LEN_BYTE_ARRAY -> reserveBytes(Math.multiplyExact(rows, width));
            case NESTED -> leaves.forEach(leaf -> leaf.reserve(rows));
        }
        if (nulls != null && nulls.length < rows) {
            nulls = Arrays.copyOf(nulls, grown(nulls.length, rows));
        }
    }

    /** Makes room for {@code count} bytes in all in {@link #bytes()}. */
    public void reserveBytes(int count) {
        if (bytes.length < count) {
            bytes = Arrays.copyOf(bytes, grown(bytes.length, count));
        }
    }

    /**
     * Declares that the arrays now hold {@code rows} rows, written by the caller after {@link #reserve}, or
     * that the leaves do.
     */
    public void setSize(int rows) {
        size = rows;
        leaves.forEach(leaf -> leaf.truncate(rows));
    }

    /** Marks a row below the capacity asked for by {@link #reserve} as null. */
    public void setNull(int row) {
        if (nulls == null || nulls.length <= row) {
            int capacity = Math.max(row + 1, switch (field.physical()) {
                case INT32 -> ints.length;
                case INT64 -> longs.length;
                case FLOAT -> floats.length;
                case DOUBLE -> doubles.length;
                case BYTE_ARRAY -> offsets.length - 1;
                case BOOLEAN, INT96, FIXED_LEN_BYTE_ARRAY -> bytes.length / width;
                case NESTED -> throw new IllegalStateException("a nested row is null by its levels");
            });
            nulls = nulls == null ? new boolean[capacity] : Arrays.copyOf(nulls, capacity);
        }
        nulls[row] = true;
    }

    /**
     * Appends {@code count} rows of {@code from}, which has the same physical type:
     * rows {@code rows[at], rows[at + 1], ...}; a negative row number appends a null.
     */
    public void appendRows(Column from, int[] rows, int at, int count) {
        Objects.checkFromIndexSize(at, count, rows.length);
        requireSameStorage(from);
        if (field.isNested()) {
            appendNested(from, rows, at, count);
            return;
        }
        reserve(Math.addExact(size, count));
        int end = at + count;
        int run = at;
        while (run < end) {
            int runEnd = run;
            while (runEnd < end && rows[runEnd] >= 0) {
                runEnd++;
            }
            gather(from, rows, run, runEnd - run);
            run = runEnd;
            while (run < end && rows[run] < 0) {
                appendNull();
                run++;
            }
        }
    }

    // A small loop for each type, so that each is compiled alone, and only where it is used.
    private void gather(Column from, int[] rows, int at, int count) {
        int start = size;
        switch (field.physical()) {
            case INT32 -> gather(from.ints, rows, at, count, ints, start);
            case INT64 -> gather(from.longs, rows, at, count, longs, start);
            case FLOAT -> gather(from.floats, rows, at, count, floats, start);
            case DOUBLE -> gather(from.doubles, rows, at, count, doubles, start);
            case BYTE_ARRAY -> {
                reserveBytes(Math.toIntExact(offsets[start] + totalLength(from.offsets, rows, at, count)));
                gather(from.bytes, from.offsets, rows, at, count, bytes, offsets, start);
            }
            case BOOLEAN, INT96, FIXED_LEN_BYTE_ARRAY ->
                gather(from.bytes, width, rows, at, count, bytes, start);
        }
        size = start + count;
        if (from.nulls != null) {
            for (int i = 0; i < count; i++) {
                if (from.nulls[rows[at + i]]) {
                    setNull(start + i);
                } else if (nulls != null) {
                    nulls[start + i] = false;
                }
            }
        } else if (nulls != null) {
            Arrays.fill(nulls, start, size, false);
        }
    }

    private static void gather(int[] from, int[] rows, int at, int count, int[] to, int start) {
        for (int i = 0; i < count; i++) {
            to[start + i] = from[rows[at + i]];
        }
    }

    private static void gather(long[] from, int[] rows, int at, int count, long[] to, int start) {
        for (int i = 0; i < count; i++) {
            to[start + i] = from[rows[at + i]];
        }
    }

    private static void gather(float[] from, int[] rows, int at, int count, float[] to, int start) {
        for (int i = 0; i < count; i++) {
            to[start + i] = from[rows[at + i]];
        }
    }

    private static void gather(double[] from, int[] rows, int at, int count, double[] to, int start) {
        for (int i = 0; i < count; i++) {
            to[start + i] = from[rows[at + i]];
        }
    }

    private static void gather(byte[] from, int width, int[] rows, int at, int count, byte[] to, int start) {
        for (int i = 0; i < count; i++) {
            System.arraycopy(from, rows[at + i] * width, to, (start + i) * width, width);
        }
    }

    private static void gather(byte[] from, int[] fromOffsets, int[] rows, int at, int count, byte[] to,
            int[] toOffsets, int start) {
        int end = toOffsets[start];
        for (int i = 0; i < count; i++) {
            int offset = fromOffsets[rows[at + i]];
            int length = fromOffsets[rows[at + i] + 1] - offset;
            Texts.copy(from, offset, length, to, end);
            end += length;
            toOffsets[start + i + 1] = end;
        }
    }

    private static long totalLength(int[] offsets, int[] rows, int at, int count) {
        long total = 0;
        for (int i = 0; i < count; i++) {
            total += offsets[rows[at + i] + 1] - offsets[rows[at + i]];
        }
        return total;
    }

    private void appendNull() {
        int row = size;
        reserve(Math.addExact(row, 1));
        switch (field.physical()) {
            case INT32 -> ints[row] = 0;
            case INT64 -> longs[row] = 0;
            case FLOAT -> floats[row] = 0;
            case DOUBLE -> doubles[row] = 0;
            case BYTE_ARRAY -> offsets[row + 1] = offsets[row];
            case BOOLEAN, INT96, FIXED_LEN_BYTE_ARRAY ->
                Arrays.fill(bytes, row * width, (row + 1) * width, (byte) 0);
        }
        size = row + 1;
        setNull(row);
    }

    /** Appends the rows {@code [fromRow, toRow)} of a column of the same physical type. */
    public void appendRange(Column from, int fromRow, int toRow) {
        Objects.checkFromToIndex(fromRow, toRow, from.size);
        requireSameStorage(from);
        int count = toRow - fromRow;
        if (field.isNested()) {
            appendNested(from, IntStream.range(fromRow, toRow).toArray(), 0, count);
            return;
        }
        int start = size;
        reserve(Math.addExact(start, count));
        switch (field.physical()) {
            case INT32 -> System.arraycopy(from.ints, fromRow, ints, start, count);
            case INT64 -> System.arraycopy(from.longs, fromRow, longs, start, count);
            case FLOAT -> System.arraycopy(from.floats, fromRow, floats, start, count);
            case DOUBLE -> System.arraycopy(from.doubles, fromRow, doubles, start, count);
            case BYTE_ARRAY -> {
                int length = from.offsets[toRow] - from.offsets[fromRow];
                int base = offsets[start];
                reserveBytes(Math.addExact(base, length));
                System.arraycopy(from.bytes, from.offsets[fromRow], bytes, base, length);
                for (int i = 1; i <= count; i++) {
                    offsets[start + i] = base + from.offsets[fromRow + i] - from.offsets[fromRow];
                }
            }
            case BOOLEAN, INT96, FIXED_LEN_BYTE_ARRAY ->
                System.arraycopy(from.bytes, fromRow * width, bytes, start * width, count * width);
        }
        size = start + count;
        if (from.nulls != null) {
            for (int i = 0; i < count; i++) {
                if (from.nulls[fromRow + i]) {
                    setNull(start + i);
                } else if (nulls != null) {
                    nulls[start + i] = false;
                }
            }
        } else if (nulls != null) {
            Arrays.fill(nulls, start, start + count, false);
        }
    }

    private void appendNested(Column from, int[] rows, int at, int count) {
        pairs(from, (to, other) -> {
            byte[] newDefinition = to.definitionsOf(other);
            to.reserve(Math.addExact(size, count));
            for (int i = at; i < at + count; i++) {
                if (rows[i] < 0) {
                    to.appendNull();
                } else {
                    to.appendRow(other, rows[i], newDefinition);
                }
            }
            return to;
        });
        size += count;
    }

    private List<LeafColumn> pairs(Column other, BinaryOperator<LeafColumn> each) {
        if (other.leaves.size() != leaves.size()) {
            throw new IllegalArgumentException("'" + field.name() + "' has other fields there");
        }
        List<LeafColumn> made = new ArrayList<>();
        for (int i = 0; i < leaves.size(); i++) {
            made.add(each.apply(leaves.get(i), other.leaves.get(i)));
        }
        return made;
    }

    private void requireSameStorage(Column from) {
        if (from.field.physical() != field.physical() || from.width != width) {
            throw new IllegalArgumentException("cannot append " + from.field + " to " + field);
        }
    }

    private static int grown(int length, int need) {
        return (int) Math.max(need, Math.min(Integer.MAX_VALUE - 8L, length + (length >> 1)));
    }
}
