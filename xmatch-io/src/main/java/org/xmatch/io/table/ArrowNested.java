package org.xmatch.io.table;

import org.apache.arrow.vector.BitVectorHelper;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.xmatch.io.table.SchemaNode.Group;
import org.xmatch.io.table.SchemaNode.Kind;
import org.xmatch.io.table.SchemaNode.Leaf;
import org.xmatch.io.table.SchemaNode.Repetition;

import java.util.Arrays;
import java.util.List;

/**
 * Nested columns as Arrow's lists, structs and maps, which are built from the levels of Parquet's
 * entries. Each vector has a place for every entry that starts one of its elements, also where that
 * element, or a struct above it, is null. One use, one thread.
 */
final class ArrowNested {

    private final Column column;
    private final int from;
    private final int to;

    private ArrowNested(Column column, int from, int to) {
        this.column = column;
        this.from = from;
        this.to = to;
    }

    static org.apache.arrow.vector.types.pojo.Field field(SchemaNode node) {
        return node.repetition() == Repetition.REPEATED
                ? list(node.name(), false, value(node, false)) : value(node, node.repetition() == Repetition.OPTIONAL);
    }

    private static org.apache.arrow.vector.types.pojo.Field value(SchemaNode node, boolean nullable) {
        if (node instanceof Leaf leaf) {
            return ArrowVectors.field(leaf.field().withNullable(nullable));
        }
        Group group = (Group) node;
        if (isList(group)) {
            SchemaNode repeated = group.children().get(0);
            return list(group.name(), nullable,
                    isElement(group, repeated) ? value(repeated, false) : field(((Group) repeated).children().get(0)));
        }
        if (isMap(group)) {
            return new org.apache.arrow.vector.types.pojo.Field(group.name(),
                    new FieldType(nullable, new ArrowType.Map(false), null),
                    List.of(struct((Group) group.children().get(0), false)));
        }
        return struct(group, nullable);
    }

    private static org.apache.arrow.vector.types.pojo.Field list(String name, boolean nullable,
            org.apache.arrow.vector.types.pojo.Field element) {
        return new org.apache.arrow.vector.types.pojo.Field(name,
                new FieldType(nullable, new ArrowType.List(), null), List.of(element));
    }

    private static org.apache.arrow.vector.types.pojo.Field struct(Group group, boolean nullable) {
        return new org.apache.arrow.vector.types.pojo.Field(group.name(),
                new FieldType(nullable, new ArrowType.Struct(), null),
                group.children().stream().map(ArrowNested::field).toList());
    }

    private static boolean isList(Group group) {
        return group.kind() == Kind.LIST && group.children().size() == 1
                && group.children().get(0).repetition() == Repetition.REPEATED;
    }

    /** Whether the repeated node of a list is its element, as in files from before the third level. */
    private static boolean isElement(Group list, SchemaNode repeated) {
        return !(repeated instanceof Group group) || group.children().size() > 1
                || group.name().equals("array") || group.name().equals(list.name() + "_tuple");
    }

    // Arrow's keys are never null
    private static boolean isMap(Group group) {
        return (group.kind() == Kind.MAP || group.kind() == Kind.MAP_KEY_VALUE) && group.children().size() == 1
                && group.children().get(0) instanceof Group entries && entries.repetition() == Repetition.REPEATED
                && entries.children().size() == 2 && entries.children().get(0).repetition() == Repetition.REQUIRED;
    }

    /** Replaces the content of the vector by rows {@code [from, to)} of a nested column. */
    static void fill(FieldVector vector, Column column, int from, int to) {
        new ArrowNested(column, from, to).field(vector, column.field().node(), 0, 0, 0, 0);
    }

    /**
     * Fills the vector of a node.
     * <p>
     * - {@code leaf}: the node's first leaf, whose levels tell of the node
     * - {@code repetition}: an entry of at most this level starts an element here
     * - {@code definition}: level of an entry in which all above the node is there
     * - {@code least}: level of an entry in which the element that holds the node is there
     */
    private void field(FieldVector vector, SchemaNode node, int leaf, int repetition, int definition, int least) {
        if (node.repetition() == Repetition.REPEATED) {
            ListVector list = (ListVector) vector;
            int count = lists(list, leaf, repetition, definition, least);
            value(list.getDataVector(), node, leaf, repetition + 1, definition + 1, definition + 1);
            list.setValueCount(count);
        } else {
            value(vector, node, leaf, repetition,
                    definition + (node.repetition() == Repetition.OPTIONAL ? 1 : 0), least);
        }
    }

