package org.xmatch.io.storage;

import org.xmatch.io.StorageException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The right to write one output, which one job at a time has, also among processes: a locked file
 * {@code .<name>.lock} beside the output. The system unlocks it when the process ends, however it
 * ends; a file left behind locks nobody out.
 */
public final class OutputLock implements AutoCloseable {

    // Closing any channel of a file gives up all locks that the process has on it, by POSIX: so a file that is
    // locked here is not opened a second time.
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();
    private static final int TRIALS = 4;

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
        Path folder = output.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new StorageException(output.toString(), "cannot write " + output + ": there is no folder "
                    + folder + "; create it first, or name another place");
        }
        Path file;
        try {
            file = folder.toRealPath().resolve("." + output.getFileName() + ".lock");
        } catch (IOException e) {
            throw new StorageException(output.toString(), "cannot write " + output + ": " + folder
                    + " cannot be looked up: " + e, e);
        }
        if (!HELD.add(file)) {
            throw taken(output);
        }
        boolean kept = false;
        try {
            while (true) {
                FileChannel channel =
                        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                try {
                    if (channel.tryLock() == null) {
                        throw taken(output);
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
        } finally {
            if (!kept) {
                HELD.remove(file);
            }
        }
    }

    /** Whether no job has the right to write the output now, and files can be locked there. */
    public static boolean isFree(Path output) {
        boolean interrupted = Thread.interrupted(); // channels do nothing for an interrupted thread
        try (OutputLock lock = of(output)) {
            return lock.output().equals(output);
        } catch (StorageException taken) {
            return false;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static StorageException taken(Path output) {
        return new StorageException(output.toString(), "another job is writing " + output
                + ": wait for it, or name another place");
    }

    /**
     * Whether the locked file still has its name, which its last holder may have removed meanwhile: lengths given to
     * the one show at the other. Opening the file for it would do harm.
     */
    private static boolean isStillThere(Path file, FileChannel channel) throws IOException {
        try {
            for (int trial = 0; trial < TRIALS; trial++) {
                int length = 1 + ThreadLocalRandom.current().nextInt(1 << 8);
                channel.truncate(0);
                channel.write(ByteBuffer.allocate(1), length - 1);
                if (Files.size(file) != length) {
                    return false;
                }
            }
            channel.truncate(0);
            return true;
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
        } finally {
            HELD.remove(file);
        }
    }
}
