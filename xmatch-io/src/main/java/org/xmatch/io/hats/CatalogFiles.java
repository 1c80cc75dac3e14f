package org.xmatch.io.hats;

import org.xmatch.core.healpix.HealpixPixel;
import org.xmatch.io.StorageException;
import org.xmatch.io.parquet.MetadataFile;
import org.xmatch.io.parquet.ParquetSink;
import org.xmatch.io.parquet.ParquetWriteOptions;
import org.xmatch.io.parquet.WriteBuffers;
import org.xmatch.io.parquet.WrittenFile;
import org.xmatch.io.storage.AtomicFile;
import org.xmatch.io.storage.DiskFlusher;
import org.xmatch.io.table.Field;
import org.xmatch.io.table.Logical;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/**
 * Writes the files of a HATS catalog in a folder: leaves, several at a time, then what describes them.
 * The folder is a catalog, and on the disk, when {@link #complete} returns. Thread-safe.
 */
public final class CatalogFiles implements AutoCloseable {

    /** The spatial index: NESTED pixel at order 29, the first column of every leaf, ascending. */
    public static final Field INDEX =
            new Field("_healpix_29", Field.Physical.INT64, 0, Logical.NONE, false);

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm'UTC'", Locale.ROOT);

    private final Path folder;
    private final HatsDescription description;
    private final List<Field> fields;
    private final ParquetWriteOptions options;
    private final Map<String, String> leafMetadata;
    private final Executor executor;
    private final SortedMap<HealpixPixel, WrittenFile> leaves = new TreeMap<>();
    private final DiskFlusher flusher = new DiskFlusher();
    private final WriteBuffers buffers = new WriteBuffers();

    /**
     * @param folder where the catalog is made, which is there
     * @param columns columns behind the spatial index
     * @param leafMetadata key-value metadata of every leaf
     * @param executor runs the encoding
     */
    public CatalogFiles(Path folder, HatsDescription description, List<Field> columns, ParquetWriteOptions options,
            Map<String, String> leafMetadata, Executor executor) {
        this.folder = folder;
        this.description = description;
        this.fields = Stream.concat(Stream.of(INDEX), columns.stream()).toList();
        this.options = options.withSortedBy(INDEX.name());
        this.leafMetadata = Map.copyOf(leafMetadata);
        this.executor = executor;
    }

    /** The index and the columns behind it. */
    public List<Field> fields() {
        return fields;
    }

    /** Where the leaf of a partition is in the catalog in this folder. */
    public static Path leaf(Path folder, HealpixPixel pixel) {
        return folder.resolve(HatsPaths.leaf(pixel) + HatsPaths.DEFAULT_SUFFIX);
    }

    /** A sink for the rows of a partition, which ascend by the index; to be committed and {@linkplain #add added}. */
    public ParquetSink partition(HealpixPixel pixel) {
        Path leaf = leaf(folder, pixel);
        try {
            Files.createDirectories(leaf.getParent());
        } catch (IOException e) {
            throw new StorageException(leaf.toString(), "cannot make the folder of " + leaf + ": " + e, e);
        }
        return ParquetSink.createSummed(leaf, fields, options, leafMetadata, executor, buffers);
    }

    /** Takes a committed partition, with at least one row, into the catalog. */
    public synchronized void add(HealpixPixel pixel, WrittenFile leaf) {
        if (leaf.rows() == 0) {
            throw new IllegalArgumentException("partition " + pixel + " has no rows");
        }
        if (leaves.put(pixel, leaf) != null) {
            throw new IllegalArgumentException("partition " + pixel + " was added twice");
        }
        flusher.add(leaf.path());
    }

    /** Number of rows added so far. */
    public synchronized long rows() {
        return leaves.values().stream().mapToLong(WrittenFile::rows).sum();
    }

