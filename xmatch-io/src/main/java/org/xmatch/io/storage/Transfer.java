package org.xmatch.io.storage;

import org.jspecify.annotations.Nullable;
import org.xmatch.io.StorageException;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Gets bytes from a server, trying again where that may help, and never hands out fewer than were
 * asked for: the length of every body is compared with the range. Thread-safe.
 */
final class Transfer {

    // An attempt that brings this much is not held against the server.
    private static final int GOOD_PART = 64 << 10;

    private final ObjectStore store;
    private final RetryPolicy policy;
    private final ReadCounters counters;
    private final Runnable retried;

    /**
     * @param retried told of each request that is made again
     */
    Transfer(ObjectStore store, RetryPolicy policy, ReadCounters counters, Runnable retried) {
        this.store = store;
        this.policy = policy;
        this.counters = counters;
        this.retried = retried;
    }

    /** One piece of work that may take several requests. */
    private interface Exchange<T> {

        /** Range of the next request, or empty. */
        String range();

        /** Takes the answer of a 200 or 206; an IOException asks for another attempt. */
        T take(Answer answer) throws IOException;

        /** Bytes had so far that need not be asked for again. */
        long progress();
    }

    /** What opening a file brought: its version, and its last bytes or all of them. */
    record Opened(Version version, byte[] tail, Optional<WholeFile> whole) {}

    /** The whole file, for short ones. */
    byte[] whole(RemoteName name) {
        return run(name, Optional.empty(), new Exchange<byte[]>() {
            @Override
            public String range() {
                return "";
            }

            @Override
            public byte[] take(Answer answer) throws IOException {
                requireLength(answer);
                if (answer.length() > Integer.MAX_VALUE - 64) {
                    throw new StorageException(name.toString(), name + " is too long to be read at once: "
                            + answer.length() + " bytes");
                }
                byte[] bytes = answer.length() >= 0
                        ? answer.body().readNBytes((int) answer.length()) : answer.body().readAllBytes();
                counters.add(bytes.length);
                requireAll(bytes.length, answer.length());
                return bytes;
            }

            @Override
            public long progress() {
                return 0;
            }
        });
    }

    /** Opens a file by its last {@code tailBytes} bytes; all of it where the server knows no ranges. */
    Opened open(RemoteName name, int tailBytes) {
        return run(name, Optional.empty(), new Exchange<Opened>() {
            private boolean wholeAsked;

            @Override
            public String range() {
                return wholeAsked ? "" : "bytes=-" + tailBytes;
            }

            @Override
            public Opened take(Answer answer) throws IOException {
                if (answer.status() == 416) {
                    wholeAsked = true; // an empty file, or shorter than the tail
                    throw new IOException("the server has no last " + tailBytes + " bytes");
                }
                Version version = answer.version();
                if (answer.status() == 206) {
                    Answer.Part part = answer.part();
                    if (part.size() < 0 || part.range().end() != part.size()) {
                        throw new IOException("asked for its last bytes, the server sends the range " + part.range()
                                + " of " + part.size() + " bytes");
                    }
                    byte[] tail = answer.body().readNBytes((int) part.range().length());
                    counters.add(tail.length);
                    requireAll(tail.length, part.range().length());
                    return new Opened(new Version(version.etag(), version.lastModified(), part.size()), tail,
                            Optional.empty());
                }
                requireLength(answer);
                if (answer.length() >= 0 && answer.length() <= tailBytes) {
                    byte[] all = answer.body().readNBytes((int) answer.length());
                    counters.add(all.length);
                    requireAll(all.length, answer.length());
                    return new Opened(new Version(version.etag(), version.lastModified(), all.length), all,
                            Optional.empty());
                }
                WholeFile file = WholeFile.receive(name, answer.body(), answer.length(), counters);
                return new Opened(new Version(version.etag(), version.lastModified(), file.size()), new byte[0],
                        Optional.of(file));
            }

            @Override
            public long progress() {
                return 0;
            }
        });
    }

    /** Reads {@code length} bytes from {@code from} to {@code into[at]}; the file is still the version opened. */
    void range(RemoteName name, Version version, long from, byte[] into, int at, int length) {
        run(name, Optional.of(version), new Exchange<Boolean>() {
            private int done;

            @Override
            public String range() {
                return "bytes=" + (from + done) + "-" + (from + length - 1);
            }

            @Override
            public Boolean take(Answer answer) throws IOException {
                ByteRange asked = new ByteRange(from + done, from + length);
                if (answer.status() == 206) {
                    Answer.Part part = answer.part();
                    requireVersion(name, version, answer, part.size());
                    if (!part.range().equals(asked)) {
                        throw new IOException("asked for the range " + asked + ", the server sends " + part.range());
                    }
                } else {
                    requireVersion(name, version, answer, answer.length());
                    answer.body().skipNBytes(asked.from());
                }
                int before = done;
                try {
                    fill(answer.body());
                } finally {
                    counters.add(done - before);
                }
                requireAll(done - before, asked.length());
                return true;
            }

            private void fill(InputStream body) throws IOException {
                while (done < length) {
                    int count = body.read(into, at + done, length - done);
                    if (count < 0) {
                        return;
                    }
                    done += count;
                }
            }

            @Override
            public long progress() {
                return done;
            }
        });
    }

