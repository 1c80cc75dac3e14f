package org.xmatch.io.storage;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The URI of a remote file or folder.
 *
 * @param server scheme and bucket or host, as in {@code s3://bucket}
 * @param path without slashes at its ends; of S3 a key as it is, of HTTP escaped
 * @param query with its question mark, or empty; it may hold a secret and is in no message
 */
record RemoteName(String server, String path, String query) {

    // What a record has of these by itself the JVM makes in each process, which takes milliseconds (ADR 0005).

    @Override
    public boolean equals(Object other) {
        return other instanceof RemoteName that && path.equals(that.path) && server.equals(that.server)
                && query.equals(that.query);
    }

    @Override
    public int hashCode() {
        return path.hashCode();
    }

    static RemoteName of(String uri) {
        int host = uri.indexOf("://") + 3;
        boolean s3 = uri.startsWith("s3://");
        int question = s3 ? -1 : uri.indexOf('?');
        String query = question < 0 ? "" : uri.substring(question);
        String bare = question < 0 ? uri : uri.substring(0, question);
        int slash = bare.indexOf('/', host);
        String server = slash < 0 ? bare : bare.substring(0, slash);
        if (server.length() <= host) {
            throw new IllegalArgumentException(s3 ? "it names no bucket" : "it names no host");
        }
        String path = slash < 0 ? "" : bare.substring(slash);
        return new RemoteName(server, trimmed(path), query);
    }

    private static String trimmed(String path) {
        return path.replaceAll("^/+|/+$", "");
    }

    /** A path below this one; one that begins with a slash counts from the bucket or host. */
    RemoteName resolve(String relative) {
        Deque<String> parts = new ArrayDeque<>();
        String base = relative.startsWith("/") ? "" : path + "/";
        for (String part : (base + (isS3() ? relative : escaped(relative))).split("/")) {
            if (part.equals("..")) {
                parts.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return new RemoteName(server, String.join("/", parts), query);
    }

    private static String escaped(String path) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte c : path.getBytes(StandardCharsets.UTF_8)) {
            if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
                    || c > 0 && "-._~!$&'()*+,;=:@/%".indexOf(c) >= 0) {
                out.write(c);
            } else {
                out.writeBytes(String.format("%%%02X", c & 0xff).getBytes(StandardCharsets.US_ASCII));
            }
        }
        return out.toString(StandardCharsets.US_ASCII);
    }

    boolean isS3() {
        return server.startsWith("s3://");
    }

    /** Bucket or host. */
    String host() {
        return server.substring(server.indexOf("://") + 3);
    }

    String last() {
        return path.isEmpty() ? host() : path.substring(path.lastIndexOf('/') + 1);
    }

    /** With the query, for requests. */
    String url() {
        return this + query;
    }

    @Override
    public String toString() {
        return path.isEmpty() ? server : server + "/" + path;
    }
}
