package org.xmatch.io.hats;

import org.xmatch.core.healpix.HealpixPixel;
import org.xmatch.io.StorageException;
import org.xmatch.io.parquet.MetadataFile;
import org.xmatch.io.parquet.ParquetSink;
import org.xmatch.io.parquet.ParquetWriteOptions;
import org.xmatch.io.parquet.WrittenFile;
import org.xmatch.io.storage.AtomicFile;
import org.xmatch.io.table.Field;
import org.xmatch.io.table.Logical;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/**
 * Writes a HATS catalog to a local folder. Leaves go to a folder beside the target, which gets the
 * target's name when everything is in it: a reader never sees half a catalog. Not thread-safe, but
 * several partitions may be open at once.
 */
public final class HatsWriter implements AutoCloseable {

    /** The spatial index: NESTED pixel at order 29, the first column of every leaf, ascending. */
    public static final Field INDEX =
            new Field("_healpix_29", Field.Physical.INT64, 0, Logical.NONE, false);

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm'UTC'", Locale.ROOT);

    private final Path target;
    private final Path folder;
    private final HatsDescription description;
    private final List<Field> fields;
    private final ParquetWriteOptions options;
    private final Executor executor;
    private final SortedMap<HealpixPixel, WrittenFile> leaves = new TreeMap<>();

    private HatsWriter(Path target, Path folder, HatsDescription description, List<Field> fields,
            ParquetWriteOptions options, Executor executor) {
        this.target = target;
        this.folder = folder;
        this.description = description;
        this.fields = fields;
        this.options = options;
        this.executor = executor;
    }

    /**
     * @param target folder to make, which is not there yet
     * @param columns columns behind the spatial index
     * @param executor runs the encoding
     * @throws StorageException when the target exists or its parent cannot be written to
     */
    public static HatsWriter create(Path target, HatsDescription description, List<Field> columns,
            ParquetWriteOptions options, Executor executor) {
        if (Files.exists(target)) {
            throw new StorageException(target.toString(), target + " exists already: remove it, or name another folder");
        }
        Path folder = target.toAbsolutePath().resolveSibling("." + target.getFileName() + ".unfinished");
        List<Field> fields = Stream.concat(Stream.of(INDEX), columns.stream()).toList();
        try {
            delete(folder);
            Files.createDirectories(folder.resolve(HatsPaths.DATASET));
        } catch (IOException e) {
            throw new StorageException(folder.toString(), "cannot make folder " + folder + ": " + e, e);
        }
        return new HatsWriter(target, folder, description, fields, options.withSortedBy(INDEX.name()), executor);
    }

    /** The index and the columns behind it. */
    public List<Field> fields() {
        return fields;
    }

    /** A sink for the rows of a partition, which ascend by the index; to be committed and {@linkplain #add added}. */
    public ParquetSink partition(HealpixPixel pixel) {
        Path leaf = folder.resolve(HatsPaths.leaf(pixel) + HatsPaths.DEFAULT_SUFFIX);
        try {
            Files.createDirectories(leaf.getParent());
        } catch (IOException e) {
            throw new StorageException(leaf.toString(), "cannot make the folder of " + leaf + ": " + e, e);
        }
        return ParquetSink.create(leaf, fields, options, Map.of(), executor);
    }

    /** Takes a committed partition, with at least one row, into the catalog. */
    public void add(HealpixPixel pixel, WrittenFile leaf) {
        if (leaf.rows() == 0) {
            throw new IllegalArgumentException("partition " + pixel + " has no rows");
        }
        if (leaves.put(pixel, leaf) != null) {
            throw new IllegalArgumentException("partition " + pixel + " was added twice");
        }
    }

    /** Number of rows added so far. */
    public long rows() {
        return leaves.values().stream().mapToLong(WrittenFile::rows).sum();
    }

    /** Writes the metadata and gives the catalog its name. */
    public void commit() {
        Path dataset = folder.resolve(HatsPaths.DATASET);
        new MetadataFile(fields, Map.of()).write(dataset.resolve(HatsPaths.COMMON_METADATA));
        MetadataFile metadata = new MetadataFile(fields, Map.of());
        StringBuilder list = new StringBuilder("Norder,Npix\n");
        leaves.forEach((pixel, leaf) -> {
            metadata.add((HatsPaths.leaf(pixel) + HatsPaths.DEFAULT_SUFFIX).substring(HatsPaths.DATASET.length() + 1), leaf);
            list.append(pixel.order()).append(',').append(pixel.pixel()).append('\n');
        });
        metadata.write(dataset.resolve(HatsPaths.METADATA));
        write(HatsPaths.PARTITION_INFO, list.toString());
        StringBuilder properties = new StringBuilder("#HATS catalog\n");
        properties().forEach((key, value) -> properties.append(key).append('=').append(value).append('\n'));
        write(HatsPaths.OLD_PROPERTIES, properties.toString());
        write(HatsPaths.PROPERTIES, properties.toString());
        try {
            Files.move(folder, target.toAbsolutePath());
        } catch (IOException e) {
            throw new StorageException(target.toString(), "cannot rename " + folder + " to " + target + ": " + e, e);
        }
    }

    private Map<String, String> properties() {
        int order = 0;
        double area = 0;
        long bytes = 0;
        for (Map.Entry<HealpixPixel, WrittenFile> leaf : leaves.entrySet()) {
            order = Math.max(order, leaf.getKey().order());
            area += 1 / (12 * Math.pow(4, leaf.getKey().order()));
            bytes += leaf.getValue().bytes();
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
        out.put("hats_max_rows", Long.toString(description.maxRows()));
        out.put("hats_order", Integer.toString(order));
        out.put(HatsProperties.NPIX_SUFFIX, HatsPaths.DEFAULT_SUFFIX);
        out.put("moc_sky_fraction", String.format(Locale.ROOT, "%.5f", area));
        out.put("hats_estsize", Long.toString(bytes / 1024));
        out.put("hats_builder", "xmatch");
        out.put("hats_creation_date", DATE.format(Instant.now().atOffset(ZoneOffset.UTC)));
        out.put("hats_version", "v1.0");
        out.put("hats_release_date", "2025-08-22");
        out.putAll(new TreeMap<>(description.more()));
        return out;
    }

    private void write(String name, String text) {
        try (AtomicFile file = AtomicFile.create(folder.resolve(name))) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            file.write(bytes, 0, bytes.length);
            file.commit();
        }
    }

    /** Removes what was written, unless it is committed. */
    @Override
    public void close() {
        try {
            delete(folder);
        } catch (IOException e) {
            throw new StorageException(folder.toString(), "cannot remove " + folder + ": " + e, e);
        }
    }

    private static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        List<Path> paths;
        try (Stream<Path> found = Files.walk(tree)) {
            paths = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.delete(path);
        }
    }
}
