package org.xmatch.io.parquet;

import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnIndex;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.PageLocation;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Util;
import org.jspecify.annotations.Nullable;
import org.xmatch.core.healpix.PixelRanges;
import org.xmatch.io.CatalogFormatException;
import org.xmatch.io.storage.RangeSource;
import org.xmatch.io.table.Column;
import org.xmatch.io.table.Field;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An open Parquet file: its footer, and its flat columns by row group and row range.
 * <p>
 * The footer is read once, on opening. Thread-safe; the work arrays are in {@link PageDecoder}, one
 * per thread.
 */
public final class ParquetFile implements AutoCloseable {

    private static final int MOST_INDEX_BYTES = 64 << 20;
    private static final long MOST_EXPANSION = 16;
    private static final long MOST_RESERVED_BYTES = 256 << 20;

    private final RangeSource source;
    private final FileMetaData footer;
    private final List<Field> fields = new ArrayList<>();
    private final List<String> nested = new ArrayList<>();
    private final Map<String, Integer> chunkOf = new HashMap<>();
    private final Map<String, Field> fieldOf = new HashMap<>();

    private ParquetFile(RangeSource source, FileMetaData footer) {
        this.source = source;
        this.footer = footer;
    }

    /**
     * Reads the footer.
     *
     * @param source closed by {@link #close()}, also when opening fails
     * @throws CatalogFormatException when this is no Parquet file, is cut short or encrypted
     */
    public static ParquetFile open(RangeSource source) {
        try {
            ParquetFile file = new ParquetFile(source, Footer.read(source));
            file.readSchema();
            file.checkRowGroups();
            return file;
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    private void readSchema() {
        List<SchemaElement> schema = footer.getSchema();
        if (schema == null || schema.isEmpty()) {
            throw damaged("it has no schema", null);
        }
        int leaf = 0;
        int element = 1;
        for (int child = 0; child < schema.get(0).getNum_children(); child++) {
            if (element >= schema.size()) {
                throw damaged("its schema ends before its last column", null);
            }
            SchemaElement top = schema.get(element);
            boolean flat = top.getNum_children() == 0
                    && top.getRepetition_type() != org.apache.parquet.format.FieldRepetitionType.REPEATED;
            if (flat) {
                if (top.getType() == null) {
                    throw damaged("column '" + top.getName() + "' has no type", null);
                }
                try {
                    Field field = SchemaFields.field(top);
                    fields.add(field);
                    fieldOf.put(field.name(), field);
                    chunkOf.put(field.name(), leaf);
                } catch (RuntimeException e) {
                    throw damaged("the type of column '" + top.getName() + "' cannot be understood: "
                            + e.getMessage(), e);
                }
                leaf++;
                element++;
            } else {
                nested.add(top.getName());
                int end = elementAfter(schema, element, 0);
                for (; element < end; element++) {
                    leaf += schema.get(element).getNum_children() == 0 ? 1 : 0;
                }
            }
        }
    }

    private int elementAfter(List<SchemaElement> schema, int element, int depth) {
        if (element >= schema.size() || depth > 100) {
            throw damaged("its schema does not end where it should", null);
        }
        int next = element + 1;
        for (int child = 0; child < schema.get(element).getNum_children(); child++) {
            next = elementAfter(schema, next, depth + 1);
        }
        return next;
    }

    private void checkRowGroups() {
        if (footer.getRow_groups() == null) {
            throw damaged("its footer has no list of row groups", null);
        }
        for (RowGroup group : footer.getRow_groups()) {
            if (group.getNum_rows() < 0 || group.getNum_rows() > Integer.MAX_VALUE - 64) {
                throw damaged("a row group is said to have " + group.getNum_rows() + " rows", null);
            }
        }
    }

    public String location() {
        return source.location();
    }

    /** The flat columns (top level, not repeated), in schema order. */
    public List<Field> fields() {
        return List.copyOf(fields);
    }

    /** Names of the top-level columns that are nested or repeated and so not in {@link #fields()}. */
    public List<String> nestedNames() {
        return List.copyOf(nested);
    }

    /** The flat column of that exact name. */
    public Optional<Field> field(String name) {
        return Optional.ofNullable(fieldOf.get(name));
    }

    /** Key-value metadata of the footer. */
    public Map<String, String> keyValueMetadata() {
        Map<String, String> values = new LinkedHashMap<>();
        if (footer.isSetKey_value_metadata()) {
            for (KeyValue pair : footer.getKey_value_metadata()) {
                values.put(pair.getKey(), pair.isSetValue() ? pair.getValue() : "");
            }
        }
        return values;
    }

    /** Rows in the file. */
    public long rowCount() {
        long rows = 0;
        for (RowGroup group : footer.getRow_groups()) {
            rows += group.getNum_rows();
        }
        return rows;
    }

    public int rowGroupCount() {
        return footer.getRow_groups().size();
    }

    public int rowCount(int rowGroup) {
        return (int) footer.getRow_groups().get(rowGroup).getNum_rows();
    }

    /** File paths that column chunks name, as in {@code _metadata}: one per row group, or empty. */
    public List<String> rowGroupPaths() {
        List<String> paths = new ArrayList<>();
        for (RowGroup group : footer.getRow_groups()) {
            if (group.getColumnsSize() > 0 && group.getColumns().get(0).isSetFile_path()) {
                paths.add(group.getColumns().get(0).getFile_path());
            }
        }
        return paths;
    }

    /**
     * Rows of a row group that may lie in the region: by chunk statistics of the spatial index, then
     * the page index, else by page statistics and the index values themselves. Never leaves out a
     * row whose index value is inside; null index values and missing statistics keep rows.
     *
     * @param healpixColumn an INT64 or INT32 column of NESTED pixels
     * @param healpixOrder its order
     */
    public RowRanges rowsIn(int rowGroup, String healpixColumn, int healpixOrder, PixelRanges region,
            PageDecoder decoder) {
        Field field = requireField(healpixColumn);
        ColumnMetaData meta = chunk(rowGroup, healpixColumn).getMeta_data();
        PixelPruning pruning = new PixelPruning(field, healpixOrder, region);
        int rows = rowCount(rowGroup);
        PixelPruning.Verdict whole = pruning.ofChunk(meta.getStatistics());
        if (whole == PixelPruning.Verdict.OUTSIDE) {
            return RowRanges.all(0);
        }
        if (whole == PixelPruning.Verdict.INSIDE) {
            return RowRanges.all(rows);
        }
        Optional<ColumnIndex> columnIndex = columnIndex(rowGroup, healpixColumn);
        Optional<List<PageLocation>> pages = pageLocations(rowGroup, healpixColumn);
        if (columnIndex.isPresent() && pages.isPresent()
                && columnIndex.get().getMin_valuesSize() == pages.get().size()
                && columnIndex.get().getMax_valuesSize() == pages.get().size()) {
            return pruning.ofPages(columnIndex.get(), pages.get(), rows);
        }
        if (source.isRemote()) {
            return RowRanges.all(rows); // fetching the index would cost more than it could save
        }
        return pruning.ofValues(new ColumnChunkReader(source, meta, field, rowGroup, rows, decoder));
    }

    /**
     * Appends the values of the rows in {@code rows} of one column to {@code into}. Pages without
     * such a row are not decompressed, and not read where the file has an offset index.
     */
    public void read(int rowGroup, String column, RowRanges rows, Column into, PageDecoder decoder) {
        if (rows.rows() == 0) {
            return;
        }
        Field field = requireField(column);
        int groupRows = rowCount(rowGroup);
        if (rows.end(rows.size() - 1) > groupRows) {
            throw new IllegalArgumentException("row " + (rows.end(rows.size() - 1) - 1)
                    + " asked for of a row group of " + groupRows);
        }
        ColumnMetaData meta = chunk(rowGroup, column).getMeta_data();
        ColumnChunkReader reader = new ColumnChunkReader(source, meta, field, rowGroup, groupRows, decoder);
        int before = into.size();
        reserve(into, rows.rows(), groupRows, meta);
        boolean most = isMost(rows, groupRows);
        Optional<List<PageLocation>> pages = most ? Optional.empty() : pageLocations(rowGroup, column);
        if (pages.isPresent()) {
            reader.read(rows, pages.get(), into);
        } else {
            reader.read(rows, into);
        }
        if (into.size() - before != rows.rows()) {
            throw damaged("column '" + column + "', row group " + rowGroup + " gave "
                    + (into.size() - before) + " values for " + rows.rows() + " rows", null);
        }
    }

    /** Makes room at once for what the rows are likely to take: growing page by page copies it all again and again. */
    private static void reserve(Column into, int rows, int groupRows, ColumnMetaData meta) {
        into.reserve(Math.addExact(into.size(), rows));
        if (into.field().physical() == Field.Physical.BYTE_ARRAY) {
            // what the footer says is not to be trusted with more memory than the chunk could unpack to
            long bytes = Math.min(meta.getTotal_uncompressed_size(), MOST_EXPANSION * meta.getTotal_compressed_size());
            long share = Math.max(0, bytes) * rows / Math.max(1, groupRows);
            into.reserveBytes((int) Math.min(into.offsets()[into.size()] + share, MOST_RESERVED_BYTES));
        }
    }

    /** Whether the pages of a column can be told apart without reading them. */
    public boolean hasPageIndex(String column) {
        return field(column).isPresent() && rowGroupCount() > 0
                && chunk(0, column).isSetOffset_index_offset() && chunk(0, column).isSetColumn_index_offset();
    }

    /**
     * Says that these columns will be read: a file on a server begins to be fetched. Columns that are
     * not there are passed over.
     *
     * @param rows rows wanted of each row group, in the order of the row groups
     */
    public void prefetch(Collection<String> columns, List<RowRanges> rows) {
        if (!source.isRemote()) {
            return;
        }
        FetchRanges ranges = new FetchRanges();
        List<FetchRanges.Part> parts = new ArrayList<>();
        for (int group = 0; group < rowGroupCount(); group++) {
            for (String column : columns) {
                if (rows.get(group).rows() > 0 && field(column).isPresent()) {
                    boolean most = isMost(rows.get(group), rowCount(group));
                    parts.add(new FetchRanges.Part(group, column, chunk(group, column), rows.get(group), !most));
                }
            }
        }
        source.prefetch(ranges.indexes(parts));
        for (FetchRanges.Part part : parts) {
            Optional<List<PageLocation>> pages =
                    part.byPages() ? pageLocations(part.rowGroup(), part.column()) : Optional.empty();
            ranges.add(part, pages, rowCount(part.rowGroup()));
        }
        source.prefetch(ranges.all());
    }

    /** Whether so many rows are wanted that a chunk is read as a whole. */
    private static boolean isMost(RowRanges rows, int groupRows) {
        return rows.rows() > groupRows - groupRows / 8;
    }

    private Field requireField(String name) {
        return field(name).orElseThrow(() -> new IllegalArgumentException(
                location() + " has no flat column '" + name + "'"));
    }

    private ColumnChunk chunk(int rowGroup, String column) {
        List<ColumnChunk> chunks = footer.getRow_groups().get(rowGroup).getColumns();
        int index = chunkOf.get(column);
        if (chunks == null || index >= chunks.size()) {
            throw damaged("row group " + rowGroup + " has no chunk for column '" + column + "'", null);
        }
        ColumnChunk chunk = chunks.get(index);
        if (chunk.isSetCrypto_metadata() || !chunk.isSetMeta_data()) {
            throw new CatalogFormatException(location(), "column '" + column + "' of " + location()
                    + " is encrypted, which this program does not read: decrypt the file first");
        }
        Field field = requireField(column);
        ColumnMetaData meta = chunk.getMeta_data();
        if (meta.getType() == null || meta.getCodec() == null
                || !meta.getType().name().equals(field.physical().name())) {
            throw damaged("row group " + rowGroup + " stores column '" + column + "' as " + meta.getType()
                    + ", the schema says " + field.physical(), null);
        }
        return chunk;
    }

    private Optional<ColumnIndex> columnIndex(int rowGroup, String column) {
        ColumnChunk chunk = chunk(rowGroup, column);
        if (!chunk.isSetColumn_index_offset() || !chunk.isSetColumn_index_length()) {
            return Optional.empty();
        }
        byte[] bytes = index(chunk.getColumn_index_offset(), chunk.getColumn_index_length(), column);
        try {
            return Optional.of(Util.readColumnIndex(new ByteArrayInputStream(bytes)));
        } catch (IOException | RuntimeException e) {
            throw damaged("the page index of column '" + column + "', row group " + rowGroup + ", byte "
                    + chunk.getColumn_index_offset() + " cannot be read", e);
        }
    }

    private Optional<List<PageLocation>> pageLocations(int rowGroup, String column) {
        ColumnChunk chunk = chunk(rowGroup, column);
        if (!chunk.isSetOffset_index_offset() || !chunk.isSetOffset_index_length()) {
            return Optional.empty();
        }
        byte[] bytes = index(chunk.getOffset_index_offset(), chunk.getOffset_index_length(), column);
        List<PageLocation> pages;
        try {
            OffsetIndex index = Util.readOffsetIndex(new ByteArrayInputStream(bytes));
            pages = index.getPage_locations();
        } catch (IOException | RuntimeException e) {
            throw damaged("the page index of column '" + column + "', row group " + rowGroup + ", byte "
                    + chunk.getOffset_index_offset() + " cannot be read", e);
        }
        long row = 0;
        long offset = 0;
        for (PageLocation page : pages) {
            boolean first = page == pages.get(0);
            if (first ? page.getFirst_row_index() != 0 : page.getFirst_row_index() <= row
                    || page.getOffset() < offset || page.getFirst_row_index() >= rowCount(rowGroup)) {
                throw damaged("the page index of column '" + column + "', row group " + rowGroup
                        + " is out of order", null);
            }
            row = page.getFirst_row_index();
            offset = page.getOffset() + page.getCompressed_page_size();
        }
        return pages.isEmpty() ? Optional.empty() : Optional.of(pages);
    }

    private byte[] index(long offset, int length, String column) {
        if (offset < 4 || length < 0 || length > MOST_INDEX_BYTES || length > source.size() - offset) {
            throw damaged("the page index of column '" + column + "' is said to take " + length
                    + " bytes from byte " + offset + ", the file has " + source.size(), null);
        }
        byte[] bytes = new byte[length];
        source.read(offset, bytes, 0, length);
        return bytes;
    }

    private CatalogFormatException damaged(String what, @Nullable Throwable cause) {
        return new CatalogFormatException(location(), location() + " is damaged: " + what
                + "; fetch the file again", cause);
    }

    @Override
    public void close() {
        source.close();
    }
}
