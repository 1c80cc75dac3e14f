package org.xmatch.io;

/** Bytes could not be read or written; the message names the file and the byte range. */
public final class StorageException extends XMatchException {

    public StorageException(String location, String message) {
        this(location, message, null);
    }

    public StorageException(String location, String message, Throwable cause) {
        super(location, message, cause);
    }
}
