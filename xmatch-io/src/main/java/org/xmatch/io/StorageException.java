package org.xmatch.io;

import java.util.Optional;

/** Bytes could not be read or written; the message names the file and the byte range. */
public final class StorageException extends XMatchException {

    private final transient Optional<Request> request;

    /**
     * A request to a server that was not answered with the bytes asked for.
     *
     * @param range the range as sent, such as {@code bytes=0-99}; empty for a whole file
     * @param status HTTP status of the last answer; 0 where there was none
     * @param attempts requests sent
     */
    public record Request(String range, int status, int attempts) {}

    public StorageException(String location, String message) {
        this(location, message, null);
    }

    public StorageException(String location, String message, Throwable cause) {
        super(location, message, cause);
        this.request = Optional.empty();
    }

    public StorageException(String location, String message, Request request, Throwable cause) {
        super(location, message, cause);
        this.request = Optional.of(request);
    }

    /** The request that failed, where a server was asked. */
    public Optional<Request> request() {
        return request;
    }
}
