package org.xmatch.io.table;

/**
 * Name and type of a flat column, as Parquet knows them.
 *
 * @param name column name
 * @param physical how values are stored
 * @param typeLength bytes per value of {@code FIXED_LEN_BYTE_ARRAY}, else 0
 * @param logical what values mean
 * @param nullable whether a value may be missing
 */
public record Field(String name, Physical physical, int typeLength, Logical logical, boolean nullable) {

    /** Parquet's physical types. */
    public enum Physical {
        BOOLEAN, INT32, INT64, INT96, FLOAT, DOUBLE, BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY
    }

    public Field {
        if (physical == Physical.FIXED_LEN_BYTE_ARRAY ? typeLength < 1 : typeLength != 0) {
            throw new IllegalArgumentException("type length " + typeLength + " does not fit " + physical);
        }
    }

    public static Field ofDouble(String name) {
        return new Field(name, Physical.DOUBLE, 0, Logical.NONE, true);
    }

    public static Field ofFloat(String name) {
        return new Field(name, Physical.FLOAT, 0, Logical.NONE, true);
    }

    public static Field ofLong(String name) {
        return new Field(name, Physical.INT64, 0, Logical.NONE, true);
    }

    /** A signed integer of 8, 16 or 32 bits. */
    public static Field ofInt(String name, int bits) {
        return new Field(name, Physical.INT32, 0,
                bits == 32 ? Logical.NONE : new Logical.Integer(bits, true), true);
    }

    public static Field ofString(String name) {
        return new Field(name, Physical.BYTE_ARRAY, 0, Logical.STRING, true);
    }

    public Field withName(String newName) {
        return new Field(newName, physical, typeLength, logical, nullable);
    }

    public Field withNullable(boolean value) {
        return new Field(name, physical, typeLength, logical, value);
    }
}
