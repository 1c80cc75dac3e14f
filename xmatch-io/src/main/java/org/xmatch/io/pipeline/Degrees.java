package org.xmatch.io.pipeline;

import org.xmatch.io.CatalogFormatException;
import org.xmatch.io.table.Column;

/** Coordinate columns of any numeric type as doubles. */
final class Degrees {

    private Degrees() {}

    /** Whether a column of this physical type can hold degrees. */
    static boolean isNumeric(org.xmatch.io.table.Field field) {
        return switch (field.physical()) {
            case INT32, INT64 -> !(field.logical() instanceof org.xmatch.io.table.Logical.Decimal)
                    && !(field.logical() instanceof org.xmatch.io.table.Logical.Timestamp);
            case FLOAT, DOUBLE -> true;
            default -> false;
        };
    }

    /** Writes rows {@code [from, from + count)} as doubles, NaN for null. */
    static void widen(Column values, int from, int count, double[] into, int at, String location) {
        if (!isNumeric(values.field())) {
            throw new CatalogFormatException(location, "column '" + values.field().name() + "' of "
                    + location + " holds " + values.field().logical() + " (" + values.field().physical()
                    + "), not numbers: positions are degrees; name another column with --left-ra,"
                    + " --left-dec, --right-ra or --right-dec");
        }
        for (int i = 0; i < count; i++) {
            int row = from + i;
            into[at + i] = values.isNull(row) ? Double.NaN : switch (values.field().physical()) {
                case INT32 -> values.ints()[row];
                case INT64 -> values.longs()[row];
                case FLOAT -> values.floats()[row];
                default -> values.doubles()[row];
            };
        }
    }

    /** Puts NaN where rows from {@code start} on are null. */
    static void nullsToNaN(Column column, int start, int count) {
        for (int i = start; i < start + count; i++) {
            if (column.isNull(i)) {
                column.doubles()[i] = Double.NaN;
            }
        }
    }
}
