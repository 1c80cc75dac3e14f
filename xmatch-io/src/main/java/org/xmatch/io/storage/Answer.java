package org.xmatch.io.storage;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server's answer to a GET.
 *
 * @param status of HTTP
 * @param reason the server's word for a failure, or empty
 * @param length bytes of the body, -1 where unknown
 * @param framed whether a body without length has an end that shows
 * @param contentRange the header, or empty
 * @param version etag and last-modified; size -1
 * @param retryAfter the header, or empty
 * @param body of a 200 or 206, else empty
 * @param end lets go of the connection; true when the body was read to its end, so that it may be used again
 */
record Answer(int status, String reason, long length, boolean framed, String contentRange, Version version,
        String retryAfter, InputStream body, End end) {

    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)");

    /** Ends an exchange. */
    interface End {
        void run(boolean complete);
    }

    /** Range and size of a 206. */
    record Part(ByteRange range, long size) {}

    Part part() throws IOException {
        Matcher found = CONTENT_RANGE.matcher(contentRange);
        if (!found.matches() || Long.parseLong(found.group(2)) < Long.parseLong(found.group(1))) {
            throw new IOException("the server sends part of the file and does not say which (Content-Range: '"
                    + contentRange + "')");
        }
        ByteRange range = new ByteRange(Long.parseLong(found.group(1)), Long.parseLong(found.group(2)) + 1);
        if (length >= 0 && length != range.length()) {
            throw new IOException("the server announces " + length + " bytes for the range " + range);
        }
        return new Part(range, found.group(3).equals("*") ? -1 : Long.parseLong(found.group(3)));
    }

    static String orEmpty(@Nullable String header) {
        return header == null ? "" : header;
    }
}
