package org.xmatch.io.pipeline;

import org.xmatch.core.healpix.HealpixPixel;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A unit of work whose result is written, as a line of a {@link UnitJournal}.
 *
 * @param pixel of the unit, and of its leaf
 * @param rows in the leaf; 0 where there is none
 * @param bytes of the leaf
 * @param checksum CRC-32C of the leaf
 * @param counts of the unit
 */
record FinishedUnit(HealpixPixel pixel, long rows, long bytes, long checksum, MatchCounts counts) {

    private static final int NUMBERS = 11;

    /** The line, without its end: numbers, then a checksum of them. */
    String line() {
        String numbers = String.format(Locale.ROOT, "%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%d", pixel.order(), pixel.pixel(), rows,
                bytes, checksum, counts.rowsLeft(), counts.rowsLeftMatched(), counts.rowsLeftNoPosition(),
                counts.rowsRight(), counts.rowsRightNoPosition(), counts.rowsOut());
        return numbers + "," + sum(numbers);
    }

    /** The unit of a line; empty where the line was not written in full. */
    static Optional<FinishedUnit> parse(String line) {
        int end = line.lastIndexOf(',');
        if (end < 0 || !line.substring(end + 1).equals(sum(line.substring(0, end)))) {
            return Optional.empty();
        }
        String[] values = line.substring(0, end).split(",");
        if (values.length != NUMBERS) {
            return Optional.empty();
        }
        long[] n = new long[NUMBERS];
        for (int i = 0; i < NUMBERS; i++) {
            n[i] = Long.parseLong(values[i]);
        }
        return Optional.of(new FinishedUnit(new HealpixPixel((int) n[0], n[1]), n[2], n[3], n[4],
                new MatchCounts(n[5], n[6], n[7], n[8], n[9], n[10])));
    }

    private static String sum(String text) {
        CRC32C sum = new CRC32C();
        sum.update(text.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(sum.getValue());
    }
}
