package org.xmatch.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A static web server for a folder, with ranges, whose answers a {@link Fault} may spoil. */
final class WebServer implements AutoCloseable {

    static {
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final Pattern RANGE = Pattern.compile("bytes=(\\d*)-(\\d*)");

    /** What to do instead of, or before, a right answer. */
    interface Fault {

        /**
         * Returns false when the exchange was dealt with.
         *
         * @param request number of the request, from 0
         */
        boolean pass(HttpExchange exchange, int request, Served file) throws IOException;
    }

    /** A right answer: bytes {@code [from, end)} of a file of {@code size}, with the etag it has when asked for. */
    record Served(Path path, long from, long end, long size, boolean part, String etag) {

        static Served of(Path path, long from, long end, boolean part) throws IOException {
            long size = Files.size(path);
            String etag = "\"" + size + "-" + Files.getLastModifiedTime(path).toMillis() + "\"";
            return new Served(path, from, Math.min(end, size), size, part, etag);
        }

        byte[] bytes() throws IOException {
            byte[] bytes = new byte[(int) (end - from)];
            try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
                file.seek(from);
                file.readFully(bytes);
            }
            return bytes;
        }

        /** Sends the headers of the right answer, perhaps with another length. */
        void head(HttpExchange exchange, long length) throws IOException {
            exchange.getResponseHeaders().set("ETag", etag);
            if (part) {
                exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-" + (end - 1) + "/" + size);
            }
            exchange.sendResponseHeaders(part ? 206 : 200, length == 0 ? -1 : length);
        }

        void send(HttpExchange exchange) throws IOException {
            byte[] bytes = bytes();
            head(exchange, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        }
    }

    private final Path root;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger spoiled = new AtomicInteger();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private volatile boolean heedsConditions = true;
    private volatile Fault fault = (exchange, request, file) -> true;

    private WebServer(Path root, HttpServer server) {
        this.root = root;
        this.server = server;
    }

    static WebServer start(Path root) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
            WebServer web = new WebServer(root, server);
            server.createContext("/", web::handle);
            server.setExecutor(web.threads);
            server.start();
            return web;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From now on. */
    void setFault(Fault value) {
        setFault(value, true);
    }

    /** From now on; with or without regard to the conditions of requests. */
    void setFault(Fault value, boolean conditions) {
        fault = value;
        heedsConditions = conditions;
        requests.set(0);
        spoiled.set(0);
        log.clear();
    }

    /** Method, path with query, and range of each request since the fault was set. */
    List<String> log() {
        return log;
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    String url(String path) {
        return endpoint() + "/" + path;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try {
            String asked = exchange.getRequestHeaders().getFirst("Range");
            log.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + (asked == null ? "" : asked));
            Path path = root.resolve(exchange.getRequestURI().getPath().substring(1));
            if (!Files.isRegularFile(path)) {
                fail(exchange, 404);
                return;
            }
            Served file = served(path, asked);
            String match = exchange.getRequestHeaders().getFirst("If-Match");
            if (heedsConditions && match != null && !match.equals(file.etag)) {
                fail(exchange, 412);
            } else if (passes(exchange, file)) {
                file.send(exchange);
            }
        } catch (IOException | RuntimeException e) {
            exchange.close(); // the client went away, or a fault wants it so
        }
    }

    private boolean passes(HttpExchange exchange, Served file) throws IOException {
        spoiled.incrementAndGet(); // also where the fault throws
        boolean passed = fault.pass(exchange, requests.getAndIncrement(), file);
        if (passed) {
            spoiled.decrementAndGet();
        }
        return passed;
    }

    /** Answers that the fault took over since it was set. */
    int spoiled() {
        return spoiled.get();
    }

    private static Served served(Path path, String asked) throws IOException {
        Matcher range = RANGE.matcher(asked == null ? "" : asked);
        if (!range.matches()) {
            return Served.of(path, 0, Long.MAX_VALUE, false);
        }
        if (range.group(1).isEmpty()) {
            return Served.of(path, Math.max(0, Files.size(path) - Long.parseLong(range.group(2))), Long.MAX_VALUE, true);
        }
        long end = range.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(range.group(2)) + 1;
        return Served.of(path, Long.parseLong(range.group(1)), end, true);
    }

    static boolean fail(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
        return false;
    }

    /** Sends the right headers and the first {@code count} bytes, then hangs up. */
    static boolean cut(HttpExchange exchange, Served file, int count) throws IOException {
        byte[] bytes = file.bytes();
        file.head(exchange, bytes.length);
        OutputStream body = exchange.getResponseBody();
        body.write(bytes, 0, Math.min(count, bytes.length));
        body.flush();
        exchange.close();
        return false;
    }

    static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
