package org.xmatch.io.parquet;

import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.SchemaElement;
import org.xmatch.io.CatalogFormatException;
import org.xmatch.io.table.Field;
import org.xmatch.io.table.LeafColumn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The columns of a file and which chunks of a row group hold them. Immutable and thread-safe. */
final class FileSchema {

    private final List<Field> columns = new ArrayList<>();
    private final Map<String, Field> byName = new HashMap<>();
    private final Map<String, Integer> firstChunk = new HashMap<>();
    private final Set<String> twice = new HashSet<>();

    private FileSchema() {}

    static FileSchema of(Footer footer, String location) {
        FileSchema schema = new FileSchema();
        List<SchemaElement> elements = footer.schema();
        int leaf = 0;
        int element = 1;
        for (int child = 0; child < elements.get(0).getNum_children(); child++) {
            if (element >= elements.size()) {
                throw damaged(location, "its schema ends before its last column", null);
            }
            SchemaElement top = elements.get(element);
            Field field;
            try {
                field = isFlat(top) ? SchemaFields.field(top) : Field.ofNested(SchemaFields.node(elements, element));
            } catch (RuntimeException e) {
                throw damaged(location, "the type of column '" + top.getName() + "' cannot be understood: "
                        + e.getMessage(), e);
            }
            schema.columns.add(field);
            if (schema.byName.put(field.name(), field) != null) {
                schema.twice.add(field.name());
            }
            schema.firstChunk.put(field.name(), leaf);
            int end = elementAfter(elements, element);
            for (; element < end; element++) {
                leaf += elements.get(element).getNum_children() <= 0 ? 1 : 0;
            }
        }
        return schema;
    }

    private static boolean isFlat(SchemaElement top) {
        return top.getNum_children() <= 0 && top.getRepetition_type() != FieldRepetitionType.REPEATED;
    }

    // the type was built from these elements, so they are there
    private static int elementAfter(List<SchemaElement> elements, int element) {
        int next = element + 1;
        for (int child = 0; child < elements.get(element).getNum_children(); child++) {
            next = elementAfter(elements, next);
        }
        return next;
    }

    /** All columns, in order. */
    List<Field> columns() {
        return columns;
    }

    Optional<Field> column(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Whether two columns have this name, so that neither can be meant. */
    boolean isAmbiguous(String name) {
        return twice.contains(name);
    }

    /** Chunk of a flat column in each row group, or of a nested one's first leaf. */
    int firstChunk(String name) {
        return firstChunk.get(name);
    }

    /** The leaves of a nested column, empty, in the order of its chunks. */
    static List<LeafColumn> leaves(Field nested) {
        return LeafColumn.of(nested.node());
    }

    private static CatalogFormatException damaged(String location, String what, Throwable cause) {
        return new CatalogFormatException(location, location + " is damaged: " + what + "; fetch the file again",
                cause);
    }
}
