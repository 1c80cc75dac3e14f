package org.xmatch.cli;

import org.xmatch.io.StorageException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** Checks of paths to be written, before any work is done. */
final class OutputPath {

    private OutputPath() {}

    /** Fails unless a file can be made at the path without harm to what is there or to the inputs. */
    static void requireFree(Path path, boolean overwrite, List<String> inputs) {
        requireParent(path);
        if (Files.isDirectory(path)) {
            throw new StorageException(path.toString(), path + " is a folder: name a file to write");
        }
        if (Files.exists(path)) {
            for (String input : inputs) {
                if (isSame(path, input)) {
                    throw new StorageException(path.toString(), path + " is also an input: name another file");
                }
            }
            if (!overwrite) {
                throw new StorageException(path.toString(), path + " exists already: give --overwrite to replace it");
            }
        }
    }

    /** Fails unless the folder of the path is there and can be written. */
    static void requireParent(Path path) {
        Path parent = path.toAbsolutePath().getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw new StorageException(path.toString(), "cannot write " + path + ": there is no folder " + parent);
        }
        if (!Files.isWritable(parent)) {
            throw new StorageException(path.toString(), "cannot write " + path + ": no permission in " + parent);
        }
    }

    private static boolean isSame(Path path, String input) {
        try {
            return Files.isSameFile(path, Path.of(input));
        } catch (IOException | InvalidPathException e) {
            return false; // a URI, or nothing there: opening it tells
        }
    }
}
