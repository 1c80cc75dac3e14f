package org.xmatch.io.storage;

/**
 * Which state of a remote file was opened. Later answers are compared with it, and later requests
 * make a strong etag their condition, so that a file replaced meanwhile is noticed. The time is in no
 * condition: servers that keep fractions of seconds refuse the whole ones they sent.
 *
 * @param etag as the server sent it, or empty
 * @param lastModified as the server sent it, or empty
 * @param size bytes
 */
record Version(String etag, String lastModified, long size) {

    /** An entity tag that stands for these very bytes: only such may be in a condition. */
    boolean isStrong() {
        return etag.startsWith("\"");
    }

    /** Whether an answer, of unknown size where negative, may be of this version. */
    boolean mayBe(Version answer) {
        return (etag.isEmpty() || answer.etag.isEmpty() || etag.equals(answer.etag))
                && (lastModified.isEmpty() || answer.lastModified.isEmpty()
                        || lastModified.equals(answer.lastModified))
                && (answer.size < 0 || answer.size == size);
    }
}
