package org.xmatch.io.parquet;

import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;

import java.util.HexFormat;
import java.util.StringJoiner;

/** A value of an Arrow vector as {@code nested.txt.gz} writes it. */
final class ArrowText {

    private ArrowText() {}

    static String of(FieldVector vector, int at) {
        if (vector.isNull(at)) {
            return "-";
        }
        if (vector instanceof ListVector list) {
            StringJoiner elements = new StringJoiner(",", "[", "]");
            for (int i = list.getElementStartIndex(at); i < list.getElementEndIndex(at); i++) {
                elements.add(of(list.getDataVector(), i));
            }
            return elements.toString();
        }
        if (vector instanceof StructVector struct) {
            StringJoiner fields = new StringJoiner(",", "{", "}");
            for (int i = 0; i < struct.size(); i++) {
                fields.add(of((FieldVector) struct.getChildByOrdinal(i), at));
            }
            return fields.toString();
        }
        if (vector instanceof BitVector bits) {
            return Integer.toString(bits.get(at));
        }
        if (vector instanceof Float4Vector floats) {
            return String.format("%08x", Float.floatToRawIntBits(floats.get(at)));
        }
        if (vector instanceof Float8Vector doubles) {
            return String.format("%016x", Double.doubleToRawLongBits(doubles.get(at)));
        }
        if (vector instanceof VarCharVector texts) {
            return HexFormat.of().formatHex(texts.get(at));
        }
        if (vector instanceof FixedSizeBinaryVector bytes) {
            return HexFormat.of().formatHex(bytes.get(at));
        }
        if (vector instanceof DecimalVector decimals) {
            return decimals.getObject(at).unscaledValue().toString();
        }
        if (vector instanceof TimeStampMicroVector stamps) {
            return Long.toString(stamps.get(at));
        }
        return vector instanceof BigIntVector longs ? Long.toString(longs.get(at)) : vector.getObject(at).toString();
    }
}
