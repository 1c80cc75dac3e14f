package org.xmatch.io.parquet;

import org.xmatch.core.healpix.PixelRanges;
import org.xmatch.io.storage.RangeSource;
import org.xmatch.io.table.Column;
import org.xmatch.io.table.Field;

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

    private ParquetFile() {}

    /**
     * Reads the footer.
     *
     * @param source closed by {@link #close()}, also when opening fails
     * @throws org.xmatch.io.CatalogFormatException when this is no Parquet file, is cut short or encrypted
     */
    public static ParquetFile open(RangeSource source) {
        throw new UnsupportedOperationException("contract only");
    }

    public String location() {
        throw new UnsupportedOperationException("contract only");
    }

    /** The flat columns (top level, not repeated), in schema order. */
    public List<Field> fields() {
        throw new UnsupportedOperationException("contract only");
    }

    /** Names of the top-level columns that are nested or repeated and so not in {@link #fields()}. */
    public List<String> nestedNames() {
        throw new UnsupportedOperationException("contract only");
    }

    /** The flat column of that exact name. */
    public Optional<Field> field(String name) {
        throw new UnsupportedOperationException("contract only");
    }

    /** Key-value metadata of the footer, without {@code ARROW:schema}'s meaning being looked at. */
    public Map<String, String> keyValueMetadata() {
        throw new UnsupportedOperationException("contract only");
    }

    /** Rows in the file. */
    public long rowCount() {
        throw new UnsupportedOperationException("contract only");
    }

    public int rowGroupCount() {
        throw new UnsupportedOperationException("contract only");
    }

    public int rowCount(int rowGroup) {
        throw new UnsupportedOperationException("contract only");
    }

    /** File paths that column chunks name, as in {@code _metadata}: one per row group, or empty. */
    public List<String> rowGroupPaths() {
        throw new UnsupportedOperationException("contract only");
    }

    /** Nulls in a column of a row group as the statistics have it, or empty. */
    public Optional<Long> nullCount(int rowGroup, String column) {
        throw new UnsupportedOperationException("contract only");
    }

    /**
     * Rows of a row group that may lie in the region: by chunk statistics of the spatial index, then
     * the page index, else page-header statistics, else by decoding the index column. Never leaves
     * out a row whose index value is inside; null or missing statistics keep rows.
     *
     * @param healpixColumn an INT64 or INT32 column of NESTED pixels
     * @param healpixOrder its order
     */
    public RowRanges rowsIn(int rowGroup, String healpixColumn, int healpixOrder, PixelRanges region,
            PageDecoder decoder) {
        throw new UnsupportedOperationException("contract only");
    }

    /**
     * Appends the values of the rows in {@code rows} of one column to {@code into}. Pages without
     * such a row are not decompressed, and not read where the file has an offset index.
     */
    public void read(int rowGroup, String column, RowRanges rows, Column into, PageDecoder decoder) {
        throw new UnsupportedOperationException("contract only");
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException("contract only");
    }
}
