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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks of the leaves that an earlier run of a job says it finished. Stateless. */
final class LeafCheck {

    private LeafCheck() {}

    /**
     * Takes the units out whose leaf is not as it was written, to the byte, and removes all files of the
     * catalog but the leaves of the others, which it returns.
     */
    static Map<HealpixPixel, WrittenFile> keepWhole(Path catalog, Map<HealpixPixel, FinishedUnit> finished) {
        Map<HealpixPixel, WrittenFile> leaves = new ConcurrentHashMap<>();
        finished.values().parallelStream().filter(unit -> unit.rows() > 0)
                .forEach(unit -> whole(catalog, unit).ifPresent(leaf -> leaves.put(unit.pixel(), leaf)));
        finished.values().removeIf(unit -> unit.rows() > 0 && !leaves.containsKey(unit.pixel()));
        Set<Path> kept = leaves.values().stream().map(WrittenFile::path).collect(Collectors.toSet());
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
        return leaves;
    }

    private static Optional<WrittenFile> whole(Path catalog, FinishedUnit unit) {
        Path leaf = CatalogFiles.leaf(catalog, unit.pixel());
        if (!Files.isRegularFile(leaf)) {
            return Optional.empty();
        }
        try {
            WrittenFile file = WrittenFile.reopen(leaf);
            return Optional.of(file).filter(found -> found.bytes() == unit.bytes() && found.rows() == unit.rows()
                    && found.checksum().orElseThrow() == unit.checksum());
        } catch (XMatchException damaged) {
            return Optional.empty(); // whatever is wrong with it, the unit is done again
        }
    }
}
