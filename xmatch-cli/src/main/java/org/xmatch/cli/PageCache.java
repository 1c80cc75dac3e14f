package org.xmatch.cli;

import org.xmatch.io.StorageException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Empties the operating system's page cache of catalogs, as far as that is permitted. */
final class PageCache {

    private static final Path DROP_CACHES = Path.of("/proc/sys/vm/drop_caches");

    private final List<Path> folders;

    /** For catalogs in these folders; names that are no local folders are passed over. */
    PageCache(List<String> names) {
        this.folders = names.stream().filter(name -> !name.contains("://")).map(Path::of).filter(Files::exists).toList();
    }

    /** Drops what is cached of the catalogs; returns how, or empty where it cannot be done here. */
    Optional<String> drop() {
        run(List.of("sync"));
        if (Files.isWritable(DROP_CACHES)) {
            try {
                Files.writeString(DROP_CACHES, "1\n");
                return Optional.of("drop_caches");
            } catch (IOException notPermitted) {
                // in containers it only looks writable
            }
        }
        return dropFiles() ? Optional.of("posix_fadvise by dd") : Optional.empty();
    }

    private boolean dropFiles() {
        for (Path folder : folders) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    // GNU dd advises the system to forget the whole file, and reads nothing
                    if (!run(List.of("dd", "if=" + file, "iflag=nocache", "count=0", "status=none"))) {
                        return false;
                    }
                }
            } catch (IOException e) {
                throw new StorageException(folder.toString(), "cannot list " + folder + ": " + e, e);
            }
        }
        return !folders.isEmpty();
    }

    private static boolean run(List<String> command) {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (IOException noSuchProgram) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
