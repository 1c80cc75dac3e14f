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

    private final FetchOptions options;
    private final ThreadPoolExecutor fetchers;
    private final ThreadPoolExecutor openers;
    private final ArrayDeque<Block> waiting = new ArrayDeque<>();
    private final LinkedHashSet<Block> idle = new LinkedHashSet<>(); // may be dropped, oldest first
    private long held;
    private int running;

    BlockFetcher(FetchOptions options) {
        this.options = options;
        this.fetchers = pool("xmatch-fetch-", options.inFlight());
        this.openers = pool("xmatch-open-", OPENERS);
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

    /** For opening files, beside the fetching of blocks. */
    Executor openers() {
        return openers;
    }

    /** Whether everything announced is being fetched, so that more may be announced. */
    synchronized boolean hasRoom() {
        return waiting.isEmpty() && (held < options.budget() || !idle.isEmpty());
    }

    /** Takes blocks into their files and fetches them by and by. */
    synchronized void announce(List<Block> blocks) {
        for (Block block : blocks) {
            if (isFree(block)) {
                block.file().blocks.put(block.from(), block);
                waiting.add(block);
            }
        }
        dispatch();
    }

    /** Takes a block whose bytes are here. */
    synchronized void put(Block block, byte[] bytes) {
        if (isFree(block)) {
            block.bytes = bytes;
            block.state = Block.State.READY;
            block.file().blocks.put(block.from(), block);
            held += block.length();
            idle.add(block);
        }
    }

    private static boolean isFree(Block block) {
        Map.Entry<Long, Block> before = block.file().blocks.lowerEntry(block.end());
        return before == null || before.getValue().end() <= block.from();
    }

    /** The parts of the ranges that no block has; blocks there are wanted again. */
    synchronized List<ByteRange> missing(RemoteFile file, List<ByteRange> ranges) {
        List<ByteRange> missing = new ArrayList<>();
        for (ByteRange range : ranges) {
            long at = range.from();
            while (at < range.end()) {
                Block block = blockAt(file, at);
                if (block != null) {
                    block.retired = false;
                    if (idle.remove(block)) {
                        block.unread = block.length();
                    }
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

    /** The block's bytes, fetched now if need be; null where it was dropped. */
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
                return block.bytes;
            }
        }
        fetch(block);
        return await(block);
    }

    /** So many bytes of a block were read; one read as a whole may be dropped. */
    synchronized void used(Block block, int count) {
        block.unread -= count;
        if (block.unread <= 0 && block.state == Block.State.READY) {
            idle.remove(block);
            idle.add(block);
            dispatch();
        }
    }

    /** Nobody reads the file now: what is not started is forgotten, the rest may be dropped. */
    synchronized void retire(RemoteFile file) {
        Iterator<Block> blocks = file.blocks.values().iterator();
        while (blocks.hasNext()) {
            Block block = blocks.next();
            block.retired = true;
            if (block.state == Block.State.WAITING) {
                waiting.remove(block);
                block.state = Block.State.DROPPED;
                blocks.remove();
            } else if (block.state == Block.State.READY) {
                idle.add(block);
            }
        }
        dispatch();
    }

    private void dispatch() {
        while (running < options.inFlight() && !waiting.isEmpty()) {
            Block next = waiting.peek();
            makeRoom(next.length());
            if (held + next.length() > options.budget() && held > 0) {
                return;
            }
            waiting.remove();
            start(next);
            running++;
            fetchers.execute(() -> {
                fetch(next);
                synchronized (this) {
                    running--;
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
        Iterator<Block> oldest = idle.iterator();
        while (held + length > options.budget() && oldest.hasNext()) {
            Block block = oldest.next();
            oldest.remove();
            drop(block);
            block.state = Block.State.DROPPED;
        }
    }

    private void drop(Block block) {
        held -= block.length();
        block.bytes = null;
        block.file().blocks.remove(block.from(), block);
    }

    private void fetch(Block block) {
        byte[] bytes = null;
        Throwable failure = null;
        try {
            bytes = block.file().fetch(block);
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
                if (block.retired || block.unread <= 0) {
                    idle.add(block);
                }
            }
            notifyAll();
        }
    }
}
