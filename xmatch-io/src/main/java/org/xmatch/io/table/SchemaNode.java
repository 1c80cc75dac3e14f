package org.xmatch.io.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A node in the type of a nested column, as Parquet's schema has it. Immutable and thread-safe. */
public sealed interface SchemaNode {

    String name();

    Repetition repetition();

    SchemaNode withName(String newName);

    SchemaNode withRepetition(Repetition other);

    /** How often a node occurs in its parent: once; once or not at all; any number of times. */
    enum Repetition {
        REQUIRED, OPTIONAL, REPEATED
    }

    /** What a group stands for; {@code MAP_KEY_VALUE} marks the entries of a map in old files. */
    enum Kind {
        STRUCT, LIST, MAP, MAP_KEY_VALUE
    }

    /** Values; the field says of which type, and its nullability follows from {@code repetition}. */
    record Leaf(Field field, Repetition repetition) implements SchemaNode {

        public Leaf {
            field = field.withNullable(repetition == Repetition.OPTIONAL);
        }

        @Override
        public String name() {
            return field.name();
        }

        @Override
        public Leaf withName(String newName) {
            return new Leaf(field.withName(newName), repetition);
        }

        @Override
        public Leaf withRepetition(Repetition other) {
            return new Leaf(field, other);
        }
    }

    /** Other nodes side by side. */
    record Group(String name, Repetition repetition, Kind kind, List<SchemaNode> children) implements SchemaNode {

        public Group {
            children = List.copyOf(children);
            if (children.isEmpty()) {
                throw new IllegalArgumentException("group '" + name + "' has no fields");
            }
        }

        @Override
        public Group withName(String newName) {
            return new Group(newName, repetition, kind, children);
        }

        @Override
        public Group withRepetition(Repetition other) {
            return new Group(name, other, kind, children);
        }

        /** Whether this only carries the elements of the list or the entries of the map above it. */
        private boolean isCarrier(boolean underListOrMap) {
            return underListOrMap && repetition == Repetition.REPEATED && children.size() == 1;
        }
    }

    /**
     * This node with only what the paths lead to. A path names fields of structs; the groups Parquet
     * puts between a list and its elements need not be named. An empty path takes everything.
     *
     * @return empty when a path leads nowhere
     */
    default Optional<SchemaNode> select(List<List<String>> paths) {
        return select(this, paths, false);
    }

    private static Optional<SchemaNode> select(SchemaNode node, List<List<String>> paths, boolean underList) {
        if (paths.stream().anyMatch(List::isEmpty)) {
            return Optional.of(node);
        }
        if (!(node instanceof Group group) || group.kind() == Kind.MAP) {
            return Optional.empty();
        }
        boolean passedOver = group.kind() == Kind.LIST || group.isCarrier(underList);
        List<SchemaNode> kept = new ArrayList<>();
        int found = 0;
        for (SchemaNode child : group.children()) {
            List<List<String>> rest = new ArrayList<>();
            for (List<String> path : paths) {
                if (path.get(0).equals(child.name())) {
                    rest.add(path.subList(1, path.size()));
                    found++;
                } else if (passedOver) {
                    rest.add(path);
                    found++;
                }
            }
            if (!rest.isEmpty()) {
                Optional<SchemaNode> selected = select(child, rest, group.kind() == Kind.LIST);
                if (selected.isEmpty()) {
                    return Optional.empty();
                }
                kept.add(selected.get());
            }
        }
        return found < paths.size() ? Optional.empty()
                : Optional.of(new Group(group.name(), group.repetition(), group.kind(), kept));
    }
}
