package org.xmatch.io.pipeline;

import org.xmatch.io.CatalogFormatException;
import org.xmatch.io.parquet.PageDecoder;
import org.xmatch.io.parquet.ParquetFile;
import org.xmatch.io.parquet.RowRanges;
import org.xmatch.io.storage.ByteRange;
import org.xmatch.io.storage.Location;
import org.xmatch.io.storage.RangeSource;
import org.xmatch.io.table.Column;
import org.xmatch.io.table.CsvTable;
import org.xmatch.io.table.Field;
import org.xmatch.io.table.FieldMetadata;
import org.xmatch.io.table.Table;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A catalog that is one CSV or Parquet file. A CSV file is read when it is opened, a Parquet file's columns when
 * they are wanted. Immutable and thread-safe; holds no open file.
 */
final class PlainFile {

    private final Location location;
    private final Optional<Table> table;
    private final List<Field> fields;
    private final FieldMetadata fieldMetadata;
    private final String state;

    private PlainFile(Location location, Optional<Table> table, List<Field> fields, FieldMetadata fieldMetadata,
            String state) {
        this.location = location;
        this.table = table;
        this.fields = fields;
        this.fieldMetadata = fieldMetadata;
        this.state = state;
    }

    /** Whether a file's name is that of one. */
    static boolean isName(Location location) {
        return isParquet(location) || isCsv(location);
    }

    private static boolean isParquet(Location location) {
        String name = location.name().toLowerCase(Locale.ROOT);
        return name.endsWith(".parquet") || name.endsWith(".parq") || name.endsWith(".pq");
    }

    private static boolean isCsv(Location location) {
        return location.name().toLowerCase(Locale.ROOT).endsWith(".csv");
    }

    /** @throws CatalogFormatException for files of another kind, and damaged ones */
    static PlainFile open(Location location) {
        if (!isName(location)) {
            throw new CatalogFormatException(location.toString(), location + " is a file of a kind this program"
                    + " does not read: plain files end in .csv or .parquet, and a HATS catalog is a folder");
        }
        RangeSource source = location.open();
        String state = location.state().orElseGet(() -> source.size() + " bytes, version " + source.version());
        if (isParquet(location)) {
            try (ParquetFile file = ParquetFile.open(source)) {
                return new PlainFile(location, Optional.empty(), file.columns(),
                        FieldMetadata.ofParquet(file.keyValueMetadata()), state);
            }
        }
        if (source.size() > 0) {
            source.prefetch(List.of(new ByteRange(0, source.size())));
        }
        Table table = CsvTable.read(source);
        return new PlainFile(location, Optional.of(table), table.fields(), FieldMetadata.NONE, state);
    }

    /** All columns, nested ones too, in the file's order. */
    List<Field> fields() {
        return fields;
    }

    /** What is told of its columns besides their types. */
    FieldMetadata fieldMetadata() {
        return fieldMetadata;
    }

    /** Changes when the file does. */
    String state() {
        return state;
    }

    /** Its name without extension. */
    String name() {
        String file = location.name();
        int dot = file.lastIndexOf('.');
        return dot > 0 ? file.substring(0, dot) : file;
    }

    /** The columns of all rows; more of them where they are here already. */
    Table table(Collection<Field> wanted) {
        return table.orElseGet(() -> readParquet(wanted));
    }

    private Table readParquet(Collection<Field> wanted) {
        Map<String, Field> fieldOf = new LinkedHashMap<>();
        wanted.forEach(field -> fieldOf.put(field.name(), field));
        try (ParquetFile file = ParquetFile.open(location.open()); PageDecoder decoder = new PageDecoder()) {
            int rows = Math.toIntExact(file.rowCount());
            file.prefetch(fieldOf.keySet(), IntStream.range(0, file.rowGroupCount())
                    .mapToObj(group -> RowRanges.all(file.rowCount(group))).toList());
            List<Column> read = new ArrayList<>();
            for (Field field : fieldOf.values()) {
                Column column = new Column(field);
                column.reserve(rows);
                for (int group = 0; group < file.rowGroupCount(); group++) {
                    file.read(group, field.name(), RowRanges.all(file.rowCount(group)), column, decoder);
                }
                read.add(column);
            }
            return new Table(read, rows);
        }
    }
}
