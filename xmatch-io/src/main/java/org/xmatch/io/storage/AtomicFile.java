package org.xmatch.io.storage;

import org.jspecify.annotations.Nullable;
import org.xmatch.io.StorageException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.CRC32C;

/**
 * A local file that appears under its name only when it is whole.
 * <p>
 * Bytes go to a hidden temporary file beside the target, {@code .<name>.tmp-<random>}, which
 * {@link #commit()} moves over the target and {@link #close()} without it deletes. Every failure is
 * a {@link StorageException}. One thread at a time.
 */
public final class AtomicFile implements WritableByteChannel {

    // So many bytes at a time are forced to the disk beside the writing, so that little is left for the end.
    private static final long FLUSH_BYTES = 32L << 20;
    // FileChannel copies heap buffers through a direct one of the size asked for
    private static final int WRITE_BYTES = 1 << 20;

    private static final String TEMPORARY = ".tmp-";

    private final Path target;
    private final Path temporary;
    private final FileChannel channel;
    private final @Nullable CRC32C checksum;
    private long position;
    private long flushed;
    private FutureTask<Boolean> flush = new FutureTask<>(() -> true);
    private boolean committed;

    private AtomicFile(Path target, Path temporary, FileChannel channel, @Nullable CRC32C checksum) {
        this.target = target;
        this.temporary = temporary;
        this.channel = channel;
        this.checksum = checksum;
        this.flush.run();
    }

    /** Opens the temporary file; the folder of {@code target} has to exist. */
    public static AtomicFile create(Path target) {
        return create(target, false);
    }

    /**
     * The same for one of many files: {@link #commit()} leaves it to {@link DiskFlusher} to force the bytes to
     * the disk, and they are summed, so that a file whose bytes got lost can be told.
     */
    public static AtomicFile createSummed(Path target) {
        return create(target, true);
    }

    /** A name beside the target that {@link #deleteAbandoned} knows. */
    static Path hidden(Path target, String end) {
        return target.toAbsolutePath().resolveSibling("." + target.getFileName() + TEMPORARY + end);
    }

    /**
     * Deletes what killed processes left of this target. For who holds its {@link OutputLock}: others may be
     * writing.
     */
    public static void deleteAbandoned(Path target) {
        Path folder = target.toAbsolutePath().getParent();
        String prefix = "." + target.getFileName() + TEMPORARY;
        if (folder == null || !Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder,
                path -> path.getFileName().toString().startsWith(prefix))) {
            for (Path file : found) {
                if (Files.isDirectory(file)) {
                    Folders.delete(file);
                } else {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new StorageException(folder.toString(), "cannot delete the unfinished files " + prefix + "* in "
                    + folder + ": " + e, e);
        }
    }

    private static AtomicFile create(Path target, boolean summed) {
        Path absolute = target.toAbsolutePath();
        Path folder = absolute.getParent();
        Path name = absolute.getFileName();
        if (folder == null || name == null || Files.isDirectory(absolute)) {
            throw new StorageException(target.toString(), "cannot write " + target
                    + ": a folder is there; name a file inside it, or another place");
        }
        if (!Files.isDirectory(folder)) {
            throw new StorageException(target.toString(), "cannot write " + target + ": there is no folder "
                    + folder + "; create it first, or name another place");
        }
        while (true) {
            long random = ThreadLocalRandom.current().nextLong() >>> 1;
            Path temporary = hidden(absolute, Long.toString(random, 36));
            try {
                return new AtomicFile(target, temporary, FileChannel.open(temporary,
                        StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), summed ? new CRC32C() : null);
            } catch (FileAlreadyExistsException taken) {
                continue;
            } catch (AccessDeniedException e) {
                throw new StorageException(target.toString(), "cannot write " + target
                        + ": files may not be created in " + folder
                        + "; change the folder's permissions, or name another place", e);
            } catch (IOException e) {
                throw new StorageException(target.toString(), "cannot write " + target + ": creating "
                        + temporary + " failed: " + reason(e), e);
            }
        }
    }

    /** The name the file gets. */
    public Path target() {
        return target;
    }

    /** Bytes written so far. */
    public long position() {
        return position;
    }

    /** Of all bytes so far: CRC-32C. */
    public long checksum() {
        if (checksum == null) {
            throw new IllegalStateException(target + " is not summed");
        }
        return checksum.getValue();
    }

    /** Appends all remaining bytes of the buffer. */
    @Override
    public int write(ByteBuffer bytes) {
        int count = bytes.remaining();
        if (checksum != null) {
            checksum.update(bytes.duplicate());
        }
        int limit = bytes.limit();
        try {
            while (bytes.position() < limit) {
                bytes.limit((int) Math.min(limit, (long) bytes.position() + WRITE_BYTES));
                position += channel.write(bytes);
            }
        } catch (IOException e) {
            throw new StorageException(target.toString(), "cannot write " + target + ": " + count
                    + " more bytes after the first " + position + " failed: " + reason(e)
                    + "; nothing is left behind under that name. Free space, or name another place", e);
        } finally {
            bytes.limit(limit);
        }
        if (checksum == null && position - flushed >= FLUSH_BYTES && flush.isDone()) {
            awaitFlush();
            beginFlush();
        }
        return count;
    }

    private void beginFlush() {
        flushed = position;
        flush = new FutureTask<>(() -> {
            channel.force(false);
            return true;
        });
        Thread thread = new Thread(flush, "xmatch-flush");
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits for the bytes being forced; an error of the disk is told once only, so it is passed on here. */
    private void awaitFlush() {
        try {
            flush.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageException(target.toString(), "writing " + target
                    + " was interrupted; nothing is left behind under that name", e);
        } catch (ExecutionException e) {
            throw new StorageException(target.toString(), "cannot write " + target + ": forcing the first "
                    + flushed + " bytes to the disk failed: " + e.getCause()
                    + "; nothing is left behind under that name. Free space, or name another place", e.getCause());
        }
    }

    /** Appends {@code length} bytes from {@code bytes[at]}. */
    public void write(byte[] bytes, int at, int length) {
        write(ByteBuffer.wrap(bytes, at, length));
    }

    /**
     * Forces the bytes to the disk, unless the file is {@linkplain #createSummed summed}, and gives it its name,
     * replacing a file of that name.
     */
    public void commit() {
        if (committed) {
            throw new IllegalStateException(target + " is committed already");
        }
        awaitFlush();
        try {
            if (checksum == null) {
                channel.force(true);
            }
            channel.close();
            try {
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new StorageException(target.toString(), "cannot finish " + target + ": forcing " + position
                    + " bytes to the disk and renaming " + temporary + " failed: " + reason(e), e);
        }
        committed = true;
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    /** Deletes the temporary file unless committed. */
    @Override
    public void close() {
        if (committed) {
            return;
        }
        try {
            channel.close();
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            throw new StorageException(target.toString(), "cannot delete the unfinished " + temporary + ": "
                    + reason(e) + "; delete it by hand", e);
        }
    }

    // messages of file system exceptions may be the bare path
    private static String reason(IOException e) {
        return e.getClass().getSimpleName() + ": " + e.getMessage();
    }
}
