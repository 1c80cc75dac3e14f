package org.xmatch.io.storage;

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
        throw new UnsupportedOperationException("contract only");
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
