package org.xmatch.jmh.data;

import org.xmatch.core.healpix.Healpix;
import org.xmatch.core.healpix.HealpixPixel;
import org.xmatch.core.sky.SkyPoints;
import org.xmatch.io.parquet.ParquetSink;
import org.xmatch.io.parquet.ParquetWriteOptions;
import org.xmatch.io.table.Column;
import org.xmatch.io.table.Field;
import org.xmatch.io.table.Table;
import org.xmatch.jmh.BenchmarkSky;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A partition of made-up detections: order-29 pixel, position, source number, magnitude and name, one
 * row a position. Stateless and thread-safe.
 */
public final class DetectionFile {

    private static final int ID_STEP = 7;

    private DetectionFile() {}

    /** Writes a partition of the Kepler field: {@code DetectionFile OUT.parquet ROWS}. */
    public static void main(String[] args) {
        write(table(BenchmarkSky.KEPLER.sample(Integer.parseInt(args[1])).left(), 1), Path.of(args[0]));
    }

    /** The rows as a table. */
    public static Table table(SkyPoints points, long seed) {
        int rows = points.size();
        SplittableRandom random = new SplittableRandom(seed);
        long[] pixels = new long[rows];
        long[] ids = new long[rows];
        Column magnitude = new Column(Field.ofFloat("mag"));
        Column name = new Column(Field.ofString("name"));
        magnitude.reserve(rows);
        name.reserve(rows);
        for (int row = 0; row < rows; row++) {
            pixels[row] = Healpix.pixelOf(HealpixPixel.MAX_ORDER, points.ra()[row], points.dec()[row]);
            ids[row] = 480_000_000_000_000L + (long) row * ID_STEP + random.nextInt(ID_STEP);
            magnitude.floats()[row] = (float) (14 + 7 * random.nextDouble());
            byte[] text = ("PSO J" + Math.round(points.ra()[row] * 1e6) + "+" + Math.round(points.dec()[row] * 1e6))
                    .getBytes(StandardCharsets.US_ASCII);
            int at = name.offsets()[row];
            name.reserveBytes(at + text.length);
            System.arraycopy(text, 0, name.bytes(), at, text.length);
            name.offsets()[row + 1] = at + text.length;
        }
        magnitude.setSize(rows);
        name.setSize(rows);
        return new Table(List.of(
                Column.ofLongs(Field.ofLong("_healpix_29"), pixels, rows),
                Column.ofDoubles(Field.ofDouble("ra"), points.ra(), rows),
                Column.ofDoubles(Field.ofDouble("dec"), points.dec(), rows),
                Column.ofLongs(Field.ofLong("id"), ids, rows),
                magnitude,
                name), rows);
    }

    /** Writes the table as one Parquet file, laid out as xmatch lays out partitions. */
    public static void write(Table table, Path target) {
        try (ParquetSink sink = ParquetSink.create(target, table.fields(),
                ParquetWriteOptions.DEFAULT.withSortedBy("_healpix_29"), Map.of(), Runnable::run)) {
            sink.write(table);
            sink.commit();
        }
    }
}
