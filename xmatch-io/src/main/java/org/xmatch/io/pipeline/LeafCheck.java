package org.xmatch.io.pipeline;

import org.xmatch.core.healpix.HealpixPixel;
import org.xmatch.io.StorageException;
import org.xmatch.io.XMatchException;
import org.xmatch.io.hats.CatalogFiles;
import org.xmatch.io.parquet.WrittenFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks of the leaves that an earlier run of a job says it finished. Stateless. */
final class LeafCheck {

    private LeafCheck() {}

    /**
     * Takes the units out whose leaf is not as it was written, to the byte, and removes all files of the
     * catalog but the leaves of the others.
     */
    static void keepWhole(Path catalog, Map<HealpixPixel, FinishedUnit> finished) {
        Set<HealpixPixel> damaged = finished.values().parallelStream()
                .filter(unit -> unit.rows() > 0 && !isWhole(catalog, unit))
                .map(FinishedUnit::pixel).collect(Collectors.toSet());
        finished.keySet().removeAll(damaged);
        Set<Path> kept = finished.values().stream().filter(unit -> unit.rows() > 0)
                .map(unit -> CatalogFiles.leaf(catalog, unit.pixel())).collect(Collectors.toSet());
        try {
            List<Path> files;
            try (Stream<Path> found = Files.walk(catalog)) {
                files = found.filter(path -> Files.isRegularFile(path) && !kept.contains(path)).toList();
            }
            for (Path file : files) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new StorageException(catalog.toString(), "cannot clear " + catalog + ": " + e, e);
        }
    }

    private static boolean isWhole(Path catalog, FinishedUnit unit) {
        Path leaf = CatalogFiles.leaf(catalog, unit.pixel());
        if (!Files.isRegularFile(leaf)) {
            return false;
        }
        try {
            WrittenFile file = WrittenFile.reopen(leaf);
            return file.bytes() == unit.bytes() && file.rows() == unit.rows()
                    && file.checksum().orElseThrow() == unit.checksum();
        } catch (XMatchException damaged) {
            return false; // whatever is wrong with it, the unit is done again
        }
    }
}
