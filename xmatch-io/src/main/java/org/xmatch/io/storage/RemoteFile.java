package org.xmatch.io.storage;

import org.jspecify.annotations.Nullable;
import org.xmatch.io.StorageException;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A file on a server. Blocks of it that were announced are fetched ahead by {@link BlockFetcher};
 * what was not is fetched when it is read. Thread-safe.
 */
final class RemoteFile {

    private final RemoteName name;
    private final RemoteFiles files;
    private final BlockFetcher fetcher;
    private @Nullable Version version;
    private @Nullable WholeFile whole;
    private boolean spooled;
    private int handles;

    /** Blocks by their first byte, none overlapping; guarded by the fetcher. */
    final TreeMap<Long, Block> blocks = new TreeMap<>();

    RemoteFile(RemoteName name, RemoteFiles files) {
        this.name = name;
        this.files = files;
        this.fetcher = files.fetcher();
    }

    /** Opens the file, with one request where it is not known yet. */
    synchronized RangeSource acquire() {
        if (version == null || handles == 0 && spooled) {
            long started = System.nanoTime();
            Transfer.Opened opened = files.transfer().open(name, files.options().tail());
            files.counters().addWait(System.nanoTime() - started);
            if (version != null && !version.mayBe(opened.version())) {
                throw new StorageException(name.toString(), name + " was replaced since it was first opened: start"
                        + " again");
            }
            version = opened.version();
            whole = opened.whole().orElse(null);
            spooled = whole != null;
            if (opened.tail().length > 0) {
                fetcher.put(new Block(this, version.size() - opened.tail().length, opened.tail().length),
                        opened.tail());
            }
        }
        handles++;
        return new Handle(version.size());
    }

    private synchronized void release(Handle handle) {
        handles--;
        fetcher.forget(this, handle);
        if (handles > 0) {
            return;
        }
        if (whole != null) {
            whole.close();
            whole = null;
        }
        fetcher.forget(this, this);
    }

    /** Fetches a block's bytes to the start of an array. */
    void fetch(Block block, byte[] into) {
        files.transfer().range(name, pinned(), block.from(), into, 0, block.length());
    }

    private synchronized Version pinned() {
        if (version == null) {
            throw new IllegalStateException(name + " is not open");
        }
        return version;
    }

    private synchronized @Nullable WholeFile whole() {
        return whole;
    }

    private void read(Handle handle, long offset, byte[] into, int at, int length) {
        WholeFile local = whole();
        if (local != null) {
            local.read(offset, into, at, length);
            return;
        }
        int done = 0;
        while (done < length) {
            long from = offset + done;
            Block block = fetcher.blockAt(this, from);
            byte[] bytes = block == null ? null : fetcher.await(block);
            if (block != null && bytes != null) {
                int skip = (int) (from - block.from());
                int count = Math.min(length - done, block.length() - skip);
                System.arraycopy(bytes, skip, into, at + done, count);
                fetcher.used(block, handle, new ByteRange(from, from + count));
                done += count;
                continue;
            }
            long next = fetcher.nextBlock(this, from);
            int count = (int) Math.min(length - done, next - from);
            files.transfer().range(name, pinned(), from, into, at + done, count);
            done += count;
        }
    }

    // with the monitor held, so that no block is announced after the last handle is closed
    private synchronized void prefetch(Handle handle, List<ByteRange> ranges) {
        if (ranges.isEmpty() || whole != null || handles == 0) {
            return;
        }
        FetchOptions options = files.options();
        long size = pinned().size();
        List<ByteRange> parts = new ArrayList<>();
        for (ByteRange range : fetcher.missing(this, options.joined(ranges, size), handle)) {
            parts.addAll(range.split(options.mostBytes()));
        }
        fetcher.announce(parts.stream().map(range -> new Block(this, range.from(), (int) range.length())).toList(),
                handle);
    }

    /** One opening of the file. */
    private final class Handle implements RangeSource {

        private final long size;
        private final AtomicBoolean closed = new AtomicBoolean();

        Handle(long size) {
            this.size = size;
        }

        @Override
        public String location() {
            return name.toString();
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public void read(long offset, byte[] into, int at, int length) {
            if (offset < 0 || length > size - offset) {
                throw new StorageException(name.toString(), name + " ends at byte " + size
                        + ", before the end of the range " + offset + ".." + (offset + length));
            }
            long started = System.nanoTime();
            RemoteFile.this.read(this, offset, into, at, length);
            files.counters().addWait(System.nanoTime() - started);
        }

        @Override
        public String version() {
            Version pinned = pinned();
            return pinned.etag().isEmpty() ? pinned.lastModified() : pinned.etag();
        }

        @Override
        public boolean isRemote() {
            return true;
        }

        @Override
        public void prefetch(List<ByteRange> ranges) {
            RemoteFile.this.prefetch(this, ranges);
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                release(this);
            }
        }
    }
}
