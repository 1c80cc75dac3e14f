package org.xmatch.io.storage;

import org.xmatch.io.StorageException;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.MalformedURLException;
import java.net.URL;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Plain web servers, with or without support for ranges, by the JDK's own client. */
final class HttpStore implements ObjectStore {

    static {
        // Read once by the JDK, before the first connection: how many idle ones are kept for a server.
        if (System.getProperty("http.maxConnections") == null) {
            System.setProperty("http.maxConnections", "64");
        }
    }

    private final int timeoutMillis;

    HttpStore(Duration timeout) {
        this.timeoutMillis = Math.toIntExact(timeout.toMillis());
    }

    @Override
    public Answer get(RemoteName name, String range, Optional<Version> pinned) throws IOException {
        HttpURLConnection connection = connection(name);
        connection.setConnectTimeout(timeoutMillis);
        connection.setReadTimeout(timeoutMillis);
        connection.setUseCaches(false);
        connection.setRequestProperty("User-Agent", Program.USER_AGENT);
        connection.setRequestProperty("Accept-Encoding", "identity");
        if (!range.isEmpty()) {
            connection.setRequestProperty("Range", range);
        }
        if (pinned.isPresent() && pinned.get().isStrong()) {
            connection.setRequestProperty("If-Match", pinned.get().etag());
        }
        int status = connection.getResponseCode();
        if (status < 100) {
            connection.disconnect();
            throw new IOException("the answer is not HTTP");
        }
        boolean success = status == 200 || status == 206;
        String reason = status >= 300 && status < 400
                ? "it redirects to " + connection.getHeaderField("Location")
                : Answer.orEmpty(connection.getResponseMessage());
        if (!success) {
            drain(connection.getErrorStream());
        }
        InputStream body = success ? connection.getInputStream() : InputStream.nullInputStream();
        return new Answer(status, reason, connection.getContentLengthLong(),
                "chunked".equalsIgnoreCase(connection.getHeaderField("Transfer-Encoding")),
                Answer.orEmpty(connection.getHeaderField("Content-Range")),
                new Version(Answer.orEmpty(connection.getHeaderField("ETag")),
                        Answer.orEmpty(connection.getHeaderField("Last-Modified")), -1),
                Answer.orEmpty(connection.getHeaderField("Retry-After")),
                body, complete -> end(connection, body, complete));
    }

    private static void end(HttpURLConnection connection, InputStream body, boolean complete) {
        if (!complete) {
            connection.disconnect();
            return;
        }
        try {
            body.close();
        } catch (IOException e) {
            connection.disconnect(); // all bytes were read: only the connection is lost
        }
    }

    private static HttpURLConnection connection(RemoteName name) throws IOException {
        try {
            return (HttpURLConnection) new URL(name.url()).openConnection();
        } catch (MalformedURLException e) {
            throw new StorageException(name.toString(), "'" + name + "' is no URL: " + e.getMessage(), e);
        }
    }

    // read to its end, the connection may be used again
    private static void drain(InputStream error) throws IOException {
        if (error != null) {
            try (error) {
                error.readNBytes(64 << 10);
            }
        }
    }

    @Override
    public List<String> list(RemoteName folder) {
        throw new StorageException(folder.toString(), "the folder " + folder + " would have to be listed, and HTTP"
                + " servers do not list: over HTTP a catalog needs a partition_info.csv (or dataset/_metadata) and"
                + " one file for each partition; copy it to a disk or read it from S3");
    }

    @Override
    public String keysHint() {
        return "the server asks for credentials, which are not sent over HTTP, or does not offer this file";
    }
}
