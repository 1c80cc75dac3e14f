package org.xmatch.io.storage;

import org.xmatch.io.StorageException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Local folders with all that is in them. Stateless. */
public final class Folders {

    private Folders() {}

    /** Makes a folder and those above it, unless they are there. */
    public static void create(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new StorageException(folder.toString(), "cannot make the folder " + folder + ": " + e, e);
        }
    }

    /** Removes a folder, if it is there, and all that is in it; links are removed, not followed. */
    public static void delete(Path tree) {
        if (!Files.exists(tree)) {
            return;
        }
        try {
            List<Path> paths;
            try (Stream<Path> found = Files.walk(tree)) {
                paths = found.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path path : paths) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new StorageException(tree.toString(), "cannot remove the folder " + tree + ": " + e, e);
        }
    }

    /** Gives a folder another name on the same disk, at once. */
    public static void rename(Path folder, Path name) {
        try {
            Files.move(folder, name);
        } catch (IOException e) {
            throw new StorageException(name.toString(), "cannot rename " + folder + " to " + name + ": " + e, e);
        }
    }
}
