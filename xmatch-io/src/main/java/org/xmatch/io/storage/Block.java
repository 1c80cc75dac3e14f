package org.xmatch.io.storage;

import org.jspecify.annotations.Nullable;

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
    /** Bytes expected to be read still. */
    long unread;
    /** Threads that copy from the bytes. */
    int readers;
    /** Nobody has the file open. */
    boolean retired;

    Block(RemoteFile file, long from, int length) {
        this.file = file;
        this.from = from;
        this.length = length;
        this.unread = length;
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
}
