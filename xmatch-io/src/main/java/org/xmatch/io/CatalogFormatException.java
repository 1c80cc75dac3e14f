package org.xmatch.io;

/** A file breaks the HATS, Parquet or CSV contract; the message says what was expected and found. */
public final class CatalogFormatException extends XMatchException {

    public CatalogFormatException(String location, String message) {
        this(location, message, null);
    }

    public CatalogFormatException(String location, String message, Throwable cause) {
        super(location, message, cause);
    }
}
