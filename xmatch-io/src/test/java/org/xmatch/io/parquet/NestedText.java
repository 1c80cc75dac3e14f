package org.xmatch.io.parquet;

import org.xmatch.io.table.Column;
import org.xmatch.io.table.LeafColumn;
import org.xmatch.io.table.SchemaNode;
import org.xmatch.io.table.SchemaNode.Group;
import org.xmatch.io.table.SchemaNode.Kind;
import org.xmatch.io.table.SchemaNode.Repetition;

import java.util.List;
import java.util.StringJoiner;

/** One row of a nested column put together from its entries, as {@code nested.txt.gz} writes it. */
final class NestedText {

    private final List<LeafColumn> leaves;
    private final int[] entry;
    private final int[] value;
    private final int[] end;
    private final String text;

    NestedText(Column column, int row) {
        leaves = column.leaves();
        entry = leaves.stream().mapToInt(leaf -> leaf.entryStart(row)).toArray();
        value = leaves.stream().mapToInt(leaf -> leaf.valueStart(row)).toArray();
        end = leaves.stream().mapToInt(leaf -> leaf.entryStart(row + 1)).toArray();
        text = field(column.field().node(), 0, 0, 0);
    }

    @Override
    public String toString() {
        return text;
    }

    private String field(SchemaNode node, int leaf, int repetition, int definition) {
        return switch (node.repetition()) {
            case REQUIRED -> value(node, leaf, repetition, definition);
            case OPTIONAL -> value(node, leaf, repetition, definition + 1);
            case REPEATED -> list(node, node, leaf, repetition, definition);
        };
    }

    private String value(SchemaNode node, int leaf, int repetition, int definition) {
        LeafColumn entries = leaves.get(leaf);
        if (!(node instanceof Group group)) {
            boolean present = entries.definition()[entry[leaf]++] == entries.maxDefinition();
            return present ? Golden.text(entries.values(), value[leaf]++) : "-";
        }
        if (entries.definition()[entry[leaf]] < definition) {
            pass(group, leaf);
            return "-";
        }
        SchemaNode first = group.children().get(0);
        if (group.kind() == Kind.LIST && first.repetition() == Repetition.REPEATED) {
            boolean carrier = first instanceof Group inner && inner.children().size() == 1;
            return list(group, carrier ? ((Group) first).children().get(0) : first, leaf, repetition, definition);
        }
        if (group.kind() == Kind.MAP) {
            return list(group, first, leaf, repetition, definition);
        }
        StringJoiner fields = new StringJoiner(",", "{", "}");
        int next = leaf;
        for (SchemaNode child : group.children()) {
            fields.add(field(child, next, repetition, definition));
            next += count(child);
        }
        return fields.toString();
    }

    private String list(SchemaNode node, SchemaNode element, int leaf, int repetition, int definition) {
        LeafColumn entries = leaves.get(leaf);
        if (entries.definition()[entry[leaf]] <= definition) {
            pass(node, leaf);
            return "[]";
        }
        StringJoiner elements = new StringJoiner(",", "[", "]");
        do {
            elements.add(element.repetition() == Repetition.REPEATED ? value(element, leaf, repetition + 1, definition + 1)
                    : field(element, leaf, repetition + 1, definition + 1));
        } while (entry[leaf] < end[leaf] && entries.repetition()[entry[leaf]] == repetition + 1);
        return elements.toString();
    }

    private void pass(SchemaNode node, int leaf) {
        for (int i = leaf; i < leaf + count(node); i++) {
            entry[i]++;
        }
    }

    private static int count(SchemaNode node) {
        return node instanceof Group group ? group.children().stream().mapToInt(NestedText::count).sum() : 1;
    }
}
