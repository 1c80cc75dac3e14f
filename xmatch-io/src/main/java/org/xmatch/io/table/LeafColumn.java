package org.xmatch.io.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The values of one leaf of a nested column, in Parquet's form: a row is a run of entries, each with a
 * repetition and a definition level ("Nested Encoding" of the format), and those of the highest
 * definition level have a value. Owned and read as its {@link Column} is.
 */
public final class LeafColumn {

    private final List<SchemaNode> path;
    private final int maxRepetition;
    private final int maxDefinition;
    private final Column values;
    private byte[] repetition = new byte[0];
    private byte[] definition = new byte[0];
    private int[] entryStart = new int[1];
    private int[] valueStart = new int[1];
    private int rows;

    private LeafColumn(List<SchemaNode> path, Column values) {
        this.path = List.copyOf(path);
        this.values = values;
        int repeated = 0;
        int optional = 0;
        for (SchemaNode node : path) {
            repeated += node.repetition() == SchemaNode.Repetition.REPEATED ? 1 : 0;
            optional += node.repetition() == SchemaNode.Repetition.OPTIONAL ? 1 : 0;
        }
        if (repeated + optional > Byte.MAX_VALUE) {
            throw new IllegalArgumentException("column '" + path.get(0).name() + "' is nested too deeply");
        }
        this.maxRepetition = repeated;
        this.maxDefinition = repeated + optional;
    }

    /** An empty leaf at the end of a path from the column's top node. */
    LeafColumn(List<SchemaNode> path) {
        this(path, new Column(((SchemaNode.Leaf) path.get(path.size() - 1)).field().withNullable(false)));
    }

    /** The leaves of a column's type, depth first. */
    public static List<LeafColumn> of(SchemaNode top) {
        List<LeafColumn> leaves = new ArrayList<>();
        collect(top, new ArrayList<>(), leaves);
        return leaves;
    }

    private static void collect(SchemaNode node, List<SchemaNode> above, List<LeafColumn> into) {
        List<SchemaNode> path = new ArrayList<>(above);
        path.add(node);
        if (node instanceof SchemaNode.Group group) {
            for (SchemaNode child : group.children()) {
                collect(child, path, into);
            }
        } else {
            into.add(new LeafColumn(path));
        }
    }

    /** The same entries under another name of the column; shares the arrays. */
    LeafColumn as(LeafColumn other) {
        if (other.definitionsOf(this).length > 0) {
            throw new IllegalArgumentException("'" + String.join(".", names()) + "' is null at other levels there");
        }
        LeafColumn same = new LeafColumn(other.path, values);
        same.repetition = repetition;
        same.definition = definition;
        same.entryStart = entryStart;
        same.valueStart = valueStart;
        same.rows = rows;
        return same;
    }

    /** Names from the column down to this leaf. */
    public List<String> names() {
        return path.stream().map(SchemaNode::name).toList();
    }

    /** Highest repetition level: how many nodes above are repeated. */
    public int maxRepetition() {
        return maxRepetition;
    }

    /** Definition level of an entry that has a value. */
    public int maxDefinition() {
        return maxDefinition;
    }

    /** The values, those of all rows one after the other, none null. */
    public Column values() {
        return values;
    }

    /** Repetition level of every entry: 0 starts a row. */
    public byte[] repetition() {
        return repetition;
    }

    /** Definition level of every entry. */
    public byte[] definition() {
        return definition;
    }

    /** First entry of a row; at the number of rows, the number of entries. */
    public int entryStart(int row) {
        return entryStart[row];
    }

    /** First value of a row; at the number of rows, the number of values. */
    public int valueStart(int row) {
        return valueStart[row];
    }

    /** Number of rows. */
    public int size() {
        return rows;
    }

    boolean isNull(int row) {
        return path.get(0).repetition() == SchemaNode.Repetition.OPTIONAL && definition[entryStart[row]] == 0;
    }

    void reserve(int count) {
        if (entryStart.length <= count) {
            int length = Math.max(count + 1, entryStart.length + (entryStart.length >> 1));
            entryStart = Arrays.copyOf(entryStart, length);
            valueStart = Arrays.copyOf(valueStart, length);
        }
    }

