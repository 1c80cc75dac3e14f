package org.xmatch.io.storage;

import org.xmatch.io.StorageException;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A file or folder, by path or URI. Immutable and thread-safe. */
public interface Location {

    /**
     * The location a user named: a local path or a {@code file:} URI.
     *
     * @param counters counts what is read through this location and all derived from it
     */
    static Location of(String pathOrUri, ReadCounters counters) {
        try {
            if (pathOrUri.startsWith("file:")) {
                return new LocalLocation(Path.of(URI.create(pathOrUri)), counters);
            }
            if (isUri(pathOrUri)) {
                throw new StorageException(pathOrUri, "cannot open " + pathOrUri
                        + ": this version reads local files only");
            }
            return new LocalLocation(Path.of(pathOrUri), counters);
        } catch (IllegalArgumentException e) { // InvalidPathException is one
            throw new StorageException(pathOrUri, "'" + pathOrUri + "' is no path: " + e.getMessage(), e);
        }
    }

    /** Whether the text begins with a scheme, as in {@code s3://bucket}. */
    static boolean isUri(String pathOrUri) {
        return pathOrUri.matches("[A-Za-z][A-Za-z0-9+.-]+://.*") || pathOrUri.startsWith("file:");
    }

    /** A file or folder below this one; an absolute path or a URI stands for itself. */
    Location resolve(String relative);

    /** The last part of the path, without trailing slashes. */
    String name();

    /** Whole path or URI, for messages. */
    @Override
    String toString();

    /** Whether a file (not a folder) is there. */
    boolean isFile();

    /** Opens the file. */
    RangeSource open();

    /** The whole file, or empty where there is none. */
    Optional<byte[]> readIfPresent();

    /** Names of the files and folders inside this folder, sorted. */
    List<String> list();
}
