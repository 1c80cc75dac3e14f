package org.xmatch.io.parquet;

import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.TimeUnit;
import org.xmatch.io.table.Field;
import org.xmatch.io.table.Logical;
import org.xmatch.io.table.SchemaNode;

import java.util.ArrayList;
import java.util.List;

/** Elements of a Parquet schema as fields. Stateless. */
final class SchemaFields {

    private SchemaFields() {}

    /** The field of a leaf element. */
    static Field field(SchemaElement element) {
        if (element.getType() == null) {
            throw new IllegalArgumentException("'" + element.getName() + "' has no type");
        }
        Field.Physical physical = Field.Physical.valueOf(element.getType().name());
        int length = physical == Field.Physical.FIXED_LEN_BYTE_ARRAY ? element.getType_length() : 0;
        return new Field(element.getName(), physical, length, logical(element),
                element.getRepetition_type() != FieldRepetitionType.REQUIRED);
    }

    /** The type of a column that is not flat, from its elements. */
    static SchemaNode node(List<SchemaElement> schema, int element) {
        return new Reader(schema, element).node(0);
    }

    /** Builds nodes from elements that come depth first. */
    private static final class Reader {

        private static final int MOST_DEPTH = 64;

        private final List<SchemaElement> schema;
        private int next;

        Reader(List<SchemaElement> schema, int next) {
            this.schema = schema;
            this.next = next;
        }

        SchemaNode node(int depth) {
            if (next >= schema.size() || depth > MOST_DEPTH) {
                throw new IllegalArgumentException("its schema does not end where it should");
            }
            SchemaElement element = schema.get(next++);
            SchemaNode.Repetition repetition = element.getRepetition_type() == null ? SchemaNode.Repetition.OPTIONAL
                    : SchemaNode.Repetition.valueOf(element.getRepetition_type().name());
            if (element.getNum_children() <= 0) {
                return new SchemaNode.Leaf(field(element), repetition);
            }
            List<SchemaNode> children = new ArrayList<>();
            for (int child = 0; child < element.getNum_children(); child++) {
                children.add(node(depth + 1));
            }
            return new SchemaNode.Group(element.getName(), repetition, kind(element), children);
        }
    }

    private static SchemaNode.Kind kind(SchemaElement element) {
        LogicalType type = element.getLogicalType();
        if (type != null && (type.isSetLIST() || type.isSetMAP())) {
            return type.isSetLIST() ? SchemaNode.Kind.LIST : SchemaNode.Kind.MAP;
        }
        if (element.getConverted_type() == null) {
            return SchemaNode.Kind.STRUCT;
        }
        return switch (element.getConverted_type()) {
            case LIST -> SchemaNode.Kind.LIST;
            case MAP -> SchemaNode.Kind.MAP;
            case MAP_KEY_VALUE -> SchemaNode.Kind.MAP_KEY_VALUE;
            default -> SchemaNode.Kind.STRUCT;
        };
    }

    private static Logical logical(SchemaElement element) {
        if (element.isSetLogicalType()) {
            LogicalType type = element.getLogicalType();
            if (type.isSetSTRING()) {
                return Logical.STRING;
            }
            if (type.isSetENUM()) {
                return new Logical.Text("ENUM");
            }
            if (type.isSetJSON()) {
                return new Logical.Text("JSON");
            }
            if (type.isSetBSON()) {
                return new Logical.Bson();
            }
            if (type.isSetUUID()) {
                return Logical.UUID;
            }
            if (type.isSetFLOAT16()) {
                return Logical.FLOAT16;
            }
            if (type.isSetDATE()) {
                return Logical.DATE;
            }
            if (type.isSetDECIMAL()) {
                return new Logical.Decimal(type.getDECIMAL().getPrecision(), type.getDECIMAL().getScale());
            }
            if (type.isSetTIME()) {
                return new Logical.Time(unit(type.getTIME().getUnit()), type.getTIME().isIsAdjustedToUTC());
            }
            if (type.isSetTIMESTAMP()) {
                return new Logical.Timestamp(unit(type.getTIMESTAMP().getUnit()),
                        type.getTIMESTAMP().isIsAdjustedToUTC());
            }
            if (type.isSetINTEGER()) {
                return new Logical.Integer(type.getINTEGER().getBitWidth(), type.getINTEGER().isIsSigned());
            }
        }
        return element.isSetConverted_type() ? converted(element) : Logical.NONE;
    }

    private static Logical.Unit unit(TimeUnit unit) {
        return unit.isSetMILLIS() ? Logical.Unit.MILLIS
                : unit.isSetMICROS() ? Logical.Unit.MICROS : Logical.Unit.NANOS;
    }

    private static Logical converted(SchemaElement element) {
        return switch (element.getConverted_type()) {
            case UTF8 -> Logical.STRING;
            case ENUM -> new Logical.Text("ENUM");
            case JSON -> new Logical.Text("JSON");
            case BSON -> new Logical.Bson();
            case DATE -> Logical.DATE;
            case DECIMAL -> new Logical.Decimal(element.getPrecision(), element.getScale());
            case TIME_MILLIS -> new Logical.Time(Logical.Unit.MILLIS, true);
            case TIME_MICROS -> new Logical.Time(Logical.Unit.MICROS, true);
            case TIMESTAMP_MILLIS -> new Logical.Timestamp(Logical.Unit.MILLIS, true);
            case TIMESTAMP_MICROS -> new Logical.Timestamp(Logical.Unit.MICROS, true);
            case INT_8 -> new Logical.Integer(8, true);
            case INT_16 -> new Logical.Integer(16, true);
            case INT_32 -> new Logical.Integer(32, true);
            case INT_64 -> new Logical.Integer(64, true);
            case UINT_8 -> new Logical.Integer(8, false);
            case UINT_16 -> new Logical.Integer(16, false);
            case UINT_32 -> new Logical.Integer(32, false);
            case UINT_64 -> new Logical.Integer(64, false);
            default -> Logical.NONE;
        };
    }
}
