package org.xmatch.io.pipeline;

import org.xmatch.core.healpix.PixelRanges;
import org.xmatch.io.parquet.PageDecoder;
import org.xmatch.io.table.Column;

/**
 * A run of a catalog's rows that are read together: rows of one row group, or of a table in memory.
 * Local row numbers count from 0 in the segment.
 */
interface Segment {

    /** Number of rows. */
    int rows();

    /** The local rows {@code [from, end)} alone. */
    Segment part(int from, int end);

    /** Only rows that may lie in the region, as their spatial index or position tells; or all of them. */
    default Segment within(PixelRanges region, PageDecoder decoder) {
        return this;
    }

    /** Appends the coordinates of all rows, degrees; NaN where a coordinate is null. */
    void appendPositions(Column ra, Column dec, PageDecoder decoder);

    /**
     * Appends the spatial index values of all rows as order-29 pixels: the first order-29 pixel where
     * the stored index is coarser; computed from the positions where none is stored.
     */
    void appendPixels(Column pixels, PageDecoder decoder);

    /**
     * Appends the values of some rows of a column; a file without that column gives nulls.
     *
     * @param bounds local rows as half-open ascending {@code from, end} pairs that do not touch
     * @param length entries of {@code bounds} that count
     * @param into a column of the catalog schema's type
     */
    void appendColumn(String name, int[] bounds, int length, Column into, PageDecoder decoder);
}
