package org.xmatch.io.storage;

import org.xmatch.io.StorageException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The right to write one output, which one job at a time has, also among processes: a locked file
 * {@code .<name>.lock} beside the output. The system unlocks it when the process ends, however it
 * ends; a file left behind locks nobody out.
 */
public final class OutputLock implements AutoCloseable {

    private final Path output;
    private final Path file;
    private final FileChannel channel;

    private OutputLock(Path output, Path file, FileChannel channel) {
        this.output = output;
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the right to write an output, which need not exist; its folder has to.
     *
     * @throws StorageException when another job has it, or files cannot be locked there
     */
    public static OutputLock of(Path output) {
        Path file = output.toAbsolutePath().resolveSibling("." + output.getFileName() + ".lock");
        if (!Files.isDirectory(file.getParent())) {
            throw new StorageException(output.toString(), "cannot write " + output + ": there is no folder "
                    + file.getParent() + "; create it first, or name another place");
        }
        try {
            while (true) {
                FileChannel channel =
                        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                boolean kept = false;
                try {
                    if (!tryLock(channel)) {
                        throw new StorageException(output.toString(), "another job is writing " + output
                                + ": wait for it, or name another place");
                    }
                    if (isStillThere(file, channel)) {
                        kept = true;
                        return new OutputLock(output, file, channel);
                    }
                } finally {
                    if (!kept) {
                        channel.close();
                    }
                }
            }
        } catch (IOException e) {
            throw new StorageException(output.toString(), "cannot write " + output + ": locking " + file + " failed ("
                    + e + "), so another job might write there too; name a place on a disk where files can be made"
                    + " and locked", e);
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // held by this process
        }
    }

    /** Whether the locked file still has its name: its last holder may have removed it meanwhile. */
    private static boolean isStillThere(Path file, FileChannel channel) throws IOException {
        String mark = ProcessHandle.current().pid() + " " + System.nanoTime();
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(mark.getBytes(StandardCharsets.US_ASCII)), 0);
        try {
            return Files.readString(file, StandardCharsets.US_ASCII).equals(mark);
        } catch (NoSuchFileException removed) {
            return false;
        }
    }

    /** The output that may be written. */
    public Path output() {
        return output;
    }

    /** Gives the right back. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(file); // first: whoever has opened it sees that it is gone
            channel.close();
        } catch (IOException e) {
            throw new StorageException(file.toString(), "cannot release " + file + ": " + e, e);
        }
    }
}
