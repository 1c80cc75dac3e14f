package org.xmatch.io.storage;

import org.jspecify.annotations.Nullable;
import org.xmatch.io.StorageException;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Fetches announced blocks in the order of their announcement, some at a time, as far as the memory
 * budget reaches; keeps blocks that were read until their room is needed.
 * <p>
 * Fetching ahead is never needed for an answer: whoever reads a block that has not been started
 * fetches it himself, whatever the budget, so that nobody waits for memory. Thread-safe; its lock
 * guards the blocks of all files.
 */
final class BlockFetcher {

    private static final int OPENERS = 16;
    private static final int SHORTLY = 8; // part of the budget for blocks kept shortly, and for spare arrays
    private static final int LEAST_SPARE = 64 << 10;

    private final FetchOptions options;
    private final ThreadPoolExecutor fetchers;
    private final ThreadPoolExecutor openers;
    private final ArrayDeque<Block> waiting = new ArrayDeque<>();
    private final LinkedHashSet<Block> idle = new LinkedHashSet<>(); // may be dropped, oldest first
    private final List<byte[]> spare = new ArrayList<>(); // of dropped blocks, for the next ones
    private long spareBytes;
    private long idleBytes;
    private boolean keepsRead = true;
    private final FlightWindow window;
    private long held;
    private int running;
    private long runningBytes;

    BlockFetcher(FetchOptions options) {
        this.options = options;
        this.window = new FlightWindow(options.inFlight());
        this.fetchers = pool("xmatch-fetch-", options.inFlight());
        this.openers = pool("xmatch-open-", Math.max(OPENERS, options.inFlight()));
    }

