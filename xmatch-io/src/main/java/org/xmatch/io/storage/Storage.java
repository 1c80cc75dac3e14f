package org.xmatch.io.storage;

import org.jspecify.annotations.Nullable;
import org.xmatch.io.StorageException;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Local disks, S3 and HTTP servers under one roof: resolves what users name, and shares connections,
 * fetching threads and the memory for fetched bytes between all that is opened through it. Holds no
 * thread and no open file when nothing is read. Thread-safe.
 */
public final class Storage {

    private static final String S3 = "s3://";

    private final StorageOptions options;
    private @Nullable BlockFetcher fetcher;
    private @Nullable ObjectStore s3;
    private @Nullable ObjectStore http;

    private Storage(StorageOptions options) {
        this.options = options;
    }

    public static Storage of(StorageOptions options) {
        return new Storage(options);
    }

    /** With the default options, shared by the whole program. */
    public static Storage standard() {
        return Standard.STORAGE;
    }

    private static final class Standard {
        static final Storage STORAGE = of(StorageOptions.DEFAULT);
    }

    /** How it was asked to work. */
    public StorageOptions options() {
        return options;
    }

    Location locate(String pathOrUri, ReadCounters counters) {
        try {
            if (pathOrUri.startsWith("file:")) {
                return new LocalLocation(Path.of(URI.create(pathOrUri)), this, counters);
            }
            if (Location.isUri(pathOrUri)) {
                return new RemoteFiles(this, store(pathOrUri), counters).locate(RemoteName.of(pathOrUri));
            }
            return new LocalLocation(Path.of(pathOrUri), this, counters);
        } catch (IllegalArgumentException e) { // InvalidPathException is one
            throw new StorageException(pathOrUri, "'" + pathOrUri + "' is no path: " + e.getMessage(), e);
        }
    }

    private ObjectStore store(String uri) {
        if (uri.startsWith(S3)) {
            return s3();
        }
        if (uri.startsWith("http://") || uri.startsWith("https://")) {
            return http();
        }
        throw new StorageException(uri, "cannot open " + uri + ": catalogs are read from local paths and from"
                + " file:, s3:, http: and https: URIs");
    }

    private synchronized ObjectStore s3() {
        if (s3 == null) {
            try {
                s3 = S3Store.of(options);
            } catch (NoClassDefFoundError e) {
                throw new StorageException("s3:", "S3 cannot be used: the AWS SDK is not there (" + e.getMessage()
                        + "); xmatch-s3.jar has to lie beside xmatch.jar", e);
            }
        }
        return s3;
    }

    /**
     * Where one of the words begins like a name on S3, has the AWS SDK loaded on a thread of its own: it takes a tenth of a
     * second, in which a program may read its options.
     */
    public static void foresee(List<String> words) {
        foreseen(words).ifPresent(Thread::start);
    }

    static Optional<Thread> foreseen(List<String> words) {
        if (words.stream().noneMatch(word -> word.startsWith(S3))) {
            return Optional.empty();
        }
        Thread thread = new Thread(() -> {
            try {
                S3Store.rehearse();
            } catch (IOException | RuntimeException | LinkageError e) {
                // said by whoever needs it
            }
        }, "xmatch-foresee");
        thread.setDaemon(true);
        return Optional.of(thread);
    }

    private synchronized ObjectStore http() {
        if (http == null) {
            http = new HttpStore(options.retries().timeout());
        }
        return http;
    }

    /** Whether the memory for fetched bytes has room beyond what was announced so far. */
    public boolean hasRoom() {
        return fetcher().hasRoom();
    }

    /** Requests for announced bytes that may be under way at a time: follows the line to the server. */
    public int requestsInFlight() {
        return fetcher().inFlight();
    }

    /** Says whether bytes read once are likely to be read again soon, so that they are better kept. */
    public void keepRead(boolean value) {
        fetcher().keepRead(value);
    }

    /** Runs short tasks that wait for servers, several at a time, on daemon threads. */
    public Executor openers() {
        return fetcher().openers();
    }

    synchronized BlockFetcher fetcher() {
        if (fetcher == null) {
            fetcher = new BlockFetcher(options.fetch());
        }
        return fetcher;
    }
}
