package org.xmatch.io.table;

import org.xmatch.io.storage.AtomicFile;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/**
 * Writes a CSV file: header line, RFC 4180 quoting, null as an empty field. One thread at a time.
 * <p>
 * Floating point numbers are the shortest text that gives them back, NaN is {@code NaN}; dates and
 * times follow ISO 8601, decimals are exact, binary values are hexadecimal digits.
 */
public final class CsvSink implements TableSink {

    private static final int BUFFER_BYTES = 1 << 20;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long JULIAN_DAY_OF_EPOCH = 2_440_588;

    private final AtomicFile file;
    private byte[] buffer = new byte[BUFFER_BYTES + 4096];
    private int length;

    private CsvSink(AtomicFile file) {
        this.file = file;
    }

    /**
     * A sink to a file that appears under its name when committed.
     *
     * @throws IllegalArgumentException when a column is nested: a cell of text has no one way to hold it
     */
    public static CsvSink create(Path target, List<Field> fields) {
        for (Field field : fields) {
            if (field.isNested()) {
                throw new IllegalArgumentException("column '" + field.name() + "' is nested (lists, structs or maps),"
                        + " which CSV cannot hold: write Parquet or Arrow, or name the columns to take along with"
                        + " --left-columns and --right-columns");
            }
        }
        CsvSink sink = new CsvSink(AtomicFile.create(target));
        for (int i = 0; i < fields.size(); i++) {
            if (i > 0) {
                sink.put((byte) ',');
            }
            byte[] name = fields.get(i).name().getBytes(StandardCharsets.UTF_8);
            sink.putText(name, 0, name.length);
        }
        sink.put((byte) '\n');
        return sink;
    }

    @Override
    public void write(Table batch) {
        List<Column> columns = batch.columns();
        for (int row = 0; row < batch.rows(); row++) {
            for (int i = 0; i < columns.size(); i++) {
                if (i > 0) {
                    put((byte) ',');
                }
                Column column = columns.get(i);
                if (!column.isNull(row)) {
                    putValue(column, row);
                }
            }
            put((byte) '\n');
            if (length >= BUFFER_BYTES) {
                flush();
            }
        }
    }

    @Override
    public void commit() {
        flush();
        file.commit();
    }

    @Override
    public void close() {
        file.close();
    }

    private void flush() {
        file.write(buffer, 0, length);
        length = 0;
    }

    private void putValue(Column column, int row) {
        Field field = column.field();
        switch (field.physical()) {
            case BOOLEAN -> putAscii(column.bytes()[row] == 0 ? "false" : "true");
            case INT32 -> putAscii(text(field.logical(), column.ints()[row]));
            case INT64 -> putAscii(text(field.logical(), column.longs()[row]));
            case FLOAT -> putAscii(Float.toString(column.floats()[row]));
            case DOUBLE -> putAscii(Double.toString(column.doubles()[row]));
            case BYTE_ARRAY -> putBytes(field.logical(), column.bytes(), column.offsets()[row],
                    column.offsets()[row + 1]);
            case INT96 -> putAscii(int96(column.bytes(), row * 12));
            case FIXED_LEN_BYTE_ARRAY -> putBytes(field.logical(), column.bytes(), row * column.width(),
                    (row + 1) * column.width());
        }
    }

    private void putBytes(Logical logical, byte[] bytes, int from, int to) {
        if (logical instanceof Logical.Text) {
            putText(bytes, from, to);
        } else if (logical instanceof Logical.Decimal decimal) {
            putAscii(new BigDecimal(new BigInteger(bytes, from, to - from), decimal.scale()).toPlainString());
        } else if (logical instanceof Logical.Float16) {
            short bits = ByteBuffer.wrap(bytes, from, 2).order(ByteOrder.LITTLE_ENDIAN).getShort();
            putAscii(Float.toString(half(bits)));
        } else if (logical instanceof Logical.Uuid) {
            ByteBuffer uuid = ByteBuffer.wrap(bytes, from, 16);
            putAscii(new UUID(uuid.getLong(), uuid.getLong()).toString());
        } else {
            putAscii(HexFormat.of().formatHex(bytes, from, to));
        }
    }

