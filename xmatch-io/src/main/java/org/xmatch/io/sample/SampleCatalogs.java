package org.xmatch.io.sample;

import org.xmatch.core.align.PartitionTiling;
import org.xmatch.core.healpix.Healpix;
import org.xmatch.core.healpix.HealpixPixel;
import org.xmatch.core.margin.MarginPixels;
import org.xmatch.core.margin.MarginTiles;
import org.xmatch.io.StorageException;
import org.xmatch.io.hats.HatsDescription;
import org.xmatch.io.hats.HatsWriter;
import org.xmatch.io.parquet.ParquetSink;
import org.xmatch.io.parquet.ParquetWriteOptions;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;

/**
 * Generates a ZTF-like left catalog, a Pan-STARRS-like right one and its 10 arcsec margin as HATS.
 * <p>
 * Same options, same leaves, byte for byte, with any number of threads. Partitions are made one after
 * the other, so memory holds one of them, and the margin's rows. Stateless and thread-safe.
 */
public final class SampleCatalogs {

    /** Kind of sky. */
    public enum Sky {
        KEPLER, ALLSKY
    }

    /** Names of the catalogs' folders: left, right, the right one's margin. */
    public static final List<String> NAMES = List.of("ztf", "ps1", "ps1_10arcs");

    private static final int MAPPING_ORDER = 10;
    private static final int MOST_ROWS = 1_000_000;
    private static final double MARGIN_ARCSEC = 10;
    private static final int CELLS_PER_TASK = 64;
    private static final int BATCH_ROWS = 1 << 14;

    private final SampleSources sources;
    private final long seed;
    private final ExecutorService workers;

    private SampleCatalogs(SampleSources sources, long seed, ExecutorService workers) {
        this.sources = sources;
        this.seed = seed;
        this.workers = workers;
    }

    /** Whose detections. */
    private enum Survey {
        LEFT, RIGHT
    }

    /**
     * Writes {@code out/ztf}, {@code out/ps1} and {@code out/ps1_10arcs}. The catalogs of the Kepler
     * field reach beyond the tutorial's cone by 5 per cent of its radius and 15 arcsec.
     *
     * @param rows left rows in the tutorial's cone (KEPLER) or in all (ALLSKY), at least 1
     * @throws StorageException when one of them exists, or writing fails; nothing whole is left then
     */
    public static void write(Sky sky, long rows, long seed, Path out, int threads) {
        for (String name : NAMES) {
            if (Files.exists(out.resolve(name))) {
                throw new StorageException(out.toString(), out.resolve(name) + " exists already: remove it, or name another folder");
            }
        }
        ExecutorService workers = Executors.newFixedThreadPool(Math.max(1, threads), task -> {
            Thread thread = new Thread(task, "xmatch-generate");
            thread.setDaemon(true);
            return thread;
        });
        try {
            SampleSources sources = sky == Sky.KEPLER ? SampleSources.kepler(rows, seed) : SampleSources.allsky(rows, seed);
            new SampleCatalogs(sources, seed, workers).write(out);
        } finally {
            workers.shutdownNow();
        }
    }

    private void write(Path out) {
        HatsDescription left = HatsDescription.ofObjects("ztf", "ra", "dec", MOST_ROWS);
        HatsDescription right = HatsDescription.ofObjects("ps1", "raMean", "decMean", MOST_ROWS);
        HatsDescription border = right.marginOf("ps1_10arcs", "../ps1", MARGIN_ARCSEC);
        try (HatsWriter ztf = writer(out.resolve(NAMES.get(0)), left, Survey.LEFT);
                HatsWriter ps1 = writer(out.resolve(NAMES.get(1)), right, Survey.RIGHT);
                HatsWriter margin = writer(out.resolve(NAMES.get(2)), border, Survey.RIGHT)) {
            for (HealpixPixel tile : tiles(Survey.LEFT)) {
                write(ztf, tile, rowsIn(tile, Survey.LEFT), Survey.LEFT);
            }
            List<HealpixPixel> tiles = tiles(Survey.RIGHT);
            MarginTiles around = new MarginTiles(tiles, MarginPixels.orderFor(MARGIN_ARCSEC));
            SortedMap<HealpixPixel, SampleRows> borders = new TreeMap<>();
            for (HealpixPixel tile : tiles) {
                SampleRows rows = rowsIn(tile, Survey.RIGHT);
                write(ps1, tile, rows, Survey.RIGHT);
                addBorders(rows, around, borders);
            }
            borders.forEach((tile, rows) -> write(margin, tile, rows, Survey.RIGHT));
            ztf.commit();
            ps1.commit();
            margin.commit();
        }
    }

