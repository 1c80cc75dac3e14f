package org.xmatch.io.parquet;

import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.DateType;
import org.apache.parquet.format.DecimalType;
import org.apache.parquet.format.EnumType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.Float16Type;
import org.apache.parquet.format.IntType;
import org.apache.parquet.format.JsonType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.MicroSeconds;
import org.apache.parquet.format.MilliSeconds;
import org.apache.parquet.format.NanoSeconds;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.StringType;
import org.apache.parquet.format.TimeType;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.TimestampType;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.BsonType;
import org.apache.parquet.format.UUIDType;
import org.xmatch.io.table.Field;
import org.xmatch.io.table.Logical;

/** Fields as elements of a Parquet schema, and back. Stateless. */
final class SchemaFields {

    private SchemaFields() {}

    /** The field of a leaf element. */
    static Field field(SchemaElement element) {
        Field.Physical physical = Field.Physical.valueOf(element.getType().name());
        int length = physical == Field.Physical.FIXED_LEN_BYTE_ARRAY ? element.getType_length() : 0;
        return new Field(element.getName(), physical, length, logical(element),
                element.getRepetition_type() != FieldRepetitionType.REQUIRED);
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

    /** The schema element of a field. */
    static SchemaElement element(Field field) {
        SchemaElement element = new SchemaElement(field.name());
        element.setType(Type.valueOf(field.physical().name()));
        element.setRepetition_type(
                field.nullable() ? FieldRepetitionType.OPTIONAL : FieldRepetitionType.REQUIRED);
        if (field.typeLength() > 0) {
            element.setType_length(field.typeLength());
        }
        annotate(element, field.logical());
        return element;
    }

    private static void annotate(SchemaElement element, Logical logical) {
        if (logical instanceof Logical.Text text) {
            switch (text.kind()) {
                case "ENUM" -> set(element, LogicalType.ENUM(new EnumType()), ConvertedType.ENUM);
                case "JSON" -> set(element, LogicalType.JSON(new JsonType()), ConvertedType.JSON);
                default -> set(element, LogicalType.STRING(new StringType()), ConvertedType.UTF8);
            }
        } else if (logical instanceof Logical.Bson) {
            set(element, LogicalType.BSON(new BsonType()), ConvertedType.BSON);
        } else if (logical instanceof Logical.Date) {
            set(element, LogicalType.DATE(new DateType()), ConvertedType.DATE);
        } else if (logical instanceof Logical.Float16) {
            element.setLogicalType(LogicalType.FLOAT16(new Float16Type()));
        } else if (logical instanceof Logical.Uuid) {
            element.setLogicalType(LogicalType.UUID(new UUIDType()));
        } else if (logical instanceof Logical.Decimal decimal) {
            set(element, LogicalType.DECIMAL(new DecimalType(decimal.scale(), decimal.precision())),
                    ConvertedType.DECIMAL);
            element.setScale(decimal.scale());
            element.setPrecision(decimal.precision());
        } else if (logical instanceof Logical.Integer integer) {
            String name = (integer.signed() ? "INT_" : "UINT_") + integer.bits();
            set(element, LogicalType.INTEGER(new IntType((byte) integer.bits(), integer.signed())),
                    ConvertedType.valueOf(name));
        } else if (logical instanceof Logical.Time time) {
            element.setLogicalType(LogicalType.TIME(new TimeType(time.utc(), unit(time.unit()))));
            if (time.utc() && time.unit() != Logical.Unit.NANOS) {
                element.setConverted_type(ConvertedType.valueOf("TIME_" + time.unit()));
            }
        } else if (logical instanceof Logical.Timestamp timestamp) {
            element.setLogicalType(
                    LogicalType.TIMESTAMP(new TimestampType(timestamp.utc(), unit(timestamp.unit()))));
            if (timestamp.utc() && timestamp.unit() != Logical.Unit.NANOS) {
                element.setConverted_type(ConvertedType.valueOf("TIMESTAMP_" + timestamp.unit()));
            }
        }
    }

    private static void set(SchemaElement element, LogicalType logical, ConvertedType converted) {
        element.setLogicalType(logical);
        element.setConverted_type(converted);
    }

    private static TimeUnit unit(Logical.Unit unit) {
        return switch (unit) {
            case MILLIS -> TimeUnit.MILLIS(new MilliSeconds());
            case MICROS -> TimeUnit.MICROS(new MicroSeconds());
            case NANOS -> TimeUnit.NANOS(new NanoSeconds());
        };
    }
}