    /** Names in a folder. */
    List<String> list(RemoteName folder) {
        for (int attempt = 1;; attempt++) {
            try {
                List<String> names = store.list(folder);
                counters.add(0);
                return names;
            } catch (IOException e) {
                int status = e instanceof RefusedException refused ? refused.status() : 0;
                if (attempt >= policy.attempts() || status != 0 && !isPassing(status)) {
                    throw new StorageException(folder.toString(), "cannot list the folder " + folder + ": "
                            + e.getMessage() + (status == 403 ? "; " + store.keysHint() : ""),
                            new StorageException.Request("", status, attempt), e);
                }
                counters.addRetry();
                pause(folder, attempt, "");
            }
        }
    }

    private <T> T run(RemoteName name, Optional<Version> pinned, Exchange<T> exchange) {
        int attempts = 0;
        int counted = 0;
        while (true) {
            String range = exchange.range();
            long progress = exchange.progress();
            attempts++;
            counted++;
            int status = 0;
            String problem;
            String retryAfter = "";
            IOException cause = null;
            try {
                Answer answer = store.get(name, range, pinned);
                status = answer.status();
                if (status == 200 || status == 206 || status == 416 && pinned.isEmpty() && !range.isEmpty()) {
                    return take(exchange, answer);
                }
                counters.add(0);
                problem = "status " + status + (answer.reason().isEmpty() ? "" : " (" + answer.reason() + ")");
                retryAfter = answer.retryAfter();
                if (!isPassing(status)) {
                    throw failure(name, range, status, attempts, problem, null);
                }
            } catch (IOException e) {
                problem = e.getMessage() == null ? e.toString() : e.getMessage();
                cause = e;
            }
            if (exchange.progress() - progress >= GOOD_PART) {
                counted = 0;
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new StorageException(name.toString(), "reading " + name + " was interrupted", cause);
            }
            if (counted >= policy.attempts()) {
                throw failure(name, range, status, attempts, problem, cause);
            }
            counters.addRetry();
            retried.run();
            if (counted > 0) {
                pause(name, counted, retryAfter);
            }
        }
    }

    private static <T> T take(Exchange<T> exchange, Answer answer) throws IOException {
        boolean complete = false;
        try {
            T taken = exchange.take(answer);
            complete = answer.status() == 206 || answer.body().read() < 0;
            return taken;
        } finally {
            answer.end().run(complete);
        }
    }

    private void pause(RemoteName name, int attempt, String retryAfter) {
        long millis = policy.pauseMillis(attempt, ThreadLocalRandom.current().nextDouble());
        if (retryAfter.matches("\\d{1,6}")) {
            millis = Math.max(millis, Math.min(1000 * Long.parseLong(retryAfter), policy.longestPause().toMillis()));
        }
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageException(name.toString(), "reading " + name + " was interrupted", e);
        }
    }

    /** Whether the same request may be answered better soon. */
    private static boolean isPassing(int status) {
        return status == 408 || status == 429 || status == 500 || status == 502 || status == 503 || status == 504;
    }

    static boolean isAbsent(int status) {
        return status == 404 || status == 410;
    }

    static boolean isRefused(int status) {
        return status == 401 || status == 403;
    }

    private StorageException failure(RemoteName name, String range, int status, int attempts, String problem,
            @Nullable IOException cause) {
        String what = range.isEmpty() ? name.toString() : range.replace("bytes=", "bytes ") + " of " + name;
        String message = "cannot read " + what + ": " + problem + ", attempt " + attempts;
        if (isAbsent(status)) {
            message += "; no such file is there: check the name, or fetch the catalog again if it should be";
        } else if (isRefused(status)) {
            message += "; " + store.keysHint();
        } else if (status == 412) {
            message += "; the file was replaced while it was being read: start again";
        } else if (status == 0 || isPassing(status)) {
            message += "; the server or the line to it is out of order: try again later";
        }
        return new StorageException(name.toString(), message, new StorageException.Request(range, status, attempts),
                cause);
    }

    private static void requireVersion(RemoteName name, Version version, Answer answer, long size) {
        Version now = answer.version();
        if (!version.mayBe(new Version(now.etag(), now.lastModified(), size))) {
            throw new StorageException(name.toString(), name + " was replaced while it was being read: it had "
                    + version.size() + " bytes, etag " + version.etag() + ", last modified "
                    + version.lastModified() + ", now " + size + " bytes, etag " + now.etag() + ", last modified "
                    + now.lastModified() + "; start again",
                    new StorageException.Request("", answer.status(), 1), null);
        }
    }

    /** Without length and without chunks, a cut body looks like a whole one. */
    private static void requireLength(Answer answer) throws IOException {
        if (answer.length() < 0 && !answer.framed()) {
            throw new IOException("the server does not say how long the file is");
        }
    }

    private static void requireAll(long count, long expected) throws IOException {
        if (expected >= 0 && count != expected) {
            throw new IOException("the body ended after " + count + " of " + expected + " bytes");
        }
    }
}
