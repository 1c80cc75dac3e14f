package org.xmatch.io.pipeline;

import org.xmatch.core.healpix.HealpixPixel;
import org.xmatch.core.healpix.PixelRanges;
import org.xmatch.io.parquet.PageDecoder;
import org.xmatch.io.parquet.ReadCost;
import org.xmatch.io.storage.FetchOptions;
import org.xmatch.io.storage.Storage;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One catalog as the pipeline reads it: partitions, and the rows of each. Thread-safe. */
sealed interface Side permits HatsSide, PlainSide {

    /** Pixels of the partitions, sky order, none overlapping. */
    List<HealpixPixel> partitions();

    /** Opens a partition of the list. */
    Partition open(HealpixPixel pixel);

    /** Rows known to have no position that belong to no partition. */
    long rowsOutsidePartitions();

    /** What reaches the catalog's files on a server; empty where they are on a disk or in memory. */
    default Optional<Storage> remote() {
        return Optional.empty();
    }

    /** The stored spatial index, if there is one. */
    default Optional<String> indexColumn() {
        return Optional.empty();
    }

    /**
     * What of a partition is read.
     *
     * @param rows rows read
     * @param rowsInAll rows of the partition
     * @param cost bytes and requests, at most: payload is read of matched rows only
     * @param indexed whether parts of its files can be left out
     */
    record Reading(long rows, long rowsInAll, ReadCost cost, boolean indexed) {}

    /** One open partition; used by one thread. */
    interface Partition extends AutoCloseable {

        /** All rows of the partition. */
        long rowCount();

        /**
         * Says that these columns of the rows in the region will be read, as {@link #segments} gives
         * them: files on a server begin to be fetched. Thread-safe.
         */
        default void prefetch(PixelRanges region, Set<String> columns) {}

        /** What reading these columns of the rows in the region takes, without reading any. */
        Reading reading(PixelRanges region, Set<String> columns, FetchOptions fetch);

        /** Whether parts of the files can be left out when only some region is read. */
        default boolean hasParts() {
            return false;
        }

        /** The rows that may lie in the region, in the partition's order. */
        List<Segment> segments(PixelRanges region, PageDecoder decoder);

        @Override
        void close();
    }
}
