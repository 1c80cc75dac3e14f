package org.xmatch.io.table;

/** What the values of a column mean: Parquet's logical types. */
public sealed interface Logical {

    /** No annotation: the physical type says it all. */
    Logical NONE = new None();

    /** UTF-8 text. */
    Logical STRING = new Text("STRING");

    /** Days since 1970-01-01, in INT32. */
    Logical DATE = new Date();

    /** IEEE half precision, in 2 bytes. */
    Logical FLOAT16 = new Float16();

    /** 16 bytes, big-endian. */
    Logical UUID = new Uuid();

    // Texts as a record has by itself, but that the JVM makes in each process, which takes milliseconds (ADR 0005):
    // here for the types that most columns have.

    record None() implements Logical {
        @Override
        public String toString() {
            return "None[]";
        }
    }

    /** UTF-8 text; {@code kind} is STRING, ENUM or JSON. */
    record Text(String kind) implements Logical {
        @Override
        public String toString() {
            return "Text[kind=" + kind + "]";
        }
    }

    /** BSON documents. */
    record Bson() implements Logical {}

    /** Integers of 8, 16, 32 or 64 bits; 8 and 16 are stored in INT32. */
    record Integer(int bits, boolean signed) implements Logical {
        @Override
        public String toString() {
            return "Integer[bits=" + bits + ", signed=" + signed + "]";
        }
    }

    /** {@code unscaled / 10^scale}, in INT32, INT64 or big-endian bytes. */
    record Decimal(int precision, int scale) implements Logical {}

    record Date() implements Logical {}

    /** Time of day; MILLIS in INT32, else INT64. */
    record Time(Unit unit, boolean utc) implements Logical {}

    /** Time since 1970-01-01T00:00; {@code utc}: an instant, else a local date and time. */
    record Timestamp(Unit unit, boolean utc) implements Logical {}

    record Float16() implements Logical {}

    record Uuid() implements Logical {}

    /** Lists, structs, maps; {@code top} has the column's name. */
    record Nested(SchemaNode top) implements Logical {}

    /** Time units. */
    enum Unit {
        MILLIS, MICROS, NANOS
    }
}