    /**
     * Writes what describes the leaves, and forces everything to the disk.
     *
     * @param properties added to those of the description
     * @param metadata key-value metadata of {@code _metadata} and {@code _common_metadata}
     */
    public synchronized void complete(Map<String, String> properties, Map<String, String> metadata) {
        Path dataset = folder.resolve(HatsPaths.DATASET);
        new MetadataFile(fields, metadata).write(dataset.resolve(HatsPaths.COMMON_METADATA));
        MetadataFile all = new MetadataFile(fields, metadata);
        StringBuilder list = new StringBuilder("Norder,Npix\n");
        leaves.forEach((pixel, leaf) -> {
            all.add((HatsPaths.leaf(pixel) + HatsPaths.DEFAULT_SUFFIX).substring(HatsPaths.DATASET.length() + 1), leaf);
            list.append(pixel.order()).append(',').append(pixel.pixel()).append('\n');
        });
        all.write(dataset.resolve(HatsPaths.METADATA));
        write(HatsPaths.PARTITION_INFO, list.toString());
        StringBuilder text = new StringBuilder("#HATS catalog\n");
        properties(properties).forEach((key, value) -> text.append(key).append('=')
                .append(value.replace("\\", "\\\\").replace("\n", "\\n")).append('\n'));
        write(HatsPaths.OLD_PROPERTIES, text.toString());
        write(HatsPaths.PROPERTIES, text.toString());
        flusher.await();
        TreeSet<Path> folders = new TreeSet<>(List.of(folder, dataset));
        for (HealpixPixel pixel : leaves.keySet()) {
            Path of = leaf(folder, pixel).getParent();
            folders.add(of);
            folders.add(of.getParent());
        }
        folders.forEach(DiskFlusher::forceFolder);
    }

    private Map<String, String> properties(Map<String, String> more) {
        int order = 0;
        double area = 0;
        long bytes = 0;
        long largest = 0;
        for (Map.Entry<HealpixPixel, WrittenFile> leaf : leaves.entrySet()) {
            order = Math.max(order, leaf.getKey().order());
            area += 1 / (12 * Math.pow(4, leaf.getKey().order()));
            bytes += leaf.getValue().bytes();
            largest = Math.max(largest, leaf.getValue().rows());
        }
        Map<String, String> out = new LinkedHashMap<>();
        out.put(HatsProperties.NAME, description.name());
        out.put(HatsProperties.TYPE, description.primary() == null ? "object" : "margin");
        out.put(HatsProperties.ROWS, Long.toString(rows()));
        out.put(HatsProperties.RA, description.raColumn());
        out.put(HatsProperties.DEC, description.decColumn());
        out.put(HatsProperties.HEALPIX, INDEX.name());
        out.put(HatsProperties.HEALPIX_ORDER, "29");
        if (description.primary() != null) {
            out.put(HatsProperties.PRIMARY, description.primary());
            out.put(HatsProperties.MARGIN_THRESHOLD, Double.toString(description.marginArcsec()));
        }
        out.put("hats_cols_sort", INDEX.name());
        out.put("hats_max_rows", Long.toString(description.maxRows() > 0 ? description.maxRows() : largest));
        out.put("hats_order", Integer.toString(order));
        out.put(HatsProperties.NPIX_SUFFIX, HatsPaths.DEFAULT_SUFFIX);
        out.put("moc_sky_fraction", String.format(Locale.ROOT, "%.5f", area));
        out.put("hats_estsize", Long.toString(bytes / 1024));
        out.put("hats_builder", "xmatch");
        out.put("hats_creation_date", DATE.format(description.created().orElseGet(Instant::now).atOffset(ZoneOffset.UTC)));
        out.put("hats_version", "v1.0");
        out.put("hats_release_date", "2025-08-22");
        out.putAll(new TreeMap<>(description.more()));
        out.putAll(new TreeMap<>(more));
        return out;
    }

    private void write(String name, String text) {
        try (AtomicFile file = AtomicFile.create(folder.resolve(name))) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            file.write(bytes, 0, bytes.length);
            file.commit();
        }
    }

    /** Ends the threads that force files to the disk, and lets go of the buffers; all sinks are closed. */
    @Override
    public void close() {
        flusher.close();
        buffers.close();
    }
}
