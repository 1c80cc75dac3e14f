package org.xmatch.io.pipeline;

import org.xmatch.io.StorageException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What may be at the place of a catalog to be written. Stateless. */
final class ReplaceableCatalog {

    // what writers of HATS put beside the dataset
    private static final Set<String> NAMES = Set.of("hats.properties", "properties", "partition_info.csv", "dataset",
            "data_thumbnail.parquet", "per_partition_statistics.parquet", "README.md", "index.html");

    private ReplaceableCatalog() {}

    /**
     * Fails unless nothing is there, or a catalog that may be replaced: with nothing else in its folder,
     * which would be lost.
     */
    static void require(Path target, boolean overwrite) {
        if (!Files.exists(target)) {
            return;
        }
        if (!overwrite) {
            throw new StorageException(target.toString(), target + " exists already: give --overwrite to replace it");
        }
        if (!Files.isDirectory(target)) {
            throw new StorageException(target.toString(), target + " is a file: a HATS catalog is a folder, and only"
                    + " replaces another one; name another place");
        }
        List<String> names;
        try (Stream<Path> found = Files.list(target)) {
            names = found.map(path -> path.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new StorageException(target.toString(), "cannot list the folder " + target + ": " + e, e);
        }
        if (!names.contains("hats.properties") && !names.contains("properties")) {
            throw new StorageException(target.toString(), target + " is a folder without hats.properties, no HATS"
                    + " catalog: it is not replaced; name another place");
        }
        for (String name : names) {
            boolean known = NAMES.contains(name) || name.endsWith(".fits") || name.endsWith(".png");
            if (!known) {
                throw new StorageException(target.toString(), target + " is not replaced: '" + name + "' in it belongs"
                        + " to no HATS catalog; remove it, or name another place");
            }
        }
    }
}
