package org.xmatch.io.pipeline;

import org.xmatch.io.CatalogFormatException;
import org.xmatch.io.hats.HatsCatalog;
import org.xmatch.io.parquet.PageDecoder;
import org.xmatch.io.parquet.ParquetFile;
import org.xmatch.io.parquet.RowRanges;
import org.xmatch.io.storage.Location;
import org.xmatch.io.storage.RangeSource;
import org.xmatch.io.storage.ReadCounters;
import org.xmatch.io.storage.Storage;
import org.xmatch.io.table.Column;
import org.xmatch.io.table.Field;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A checksum of a result's pairs that does not depend on their order: two results with the same pairs and the same
 * separations have the same one. Reads row group by row group. Stateless.
 */
public final class PairChecksum {

    private PairChecksum() {}

    /**
     * Of a Parquet file or a HATS catalog.
     *
     * @param leftId name of a column of 64-bit integers that identifies left rows
     * @param rightId the same for right rows
     * @return number of pairs and checksum, as text
     */
    public static String of(Path result, String leftId, String rightId) {
        Location place = Location.of(result.toString(), Storage.standard(), new ReadCounters());
        long[] pairsAndSum = new long[2];
        try (PageDecoder decoder = new PageDecoder()) {
            if (Files.isDirectory(result)) {
                HatsCatalog catalog = HatsCatalog.open(place);
                catalog.partitions().forEach(pixel -> catalog.openFiles(pixel)
                        .forEach(source -> add(source, leftId, rightId, decoder, pairsAndSum)));
            } else {
                add(place.open(), leftId, rightId, decoder, pairsAndSum);
            }
        }
        return pairsAndSum[0] + "-" + Long.toHexString(pairsAndSum[1]);
    }

    private static void add(RangeSource source, String leftId, String rightId, PageDecoder decoder, long[] pairsAndSum) {
        try (ParquetFile file = ParquetFile.open(source)) {
            for (int group = 0; group < file.rowGroupCount(); group++) {
                pairsAndSum[0] += file.rowCount(group);
                pairsAndSum[1] += sum(file, group, leftId, rightId, decoder);
            }
        }
    }

    private static long sum(ParquetFile file, int group, String leftId, String rightId, PageDecoder decoder) {
        long[] left = column(file, group, leftId, Field.Physical.INT64, decoder).longs();
        long[] right = column(file, group, rightId, Field.Physical.INT64, decoder).longs();
        double[] separations = column(file, group, OutputColumns.SEPARATION, Field.Physical.DOUBLE, decoder).doubles();
        long sum = 0;
        for (int row = 0; row < file.rowCount(group); row++) {
            sum += mixed(mixed(mixed(left[row]) + right[row]) + Double.doubleToLongBits(separations[row]));
        }
        return sum;
    }

    private static Column column(ParquetFile file, int group, String name, Field.Physical type, PageDecoder decoder) {
        Field field = file.field(name).filter(found -> found.physical() == type)
                .orElseThrow(() -> new CatalogFormatException(file.location(), file.location() + " has no column '" + name
                        + "' of " + type + ": it is no result of a cross-match with these columns"));
        Column values = new Column(field);
        file.read(group, name, RowRanges.all(file.rowCount(group)), values, decoder);
        return values;
    }

    /** The finalizer of SplitMix64 (Steele, Lea and Flood 2014): every bit of the input moves every bit of the output. */
    private static long mixed(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
