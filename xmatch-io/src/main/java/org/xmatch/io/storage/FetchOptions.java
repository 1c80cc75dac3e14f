package org.xmatch.io.storage;

/**
 * How remote byte ranges are fetched.
 *
 * @param gap ranges at most this many bytes apart are one request
 * @param mostBytes longest request; longer ranges are fetched in equal parts
 * @param inFlight requests at a time
 * @param budget bytes fetched or being fetched that are kept in memory; what a unit of work needs at once may
 *     go beyond
 * @param tail bytes from the end of a file that opening it brings, for the Parquet footer
 */
public record FetchOptions(int gap, int mostBytes, int inFlight, long budget, int tail) {

    /** 16 requests of at most 8 MiB at a time, in an eighth of the heap or 256 MiB. */
    public static final FetchOptions DEFAULT = new FetchOptions(128 << 10, 8 << 20, 16,
            Math.min(256L << 20, Runtime.getRuntime().maxMemory() / 8), 64 << 10);

    public FetchOptions {
        if (gap < 0 || mostBytes < 1 || inFlight < 1 || budget < 0 || tail < 64) {
            throw new IllegalArgumentException("fetch options out of range: gap " + gap + ", mostBytes " + mostBytes
                    + ", inFlight " + inFlight + ", budget " + budget + ", tail " + tail);
        }
    }
}
