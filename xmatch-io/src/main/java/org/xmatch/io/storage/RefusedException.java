package org.xmatch.io.storage;

import java.io.IOException;

/** A server's refusal to list. */
final class RefusedException extends IOException {

    private final int status;

    RefusedException(int status, String reason) {
        super("status " + status + (reason.isEmpty() ? "" : " (" + reason + ")"));
        this.status = status;
    }

    int status() {
        return status;
    }
}