    private static ThreadPoolExecutor pool(String name, int threads) {
        AtomicInteger count = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(threads, threads, 5, TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, name + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Requests that may be under way. */
    synchronized int inFlight() {
        return window.requests();
    }

    /** A request failed or was refused, and is made again. */
    synchronized void isRetried() {
        window.failed(System.nanoTime());
    }

    /** For opening files, beside the fetching of blocks. */
    Executor openers() {
        return openers;
    }

    /** Whether all that was announced so far fits the budget, so that more may be announced. */
    synchronized boolean hasRoom() {
        long wanted = held - idleBytes;
        for (Block block : waiting) {
            wanted += block.length();
        }
        return wanted < options.budget();
    }

    /**
     * Whether blocks are likely to be read again: then they are kept as long as there is room, else
     * but shortly, as less memory in use is less work for the collector.
     */
    synchronized void keepRead(boolean value) {
        keepsRead = value;
    }

    /** Takes blocks that the reader is going to read into their files, and fetches them by and by. */
    synchronized void announce(List<Block> blocks, Object reader) {
        for (Block block : blocks) {
            if (isFree(block)) {
                block.want(reader);
                block.file().blocks.put(block.from(), block);
                waiting.add(block);
            }
        }
        dispatch();
    }

    /** Takes a block whose bytes are here: the end of a file, which stays while the file is open. */
    synchronized void put(Block block, byte[] bytes) {
        if (isFree(block)) {
            block.bytes = bytes;
            block.state = Block.State.READY;
            block.file().blocks.put(block.from(), block);
            block.want(block.file());
            held += block.length();
        }
    }

    private void addIdle(Block block) {
        if (idle.add(block)) {
            idleBytes += block.length();
        }
        if (!keepsRead) {
            dropIdle(options.budget() / SHORTLY);
        }
    }

    private void removeIdle(Block block) {
        if (idle.remove(block)) {
            idleBytes -= block.length();
        }
    }

    /** Drops the oldest idle blocks that nobody is copying from until no more than {@code most} bytes are idle. */
    private void dropIdle(long most) {
        Iterator<Block> oldest = idle.iterator();
        while (idleBytes > most && oldest.hasNext()) {
            Block block = oldest.next();
            if (block.readers == 0) {
                oldest.remove();
                idleBytes -= block.length();
                drop(block);
                block.state = Block.State.DROPPED;
            }
        }
    }

    private static boolean isFree(Block block) {
        Map.Entry<Long, Block> before = block.file().blocks.lowerEntry(block.end());
        return before == null || before.getValue().end() <= block.from();
    }

    /** The parts of the ranges that no block has; blocks there are kept for the reader. */
    synchronized List<ByteRange> missing(RemoteFile file, List<ByteRange> ranges, Object reader) {
        List<ByteRange> missing = new ArrayList<>();
        for (ByteRange range : ranges) {
            long at = range.from();
            while (at < range.end()) {
                Block block = blockAt(file, at);
                if (block != null) {
                    removeIdle(block);
                    block.want(reader);
                    at = block.end();
                } else {
                    long end = Math.min(range.end(), nextBlock(file, at));
                    missing.add(new ByteRange(at, end));
                    at = end;
                }
            }
        }
        return missing;
    }

    synchronized @Nullable Block blockAt(RemoteFile file, long position) {
        Map.Entry<Long, Block> entry = file.blocks.floorEntry(position);
        return entry != null && entry.getValue().end() > position ? entry.getValue() : null;
    }

    /** Where the first block behind a position begins; the largest number where there is none. */
    synchronized long nextBlock(RemoteFile file, long position) {
        Long next = file.blocks.higherKey(position);
        return next == null ? Long.MAX_VALUE : next;
    }

    /**
     * The block's bytes, fetched now if need be; null where it was dropped. They stay until
     * {@link #used} is called.
     */
    byte @Nullable [] await(Block block) {
        synchronized (this) {
            if (block.state == Block.State.WAITING) {
                waiting.remove(block);
                start(block);
            } else {
                while (block.state == Block.State.RUNNING) {
                    try {
                        wait();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw new StorageException("", "waiting for bytes was interrupted", e);
                    }
                }
                if (block.failure instanceof Error error) {
                    throw error;
                }
                if (block.failure != null) {
                    throw (RuntimeException) block.failure;
                }
                block.readers += block.bytes == null ? 0 : 1;
                return block.bytes;
            }
        }
        fetch(block);
        return await(block);
    }

    /** Bytes of the file that an awaited block has were read; one that all its readers have read may be dropped. */
    synchronized void used(Block block, Object reader, ByteRange read) {
        block.readers--;
        block.wasRead(reader, read);
        if (!block.isWanted() && block.state == Block.State.READY) {
            removeIdle(block);
            addIdle(block);
            dispatch();
        }
    }

    /** The reader reads no more of the file: what nobody else wants is not fetched, or may be dropped. */
    synchronized void forget(RemoteFile file, Object reader) {
        for (Block block : List.copyOf(file.blocks.values())) {
            if (!block.forget(reader) || block.isWanted()) {
                continue;
            }
            if (block.state == Block.State.WAITING) {
                waiting.remove(block);
                block.state = Block.State.DROPPED;
                file.blocks.remove(block.from());
            } else if (block.state == Block.State.READY) {
                addIdle(block);
            }
        }
        dispatch();
    }

    private void dispatch() {
        while (!waiting.isEmpty()) {
            Block next = waiting.peek();
            if (running > 0 && runningBytes + next.length() > window.bytes()) {
                return;
            }
            makeRoom(next.length());
            if (held + next.length() > options.budget() && held > 0) {
                return;
            }
            if (running >= window.requests()) {
                window.isFull();
                return;
            }
            waiting.remove();
            start(next);
            if (running == 0) {
                window.begin(System.nanoTime());
            }
            running++;
            runningBytes += next.length();
            fetchers.execute(() -> {
                fetch(next);
                synchronized (this) {
                    running--;
                    runningBytes -= next.length();
                    window.arrived(next.length(), System.nanoTime());
                    dispatch();
                }
            });
        }
    }

    private void start(Block block) {
        block.state = Block.State.RUNNING;
        makeRoom(block.length());
        held += block.length();
    }

    private void makeRoom(int length) {
        long excess = held + length - options.budget();
        if (excess > 0) {
            dropIdle(Math.max(0, idleBytes - excess));
        }
    }

    private void drop(Block block) {
        held -= block.length();
        byte[] bytes = block.bytes;
        if (bytes != null && bytes.length >= LEAST_SPARE && spareBytes + bytes.length <= options.budget() / SHORTLY) {
            spare.add(bytes);
            spareBytes += bytes.length;
        }
        block.bytes = null;
        block.file().blocks.remove(block.from(), block);
    }

    /** An array of at least that length. */
    private synchronized byte[] array(int length) {
        int best = -1;
        for (int i = 0; i < spare.size(); i++) {
            int size = spare.get(i).length;
            if (size >= length && size / 2 <= length && (best < 0 || size < spare.get(best).length)) {
                best = i;
            }
        }
        if (best < 0) {
            return new byte[length];
        }
        byte[] bytes = spare.remove(best);
        spareBytes -= bytes.length;
        return bytes;
    }

    private void fetch(Block block) {
        byte[] bytes = null;
        Throwable failure = null;
        try {
            byte[] into = array(block.length());
            block.file().fetch(block, into);
            bytes = into;
        } catch (RuntimeException | Error e) {
            failure = e; // thrown where the block is read
        }
        synchronized (this) {
            if (bytes == null) {
                drop(block);
                block.state = Block.State.FAILED;
                block.failure = failure;
            } else {
                block.bytes = bytes;
                block.state = Block.State.READY;
                if (!block.isWanted()) {
                    addIdle(block);
                }
            }
            notifyAll();
        }
    }
}
