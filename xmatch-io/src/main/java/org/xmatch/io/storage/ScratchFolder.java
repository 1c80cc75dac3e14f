package org.xmatch.io.storage;

import org.jspecify.annotations.Nullable;
import org.xmatch.io.StorageException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A local folder for what does not fit the memory; made when a file is first asked for, removed with all files by
 * {@link #close}. What a killed job left there is removed first. Thread-safe.
 */
public final class ScratchFolder implements AutoCloseable {

    private final @Nullable Path place;
    private @Nullable Path folder;
    private int files;

    private ScratchFolder(@Nullable Path place) {
        this.place = place;
    }

    /** @param folder removed by {@link #close()}: nobody else's */
    public static ScratchFolder at(Path folder) {
        return new ScratchFolder(folder);
    }

    /** Beside an output, for who holds its {@link OutputLock}. */
    public static ScratchFolder beside(Path output) {
        return at(AtomicFile.hidden(output, "sort"));
    }

    /** In the system's folder for temporary files. */
    public static ScratchFolder temporary() {
        return new ScratchFolder(null);
    }

    /** A name in the folder that no file has. */
    public synchronized Path newFile() {
        if (folder == null) {
            folder = make();
        }
        return folder.resolve(Integer.toString(files++));
    }

    /** Removes a file that was made there. */
    public static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new StorageException(file.toString(), "cannot remove " + file + ": " + e, e);
        }
    }

    private Path make() {
        if (place == null) {
            try {
                return Files.createTempDirectory("xmatch-");
            } catch (IOException e) {
                String parent = System.getProperty("java.io.tmpdir");
                throw new StorageException(parent, "cannot make a folder in " + parent + ": " + e, e);
            }
        }
        Folders.delete(place);
        Folders.create(place);
        return place;
    }

    @Override
    public synchronized void close() {
        if (folder != null) {
            Folders.delete(folder);
            folder = null;
        }
    }
}
