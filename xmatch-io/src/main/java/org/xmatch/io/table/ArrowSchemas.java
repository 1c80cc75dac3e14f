package org.xmatch.io.table;

import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Columns with what is told of them as Arrow's schema. Stateless. */
final class ArrowSchemas {

    private ArrowSchemas() {}

    static Schema of(List<Field> fields, FieldMetadata notes, Map<String, String> metadata) {
        return new Schema(fields.stream().map(field -> annotated(ArrowVectors.field(field), "", field.name(), notes)).toList(),
                metadata);
    }

    /** As Parquet files keep it. */
    static String encoded(List<Field> fields, FieldMetadata notes) {
        return Base64.getEncoder().encodeToString(of(fields, notes, Map.of()).serializeAsMessage());
    }

    /** @param name of the field, or for the element of a list, which has none, of the list */
    private static org.apache.arrow.vector.types.pojo.Field annotated(org.apache.arrow.vector.types.pojo.Field field,
            String path, String name, FieldMetadata notes) {
        boolean list = field.getType() instanceof ArrowType.List;
        List<org.apache.arrow.vector.types.pojo.Field> children = new ArrayList<>();
        for (org.apache.arrow.vector.types.pojo.Field child : field.getChildren()) {
            children.add(list ? annotated(child, path, name, notes)
                    : annotated(child, path + name + ".", child.getName(), notes));
        }
        Map<String, String> values = name.equals(field.getName()) ? notes.byPath().getOrDefault(path + name, Map.of()) : Map.of();
        FieldType type = new FieldType(field.isNullable(), field.getType(), field.getDictionary(), values);
        return new org.apache.arrow.vector.types.pojo.Field(field.getName(), type, children);
    }
}
