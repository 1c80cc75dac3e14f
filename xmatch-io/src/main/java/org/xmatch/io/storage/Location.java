package org.xmatch.io.storage;

import java.util.List;
import java.util.Optional;

/** A file or folder, by path or URI. Immutable and thread-safe. */
public interface Location {

    /**
     * The location a user named: a local path, or a {@code file:}, {@code s3:}, {@code http:} or {@code https:}
     * URI.
     *
     * @param storage reaches remote ones
     * @param counters counts what is read through this location and all derived from it
     * @throws org.xmatch.io.StorageException when it is neither
     */
    static Location of(String pathOrUri, Storage storage, ReadCounters counters) {
        return storage.locate(pathOrUri, counters);
    }

    /** The location a user named, reached with the default options. */
    static Location of(String pathOrUri, ReadCounters counters) {
        return of(pathOrUri, Storage.standard(), counters);
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

    /** Whether a server is asked for the files here. */
    boolean isRemote();

    /** Whether a file (not a folder) is there. Costs a request where the location is remote. */
    boolean isFile();

    /**
     * What tells the file from what it was before it was written anew: its size and time of modification.
     * Empty where a server would have to be asked.
     */
    Optional<String> state();

    /** Opens the file, which has to be there. */
    RangeSource open();

    /** Opens the file, or returns empty where there is none. */
    Optional<RangeSource> openIfPresent();

    /** The whole file, or empty where there is none. */
    Optional<byte[]> readIfPresent();

    /** The whole file as a source, for files that are read in full; empty where there is none. */
    default Optional<RangeSource> loadIfPresent() {
        return readIfPresent().map(bytes -> new BytesSource(toString(), bytes));
    }

    /**
     * Says that these files below may be read in full soon: a remote location asks for all of them
     * at once. Returns at once.
     */
    void announce(List<String> children);

    /**
     * Names of the files and folders inside this folder, sorted; a folder's ends in a slash.
     *
     * @throws org.xmatch.io.StorageException when it cannot be listed; HTTP servers never list
     */
    List<String> list();

    /**
     * Where files at or below this location seemed absent because the server refused access to
     * them: a sentence for the user, with a way out; else empty.
     */
    Optional<String> refusal();
}
