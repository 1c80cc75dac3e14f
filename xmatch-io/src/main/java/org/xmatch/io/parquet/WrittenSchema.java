package org.xmatch.io.parquet;

import org.apache.parquet.format.BsonType;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.DateType;
import org.apache.parquet.format.DecimalType;
import org.apache.parquet.format.EnumType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.Float16Type;
import org.apache.parquet.format.IntType;
import org.apache.parquet.format.JsonType;
import org.apache.parquet.format.ListType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.MapType;
import org.apache.parquet.format.MicroSeconds;
import org.apache.parquet.format.MilliSeconds;
import org.apache.parquet.format.NanoSeconds;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.StringType;
import org.apache.parquet.format.TimeType;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.TimestampType;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.UUIDType;
import org.xmatch.io.table.Field;
import org.xmatch.io.table.LeafColumn;
import org.xmatch.io.table.Logical;
import org.xmatch.io.table.SchemaNode;

import java.util.ArrayList;
import java.util.List;

/**
 * Fields as a footer's schema, annotated with the logical type and, where there is one, the older
 * converted type. Stateless and thread-safe.
 */
final class WrittenSchema {

    private WrittenSchema() {}

    /** The root, then an element per field. */
    static List<SchemaElement> of(List<Field> fields) {
        List<SchemaElement> elements = new ArrayList<>(fields.size() + 1);
        SchemaElement root = new SchemaElement("schema");
        root.setRepetition_type(FieldRepetitionType.REQUIRED);
        root.setNum_children(fields.size());
        elements.add(root);
        for (Field field : fields) {
            if (field.isNested()) {
                add(field.node(), elements);
            } else {
                elements.add(element(field));
            }
        }
        return elements;
    }

    /** Number of leaf columns that the fields make. */
    static int leafCount(List<Field> fields) {
        return fields.stream().mapToInt(field -> field.isNested() ? LeafColumn.of(field.node()).size() : 1).sum();
    }

    private static void add(SchemaNode node, List<SchemaElement> into) {
        FieldRepetitionType repetition = FieldRepetitionType.valueOf(node.repetition().name());
        if (node instanceof SchemaNode.Leaf leaf) {
            into.add(element(leaf.field()).setRepetition_type(repetition));
            return;
        }
        SchemaNode.Group group = (SchemaNode.Group) node;
        SchemaElement element = new SchemaElement(group.name());
        element.setRepetition_type(repetition);
        element.setNum_children(group.children().size());
        switch (group.kind()) {
            case LIST -> {
                element.setLogicalType(LogicalType.LIST(new ListType()));
                element.setConverted_type(ConvertedType.LIST);
            }
            case MAP -> {
                element.setLogicalType(LogicalType.MAP(new MapType()));
                element.setConverted_type(ConvertedType.MAP);
            }
            case MAP_KEY_VALUE -> element.setConverted_type(ConvertedType.MAP_KEY_VALUE);
            case STRUCT -> { } // a group without annotation
        }
        into.add(element);
        group.children().forEach(child -> add(child, into));
    }

    static Type type(Field field) {
        return Type.valueOf(field.physical().name());
    }

    private static SchemaElement element(Field field) {
        SchemaElement element = new SchemaElement(field.name());
        element.setType(type(field));
        element.setRepetition_type(
                field.nullable() ? FieldRepetitionType.OPTIONAL : FieldRepetitionType.REQUIRED);
        if (field.physical() == Field.Physical.FIXED_LEN_BYTE_ARRAY) {
            element.setType_length(field.typeLength());
        }
        annotate(element, field.logical());
        return element;
    }

    private static void annotate(SchemaElement element, Logical logical) {
        if (logical instanceof Logical.Text text) {
            annotateText(element, text.kind());
        } else if (logical instanceof Logical.Bson) {
            element.setLogicalType(LogicalType.BSON(new BsonType()));
            element.setConverted_type(ConvertedType.BSON);
        } else if (logical instanceof Logical.Integer integer) {
            element.setLogicalType(
                    LogicalType.INTEGER(new IntType((byte) integer.bits(), integer.signed())));
            element.setConverted_type(
                    ConvertedType.valueOf((integer.signed() ? "INT_" : "UINT_") + integer.bits()));
        } else if (logical instanceof Logical.Decimal decimal) {
            element.setLogicalType(
                    LogicalType.DECIMAL(new DecimalType(decimal.scale(), decimal.precision())));
            element.setConverted_type(ConvertedType.DECIMAL);
            element.setScale(decimal.scale());
            element.setPrecision(decimal.precision());
        } else if (logical instanceof Logical.Date) {
            element.setLogicalType(LogicalType.DATE(new DateType()));
            element.setConverted_type(ConvertedType.DATE);
        } else if (logical instanceof Logical.Time time) {
            element.setLogicalType(LogicalType.TIME(new TimeType(time.utc(), unit(time.unit()))));
            if (time.unit() != Logical.Unit.NANOS) {
                element.setConverted_type(ConvertedType.valueOf("TIME_" + time.unit()));
            }
        } else if (logical instanceof Logical.Timestamp timestamp) {
            element.setLogicalType(LogicalType.TIMESTAMP(
                    new TimestampType(timestamp.utc(), unit(timestamp.unit()))));
            if (timestamp.unit() != Logical.Unit.NANOS) {
                element.setConverted_type(ConvertedType.valueOf("TIMESTAMP_" + timestamp.unit()));
            }
        } else if (logical instanceof Logical.Float16) {
            element.setLogicalType(LogicalType.FLOAT16(new Float16Type()));
        } else if (logical instanceof Logical.Uuid) {
            element.setLogicalType(LogicalType.UUID(new UUIDType()));
        } else if (!(logical instanceof Logical.None)) {
            throw new AssertionError("no annotation for " + logical);
        }
    }

    private static void annotateText(SchemaElement element, String kind) {
        switch (kind) {
            case "STRING" -> {
                element.setLogicalType(LogicalType.STRING(new StringType()));
                element.setConverted_type(ConvertedType.UTF8);
            }
            case "ENUM" -> {
                element.setLogicalType(LogicalType.ENUM(new EnumType()));
                element.setConverted_type(ConvertedType.ENUM);
            }
            case "JSON" -> {
                element.setLogicalType(LogicalType.JSON(new JsonType()));
                element.setConverted_type(ConvertedType.JSON);
            }
            default -> throw new IllegalArgumentException(
                    "column '" + element.getName() + "': text is STRING, ENUM or JSON, not " + kind);
        }
    }

    private static TimeUnit unit(Logical.Unit unit) {
        return switch (unit) {
            case MILLIS -> TimeUnit.MILLIS(new MilliSeconds());
            case MICROS -> TimeUnit.MICROS(new MicroSeconds());
            case NANOS -> TimeUnit.NANOS(new NanoSeconds());
        };
    }
}
