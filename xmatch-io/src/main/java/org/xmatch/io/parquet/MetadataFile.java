package org.xmatch.io.parquet;

import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.RowGroup;
import org.xmatch.io.storage.AtomicFile;
import org.xmatch.io.table.Field;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes a Parquet file that is a footer only: {@code _metadata}, which describes the row groups of
 * other files, or {@code _common_metadata}, which has none. Not thread-safe.
 */
public final class MetadataFile {

    private final List<Field> fields;
    private final Map<String, String> metadata;
    private final List<RowGroup> rowGroups = new ArrayList<>();

    /**
     * @param fields columns of all the files, in order
     * @param metadata key-value metadata
     */
    public MetadataFile(List<Field> fields, Map<String, String> metadata) {
        WrittenFooter.requireColumns(fields);
        this.fields = List.copyOf(fields);
        this.metadata = Map.copyOf(metadata);
    }

    /**
     * Adds the row groups of a file, which come behind those added before.
     *
     * @param relativePath the file's path from the folder of the metadata file, with {@code /}
     */
    public MetadataFile add(String relativePath, WrittenFile file) {
        if (!file.footer().getSchema().equals(WrittenSchema.of(fields))) {
            throw new IllegalArgumentException(
                    file.path() + " has other columns than the metadata file that is to describe it");
        }
        for (RowGroup rowGroup : file.footer().getRow_groups()) {
            List<ColumnChunk> chunks = new ArrayList<>(rowGroup.getColumnsSize());
            for (ColumnChunk chunk : rowGroup.getColumns()) {
                ColumnChunk copy = new ColumnChunk(chunk.getFile_offset());
                copy.setFile_path(relativePath);
                copy.setMeta_data(chunk.getMeta_data());
                chunks.add(copy);
            }
            RowGroup copy = new RowGroup(chunks, rowGroup.getTotal_byte_size(), rowGroup.getNum_rows());
            copy.setTotal_compressed_size(rowGroup.getTotal_compressed_size());
            if (rowGroup.isSetSorting_columns()) {
                copy.setSorting_columns(rowGroup.getSorting_columns());
            }
            rowGroups.add(copy);
        }
        return this;
    }

    /** Writes the file, replacing what is there. */
    public void write(Path target) {
        try (AtomicFile file = AtomicFile.create(target)) {
            WrittenFooter.writeMagic(file);
            WrittenFooter.write(WrittenFooter.of(fields, metadata, rowGroups), file);
            file.commit();
        }
    }
}
