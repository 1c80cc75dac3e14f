package org.xmatch.io.parquet;

import org.xmatch.io.storage.ByteRange;

import java.util.List;

/**
 * What reading takes.
 *
 * @param bytes bytes read
 * @param requests reads of a file or requests to a server
 */
public record ReadCost(long bytes, long requests) {

    /** Nothing is read. */
    public static final ReadCost NONE = new ReadCost(0, 0);

    /** Of these ranges, each a request. */
    static ReadCost of(List<ByteRange> ranges) {
        return new ReadCost(ranges.stream().mapToLong(ByteRange::length).sum(), ranges.size());
    }

    /** Both. */
    public ReadCost plus(ReadCost other) {
        return new ReadCost(bytes + other.bytes, requests + other.requests);
    }
}
