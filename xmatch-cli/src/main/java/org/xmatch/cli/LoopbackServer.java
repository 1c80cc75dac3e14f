package org.xmatch.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Serves the files of a folder on loopback, by ranges, as a web server and an S3 server do. */
final class LoopbackServer implements AutoCloseable {

    private static final Pattern RANGE = Pattern.compile("bytes=(\\d*)-(\\d+)");

    private static final byte[] NOTHING = "<?xml version=\"1.0\"?>\n<Error><Code>NoSuchKey</Code></Error>"
            .getBytes(StandardCharsets.US_ASCII);

    private final Path root;
    private final HttpServer server;

    LoopbackServer(Path root) throws IOException {
        this.root = root;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Path file = root.resolve(exchange.getRequestURI().getPath().substring(1));
            if (!Files.isRegularFile(file)) {
                exchange.getResponseHeaders().set("Content-Type", "application/xml");
                exchange.sendResponseHeaders(404, NOTHING.length);
                exchange.getResponseBody().write(NOTHING);
                return;
            }
            byte[] bytes = Files.readAllBytes(file);
            exchange.getResponseHeaders().set("ETag", "\"" + bytes.length + "\"");
            exchange.getResponseHeaders().set("Last-Modified", "Thu, 01 Jan 1970 00:00:00 GMT");
            String asked = exchange.getRequestHeaders().getFirst("Range");
            Matcher range = RANGE.matcher(asked == null ? "" : asked);
            if (!range.matches()) {
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes);
                return;
            }
            int last = Integer.parseInt(range.group(2));
            int from = range.group(1).isEmpty() ? Math.max(0, bytes.length - last) : Integer.parseInt(range.group(1));
            int end = range.group(1).isEmpty() ? bytes.length : Math.min(bytes.length, last + 1);
            exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-" + (end - 1) + "/" + bytes.length);
            exchange.sendResponseHeaders(206, end - from);
            exchange.getResponseBody().write(Arrays.copyOfRange(bytes, from, end));
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
