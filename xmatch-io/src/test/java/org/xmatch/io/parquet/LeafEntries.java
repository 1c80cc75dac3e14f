package org.xmatch.io.parquet;

import org.xmatch.io.table.Column;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What our reader finds in a file, written as {@link ParquetJava#entries} does. */
final class LeafEntries {

    private LeafEntries() {}

    static Map<String, List<String>> of(Path path) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        for (Column column : Golden.read(path).columns()) {
            List<String> entries = new ArrayList<>();
            for (int row = 0; row < column.size(); row++) {
                int definition = column.field().nullable() && !column.isNull(row) ? 1 : 0;
                entries.add("0 " + definition + " " + (column.isNull(row) ? "-" : value(column, row)));
            }
            all.put(column.field().name(), entries);
        }
        return all;
    }

    static String value(Column column, int row) {
        return switch (column.field().physical()) {
            case BOOLEAN -> Byte.toString(column.bytes()[row]);
            case INT32 -> Integer.toHexString(column.ints()[row]);
            case INT64 -> Long.toHexString(column.longs()[row]);
            case FLOAT -> Integer.toHexString(Float.floatToRawIntBits(column.floats()[row]));
            case DOUBLE -> Long.toHexString(Double.doubleToRawLongBits(column.doubles()[row]));
            case BYTE_ARRAY -> HexFormat.of().formatHex(column.bytes(), column.offsets()[row], column.offsets()[row + 1]);
            case INT96, FIXED_LEN_BYTE_ARRAY -> HexFormat.of().formatHex(column.bytes(), row * column.width(),
                    (row + 1) * column.width());
        };
    }
}
