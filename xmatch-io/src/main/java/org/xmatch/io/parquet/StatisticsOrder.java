package org.xmatch.io.parquet;

import org.xmatch.io.table.Field;
import org.xmatch.io.table.Logical;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * How Parquet orders the values of a column for statistics: "TypeDefinedOrder" of
 * {@code parquet.thrift}. Compares values as statistics hold them, PLAIN without a length.
 */
enum StatisticsOrder {
    SIGNED_INT32 {
        @Override
        int compare(byte[] a, byte[] b) {
            return Integer.compare(little(a).getInt(), little(b).getInt());
        }
    },
    UNSIGNED_INT32 {
        @Override
        int compare(byte[] a, byte[] b) {
            return Integer.compareUnsigned(little(a).getInt(), little(b).getInt());
        }
    },
    SIGNED_INT64 {
        @Override
        int compare(byte[] a, byte[] b) {
            return Long.compare(little(a).getLong(), little(b).getLong());
        }
    },
    UNSIGNED_INT64 {
        @Override
        int compare(byte[] a, byte[] b) {
            return Long.compareUnsigned(little(a).getLong(), little(b).getLong());
        }
    },
    /** NaN has no place and is left out. */
    FLOAT {
        @Override
        int compare(byte[] a, byte[] b) {
            return Float.compare(little(a).getFloat(), little(b).getFloat());
        }
    },
    /** NaN has no place and is left out. */
    DOUBLE {
        @Override
        int compare(byte[] a, byte[] b) {
            return Double.compare(little(a).getDouble(), little(b).getDouble());
        }
    },
    /** NaN has no place and is left out. */
    FLOAT16 {
        @Override
        int compare(byte[] a, byte[] b) {
            return Integer.compare(halfKey(a[0], a[1]), halfKey(b[0], b[1]));
        }
    },
    /** Byte by byte, unsigned; a prefix comes first. */
    BYTES {
        @Override
        int compare(byte[] a, byte[] b) {
            return Arrays.compareUnsigned(a, b);
        }
    },
    /** Big-endian two's complement numbers of any length. */
    DECIMAL_BYTES {
        @Override
        int compare(byte[] a, byte[] b) {
            return compareDecimals(a, 0, a.length, b, 0, b.length);
        }
    },
    /** No order is defined: no minimum, no maximum. */
    NONE {
        @Override
        int compare(byte[] a, byte[] b) {
            throw new AssertionError("values without an order");
        }
    };

    /** Key of the half-precision NaNs; others lie in {@code -0x7c00..0x7c00}. */
    static final int HALF_NAN = Integer.MIN_VALUE;

    abstract int compare(byte[] a, byte[] b);

    static StatisticsOrder of(Field field) {
        boolean unsigned = field.logical() instanceof Logical.Integer integer && !integer.signed();
        boolean decimal = field.logical() instanceof Logical.Decimal;
        return switch (field.physical()) {
            case INT32 -> unsigned ? UNSIGNED_INT32 : SIGNED_INT32;
            case INT64 -> unsigned ? UNSIGNED_INT64 : SIGNED_INT64;
            case INT96, NESTED -> NONE;
            case FLOAT -> FLOAT;
            case DOUBLE -> DOUBLE;
            case BOOLEAN -> BYTES;
            case BYTE_ARRAY -> decimal ? DECIMAL_BYTES : BYTES;
            case FIXED_LEN_BYTE_ARRAY -> decimal ? DECIMAL_BYTES
                    : field.logical() instanceof Logical.Float16 ? FLOAT16 : BYTES;
        };
    }

    /** An integer that orders half-precision numbers; both zeros have 0. */
    static int halfKey(byte low, byte high) {
        int magnitude = (high & 0x7f) << 8 | low & 0xff;
        if (magnitude > 0x7c00) {
            return HALF_NAN;
        }
        return high < 0 ? -magnitude : magnitude;
    }

    static int compareDecimals(byte[] a, int aFrom, int aEnd, byte[] b, int bFrom, int bEnd) {
        boolean aNegative = aEnd > aFrom && a[aFrom] < 0;
        boolean bNegative = bEnd > bFrom && b[bFrom] < 0;
        if (aNegative != bNegative) {
            return aNegative ? -1 : 1;
        }
        int sign = aNegative ? 0xff : 0;
        int digits = Math.max(aEnd - aFrom, bEnd - bFrom);
        for (int digit = digits; digit > 0; digit--) {
            int aDigit = aEnd - digit < aFrom ? sign : a[aEnd - digit] & 0xff;
            int bDigit = bEnd - digit < bFrom ? sign : b[bEnd - digit] & 0xff;
            if (aDigit != bDigit) {
                return Integer.compare(aDigit, bDigit);
            }
        }
        return 0;
    }

    private static ByteBuffer little(byte[] value) {
        return ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
    }
}
