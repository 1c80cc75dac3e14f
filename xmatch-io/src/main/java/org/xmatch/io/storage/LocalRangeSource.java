package org.xmatch.io.storage;

import org.xmatch.io.StorageException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** An open file on a local disk. */
final class LocalRangeSource implements RangeSource {

    // A read into a heap array goes through a native copy of its own length, kept per thread: short, it stays in the cache.
    private static final int SLICE = 128 << 10;

    private final Path path;
    private final FileChannel channel;
    private final long size;
    private final ReadCounters counters;

    private LocalRangeSource(Path path, FileChannel channel, long size, ReadCounters counters) {
        this.path = path;
        this.channel = channel;
        this.size = size;
        this.counters = counters;
    }

    static LocalRangeSource open(Path path, ReadCounters counters) {
        if (Files.isDirectory(path)) {
            throw new StorageException(path.toString(), path + " is a folder, not a file");
        }
        try {
            FileChannel channel = FileChannel.open(path);
            return new LocalRangeSource(path, channel, channel.size(), counters);
        } catch (NoSuchFileException e) {
            throw new StorageException(path.toString(), "there is no file " + path, e);
        } catch (IOException e) {
            throw new StorageException(path.toString(), "cannot open " + path + ": " + e, e);
        }
    }

    @Override
    public String location() {
        return path.toString();
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void read(long offset, byte[] into, int at, int length) {
        for (int done = 0; done < length; done += SLICE) {
            fill(offset + done, ByteBuffer.wrap(into, at + done, Math.min(SLICE, length - done)));
        }
        counters.add(length);
    }

    @Override
    public void read(long offset, ByteBuffer into, boolean goesOn) {
        int length = into.remaining();
        fill(offset, into);
        if (goesOn) {
            counters.addBytes(length);
        } else {
            counters.add(length);
        }
    }

    private void fill(long offset, ByteBuffer into) {
        long from = offset;
        try {
            while (into.hasRemaining()) {
                int count = channel.read(into, from);
                if (count < 0) {
                    throw new StorageException(path.toString(), path + " ends at byte " + from + ", before the end of"
                            + " the range " + offset + ".." + (from + into.remaining()) + ": it was cut short or"
                            + " replaced while being read");
                }
                from += count;
            }
        } catch (IOException e) {
            throw new StorageException(path.toString(), "cannot read bytes " + offset + ".." + (from + into.remaining())
                    + " of " + path + ": " + e, e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new StorageException(path.toString(), "cannot close " + path + ": " + e, e);
        }
    }
}
