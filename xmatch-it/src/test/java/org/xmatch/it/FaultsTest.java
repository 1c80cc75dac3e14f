package org.xmatch.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xmatch.core.match.MatchOptions;
import org.xmatch.io.StorageException;
import org.xmatch.io.pipeline.CatalogInput;
import org.xmatch.io.pipeline.CrossMatch;
import org.xmatch.io.sample.SampleCatalogs;
import org.xmatch.io.storage.Storage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/** A server that fails: the pairs are the local ones, or the job says why there are none. */
class FaultsTest {

    @TempDir
    private static Path root;

    @TempDir
    private Path folder;

    private static WebServer server;
    private static byte[] local;

    @BeforeAll
    static void serve(@TempDir Path work) throws Exception {
        Sky.make(root, 20_000);
        server = WebServer.start(root);
        local = Sky.tutorial(root.resolve("sky").toString(), "ps1_10arcs", Storage.standard(), work);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** How the server is asked. */
    private enum Client {
        HTTP, S3;

        String root() {
            return this == HTTP ? server.url("sky") : "s3://sky";
        }

        byte[] tutorial(Path folder) throws Exception {
            return Sky.tutorial(root(), "ps1_10arcs",
                    Storage.of(Sky.options().withS3Endpoint(server.endpoint())), folder);
        }
    }

    /** Faults that go away. */
    private enum Passing {
        LATENCY((exchange, request, file) -> {
            WebServer.sleep(5 + request % 7 * 5);
            return true;
        }),
        BURST_OF_503((exchange, request, file) -> request % 10 >= 4 || WebServer.fail(exchange, 503)),
        TOO_MANY_REQUESTS((exchange, request, file) -> request % 3 != 0 || WebServer.fail(exchange, 429)),
        SERVER_ERROR((exchange, request, file) -> request % 3 != 0 || WebServer.fail(exchange, 500)),
        RESET((exchange, request, file) -> {
            if (request % 3 == 1) {
                exchange.close();
                return false;
            }
            return true;
        }),
        CUT_BODY((exchange, request, file) -> request % 3 != 1 || WebServer.cut(exchange, file, 100 + 1000 * request)),
        STALL((exchange, request, file) -> {
            if (request % 11 == 5) {
                file.head(exchange, file.end() - file.from());
                exchange.getResponseBody().write(file.bytes(), 0, 10);
                exchange.getResponseBody().flush();
                WebServer.sleep(800);
                exchange.close();
                return false;
            }
            return true;
        }),
        WRONG_LENGTH((exchange, request, file) -> {
            if (file.part() && request % 3 == 1) {
                byte[] bytes = file.bytes();
                file.head(exchange, bytes.length - 7);
                exchange.getResponseBody().write(bytes, 0, bytes.length - 7);
                exchange.close();
                return false;
            }
            return true;
        }),
        OTHER_RANGE((exchange, request, file) -> {
            if (file.part() && file.from() > 100 && file.end() < file.size() && request % 3 == 1) {
                WebServer.Served.of(file.path(), file.from() - 100, file.end() - 100, true).send(exchange);
                return false;
            }
            return true;
        }),
        RANGE_IGNORED_NOW_AND_THEN((exchange, request, file) -> {
            if (request % 5 == 2) {
                WebServer.Served.of(file.path(), 0, file.size(), false).send(exchange);
                return false;
            }
            return true;
        });

        private final WebServer.Fault fault;

        Passing(WebServer.Fault fault) {
            this.fault = fault;
        }
    }

    @ParameterizedTest
    @EnumSource(Passing.class)
    void aPassingFaultChangesNoPairOverHttp(Passing passing) throws Exception {
        server.setFault(passing.fault);

        assertThat(Client.HTTP.tutorial(folder)).isEqualTo(local);
        assertThat(server.spoiled()).matches(count -> passing == Passing.LATENCY || count > 0, "the fault occurred");
    }

    @ParameterizedTest
    @EnumSource(Passing.class)
    void aPassingFaultChangesNoPairOverS3(Passing passing) throws Exception {
        server.setFault(passing.fault);

        assertThat(Client.S3.tutorial(folder)).isEqualTo(local);
        assertThat(server.spoiled()).matches(count -> passing == Passing.LATENCY || count > 0, "the fault occurred");
    }

    @Test
    void aServerWithoutRangesSendsWholeFiles() throws Exception {
        server.setFault((exchange, request, file) -> {
            WebServer.Served.of(file.path(), 0, file.size(), false).send(exchange);
            return false;
        });

        assertThat(Client.HTTP.tutorial(folder)).isEqualTo(local);
        assertThat(Client.S3.tutorial(folder)).isEqualTo(local);
    }

    /** Faults that stay, of leaves only. */
    private enum Lasting {
        OVERLOADED((exchange, request, file) -> WebServer.fail(exchange, 503), "status 503", "attempt 8"),
        REFUSED((exchange, request, file) -> WebServer.fail(exchange, 403), "is missing", "status 403"),
        GONE((exchange, request, file) -> WebServer.fail(exchange, 404), "is missing", "Npix="),
        CUT((exchange, request, file) -> WebServer.cut(exchange, file, 10), "cannot read", "attempt 8"),
        LENGTHLESS((exchange, request, file) -> {
            file.head(exchange, 3);
            exchange.getResponseBody().write(file.bytes(), 0, 3);
            exchange.close();
            return false;
        }, "announces 3 bytes", "attempt 8");

        private final WebServer.Fault fault;
        private final String[] words;

        Lasting(WebServer.Fault fault, String... words) {
            this.fault = (exchange, request, file) ->
                    !file.path().toString().contains("ps1/dataset/Norder") || fault.pass(exchange, request, file);
            this.words = words;
        }
    }

    @ParameterizedTest
    @EnumSource(Lasting.class)
    void aLastingFaultFailsTheJobAndSaysWhy(Lasting lasting) {
        for (Client client : Client.values()) {
            server.setFault(lasting.fault);

            assertThatThrownBy(() -> client.tutorial(folder)).as(client.name()).isInstanceOf(StorageException.class)
                    .hasMessageContainingAll(lasting.words).hasMessageContaining(client.root() + "/ps1/dataset/Norder=");
            assertThat(folder).isEmptyDirectory();
        }
    }

    @ParameterizedTest
    @CsvSource({"404, 1", "403, 1", "401, 1", "400, 1", "503, 8"})
    void aFailedRangeIsNamedWithStatusAndAttempts(int status, int attempts) {
        for (Client client : Client.values()) {
            server.setFault((exchange, request, file) -> {
                String range = exchange.getRequestHeaders().getFirst("Range");
                return range == null || range.startsWith("bytes=-") || WebServer.fail(exchange, status);
            });

            // small catalogs fit into the bytes that opening brings: these do not
            assertThatThrownBy(() -> client.tutorial(folder)).isInstanceOfSatisfying(StorageException.class, failure -> {
                StorageException.Request request = failure.request().orElseThrow();
                assertThat(request.status()).isEqualTo(status);
                assertThat(request.attempts()).isEqualTo(attempts);
                assertThat(request.range()).matches("bytes=\\d+-\\d+");
                assertThat(failure.location()).startsWith(client.root());
                assertThat(failure).hasMessageContainingAll(failure.location(), "status " + status,
                        request.range().replace("bytes=", "bytes "));
            });
        }
    }

    @Test
    void aUnitIsTriedAgainWhoseFileDidNotOpenAhead() throws Exception {
        AtomicInteger refused = new AtomicInteger();
        server.setFault((exchange, request, file) -> !file.path().toString().contains("ps1/dataset/Norder")
                || refused.getAndIncrement() >= Sky.QUICK.attempts() || WebServer.fail(exchange, 503));

        assertThat(Client.HTTP.tutorial(folder)).isEqualTo(local);
    }

    /** The third of several tables has come when a range is refused for good; the unit is done again from the start. */
    @Test
    void aUnitWhosePairsWereHandedOnIsTriedAgain(@TempDir Path work) throws Exception {
        SampleCatalogs.write(SampleCatalogs.Sky.KEPLER, 150_000, 4, work.resolve("sky"), 2);
        byte[] whole = inPortions(work.resolve("sky").toString(), Storage.standard(), tables -> {});
        try (WebServer web = WebServer.start(work)) {
            AtomicInteger refused = new AtomicInteger();
            AtomicReference<String> which = new AtomicReference<>();
            byte[] again = inPortions(web.url("sky"), Storage.of(Sky.options()), tables -> {
                if (tables == 3) {
                    web.setFault((exchange, request, file) -> {
                        String asked = file.path() + " " + exchange.getRequestHeaders().getFirst("Range");
                        which.compareAndSet(null, asked);
                        return !asked.equals(which.get()) || refused.get() >= Sky.QUICK.attempts()
                                || refused.incrementAndGet() > 0 && WebServer.fail(exchange, 503);
                    });
                }
            });
            assertThat(refused).hasValue(Sky.QUICK.attempts());
            assertThat(again).isEqualTo(whole);
        }
    }

    private byte[] inPortions(String sky, Storage storage, IntConsumer tables) throws Exception {
        CatalogInput.Pair pair = CatalogInput.openPair(sky + "/ztf", sky + "/ps1", Optional.of(sky + "/ps1_10arcs"), storage);
        CrossMatch match = CrossMatch.of(pair.left(), pair.right(), MatchOptions.nearestWithin(1)).withThreads(1).withMemory(16 << 20);
        AtomicInteger count = new AtomicInteger();
        byte[] pairs = Sky.match(match, folder, table -> tables.accept(count.incrementAndGet()));
        assertThat(count.get()).isGreaterThan(5);
        return pairs;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFileReplacedDuringTheJobIsAnError(boolean conditions, @TempDir Path copy) throws Exception {
        copy(root.resolve("sky"), copy.resolve("sky"));
        for (Client client : Client.values()) {
            try (WebServer changing = WebServer.start(copy)) {
                changing.setFault((exchange, request, file) -> {
                    String range = exchange.getRequestHeaders().getFirst("Range");
                    if (range != null && range.startsWith("bytes=-") && file.path().toString().contains("Npix")) {
                        long before = Files.getLastModifiedTime(file.path()).toMillis();
                        Files.setLastModifiedTime(file.path(), FileTime.fromMillis(before + 1_000));
                        file.send(exchange); // as it was before
                        return false;
                    }
                    return true;
                }, conditions);
                Storage storage = Storage.of(Sky.options().withS3Endpoint(changing.endpoint()));
                String sky = client == Client.HTTP ? changing.url("sky") : "s3://sky";

                assertThatThrownBy(() -> Sky.tutorial(sky, "ps1_10arcs", storage, folder))
                        .isInstanceOf(StorageException.class).hasMessageContaining("was replaced");
            }
        }
    }

    private static void copy(Path from, Path to) throws Exception {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Files.createDirectories(to.resolve(from.relativize(path)).getParent());
                Files.copy(path, to.resolve(from.relativize(path)), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
