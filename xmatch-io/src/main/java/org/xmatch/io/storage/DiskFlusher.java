package org.xmatch.io.storage;

import org.jspecify.annotations.Nullable;
import org.xmatch.io.StorageException;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Forces files to the disk behind the threads that write them. A disk confirms many files at once in
 * little more time than one, so several threads wait for it: 10,000 small files take seconds.
 * Thread-safe.
 */
public final class DiskFlusher implements AutoCloseable {

    private static final int THREADS = 8;
    private static final boolean HAS_FOLDERS_TO_FORCE = FileSystems.getDefault().getSeparator().equals("/");

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "xmatch-flusher");
        thread.setDaemon(true);
        return thread;
    });
    private int pending;
    private @Nullable StorageException failure;

    /** Has the file forced to the disk; returns at once. */
    public synchronized void add(Path file) {
        pending++;
        threads.execute(() -> {
            StorageException failed = null;
            try {
                force(file, StandardOpenOption.WRITE);
            } catch (StorageException e) {
                failed = e;
            } finally {
                done(failed);
            }
        });
    }

    private synchronized void done(@Nullable StorageException failed) {
        if (failure == null) {
            failure = failed;
        }
        pending--;
        notifyAll();
    }

    /**
     * Returns when all files added are on the disk.
     *
     * @throws StorageException when one could not be forced there
     */
    public synchronized void await() {
        try {
            while (pending > 0) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageException("disk", "interrupted while files were forced to the disk", e);
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Forces names in a folder to the disk: files that were made, renamed or removed there. */
    public static void forceFolder(Path folder) {
        if (HAS_FOLDERS_TO_FORCE && folder.getFileSystem() == FileSystems.getDefault()) {
            force(folder, StandardOpenOption.READ);
        }
    }

    private static void force(Path path, StandardOpenOption access) {
        try (FileChannel channel = FileChannel.open(path, access)) {
            channel.force(true);
        } catch (IOException e) {
            throw new StorageException(path.toString(), "cannot force " + path + " to the disk: " + e, e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