    private HatsWriter writer(Path target, HatsDescription description, Survey survey) {
        return HatsWriter.create(target, description,
                survey == Survey.LEFT ? ZtfColumns.FIELDS : Ps1Columns.FIELDS, ParquetWriteOptions.DEFAULT, workers);
    }

    private List<HealpixPixel> tiles(Survey survey) {
        AtomicIntegerArray counts = new AtomicIntegerArray(12 << 2 * MAPPING_ORDER);
        int shift = 2 * (HealpixPixel.MAX_ORDER - MAPPING_ORDER);
        List<Future<?>> tasks = new ArrayList<>();
        for (int from = 0; from < sources.cells(); from += CELLS_PER_TASK) {
            int first = from;
            int end = Math.min(sources.cells(), from + CELLS_PER_TASK);
            tasks.add(workers.submit(() -> {
                SampleRows rows = new SampleRows();
                for (int cell = first; cell < end; cell++) {
                    rows.size = 0;
                    add(cell, survey, rows);
                    for (int i = 0; i < rows.size; i++) {
                        counts.incrementAndGet((int) (rows.pixels[i] >> shift));
                    }
                }
            }));
        }
        tasks.forEach(SampleCatalogs::await);
        return PartitionTiling.tilesOf(MAPPING_ORDER, IntStream.range(0, counts.length()).map(counts::get).toArray(),
                MOST_ROWS);
    }

    private void add(int cell, Survey survey, SampleRows rows) {
        if (survey == Survey.LEFT) {
            sources.addLeft(cell, rows);
        } else {
            sources.addRight(cell, rows);
        }
    }

    // cells within the tile and, as detections scatter, those that touch it
    private SampleRows rowsIn(HealpixPixel tile, Survey survey) {
        int order = sources.cellOrder();
        int shift = 2 * (HealpixPixel.MAX_ORDER - order);
        int first = sources.cellFrom(tile.first29() >> shift);
        int end = sources.cellFrom((tile.end29() - 1 >> shift) + 1);
        List<int[]> ranges = new ArrayList<>();
        for (int from = first; from < end; from += CELLS_PER_TASK) {
            ranges.add(new int[] {from, Math.min(end, from + CELLS_PER_TASK)});
        }
        HealpixPixel inCells = order < tile.order() ? tile.parentAt(order) : tile;
        for (long cell : Healpix.externalEdge(inCells, order)) {
            int at = sources.cellFrom(cell);
            if (at < sources.cellFrom(cell + 1)) {
                ranges.add(new int[] {at, at + 1});
            }
        }
        List<Future<SampleRows>> tasks = new ArrayList<>();
        for (int[] range : ranges) {
            tasks.add(workers.submit(() -> {
                SampleRows all = new SampleRows();
                SampleRows rows = new SampleRows();
                for (int cell = range[0]; cell < range[1]; cell++) {
                    all.size = 0;
                    add(cell, survey, all);
                    for (int i = 0; i < all.size; i++) {
                        if (all.pixels[i] >= tile.first29() && all.pixels[i] < tile.end29()) {
                            rows.addRow(all, i);
                        }
                    }
                }
                return rows;
            }));
        }
        SampleRows rows = new SampleRows();
        for (Future<SampleRows> task : tasks) {
            SampleRows part = await(task);
            for (int i = 0; i < part.size; i++) {
                rows.addRow(part, i);
            }
        }
        return rows;
    }

    private static void addBorders(SampleRows rows, MarginTiles around, SortedMap<HealpixPixel, SampleRows> borders) {
        int shift = 2 * (HealpixPixel.MAX_ORDER - around.marginOrder());
        for (int i = 0; i < rows.size; i++) {
            for (HealpixPixel tile : around.touchedBy(rows.pixels[i] >> shift)) {
                borders.computeIfAbsent(tile, t -> new SampleRows()).addRow(rows, i);
            }
        }
    }

    private void write(HatsWriter catalog, HealpixPixel tile, SampleRows rows, Survey survey) {
        int[] order = rows.order();
        SampleColumns columns = survey == Survey.LEFT ? new ZtfColumns(seed) : new Ps1Columns(seed);
        try (ParquetSink sink = catalog.partition(tile)) {
            for (int from = 0; from < order.length; from += BATCH_ROWS) {
                sink.write(columns.batch(rows, order, from, Math.min(order.length, from + BATCH_ROWS)));
            }
            sink.commit();
            catalog.add(tile, sink.written());
        }
    }

    private static <T> T await(Future<T> task) {
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageException("memory", "generating catalogs was interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("generating rows failed", e.getCause());
        }
    }
}
