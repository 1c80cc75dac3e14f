package org.xmatch.io.pipeline;

/** A cross-match of two catalogs. */
public final class CrossMatch {

    private CrossMatch() {}
}
