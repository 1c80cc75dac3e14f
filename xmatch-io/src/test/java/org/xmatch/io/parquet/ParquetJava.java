package org.xmatch.io.parquet;

import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;

/** Parquet files as parquet-java reads and writes them. */
final class ParquetJava {

    /** How a file is laid out. */
    record Layout(boolean v2, boolean dictionary, boolean split, CompressionCodecName codec, int pageBytes, long groupBytes) {

        ParquetProperties.WriterVersion version() {
            return v2 ? ParquetProperties.WriterVersion.PARQUET_2_0 : ParquetProperties.WriterVersion.PARQUET_1_0;
        }
    }

    private ParquetJava() {}

    /** Every entry of every leaf column, as {@code repetition definition value}; "-" where there is no value. */
    static Map<String, List<String>> entries(Path path) throws IOException {
        Map<String, List<String>> all = new LinkedHashMap<>();
        ParquetReadOptions options = ParquetReadOptions.builder(new PlainParquetConfiguration()).build();
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(path), options)) {
            MessageType schema = reader.getFooter().getFileMetaData().getSchema();
            String createdBy = reader.getFooter().getFileMetaData().getCreatedBy();
            for (PageReadStore pages = reader.readNextRowGroup(); pages != null; pages = reader.readNextRowGroup()) {
                ColumnReadStoreImpl store = new ColumnReadStoreImpl(pages,
                        new GroupRecordConverter(schema).getRootConverter(), schema, createdBy);
                for (ColumnDescriptor leaf : schema.getColumns()) {
                    read(store.getColumnReader(leaf), leaf, pages.getPageReader(leaf).getTotalValueCount(),
                            all.computeIfAbsent(String.join(".", leaf.getPath()), key -> new ArrayList<>()));
                }
            }
            schema.getColumns().forEach(leaf -> all.computeIfAbsent(String.join(".", leaf.getPath()), key -> List.of()));
        }
        return all;
    }

    /** How the pages of each column are encoded, all row groups taken together. */
    static Map<String, Set<Encoding>> encodings(Path path) throws IOException {
        Map<String, Set<Encoding>> all = new LinkedHashMap<>();
        ParquetReadOptions options = ParquetReadOptions.builder(new PlainParquetConfiguration()).build();
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(path), options)) {
            reader.getFooter().getBlocks().forEach(group -> group.getColumns().forEach(chunk ->
                    all.computeIfAbsent(chunk.getPath().toDotString(), key -> new HashSet<>()).addAll(chunk.getEncodings())));
        }
        return all;
    }

    static MessageType schema(Path path) throws IOException {
        ParquetReadOptions options = ParquetReadOptions.builder(new PlainParquetConfiguration()).build();
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(path), options)) {
            return reader.getFooter().getFileMetaData().getSchema();
        }
    }

    private static void read(ColumnReader reader, ColumnDescriptor leaf, long count, List<String> into) {
        PrimitiveTypeName type = leaf.getPrimitiveType().getPrimitiveTypeName();
        for (long i = 0; i < count; i++) {
            int definition = reader.getCurrentDefinitionLevel();
            String value = definition < leaf.getMaxDefinitionLevel() ? "-" : switch (type) {
                case BOOLEAN -> reader.getBoolean() ? "1" : "0";
                case INT32 -> Integer.toHexString(reader.getInteger());
                case INT64 -> Long.toHexString(reader.getLong());
                case FLOAT -> Integer.toHexString(Float.floatToRawIntBits(reader.getFloat()));
                case DOUBLE -> Long.toHexString(Double.doubleToRawLongBits(reader.getDouble()));
                case BINARY, FIXED_LEN_BYTE_ARRAY, INT96 -> HexFormat.of().formatHex(reader.getBinary().getBytes());
            };
            into.add(reader.getCurrentRepetitionLevel() + " " + definition + " " + value);
            reader.consume();
        }
    }

    static void write(Path path, MessageType schema, Layout layout, int rows, IntFunction<Group> row) throws IOException {
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(path))
                .withConf(new PlainParquetConfiguration()).withType(schema).withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
                .withWriterVersion(layout.version()).withDictionaryEncoding(layout.dictionary())
                .withByteStreamSplitEncoding(layout.split()).withCompressionCodec(layout.codec())
                .withPageSize(layout.pageBytes()).withRowGroupSize(layout.groupBytes()).withMinRowCountForPageSizeCheck(10)
                .withDictionaryPageSize(4 * layout.pageBytes()).build()) {
            for (int i = 0; i < rows; i++) {
                writer.write(row.apply(i));
            }
        }
    }

    static Group group(MessageType schema) {
        return new SimpleGroup(schema);
    }

    static Binary binary(byte[] bytes) {
        return Binary.fromConstantByteArray(bytes);
    }
}
