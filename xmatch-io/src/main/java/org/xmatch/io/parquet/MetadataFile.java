package org.xmatch.io.parquet;

import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.RowGroup;
import org.xmatch.io.storage.AtomicFile;
import org.xmatch.io.table.Field;

import java.nio.file.Path;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Writes a Parquet file that is a footer only: {@code _metadata}, which describes the row groups of
 * other files, or {@code _common_metadata}, which has none. Not thread-safe.
 */
public final class MetadataFile {

    private final List<Field> fields;
    private final Map<String, String> metadata;
    private final List<Part> parts = new ArrayList<>();

    /** A file described, by its path from the folder of the metadata file. */
    private record Part(String relativePath, WrittenFile file) {}

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
        parts.add(new Part(relativePath, file));
        return this;
    }

    /** Writes the file, replacing what is there. */
    public void write(Path target) {
        long rows = parts.stream().mapToLong(part -> part.file().rows()).sum();
        try (AtomicFile file = AtomicFile.create(target)) {
            WrittenFooter.writeMagic(file);
            WrittenFooter.write(WrittenFooter.of(fields, metadata, new RowGroups(), rows), file);
            file.commit();
        }
    }

    /** The row groups of all parts, decoded one file at a time: those of ten thousand files take much memory. */
    private final class RowGroups extends AbstractList<RowGroup> {

        @Override
        public int size() {
            return parts.stream().mapToInt(part -> part.file().rowGroups()).sum();
        }

        @Override
        public RowGroup get(int index) {
            throw new UnsupportedOperationException("row groups are only iterated over");
        }

        @Override
        public Iterator<RowGroup> iterator() {
            return parts.stream().flatMap(part -> part.file().footer().getRow_groups().stream()
                    .map(rowGroup -> placed(rowGroup, part.relativePath()))).iterator();
        }
    }

    private static RowGroup placed(RowGroup rowGroup, String relativePath) {
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
        return copy;
    }
}
