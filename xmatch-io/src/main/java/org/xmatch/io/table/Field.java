package org.xmatch.io.table;

import java.util.Objects;

/**
 * Name and type of a column, as Parquet knows them.
 *
 * @param name column name
 * @param physical how values are stored
 * @param typeLength bytes per value of {@code FIXED_LEN_BYTE_ARRAY}, else 0
 * @param logical what values mean
 * @param nullable whether a value may be missing
 */
public record Field(String name, Physical physical, int typeLength, Logical logical, boolean nullable) {

    /** Parquet's physical types; {@code NESTED} is a column of several values a row, of {@link Logical.Nested}. */
    public enum Physical {
        BOOLEAN, INT32, INT64, INT96, FLOAT, DOUBLE, BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY, NESTED
    }

    public Field {
        if (physical == Physical.FIXED_LEN_BYTE_ARRAY ? typeLength < 1 : typeLength != 0) {
            throw new IllegalArgumentException("type length " + typeLength + " does not fit " + physical);
        }
        if ((physical == Physical.NESTED) != (logical instanceof Logical.Nested)) {
            throw new IllegalArgumentException(logical + " does not fit " + physical);
        }
    }

    // What a record has of these by itself the JVM makes in each process, which takes milliseconds (ADR 0005).

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof Field that && name.equals(that.name) && isStoredLike(that)
                && nullable == that.nullable && Objects.equals(logical, that.logical);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return "Field[name=" + name + ", physical=" + physical + ", typeLength=" + typeLength + ", logical=" + logical
                + ", nullable=" + nullable + "]";
    }

    /** Whether values are stored in the same way, whatever they mean. */
    public boolean isStoredLike(Field other) {
        return physical == other.physical && typeLength == other.typeLength;
    }

    /** A column that is not flat. */
    public static Field ofNested(SchemaNode top) {
        return new Field(top.name(), Physical.NESTED, 0, new Logical.Nested(top),
                top.repetition() != SchemaNode.Repetition.REQUIRED);
    }

    /** Whether a row is more than one value: a list, a struct, a map or several of these. */
    public boolean isNested() {
        return physical == Physical.NESTED;
    }

    /** The type of a nested column. */
    public SchemaNode node() {
        if (logical instanceof Logical.Nested nested) {
            return nested.top();
        }
        throw new IllegalStateException("column '" + name + "' is flat");
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
        if (isNested()) {
            return ofNested(node().withName(newName));
        }
        return new Field(newName, physical, typeLength, logical, nullable);
    }

    /** The same type with or without nulls; a column that is repeated itself has empty lists instead. */
    public Field withNullable(boolean value) {
        if (isNested()) {
            boolean repeated = node().repetition() == SchemaNode.Repetition.REPEATED;
            return repeated ? this : ofNested(node().withRepetition(
                    value ? SchemaNode.Repetition.OPTIONAL : SchemaNode.Repetition.REQUIRED));
        }
        return new Field(name, physical, typeLength, logical, value);
    }
}