    private void value(FieldVector vector, SchemaNode node, int leaf, int repetition, int definition, int least) {
        if (!(node instanceof Group group)) {
            leaf(vector, leaf, repetition, least);
        } else if (isList(group) || isMap(group)) {
            ListVector list = (ListVector) vector;
            int count = lists(list, leaf, repetition, definition, least);
            SchemaNode repeated = group.children().get(0);
            if (isMap(group) || isElement(group, repeated)) {
                structOrLeaf(list.getDataVector(), repeated, leaf, repetition + 1, definition + 1);
            } else {
                field(list.getDataVector(), ((Group) repeated).children().get(0), leaf, repetition + 1,
                        definition + 1, definition + 1);
            }
            list.setValueCount(count);
        } else {
            struct((StructVector) vector, group, leaf, repetition, definition, least);
        }
    }

    private void structOrLeaf(FieldVector vector, SchemaNode node, int leaf, int repetition, int definition) {
        if (node instanceof Group group && vector instanceof StructVector struct) {
            struct(struct, group, leaf, repetition, definition, definition);
        } else {
            value(vector, node, leaf, repetition, definition, definition);
        }
    }

    private void struct(StructVector vector, Group group, int leaf, int repetition, int definition, int least) {
        LeafColumn entries = column.leaves().get(leaf);
        int end = entries.entryStart(to);
        vector.reset();
        vector.setInitialCapacity(end - entries.entryStart(from));
        vector.allocateNew();
        int count = 0;
        for (int i = entries.entryStart(from); i < end; i++) {
            if (entries.repetition()[i] <= repetition && entries.definition()[i] >= least) {
                BitVectorHelper.setValidityBit(vector.getValidityBuffer(), count++,
                        entries.definition()[i] >= definition ? 1 : 0);
            }
        }
        int next = leaf;
        for (int i = 0; i < group.children().size(); i++) {
            SchemaNode child = group.children().get(i);
            field((FieldVector) vector.getChildByOrdinal(i), child, next, repetition, definition, least);
            next += leafCount(child);
        }
        vector.setValueCount(count);
    }

    private static int leafCount(SchemaNode node) {
        return node instanceof Group group ? group.children().stream().mapToInt(ArrowNested::leafCount).sum() : 1;
    }

    /** Sets which lists are there and where their elements begin; returns how many lists. */
    private int lists(ListVector vector, int leaf, int repetition, int definition, int least) {
        LeafColumn entries = column.leaves().get(leaf);
        int end = entries.entryStart(to);
        vector.reset();
        vector.setInitialCapacity(end - entries.entryStart(from));
        vector.allocateNew();
        int count = 0;
        int elements = 0;
        for (int i = entries.entryStart(from); i < end; i++) {
            int level = entries.definition()[i];
            if (entries.repetition()[i] <= repetition && level >= least) {
                BitVectorHelper.setValidityBit(vector.getValidityBuffer(), count, level >= definition ? 1 : 0);
                vector.getOffsetBuffer().setInt(4L * count++, elements);
            }
            elements += entries.repetition()[i] <= repetition + 1 && level > definition ? 1 : 0;
        }
        vector.getOffsetBuffer().setInt(4L * count, elements);
        vector.setLastSet(count - 1);
        return count;
    }

    private void leaf(FieldVector vector, int leaf, int repetition, int least) {
        LeafColumn entries = column.leaves().get(leaf);
        int first = entries.entryStart(from);
        int[] rows = new int[entries.entryStart(to) - first];
        int count = 0;
        int value = entries.valueStart(from);
        for (int i = 0; i < rows.length; i++) {
            boolean present = entries.definition()[first + i] == entries.maxDefinition();
            if (entries.repetition()[first + i] <= repetition && entries.definition()[first + i] >= least) {
                rows[count++] = present ? value : -1;
            }
            value += present ? 1 : 0;
        }
        Column flat = new Column(entries.values().field().withNullable(true));
        flat.appendRows(entries.values(), Arrays.copyOf(rows, count), 0, count);
        ArrowVectors.fill(vector, flat, 0, count);
    }
}
