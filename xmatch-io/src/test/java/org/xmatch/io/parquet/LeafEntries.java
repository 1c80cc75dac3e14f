package org.xmatch.io.parquet;

import org.xmatch.io.table.Column;
import org.xmatch.io.table.LeafColumn;

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
            if (column.field().isNested()) {
                column.leaves().forEach(leaf -> all.put(String.join(".", leaf.names()), entries(leaf)));
                continue;
            }
            List<String> entries = new ArrayList<>();
            for (int row = 0; row < column.size(); row++) {
                int definition = column.field().nullable() && !column.isNull(row) ? 1 : 0;
                entries.add("0 " + definition + " " + (column.isNull(row) ? "-" : value(column, row)));
            }
            all.put(column.field().name(), entries);
        }
        return all;
    }

    private static List<String> entries(LeafColumn leaf) {
        List<String> entries = new ArrayList<>();
        int value = 0;
        for (int i = 0; i < leaf.entryStart(leaf.size()); i++) {
            boolean present = leaf.definition()[i] == leaf.maxDefinition();
            entries.add(leaf.repetition()[i] + " " + leaf.definition()[i] + " "
                    + (present ? value(leaf.values(), value++) : "-"));
        }
        return entries;
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
            case NESTED -> throw new AssertionError(column.field());
        };
    }
}
