package org.xmatch.io.storage;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Sends single requests to a server; trying again is for {@link Transfer}. Thread-safe. */
interface ObjectStore {

    /**
     * Sends a GET.
     *
     * @param range such as {@code bytes=0-99}, or empty for the whole file
     * @param pinned the version wanted, no other
     * @throws IOException when there is no answer; trying again may help
     */
    Answer get(RemoteName name, String range, Optional<Version> pinned) throws IOException;

    /**
     * Names in a folder, sorted; folders end in a slash.
     *
     * @throws org.xmatch.io.StorageException when this kind of server does not list
     * @throws IOException when there is no answer; trying again may help
     */
    List<String> list(RemoteName folder) throws IOException;

    /** What to do where access is refused. */
    String keysHint();
}
