package org.xmatch.io.storage;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** A run of a remote file's bytes that is fetched at once. Its state belongs to {@link BlockFetcher}. */
final class Block {

    /** Where a block is in its life. */
    enum State {
        WAITING, RUNNING, READY, FAILED, DROPPED
    }

    private final RemoteFile file;
    private final long from;
    private final int length;

    State state = State.WAITING;
    byte @Nullable [] bytes;
    @Nullable Throwable failure; // a RuntimeException or an Error
    // still to be read, by who announced to read it: openings of the file, or the file while it is open
    private final Map<Object, List<ByteRange>> unread = new IdentityHashMap<>(2);
    /** Threads that copy from the bytes. */
    int readers;

    Block(RemoteFile file, long from, int length) {
        this.file = file;
        this.from = from;
        this.length = length;
    }

    RemoteFile file() {
        return file;
    }

    long from() {
        return from;
    }

    long end() {
        return from + length;
    }

    int length() {
        return length;
    }

    /** Somebody is going to read all of it, once at least from now on. */
    void want(Object reader) {
        unread.put(reader, List.of(new ByteRange(from, end())));
    }

    /** Bytes of the file were read; whoever has read all of the block does not want it any more. */
    void wasRead(Object reader, ByteRange read) {
        List<ByteRange> left = unread.get(reader);
        if (left == null) {
            return;
        }
        List<ByteRange> rest = new ArrayList<>(left.size() + 1);
        for (ByteRange range : left) {
            if (range.from() < Math.min(range.end(), read.from())) {
                rest.add(new ByteRange(range.from(), Math.min(range.end(), read.from())));
            }
            if (range.end() > Math.max(range.from(), read.end())) {
                rest.add(new ByteRange(Math.max(range.from(), read.end()), range.end()));
            }
        }
        if (rest.isEmpty()) {
            unread.remove(reader);
        } else {
            unread.put(reader, rest);
        }
    }

    /** Somebody reads no more of it; whether he had wanted to. */
    boolean forget(Object reader) {
        return unread.remove(reader) != null;
    }

    /** Whether somebody who has the file open is going to read it. */
    boolean isWanted() {
        return !unread.isEmpty();
    }
}
