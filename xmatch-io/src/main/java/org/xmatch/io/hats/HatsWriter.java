package org.xmatch.io.hats;

import org.xmatch.core.healpix.HealpixPixel;
import org.xmatch.io.StorageException;
import org.xmatch.io.parquet.ParquetSink;
import org.xmatch.io.parquet.ParquetWriteOptions;
import org.xmatch.io.parquet.WrittenFile;
import org.xmatch.io.storage.DiskFlusher;
import org.xmatch.io.storage.Folders;
import org.xmatch.io.storage.OutputLock;
import org.xmatch.io.table.Field;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * Writes a HATS catalog to a local folder. Leaves go to a folder beside the target, which gets the
 * target's name when everything is in it and on the disk: a reader never sees half a catalog.
 * Partitions may be written by several threads.
 */
public final class HatsWriter implements AutoCloseable {

    /** The spatial index: NESTED pixel at order 29, the first column of every leaf, ascending. */
    public static final Field INDEX = CatalogFiles.INDEX;

    private final Path target;
    private final Path folder;
    private final CatalogFiles files;
    private final OutputLock lock;

    private HatsWriter(Path target, Path folder, CatalogFiles files, OutputLock lock) {
        this.target = target;
        this.folder = folder;
        this.files = files;
        this.lock = lock;
    }

    /**
     * @param target folder to make, which is not there yet
     * @param columns columns behind the spatial index
     * @param executor runs the encoding
     * @throws StorageException when the target exists, another job writes it, or its parent cannot be written to
     */
    public static HatsWriter create(Path target, HatsDescription description, List<Field> columns,
            ParquetWriteOptions options, Executor executor) {
        Path absolute = target.toAbsolutePath();
        Path folder = absolute.resolveSibling("." + target.getFileName() + ".incomplete");
        Folders.create(absolute.getParent());
        OutputLock lock = OutputLock.of(target);
        try {
            if (Files.exists(target)) {
                throw new StorageException(target.toString(),
                        target + " exists already: remove it, or name another folder");
            }
            Folders.delete(folder);
            Folders.create(folder.resolve(HatsPaths.DATASET));
            return new HatsWriter(absolute, folder,
                    new CatalogFiles(folder, description, columns, options, Map.of(), executor), lock);
        } catch (RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    /** The index and the columns behind it. */
    public List<Field> fields() {
        return files.fields();
    }

    /** A sink for the rows of a partition, which ascend by the index; to be committed and {@linkplain #add added}. */
    public ParquetSink partition(HealpixPixel pixel) {
        return files.partition(pixel);
    }

    /** Takes a committed partition, with at least one row, into the catalog. */
    public void add(HealpixPixel pixel, WrittenFile leaf) {
        files.add(pixel, leaf);
    }

    /** Number of rows added so far. */
    public long rows() {
        return files.rows();
    }

    /** Writes the metadata and gives the catalog its name. */
    public void commit() {
        files.complete(Map.of(), Map.of());
        Folders.rename(folder, target);
        DiskFlusher.forceFolder(target.getParent());
    }

    /** Removes what was written, unless it is committed. */
    @Override
    public void close() {
        try (lock) {
            files.close();
            Folders.delete(folder);
        }
    }
}