    /** Drops the rows from {@code count} on. */
    void truncate(int count) {
        if (count > rows) {
            throw new IllegalArgumentException(count + " rows of " + rows);
        }
        rows = count;
        values.setSize(valueStart[count]);
    }

    private void reserveEntries(int more) {
        int need = Math.addExact(entryStart[rows], more);
        if (repetition.length < need) {
            int length = (int) Math.max(need, Math.min(Integer.MAX_VALUE - 8L, need + (need >> 1)));
            repetition = Arrays.copyOf(repetition, length);
            definition = Arrays.copyOf(definition, length);
        }
    }

    /** Appends a row without entries, to be followed by {@link #extendRow}. */
    public void startRow() {
        reserve(rows + 1);
        entryStart[rows + 1] = entryStart[rows];
        valueStart[rows + 1] = valueStart[rows];
        rows++;
    }

    /**
     * Adds entries to the last row: {@code entries} levels at {@code at} of the arrays, and {@code count}
     * values of a column from {@code valueAt} on.
     */
    public void extendRow(byte[] repetitions, byte[] definitions, int at, int entries, Column from, int valueAt,
            int count) {
        int start = entryStart[rows];
        int end = Math.addExact(start, entries);
        if (repetition.length < end) {
            int length = (int) Math.max(end, Math.min(Integer.MAX_VALUE - 8L, end + (end >> 1)));
            repetition = Arrays.copyOf(repetition, length);
            definition = Arrays.copyOf(definition, length);
        }
        System.arraycopy(repetitions, at, repetition, start, entries);
        System.arraycopy(definitions, at, definition, start, entries);
        if (count > 0) {
            values.appendRange(from, valueAt, valueAt + count);
        }
        entryStart[rows] = end;
        valueStart[rows] += count;
    }

    void appendNull() {
        startRow();
        extendRow(new byte[1], new byte[1], 0, 1, values, 0, 0);
    }

    /**
     * Appends a row of another leaf.
     *
     * @param newDefinition as {@link #definitionsOf} told
     */
    public void appendRow(LeafColumn from, int row, byte[] newDefinition) {
        int at = from.entryStart[row];
        int entries = from.entryStart[row + 1] - at;
        int value = from.valueStart[row];
        int start = entryStart[rows];
        startRow();
        extendRow(from.repetition, from.definition, at, entries, from.values, value, from.valueStart[row + 1] - value);
        if (newDefinition.length > 0) {
            for (int i = start; i < start + entries; i++) {
                int level = newDefinition[definition[i]];
                if (level < 0) {
                    throw new IllegalArgumentException("'" + String.join(".", names())
                            + "' was declared without nulls, and has some");
                }
                definition[i] = (byte) level;
            }
        }
    }

    /**
     * What each definition level of another leaf is here, -1 for a null that this type cannot have; empty
     * where all levels stay.
     *
     * @throws IllegalArgumentException when the types differ in more than what may be null
     */
    public byte[] definitionsOf(LeafColumn from) {
        if (from.maxRepetition != maxRepetition || from.path.size() != path.size()
                || from.values.field().physical() != values.field().physical()
                || from.values.width() != values.width()) {
            throw new IllegalArgumentException("'" + String.join(".", names()) + "' has another type there");
        }
        byte[] levels = new byte[from.maxDefinition + 1];
        int theirs = 0;
        int ours = 0;
        for (int i = 0; i < path.size(); i++) {
            SchemaNode.Repetition their = from.path.get(i).repetition();
            SchemaNode.Repetition our = path.get(i).repetition();
            boolean repeated = our == SchemaNode.Repetition.REPEATED;
            if (repeated != (their == SchemaNode.Repetition.REPEATED)
                    || i > 0 && !path.get(i).name().equals(from.path.get(i).name())) {
                throw new IllegalArgumentException("'" + String.join(".", names()) + "' has another type there");
            }
            if (their == SchemaNode.Repetition.OPTIONAL && our == SchemaNode.Repetition.REQUIRED) {
                levels[theirs] = -1;
            }
            theirs += their == SchemaNode.Repetition.REQUIRED ? 0 : 1;
            ours += our == SchemaNode.Repetition.REQUIRED ? 0 : 1;
            levels[theirs] = (byte) ours;
        }
        for (int level = 0; level < levels.length; level++) {
            if (levels[level] != level) {
                return levels;
            }
        }
        return new byte[0];
    }
}
