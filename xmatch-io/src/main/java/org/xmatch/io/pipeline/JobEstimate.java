package org.xmatch.io.pipeline;

import org.xmatch.core.match.MatchOptions;
import org.xmatch.io.parquet.ReadCost;
import org.xmatch.io.storage.FetchOptions;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a cross-match will take, told from partition lists, Parquet footers and page indexes, without reading data.
 * (A plain file has neither a list nor an index: it is read.)
 * <p>
 * Rows, bytes and requests are at most what the job reads: it reads payload of matched rows only, and right rows
 * near left rows only. Time and memory are estimates: every left row is taken to match once.
 *
 * @param left the left catalog
 * @param right the right catalog
 * @param border margin leaves, or neighbouring right ones, read for rows beyond units' edges
 * @param opening what opening the catalogs took, bytes and requests
 * @param units units of work that can run side by side
 * @param largestUnitRows rows of both sides in the largest unit
 * @param threads worker threads
 * @param memoryBytes resident memory of the process
 * @param cpuSeconds processor time, summed over cores, of a machine like the one in {@link MeasuredRates}
 * @param computeSeconds from start to end where bytes are at hand
 * @param linkSeconds for the bytes to come over the link, where one was given
 * @param warnings what may surprise, each a sentence
 */
public record JobEstimate(Part left, Part right, Part border, ReadCost opening, long units, long largestUnitRows,
        int threads, long memoryBytes, double cpuSeconds, double computeSeconds, OptionalDouble linkSeconds,
        List<String> warnings) {

    public JobEstimate {
        warnings = List.copyOf(warnings);
    }

    /**
     * The share of one catalog.
     *
     * @param leaves partitions read; a border leaf counts for each unit that reads it
     * @param leavesInAll partitions of the catalog
     * @param looked leaves whose footers were read; the others are taken to be like these
     * @param rows rows whose positions are read
     * @param read bytes and requests
     */
    public record Part(long leaves, long leavesInAll, long looked, long rows, ReadCost read) {

        /** Whether footers of a sample stand for all. */
        public boolean isSampled() {
            return looked < leaves;
        }
    }

    /**
     * A line to a server.
     *
     * @param bytesPerSecond more than 0
     * @param latencySeconds from asking to the first byte, at least 0
     */
    public record Link(double bytesPerSecond, double latencySeconds) {

        // small files of catalog and margin, footers, and column chunks follow one after the other
        private static final int ROUNDS = 5;

        public Link {
            if (!(bytesPerSecond > 0) || !(latencySeconds >= 0) || Double.isInfinite(bytesPerSecond + latencySeconds)) {
                throw new IllegalArgumentException("a link needs a bandwidth above 0 and a latency of at least 0,"
                        + " got " + bytesPerSecond + " bytes/s and " + latencySeconds + " s");
            }
        }

        /** Seconds for so much, with as many requests at a time as fetching ahead begins with. */
        double seconds(ReadCost read) {
            double waiting = latencySeconds * (ROUNDS + (double) read.requests() / FetchOptions.FIRST_IN_FLIGHT);
            return Math.max(read.bytes() / bytesPerSecond, waiting) + ROUNDS * latencySeconds;
        }
    }

    /** All that is read of both catalogs. */
    public ReadCost read() {
        return opening.plus(left.read).plus(right.read).plus(border.read);
    }

    /** From start to end: computing and fetching go on side by side. */
    public double seconds() {
        return Math.max(computeSeconds, linkSeconds.orElse(0));
    }

    /**
     * Estimates a cross-match. Opens leaves' footers, several at a time; of catalogs with many leaves, those of an
     * evenly spaced sample.
     *
     * @param threads worker threads, at least 1
     * @param link to servers that hold the catalogs, if any
     */
    public static JobEstimate of(CatalogInput left, CatalogInput right, MatchOptions options, int threads,
            Optional<Link> link) {
        return new JobEstimator(left, right, options, threads, JobEstimator.MOST_LOOKED).estimate(link);
    }
}
