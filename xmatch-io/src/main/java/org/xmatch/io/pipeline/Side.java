package org.xmatch.io.pipeline;

import org.xmatch.core.healpix.HealpixPixel;
import org.xmatch.core.healpix.PixelRanges;
import org.xmatch.io.parquet.PageDecoder;

import java.util.List;

/** One catalog as the pipeline reads it: partitions, and the rows of each. Thread-safe. */
sealed interface Side permits HatsSide, PlainSide {

    /** Pixels of the partitions, sky order, none overlapping. */
    List<HealpixPixel> partitions();

    /** Opens a partition of the list. */
    Partition open(HealpixPixel pixel);

    /** Rows known to have no position that belong to no partition. */
    long rowsOutsidePartitions();

    /** One open partition; used by one thread. */
    interface Partition extends AutoCloseable {

        /** All rows of the partition. */
        long rowCount();

        /** The rows that may lie in the region, in the partition's order. */
        List<Segment> segments(PixelRanges region, PageDecoder decoder);

        @Override
        void close();
    }
}
