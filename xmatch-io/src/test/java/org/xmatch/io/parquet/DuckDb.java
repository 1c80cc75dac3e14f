package org.xmatch.io.parquet;

import org.xmatch.io.table.Field;
import org.xmatch.io.table.Logical;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** Parquet files as DuckDB reads them. */
final class DuckDb {

    private DuckDb() {}

    /** Values of flat columns by row, as {@link Golden#text} writes them. */
    static List<List<String>> rows(Path path, List<Field> fields) throws SQLException {
        String columns = fields.stream().map(DuckDb::expression).collect(Collectors.joining(", "));
        List<List<String>> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select " + columns + " from '" + path + "'")) {
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 0; i < fields.size(); i++) {
                    row.add(text(fields.get(i), result, i + 1));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    private static String expression(Field field) {
        String name = '"' + field.name() + '"';
        Logical logical = field.logical();
        if (logical instanceof Logical.Timestamp stamp) {
            return switch (stamp.unit()) {
                case MILLIS -> "epoch_ms(" + name + ")";
                case MICROS -> "epoch_us(" + name + ")";
                case NANOS -> "epoch_ns(" + name + ")";
            };
        }
        if (logical instanceof Logical.Time time) {
            return time.unit() == Logical.Unit.MILLIS ? "epoch_ms(" + name + ")" : "epoch_us(" + name + ")";
        }
        return logical instanceof Logical.Date ? name + " - date '1970-01-01'" : name;
    }

    private static String text(Field field, ResultSet result, int i) throws SQLException {
        if (result.getObject(i) == null) {
            return "-";
        }
        return switch (field.physical()) {
            case BOOLEAN -> result.getBoolean(i) ? "1" : "0";
            case FLOAT -> String.format("%08x", Float.floatToRawIntBits(result.getFloat(i)));
            case DOUBLE -> String.format("%016x", Double.doubleToRawLongBits(result.getDouble(i)));
            case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY -> bytes(field, result, i);
            default -> field.logical() instanceof Logical.Decimal ? unscaled(result, i) : result.getString(i);
        };
    }

    private static String unscaled(ResultSet result, int i) throws SQLException {
        BigDecimal value = result.getBigDecimal(i);
        return value.unscaledValue().toString();
    }

    private static String bytes(Field field, ResultSet result, int i) throws SQLException {
        if (field.logical() instanceof Logical.Decimal) {
            return unscaled(result, i);
        }
        if (field.logical() instanceof Logical.Text) {
            return HexFormat.of().formatHex(result.getString(i).getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(result.getBytes(i));
    }
}
