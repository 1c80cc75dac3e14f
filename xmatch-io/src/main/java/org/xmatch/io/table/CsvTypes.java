package org.xmatch.io.table;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Finds the type of a column of text. Stateless and thread-safe. */
final class CsvTypes {

    // Double.parseDouble takes more than numbers: type suffixes and hexadecimal
    private static final Pattern DOUBLE =
            Pattern.compile("[+-]?(?:(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?|[iI]nf(?:inity)?|[nN]a[nN])");

    private CsvTypes() {}

    /** The column as int64 where every value is one, else double, else itself. */
    static Column typed(Column text) {
        Column longs = longs(text);
        if (longs != null) {
            return longs;
        }
        Column doubles = doubles(text);
        return doubles != null ? doubles : text;
    }

    private static @Nullable Column longs(Column text) {
        Column column = new Column(Field.ofLong(text.field().name()));
        column.reserve(text.size());
        for (int row = 0; row < text.size(); row++) {
            if (text.isNull(row)) {
                column.setNull(row);
                continue;
            }
            int at = text.offsets()[row];
            int end = text.offsets()[row + 1];
            boolean signed = text.bytes()[at] == '-' || text.bytes()[at] == '+';
            if (end - at > 20 || end == at + (signed ? 1 : 0)) {
                return null;
            }
            for (int i = at + (signed ? 1 : 0); i < end; i++) {
                if (text.bytes()[i] < '0' || text.bytes()[i] > '9') {
                    return null;
                }
            }
            try {
                column.longs()[row] = Long.parseLong(string(text, row));
            } catch (NumberFormatException tooLarge) {
                return null;
            }
        }
        column.setSize(text.size());
        return column;
    }

    private static @Nullable Column doubles(Column text) {
        Column column = new Column(Field.ofDouble(text.field().name()));
        column.reserve(text.size());
        for (int row = 0; row < text.size(); row++) {
            if (text.isNull(row)) {
                column.setNull(row);
                continue;
            }
            String value = string(text, row).strip();
            if (!DOUBLE.matcher(value).matches()) {
                return null;
            }
            column.doubles()[row] = parse(value);
        }
        column.setSize(text.size());
        return column;
    }

    private static double parse(String value) {
        char last = Character.toLowerCase(value.charAt(value.length() - 1));
        if (last == 'n') {
            return Double.NaN;
        }
        if (last == 'f' || last == 'y') {
            return value.charAt(0) == '-' ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        return Double.parseDouble(value);
    }

    private static String string(Column text, int row) {
        int at = text.offsets()[row];
        return new String(text.bytes(), at, text.offsets()[row + 1] - at, StandardCharsets.UTF_8);
    }
}