    private static String text(Logical logical, int value) {
        if (logical instanceof Logical.Date) {
            return LocalDate.ofEpochDay(value).toString();
        }
        if (logical instanceof Logical.Integer integer && !integer.signed()) {
            return Integer.toUnsignedString(value);
        }
        return logical instanceof Logical.Time ? text(logical, (long) value)
                : logical instanceof Logical.Decimal decimal ? BigDecimal.valueOf(value, decimal.scale()).toPlainString()
                : Integer.toString(value);
    }

    private static String text(Logical logical, long value) {
        if (logical instanceof Logical.Integer integer && !integer.signed()) {
            return Long.toUnsignedString(value);
        }
        if (logical instanceof Logical.Decimal decimal) {
            return BigDecimal.valueOf(value, decimal.scale()).toPlainString();
        }
        if (logical instanceof Logical.Time time) {
            long day = 86_400 * NANOS_PER_SECOND;
            long nanos = value * nanosPer(time.unit());
            return nanos >= 0 && nanos < day ? LocalTime.ofNanoOfDay(nanos).toString() : Long.toString(value);
        }
        if (logical instanceof Logical.Timestamp timestamp) {
            long perSecond = NANOS_PER_SECOND / nanosPer(timestamp.unit());
            long seconds = Math.floorDiv(value, perSecond);
            long nanos = Math.floorMod(value, perSecond) * nanosPer(timestamp.unit());
            return timestamp.utc() ? Instant.ofEpochSecond(seconds, nanos).toString()
                    : LocalDateTime.ofEpochSecond(seconds, (int) nanos, ZoneOffset.UTC).toString();
        }
        return Long.toString(value);
    }

    private static long nanosPer(Logical.Unit unit) {
        return switch (unit) {
            case MILLIS -> 1_000_000;
            case MICROS -> 1_000;
            case NANOS -> 1;
        };
    }

    // nanoseconds of the day, then the Julian day: the timestamps of old writers
    private static String int96(byte[] bytes, int at) {
        ByteBuffer value = ByteBuffer.wrap(bytes, at, 12).order(ByteOrder.LITTLE_ENDIAN);
        long nanos = value.getLong();
        long day = value.getInt() - JULIAN_DAY_OF_EPOCH;
        return Instant.ofEpochSecond(day * 86_400, nanos).toString();
    }

    private static float half(short bits) {
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        float magnitude = exponent == 0 ? fraction * 0x1p-24f
                : exponent == 31 ? (fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN)
                : Math.scalb(1 + fraction * 0x1p-10f, exponent - 15);
        return bits < 0 ? -magnitude : magnitude;
    }

    private void putText(byte[] text, int from, int to) {
        boolean isQuoted = from == to;
        for (int i = from; i < to && !isQuoted; i++) {
            isQuoted = text[i] == ',' || text[i] == '"' || text[i] == '\n' || text[i] == '\r';
        }
        if (!isQuoted) {
            reserve(to - from);
            System.arraycopy(text, from, buffer, length, to - from);
            length += to - from;
            return;
        }
        reserve(2 * (to - from) + 2);
        buffer[length++] = '"';
        for (int i = from; i < to; i++) {
            if (text[i] == '"') {
                buffer[length++] = '"';
            }
            buffer[length++] = text[i];
        }
        buffer[length++] = '"';
    }

    @SuppressWarnings("deprecation") // ASCII only, and the fastest way out of a string
    private void putAscii(String text) {
        reserve(text.length());
        text.getBytes(0, text.length(), buffer, length);
        length += text.length();
    }

    private void put(byte value) {
        reserve(1);
        buffer[length++] = value;
    }

    private void reserve(int count) {
        if (buffer.length - length < count) {
            buffer = Arrays.copyOf(buffer, Math.max(length + count, buffer.length + (buffer.length >> 1)));
        }
    }
}
