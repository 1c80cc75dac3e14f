package org.xmatch.cli;

import java.util.Locale;

/**
 * One point of a benchmark's matrix.
 *
 * @param rows about how many left rows: the tutorial's cone for that number; -1 for the whole catalog
 * @param workers {@code default}, {@code scale} or a number, as for {@code --threads}
 * @param cache what the page cache holds when a run begins
 * @param format {@code count} or a format of the result
 */
record BenchConfiguration(long rows, String workers, Cache cache, String format) {

    /** State of the operating system's page cache. */
    enum Cache {
        /** Holds the catalogs: a run before the first one is not counted. */
        WARM,
        /** Holds nothing of the catalogs. */
        COLD;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** File name of its record. */
    String fileName() {
        return (rows == -1 ? "whole" : Long.toString(rows)) + "-" + workers + "-" + cache.text() + "-" + format + ".json";
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s rows, %s workers, %s, to %s", rows == -1 ? "all" : String.format(Locale.ROOT, "%,d", rows),
                workers, cache.text(), format);
    }
}
