package org.xmatch.jmh.data;

import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Columns as parquet-java's {@code ColumnReader} gives them, value by value, put into arrays: no row
 * objects. It opens the file at each read, as it has no way to keep a footer and read again. Stateless.
 */
public final class ParquetJavaColumns {

    private ParquetJavaColumns() {}

    /** Reads the columns, INT64, DOUBLE or BYTE_ARRAY without nulls, each into its place in {@code into}. */
    public static void read(Path file, List<String> columns, List<ColumnValues> into) throws IOException {
        ParquetReadOptions options = ParquetReadOptions.builder(new PlainParquetConfiguration()).build();
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file), options)) {
            MessageType whole = reader.getFooter().getFileMetaData().getSchema();
            List<Type> wanted = columns.stream().map(whole::getType).toList();
            MessageType schema = new MessageType(whole.getName(), wanted);
            reader.setRequestedSchema(schema);
            String createdBy = reader.getFooter().getFileMetaData().getCreatedBy();
            into.forEach(values -> values.size = 0);
            for (PageReadStore pages = reader.readNextRowGroup(); pages != null; pages = reader.readNextRowGroup()) {
                ColumnReadStoreImpl store = new ColumnReadStoreImpl(pages,
                        new GroupRecordConverter(schema).getRootConverter(), schema, createdBy);
                for (int i = 0; i < columns.size(); i++) {
                    ColumnDescriptor column = schema.getColumnDescription(new String[] {columns.get(i)});
                    append(store.getColumnReader(column), column, (int) pages.getRowCount(), into.get(i));
                }
            }
        }
    }

    private static void append(ColumnReader reader, ColumnDescriptor column, int rows, ColumnValues into) {
        int start = into.size;
        int end = start + rows;
        int present = column.getMaxDefinitionLevel();
        switch (column.getPrimitiveType().getPrimitiveTypeName()) {
            case INT64 -> {
                into.longs = into.longs.length < end ? Arrays.copyOf(into.longs, end) : into.longs;
                for (int row = start; row < end; row++) {
                    requireValue(reader, present);
                    into.longs[row] = reader.getLong();
                    reader.consume();
                }
            }
            case DOUBLE -> {
                into.doubles = into.doubles.length < end ? Arrays.copyOf(into.doubles, end) : into.doubles;
                for (int row = start; row < end; row++) {
                    requireValue(reader, present);
                    into.doubles[row] = reader.getDouble();
                    reader.consume();
                }
            }
            case BINARY -> {
                into.offsets = into.offsets.length < end + 1 ? Arrays.copyOf(into.offsets, end + 1) : into.offsets;
                for (int row = start; row < end; row++) {
                    requireValue(reader, present);
                    Binary text = reader.getBinary();
                    int at = into.offsets[row];
                    if (into.bytes.length < at + text.length()) {
                        into.bytes = Arrays.copyOf(into.bytes, Math.max(1 << 16, 2 * (at + text.length())));
                    }
                    text.toByteBuffer().get(into.bytes, at, text.length());
                    into.offsets[row + 1] = at + text.length();
                    reader.consume();
                }
            }
            default -> throw new IllegalArgumentException("no INT64, DOUBLE or BYTE_ARRAY column: " + column);
        }
        into.size = end;
    }

    private static void requireValue(ColumnReader reader, int present) {
        if (reader.getCurrentDefinitionLevel() != present) {
            throw new IllegalArgumentException("a null where none is expected");
        }
    }
}
