package org.xmatch.io.hats;

import org.xmatch.core.healpix.Healpix;
import org.xmatch.core.healpix.HealpixPixel;
import org.xmatch.core.margin.MarginTiles;
import org.xmatch.io.parquet.ParquetSink;
import org.xmatch.io.parquet.ParquetWriteOptions;
import org.xmatch.io.table.Column;
import org.xmatch.io.table.Field;
import org.xmatch.io.table.Table;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A small HATS catalog of given positions, with columns {@code id} (the position's number),
 * {@code ra} and {@code dec}, partitioned at random. Positions changed afterwards are written so; the index stays.
 */
public final class TestCatalog {

    private final double[] ra;
    private final double[] dec;
    private final long[] index;
    private final SortedMap<HealpixPixel, List<Integer>> partitions = new TreeMap<>();

    private TestCatalog(double[] ra, double[] dec) {
        this.ra = ra;
        this.dec = dec;
        this.index = IntStream.range(0, ra.length).mapToLong(row -> Healpix.pixelOf(29, ra[row], dec[row])).toArray();
    }

    /**
     * Splits the sky down to pixels with at most {@code mostRows} rows, or of {@code deepest} order.
     *
     * @param shuffled whether rows of a partition are in no order, instead of ascending by pixel
     */
    public static TestCatalog partition(double[] ra, double[] dec, int mostRows, int deepest, boolean shuffled,
            Random random) {
        TestCatalog catalog = new TestCatalog(ra, dec);
        for (int base = 0; base < 12; base++) {
            HealpixPixel pixel = new HealpixPixel(0, base);
            List<Integer> rows = new ArrayList<>();
            for (int row = 0; row < ra.length; row++) {
                if (pixel.contains(new HealpixPixel(29, catalog.index(row)))) {
                    rows.add(row);
                }
            }
            catalog.split(pixel, rows, mostRows, deepest, random);
        }
        for (List<Integer> rows : catalog.partitions.values()) {
            if (shuffled) {
                Collections.shuffle(rows, random);
            } else {
                rows.sort(Comparator.comparing(catalog::index));
            }
        }
        return catalog;
    }

    private void split(HealpixPixel pixel, List<Integer> rows, int mostRows, int deepest, Random random) {
        if (rows.isEmpty()) {
            return;
        }
        if (pixel.order() == deepest || rows.size() <= mostRows && random.nextInt(4) > 0) {
            partitions.put(pixel, rows);
            return;
        }
        for (long child = 4 * pixel.pixel(); child < 4 * pixel.pixel() + 4; child++) {
            HealpixPixel part = new HealpixPixel(pixel.order() + 1, child);
            List<Integer> inPart = new ArrayList<>(rows.stream()
                    .filter(row -> part.contains(new HealpixPixel(29, index(row)))).toList());
            split(part, inPart, mostRows, deepest, random);
        }
    }

    private long index(int row) {
        return index[row];
    }

    /** Row numbers partition by partition, as the files have them. */
    public int[] fileOrder() {
        return partitions.values().stream().flatMap(List::stream).mapToInt(Integer::intValue).toArray();
    }

    /** The largest order of a partition. */
    public int deepestOrder() {
        return partitions.keySet().stream().mapToInt(HealpixPixel::order).max().orElse(0);
    }

    public void write(Path root, String name, ParquetWriteOptions options) {
        try (HatsWriter writer = HatsWriter.create(root, HatsDescription.ofObjects(name, "ra", "dec", 1),
                fields(), options, Runnable::run)) {
            partitions.forEach((pixel, rows) -> write(writer, pixel, rows));
            writer.commit();
        }
    }

    /** Writes the margin of pixels of an order, complete to {@code arcsec}. */
    public void writeMargin(Path root, double arcsec, int marginOrder, ParquetWriteOptions options) {
        MarginTiles tiles = new MarginTiles(List.copyOf(partitions.keySet()), marginOrder);
        SortedMap<HealpixPixel, List<Integer>> margins = new TreeMap<>();
        for (int row : fileOrder()) {
            for (HealpixPixel tile : tiles.touchedBy(index(row) >> 2 * (29 - marginOrder))) {
                margins.computeIfAbsent(tile, t -> new ArrayList<>()).add(row);
            }
        }
        HatsDescription description = HatsDescription.ofObjects("main", "ra", "dec", 1).marginOf("margin", "main", arcsec);
        try (HatsWriter writer = HatsWriter.create(root, description, fields(), options, Runnable::run)) {
            margins.forEach((pixel, rows) -> write(writer, pixel, rows));
            writer.commit();
        }
    }

    private static List<Field> fields() {
        return List.of(Field.ofLong("id"), Field.ofDouble("ra"), Field.ofDouble("dec"));
    }

    private void write(HatsWriter writer, HealpixPixel pixel, List<Integer> rows) {
        int n = rows.size();
        double[] ras = rows.stream().mapToDouble(row -> ra[row]).toArray();
        double[] decs = rows.stream().mapToDouble(row -> dec[row]).toArray();
        try (ParquetSink sink = writer.partition(pixel)) {
            sink.write(new Table(List.of(
                    Column.ofLongs(HatsWriter.INDEX, rows.stream().mapToLong(this::index).toArray(), n),
                    Column.ofLongs(Field.ofLong("id"), rows.stream().mapToLong(Integer::longValue).toArray(), n),
                    Column.ofDoubles(Field.ofDouble("ra"), ras, n), Column.ofDoubles(Field.ofDouble("dec"), decs, n)), n));
            sink.commit();
            writer.add(pixel, sink.written());
        }
    }
}
