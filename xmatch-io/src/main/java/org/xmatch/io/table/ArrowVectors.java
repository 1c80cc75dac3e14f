package org.xmatch.io.table;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BitVectorHelper;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.FieldType;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Types and values of columns as Arrow has them. Stateless. */
final class ArrowVectors {

    private static final long JULIAN_DAY_OF_EPOCH = 2_440_588;
    private static final long NANOS_PER_DAY = 86_400_000_000_000L;

    private ArrowVectors() {}

    static org.apache.arrow.vector.types.pojo.Field field(Field field) {
        if (field.isNested()) {
            return ArrowNested.field(field.node());
        }
        return new org.apache.arrow.vector.types.pojo.Field(field.name(),
                new FieldType(field.nullable(), type(field), null), List.of());
    }

    private static ArrowType type(Field field) {
        Logical logical = field.logical();
        if (logical instanceof Logical.Integer integer) {
            return new ArrowType.Int(integer.bits(), integer.signed());
        }
        if (logical instanceof Logical.Decimal decimal) {
            return new ArrowType.Decimal(decimal.precision(), decimal.scale(), decimal.precision() > 38 ? 256 : 128);
        }
        if (logical instanceof Logical.Date) {
            return new ArrowType.Date(DateUnit.DAY);
        }
        if (logical instanceof Logical.Time time) {
            return new ArrowType.Time(unit(time.unit()), time.unit() == Logical.Unit.MILLIS ? 32 : 64);
        }
        if (logical instanceof Logical.Timestamp timestamp) {
            return new ArrowType.Timestamp(unit(timestamp.unit()), timestamp.utc() ? "UTC" : null);
        }
        if (logical instanceof Logical.Float16) {
            return new ArrowType.FloatingPoint(FloatingPointPrecision.HALF);
        }
        if (logical instanceof Logical.Text) {
            return new ArrowType.Utf8();
        }
        return switch (field.physical()) {
            case BOOLEAN -> new ArrowType.Bool();
            case INT32 -> new ArrowType.Int(32, true);
            case INT64 -> new ArrowType.Int(64, true);
            case INT96 -> new ArrowType.Timestamp(TimeUnit.NANOSECOND, null);
            case FLOAT -> new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
            case DOUBLE -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
            case BYTE_ARRAY -> new ArrowType.Binary();
            case FIXED_LEN_BYTE_ARRAY -> new ArrowType.FixedSizeBinary(field.typeLength());
            case NESTED -> throw new IllegalArgumentException(field + " is no single value");
        };
    }

    private static TimeUnit unit(Logical.Unit unit) {
        return switch (unit) {
            case MILLIS -> TimeUnit.MILLISECOND;
            case MICROS -> TimeUnit.MICROSECOND;
            case NANOS -> TimeUnit.NANOSECOND;
        };
    }

    /** Replaces the content of the vector by rows {@code [from, to)} of the column. */
    static void fill(FieldVector vector, Column column, int from, int to) {
        if (column.field().isNested()) {
            ArrowNested.fill(vector, column, from, to);
            return;
        }
        int count = to - from;
        vector.reset();
        if (vector instanceof BaseVariableWidthVector variable) {
            fillVariable(variable, column, from, to);
        } else {
            BaseFixedWidthVector fixed = (BaseFixedWidthVector) vector;
            fixed.allocateNew(count);
            fillFixed(fixed, column, from, to);
        }
        ArrowBuf validity = vector.getValidityBuffer();
        for (int i = 0; i < count; i++) {
            BitVectorHelper.setValidityBit(validity, i, column.isNull(from + i) ? 0 : 1);
        }
        vector.setValueCount(count);
    }

    private static void fillVariable(BaseVariableWidthVector vector, Column column, int from, int to) {
        int[] offsets = column.offsets();
        vector.allocateNew((long) offsets[to] - offsets[from], to - from);
        for (int i = from; i <= to; i++) {
            vector.getOffsetBuffer().setInt(4L * (i - from), offsets[i] - offsets[from]);
        }
        vector.getDataBuffer().setBytes(0, column.bytes(), offsets[from], (long) offsets[to] - offsets[from]);
        vector.setLastSet(to - from - 1);
        assert vector instanceof VarCharVector || vector instanceof VarBinaryVector;
    }

    private static void fillFixed(BaseFixedWidthVector vector, Column column, int from, int to) {
        ArrowBuf data = vector.getDataBuffer();
        Field field = column.field();
        if (field.logical() instanceof Logical.Decimal) {
            int width = vector.getTypeWidth();
            for (int row = from; row < to; row++) {
                data.setBytes((long) width * (row - from), littleEndian(unscaled(column, row), width));
            }
            return;
        }
        switch (field.physical()) {
            case BOOLEAN -> {
                for (int row = from; row < to; row++) {
                    BitVectorHelper.setValidityBit(data, row - from, column.bytes()[row]);
                }
            }
            case INT32 -> fillInts(data, column.ints(), vector.getTypeWidth(), from, to);
            case INT64 -> {
                for (int row = from; row < to; row++) {
                    data.setLong(8L * (row - from), column.longs()[row]);
                }
            }
            case FLOAT -> {
                for (int row = from; row < to; row++) {
                    data.setFloat(4L * (row - from), column.floats()[row]);
                }
            }
            case DOUBLE -> {
                for (int row = from; row < to; row++) {
                    data.setDouble(8L * (row - from), column.doubles()[row]);
                }
            }
            case INT96 -> {
                ByteBuffer values = ByteBuffer.wrap(column.bytes()).order(ByteOrder.LITTLE_ENDIAN);
                for (int row = from; row < to; row++) {
                    long day = values.getInt(12 * row + 8) - JULIAN_DAY_OF_EPOCH;
                    data.setLong(8L * (row - from), day * NANOS_PER_DAY + values.getLong(12 * row));
                }
            }
            case FIXED_LEN_BYTE_ARRAY ->
                data.setBytes(0, column.bytes(), from * column.width(), (long) (to - from) * column.width());
            case BYTE_ARRAY, NESTED -> throw new IllegalArgumentException(field + " has no fixed width");
        }
    }

    private static void fillInts(ArrowBuf data, int[] values, int width, int from, int to) {
        for (int row = from; row < to; row++) {
            int i = row - from;
            switch (width) {
                case 1 -> data.setByte(i, (byte) values[row]);
                case 2 -> data.setShort(2L * i, (short) values[row]);
                default -> data.setInt(4L * i, values[row]);
            }
        }
    }

    private static BigInteger unscaled(Column column, int row) {
        if (column.isNull(row)) {
            return BigInteger.ZERO;
        }
        return switch (column.field().physical()) {
            case INT32 -> BigInteger.valueOf(column.ints()[row]);
            case INT64 -> BigInteger.valueOf(column.longs()[row]);
            case BYTE_ARRAY -> new BigInteger(column.bytes(), column.offsets()[row],
                    column.offsets()[row + 1] - column.offsets()[row]);
            default -> new BigInteger(column.bytes(), row * column.width(), column.width());
        };
    }

    private static byte[] littleEndian(BigInteger value, int width) {
        byte[] big = value.toByteArray();
        byte[] little = new byte[width];
        for (int i = 0; i < width; i++) {
            little[i] = i < big.length ? big[big.length - 1 - i] : (byte) (value.signum() < 0 ? -1 : 0);
        }
        return little;
    }
}
