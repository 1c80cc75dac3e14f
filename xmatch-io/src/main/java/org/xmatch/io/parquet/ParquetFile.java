package org.xmatch.io.parquet;

import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnIndex;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.PageLocation;
import org.jspecify.annotations.Nullable;
import org.xmatch.core.healpix.PixelRanges;
import org.xmatch.io.CatalogFormatException;
import org.xmatch.io.storage.ByteRange;
import org.xmatch.io.storage.FetchOptions;
import org.xmatch.io.storage.RangeSource;
import org.xmatch.io.table.Column;
import org.xmatch.io.table.Field;
import org.xmatch.io.table.LeafColumn;
import shaded.parquet.org.apache.thrift.TBase;
import shaded.parquet.org.apache.thrift.TException;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An open Parquet file: its footer, and its columns by row group and row range.
 * <p>
 * The footer is read once, on opening. Thread-safe; the work arrays are in {@link PageDecoder}, one
 * per thread.
 */
public final class ParquetFile implements AutoCloseable {

    private static final int MOST_INDEX_BYTES = 64 << 20;
    private static final long MOST_EXPANSION = 16;
    private static final long MOST_RESERVED_BYTES = 256 << 20;

    private final RangeSource source;
    private final Footer footer;
    private final FileSchema schema;

    private ParquetFile(RangeSource source, Footer footer) {
        this.source = source;
        this.footer = footer;
        this.schema = FileSchema.of(footer, source.location());
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
            file.checkRowGroups();
            return file;
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    private void checkRowGroups() {
        for (int group = 0; group < footer.rowGroupCount(); group++) {
            long rows = footer.rows(group);
            if (rows < 0 || rows > Integer.MAX_VALUE - 64) {
                throw damaged("row group " + group + " is said to have " + rows + " rows", null);
            }
        }
    }

    public String location() {
        return source.location();
    }

    /** All columns, in schema order. */
    public List<Field> columns() {
        return Collections.unmodifiableList(schema.columns());
    }

    /** The flat columns, in schema order. */
    public List<Field> fields() {
        return schema.columns().stream().filter(field -> !field.isNested()).toList();
    }

    /** Names of the columns that are nested and so not in {@link #fields()}. */
    public List<String> nestedNames() {
        return schema.columns().stream().filter(Field::isNested).map(Field::name).toList();
    }

    /** The column of that exact name, flat or nested. */
    public Optional<Field> field(String name) {
        return schema.column(name);
    }

    /** Key-value metadata of the footer. */
    public Map<String, String> keyValueMetadata() {
        return Collections.unmodifiableMap(footer.keyValues());
    }

    /** What opening the file took, at least: one read of its end. */
    public ReadCost costOfOpening(FetchOptions fetch) {
        return new ReadCost(Math.min(source.size(), source.isRemote() ? fetch.tail() : Footer.TAIL_BYTES), 1);
    }

    /** Rows in the file. */
    public long rowCount() {
        long rows = 0;
        for (int group = 0; group < footer.rowGroupCount(); group++) {
            rows += footer.rows(group);
        }
        return rows;
    }

    public int rowGroupCount() {
        return footer.rowGroupCount();
    }

    public int rowCount(int rowGroup) {
        return (int) footer.rows(rowGroup);
    }

    /** File paths that column chunks name, as in {@code _metadata}: one per row group, or empty. */
    public List<String> rowGroupPaths() {
        List<String> paths = new ArrayList<>();
        for (int group = 0; group < footer.rowGroupCount(); group++) {
            if (footer.chunkCount(group) > 0) {
                ColumnChunk chunk = footer.chunk(group, 0);
                if (chunk.isSetFile_path()) {
                    paths.add(chunk.getFile_path());
                }
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
        Optional<RowRanges> told = indexedRowsIn(rowGroup, healpixColumn, healpixOrder, region);
        if (told.isPresent()) {
            return told.get();
        }
        int rows = rowCount(rowGroup);
        if (source.isRemote()) {
            return RowRanges.all(rows); // fetching the index would cost more than it could save
        }
        Field field = requireFlat(healpixColumn);
        ChunkPlace place = new ChunkPlace(location(), field, rowGroup);
        ColumnMetaData meta = chunk(place, schema.firstChunk(healpixColumn)).getMeta_data();
        return new PixelPruning(field, healpixOrder, region).ofValues(
                new ColumnChunkReader(source, meta, place, rows, decoder), new FlatPages(place, rows, decoder));
    }

    /** As {@link #rowsIn}, but empty where neither chunk statistics nor the page index tell. */
    public Optional<RowRanges> indexedRowsIn(int rowGroup, String healpixColumn, int healpixOrder, PixelRanges region) {
        Field field = requireFlat(healpixColumn);
        int chunk = schema.firstChunk(healpixColumn);
        ChunkPlace place = new ChunkPlace(location(), field, rowGroup);
        PixelPruning pruning = new PixelPruning(field, healpixOrder, region);
        int rows = rowCount(rowGroup);
        PixelPruning.Verdict whole = pruning.ofChunk(chunk(place, chunk).getMeta_data().getStatistics());
        if (whole != PixelPruning.Verdict.MIXED) {
            return Optional.of(RowRanges.all(whole == PixelPruning.Verdict.OUTSIDE ? 0 : rows));
        }
        Optional<ColumnIndex> columnIndex = columnIndex(place, chunk);
        Optional<List<PageLocation>> pages = pageLocations(place, chunk);
        if (columnIndex.isPresent() && pages.isPresent()
                && columnIndex.get().getMin_valuesSize() == pages.get().size()
                && columnIndex.get().getMax_valuesSize() == pages.get().size()) {
            return Optional.of(pruning.ofPages(columnIndex.get(), pages.get(), rows));
        }
        return Optional.empty();
    }

    /**
     * Appends the values of the rows in {@code rows} of one column to {@code into}. Pages without
     * such a row are not decompressed, and not read where the file has an offset index.
     *
     * @param into a column of the same type; of a nested column it may have a part of the leaves, and
     *     other nodes may be nullable
     * @throws CatalogFormatException when the file is damaged, or a nested column has another type
     */
    public void read(int rowGroup, String column, RowRanges rows, Column into, PageDecoder decoder) {
        if (rows.rows() == 0) {
            return;
        }
        int groupRows = rowCount(rowGroup);
        if (rows.end(rows.size() - 1) > groupRows) {
            throw new IllegalArgumentException("row " + (rows.end(rows.size() - 1) - 1)
                    + " asked for of a row group of " + groupRows);
        }
        Field field = requireField(column);
        if (field.isNested()) {
            readNested(rowGroup, field, rows, into, decoder);
            return;
        }
        ChunkPlace place = new ChunkPlace(location(), field, rowGroup);
        int before = into.size();
        reserve(into, rows.rows(), groupRows, chunk(place, schema.firstChunk(column)).getMeta_data());
        read(place, schema.firstChunk(column), rows, new FlatPages(place, groupRows, decoder).into(into, rows), decoder);
        requireRows(place, into.size() - before, rows);
    }

    private void readNested(int rowGroup, Field field, RowRanges rows, Column into, PageDecoder decoder) {
        int before = into.size();
        List<LeafColumn> stored = FileSchema.leaves(field);
        for (LeafColumn wanted : into.leaves()) {
            int index = indexOf(wanted, stored, field);
            LeafColumn leaf = stored.get(index);
            byte[] definitions = definitions(wanted, leaf, field);
            LeafColumn target = definitions.length == 0 ? wanted : leaf;
            Field type = leaf.values().field().withName(String.join(".", leaf.names()));
            ChunkPlace place = new ChunkPlace(location(), type, rowGroup);
            int chunk = schema.firstChunk(field.name()) + index;
            int first = target.size();
            long entries = chunk(place, chunk).getMeta_data().getNum_values();
            read(place, chunk, rows, new NestedPages(place, target, rows, entries, rowCount(rowGroup), decoder), decoder);
            requireRows(place, target.size() - first, rows);
            for (int row = 0; definitions.length > 0 && row < rows.rows(); row++) {
                wanted.appendRow(leaf, row, definitions);
            }
        }
        into.setSize(before + rows.rows());
    }

    private int indexOf(LeafColumn wanted, List<LeafColumn> stored, Field field) {
        List<String> below = wanted.names().subList(1, wanted.names().size());
        for (int i = 0; i < stored.size(); i++) {
            if (stored.get(i).names().subList(1, stored.get(i).names().size()).equals(below)) {
                return i;
            }
        }
        throw new CatalogFormatException(location(), "column '" + field.name() + "' of " + location()
                + " has no '" + String.join(".", below) + "' as the catalog's schema (dataset/_common_metadata) has");
    }

    private byte[] definitions(LeafColumn wanted, LeafColumn stored, Field field) {
        try {
            return wanted.definitionsOf(stored);
        } catch (IllegalArgumentException e) {
            throw new CatalogFormatException(location(), "column '" + field.name() + "' of " + location()
                    + " has another type than the catalog's schema (dataset/_common_metadata): " + e.getMessage(), e);
        }
    }

    private void read(ChunkPlace place, int chunk, RowRanges rows, ColumnChunkReader.PageWalk walk,
            PageDecoder decoder) {
        int groupRows = rowCount(place.rowGroup());
        ColumnChunkReader reader =
                new ColumnChunkReader(source, chunk(place, chunk).getMeta_data(), place, groupRows, decoder);
        Optional<List<PageLocation>> pages =
                isMost(rows, groupRows) ? Optional.empty() : pageLocations(place, chunk);
        if (pages.isPresent()) {
            reader.read(rows, pages.get(), walk);
        } else {
            reader.read(walk);
        }
    }

    private void requireRows(ChunkPlace place, int found, RowRanges rows) {
        if (found != rows.rows()) {
            throw damaged("column '" + place.field().name() + "', row group " + place.rowGroup() + " gave " + found
                    + " values for " + rows.rows() + " rows", null);
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
        Optional<Field> found = field(column);
        if (found.isEmpty() || rowGroupCount() == 0) {
            return false;
        }
        ColumnChunk chunk = chunk(new ChunkPlace(location(), found.get(), 0), schema.firstChunk(column));
        return chunk.isSetOffset_index_offset() && chunk.isSetColumn_index_offset();
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
        List<FetchRanges.Part> parts = parts(columns, rows);
        source.prefetch(FetchRanges.indexes(parts));
        FetchRanges ranges = new FetchRanges();
        parts.forEach(part -> ranges.add(part, pagesOf(part), rowCount(part.place().rowGroup())));
        source.prefetch(ranges.all());
    }

    /**
     * What reading these columns would ask for, at most: of each column chunk the whole, or the pages of the rows.
     * Reads page indexes, and no data.
     *
     * @param rows rows wanted of each row group, in the order of the row groups
     * @param fetch how requests to servers are put together; a local file is read column by column
     */
    public ReadCost costOf(Collection<String> columns, List<RowRanges> rows, FetchOptions fetch) {
        List<FetchRanges.Part> parts = parts(columns, rows);
        List<ByteRange> indexes = FetchRanges.indexes(parts);
        source.prefetch(indexes);
        FetchRanges ranges = new FetchRanges();
        List<ByteRange> byColumn = new ArrayList<>(indexes);
        for (FetchRanges.Part part : parts) {
            FetchRanges own = new FetchRanges();
            own.add(part, pagesOf(part), rowCount(part.place().rowGroup()));
            ranges.add(part, pagesOf(part), rowCount(part.place().rowGroup()));
            byColumn.addAll(ByteRange.coalesce(own.all(), ColumnChunkReader.MERGED_GAP));
        }
        if (!source.isRemote()) {
            return source.size() <= RangeSource.SMALL_BYTES ? ReadCost.NONE : ReadCost.of(byColumn);
        }
        return ReadCost.of(fetch.requests(indexes, source.size())).plus(ReadCost.of(fetch.requests(ranges.all(), source.size())));
    }

    private Optional<List<PageLocation>> pagesOf(FetchRanges.Part part) {
        return part.byPages() ? pageLocations(part.place(), part.index()) : Optional.empty();
    }

    private List<FetchRanges.Part> parts(Collection<String> columns, List<RowRanges> rows) {
        List<FetchRanges.Part> parts = new ArrayList<>();
        for (int group = 0; group < rowGroupCount(); group++) {
            for (String column : columns) {
                if (rows.get(group).rows() > 0 && field(column).isPresent()) {
                    addParts(group, requireField(column), rows.get(group), parts);
                }
            }
        }
        return parts;
    }

    /** Adds the chunks of a column: one, or those of a nested column's leaves. */
    private void addParts(int rowGroup, Field field, RowRanges rows, List<FetchRanges.Part> parts) {
        boolean byPages = !isMost(rows, rowCount(rowGroup));
        List<Field> types = field.isNested()
                ? FileSchema.leaves(field).stream().map(leaf -> leaf.values().field()).toList() : List.of(field);
        for (int leaf = 0; leaf < types.size(); leaf++) {
            ChunkPlace place = new ChunkPlace(location(), types.get(leaf), rowGroup);
            int index = schema.firstChunk(field.name()) + leaf;
            parts.add(new FetchRanges.Part(place, index, chunk(place, index), rows, byPages));
        }
    }

    /** Whether so many rows are wanted that a chunk is read as a whole. */
    private static boolean isMost(RowRanges rows, int groupRows) {
        return rows.rows() > groupRows - groupRows / 8;
    }

    private Field requireField(String name) {
        if (schema.isAmbiguous(name)) {
            throw new CatalogFormatException(location(), location() + " has two columns '" + name
                    + "', so neither can be meant: rewrite the file with other names");
        }
        return field(name).orElseThrow(() -> new IllegalArgumentException(
                location() + " has no column '" + name + "'"));
    }

    private Field requireFlat(String name) {
        Field field = requireField(name);
        if (field.isNested()) {
            throw new IllegalArgumentException("column '" + name + "' of " + location() + " is nested");
        }
        return field;
    }

    private ColumnChunk chunk(ChunkPlace place, int index) {
        if (index >= footer.chunkCount(place.rowGroup())) {
            throw damaged("row group " + place.rowGroup() + " has no chunk for column '" + place.field().name() + "'",
                    null);
        }
        ColumnChunk chunk = footer.chunk(place.rowGroup(), index);
        if (chunk.isSetCrypto_metadata() || !chunk.isSetMeta_data()) {
            throw new CatalogFormatException(location(), "column '" + place.field().name() + "' of " + location()
                    + " is encrypted, which this program does not read: decrypt the file first");
        }
        ColumnMetaData meta = chunk.getMeta_data();
        if (meta.getType() == null || meta.getCodec() == null
                || !meta.getType().name().equals(place.field().physical().name())) {
            throw damaged("row group " + place.rowGroup() + " stores column '" + place.field().name() + "' as "
                    + meta.getType() + ", the schema says " + place.field().physical(), null);
        }
        return chunk;
    }

    private Optional<ColumnIndex> columnIndex(ChunkPlace place, int index) {
        ColumnChunk chunk = chunk(place, index);
        if (!chunk.isSetColumn_index_offset() || !chunk.isSetColumn_index_length()) {
            return Optional.empty();
        }
        return Optional.of(index(place, chunk.getColumn_index_offset(), chunk.getColumn_index_length(),
                new ColumnIndex()));
    }

    private Optional<List<PageLocation>> pageLocations(ChunkPlace place, int index) {
        ColumnChunk chunk = chunk(place, index);
        if (!chunk.isSetOffset_index_offset() || !chunk.isSetOffset_index_length()) {
            return Optional.empty();
        }
        List<PageLocation> pages = index(place, chunk.getOffset_index_offset(), chunk.getOffset_index_length(),
                new OffsetIndex()).getPage_locations();
        long row = 0;
        long offset = 0;
        for (PageLocation page : pages) {
            boolean first = page == pages.get(0);
            // two pages begin at one row where a writer made a page of no value
            if (first ? page.getFirst_row_index() != 0 : page.getFirst_row_index() < row
                    || page.getOffset() < offset || page.getFirst_row_index() > rowCount(place.rowGroup())) {
                throw damaged("the page index of column '" + place.field().name() + "', row group "
                        + place.rowGroup() + " is out of order", null);
            }
            row = page.getFirst_row_index();
            offset = page.getOffset() + page.getCompressed_page_size();
        }
        return pages.isEmpty() ? Optional.empty() : Optional.of(pages);
    }

    private <T extends TBase<?, ?>> T index(ChunkPlace place, long offset, int length, T into) {
        String what = "the page index of column '" + place.field().name() + "', row group " + place.rowGroup();
        if (offset < 4 || length < 0 || length > MOST_INDEX_BYTES || length > source.size() - offset) {
            throw damaged(what + " is said to take " + length + " bytes from byte " + offset + ", the file has "
                    + source.size(), null);
        }
        byte[] bytes = new byte[length];
        source.read(offset, bytes, 0, length);
        try {
            return new ThriftBytes(bytes, 0, length).read(into);
        } catch (TException | RuntimeException e) {
            throw damaged(what + ", byte " + offset + " cannot be read", e);
        }
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
