package org.xmatch.io.parquet;

import org.xmatch.io.storage.Location;
import org.xmatch.io.storage.ReadCounters;
import org.xmatch.io.table.Column;
import org.xmatch.io.table.Field;
import org.xmatch.io.table.Logical;
import org.xmatch.io.table.Table;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** The files in {@code resources/golden}, which {@code make_golden.py} wrote with pyarrow. */
final class Golden {

    static final int ROWS = 600;

    private static final Map<String, Logical.Unit> UNITS = Map.of("ms", Logical.Unit.MILLIS, "us", Logical.Unit.MICROS,
            "ns", Logical.Unit.NANOS);

    private Golden() {}

    static Path path(String name) {
        try {
            URL url = Objects.requireNonNull(Golden.class.getResource("/golden/" + name));
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** The values as text, by row and column. */
    static String[][] expected() throws IOException {
        return texts("expected.txt.gz");
    }

    /** The same of the nested files, without their first column. */
    static String[][] expectedNested() throws IOException {
        return texts("nested.txt.gz");
    }

    private static String[][] texts(String name) throws IOException {
        try (InputStream in = new GZIPInputStream(path(name).toUri().toURL().openStream())) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().map(line -> line.split("\t"))
                    .toArray(String[][]::new);
        }
    }

    static ParquetFile open(Path path) {
        return ParquetFile.open(Location.of(path.toString(), new ReadCounters()).open());
    }

    /** All rows of all columns. */
    static Table read(Path path) {
        try (ParquetFile file = open(path); PageDecoder decoder = new PageDecoder()) {
            List<Column> columns = new ArrayList<>();
            for (Field field : file.columns()) {
                Column column = new Column(field);
                for (int group = 0; group < file.rowGroupCount(); group++) {
                    file.read(group, field.name(), RowRanges.all(file.rowCount(group)), column, decoder);
                }
                columns.add(column);
            }
            return new Table(columns, Math.toIntExact(file.rowCount()));
        }
    }

    /** A value as in {@code expected.txt.gz}. */
    static String text(Column column, int row) {
        if (column.isNull(row)) {
            return "-";
        }
        Field field = column.field();
        return switch (field.physical()) {
            case BOOLEAN -> Byte.toString(column.bytes()[row]);
            case INT32 -> field.logical() instanceof Logical.Integer type && !type.signed()
                    ? Integer.toUnsignedString(column.ints()[row]) : Integer.toString(column.ints()[row]);
            case INT64 -> field.logical() instanceof Logical.Integer type && !type.signed()
                    ? Long.toUnsignedString(column.longs()[row]) : Long.toString(column.longs()[row]);
            case FLOAT -> String.format("%08x", Float.floatToRawIntBits(column.floats()[row]));
            case DOUBLE -> String.format("%016x", Double.doubleToRawLongBits(column.doubles()[row]));
            case INT96 -> int96(field.name(), column.bytes(), row * 12);
            case BYTE_ARRAY -> bytes(field, Arrays.copyOfRange(column.bytes(), column.offsets()[row], column.offsets()[row + 1]));
            case FIXED_LEN_BYTE_ARRAY -> bytes(field,
                    Arrays.copyOfRange(column.bytes(), row * column.width(), (row + 1) * column.width()));
            case NESTED -> new NestedText(column, row).toString();
        };
    }

    private static String bytes(Field field, byte[] value) {
        return field.logical() instanceof Logical.Decimal ? new BigInteger(value).toString()
                : HexFormat.of().formatHex(value);
    }

    // nanoseconds of the day and Julian day; the column's name says in which unit the value was given
    private static String int96(String name, byte[] bytes, int at) {
        ByteBuffer value = ByteBuffer.wrap(bytes, at, 12).order(ByteOrder.LITTLE_ENDIAN);
        BigInteger nanos = BigInteger.valueOf(value.getLong());
        nanos = nanos.add(BigInteger.valueOf(value.getInt() - 2_440_588L).multiply(BigInteger.valueOf(86_400_000_000_000L)));
        long perUnit = switch (UNITS.get(name.split("_")[1])) {
            case MILLIS -> 1_000_000;
            case MICROS -> 1000;
            case NANOS -> 1;
        };
        return nanos.divide(BigInteger.valueOf(perUnit)).toString();
    }
}
