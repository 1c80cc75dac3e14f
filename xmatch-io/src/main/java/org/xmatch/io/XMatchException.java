package org.xmatch.io;

/** A failure that is not the caller's mistake; the message names the place and a way out. */
public abstract sealed class XMatchException extends RuntimeException
        permits CatalogFormatException, StorageException, UnitFailedException {

    private final String location;

    XMatchException(String location, String message, Throwable cause) {
        super(message, cause);
        this.location = location;
    }

    /** Path or URI of the file concerned. */
    public String location() {
        return location;
    }
}
