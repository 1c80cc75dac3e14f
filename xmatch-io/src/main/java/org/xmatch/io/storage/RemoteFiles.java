package org.xmatch.io.storage;

import org.xmatch.io.StorageException;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The remote files reached from one location a user named: what was opened, asked for ahead, or
 * refused. A file opened once is the same version ever after. Thread-safe.
 */
final class RemoteFiles {

    private final Storage storage;
    private final ObjectStore store;
    private final ReadCounters counters;
    private final Transfer transfer;
    private final Map<RemoteName, RemoteFile> opened = new ConcurrentHashMap<>();
    private final Map<RemoteName, CompletableFuture<Optional<byte[]>>> announced = new ConcurrentHashMap<>();
    private final Map<RemoteName, StorageException> refused = new ConcurrentHashMap<>();

    RemoteFiles(Storage storage, ObjectStore store, ReadCounters counters) {
        this.storage = storage;
        this.store = store;
        this.counters = counters;
        this.transfer = new Transfer(store, storage.options().retries(), counters,
                () -> storage.fetcher().isRetried());
    }

    Location locate(RemoteName name) {
        return new RemoteLocation(this, name);
    }

    /** A URI that a remote file names. */
    Location locate(String uri) {
        return storage.locate(uri, counters);
    }

    FetchOptions options() {
        return storage.options().fetch();
    }

    BlockFetcher fetcher() {
        return storage.fetcher();
    }

    Transfer transfer() {
        return transfer;
    }

    ReadCounters counters() {
        return counters;
    }

    /** Opens the file; throws where there is none. */
    RangeSource open(RemoteName name) {
        return opened.computeIfAbsent(name, unopened -> new RemoteFile(unopened, this)).acquire();
    }

    /**
     * Opens the file, or returns empty where there is none or access is refused: servers refuse
     * where they do not want to say what is not there.
     */
    Optional<RangeSource> openIfPresent(RemoteName name) {
        try {
            return Optional.of(open(name));
        } catch (StorageException e) {
            return absent(name, e);
        }
    }

    Optional<byte[]> readIfPresent(RemoteName name) {
        CompletableFuture<Optional<byte[]>> ahead = announced.remove(name);
        if (ahead == null) {
            return read(name);
        }
        long started = System.nanoTime();
        try {
            return ahead.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        } finally {
            counters.addWait(System.nanoTime() - started);
        }
    }

    void announce(RemoteName name) {
        announced.computeIfAbsent(name, unread ->
                CompletableFuture.supplyAsync(() -> read(unread), storage.openers()));
    }

    private Optional<byte[]> read(RemoteName name) {
        try {
            return Optional.of(transfer.whole(name));
        } catch (StorageException e) {
            return absent(name, e);
        }
    }

    private <T> Optional<T> absent(RemoteName name, StorageException e) {
        int status = e.request().map(StorageException.Request::status).orElse(0);
        if (Transfer.isRefused(status)) {
            refused.put(name, e);
        } else if (!Transfer.isAbsent(status)) {
            throw e;
        }
        return Optional.empty();
    }

    List<String> list(RemoteName name) {
        return transfer.list(name);
    }

    Optional<String> refusal(RemoteName name) {
        return refused.keySet().stream().filter(file -> (file + "/").startsWith(name + "/"))
                .min(Comparator.comparing(RemoteName::toString))
                .map(file -> "the server refused access to " + file + " (status "
                        + refused.get(file).request().orElseThrow().status() + "): " + store.keysHint());
    }
}
