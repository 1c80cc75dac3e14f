package org.xmatch.io.storage;

import java.util.ArrayList;
import java.util.List;

/**
 * How remote byte ranges are fetched.
 *
 * @param gap ranges at most this many bytes apart are one request
 * @param mostBytes longest request; longer ranges are fetched in equal parts
 * @param inFlight most requests at a time; how many of them help is found out
 * @param budget bytes fetched or being fetched that are kept in memory; what a unit of work needs at once may
 *     go beyond
 * @param tail bytes from the end of a file that opening it brings, for the Parquet footer
 */
public record FetchOptions(int gap, int mostBytes, int inFlight, long budget, int tail) {

    /** Requests at a time, as a job begins. */
    public static final int FIRST_IN_FLIGHT = 16;

    /** Up to 64 requests of at most 8 MiB at a time, in an eighth of the heap or 256 MiB. */
    public static final FetchOptions DEFAULT = new FetchOptions(128 << 10, 8 << 20, 64,
            Math.min(256L << 20, Runtime.getRuntime().maxMemory() / 8), 64 << 10);

    // A file this short is fetched whole when at least half of it is wanted in more than one piece.
    private static final int SMALL = 4 << 20;

    public FetchOptions {
        if (gap < 0 || mostBytes < 1 || inFlight < 1 || budget < 0 || tail < 64) {
            throw new IllegalArgumentException("fetch options out of range: gap " + gap + ", mostBytes " + mostBytes
                    + ", inFlight " + inFlight + ", budget " + budget + ", tail " + tail);
        }
    }

    /** The requests that bring these ranges of a file of {@code size} bytes, beyond those that opening it brought. */
    public List<ByteRange> requests(List<ByteRange> ranges, long size) {
        List<ByteRange> requests = new ArrayList<>();
        for (ByteRange range : joined(ranges, size)) {
            long end = Math.min(range.end(), size - tail);
            if (range.from() < end) {
                requests.addAll(new ByteRange(range.from(), end).split(mostBytes));
            }
        }
        return requests;
    }

    /** The ranges, those close to each other joined; one that is the whole file where most of a short file is wanted. */
    List<ByteRange> joined(List<ByteRange> ranges, long size) {
        List<ByteRange> inside = ranges.stream().filter(range -> range.end() <= size).toList();
        List<ByteRange> joined = ByteRange.coalesce(inside, gap);
        long wanted = joined.stream().mapToLong(ByteRange::length).sum();
        return joined.size() > 1 && size <= SMALL && wanted >= size / 2 ? List.of(new ByteRange(0, size)) : joined;
    }
}
