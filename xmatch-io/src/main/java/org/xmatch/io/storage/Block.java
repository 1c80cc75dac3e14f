package org.xmatch.io.storage;

import org.jspecify.annotations.Nullable;

import java.util.IdentityHashMap;
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
    /** Bytes still to be read, by who announced to read them: openings of the file, or the file while it is open. */
    final Map<Object, Long> unread = new IdentityHashMap<>(2);
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

    /** Whether somebody who has the file open is going to read it. */
    boolean isWanted() {
        return !unread.isEmpty();
    }
}
