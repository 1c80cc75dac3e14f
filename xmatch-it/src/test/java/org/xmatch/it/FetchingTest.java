package org.xmatch.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xmatch.core.match.MatchOptions;
import org.xmatch.io.pipeline.CatalogInput;
import org.xmatch.io.pipeline.CrossMatch;
import org.xmatch.io.pipeline.MatchSummary;
import org.xmatch.io.storage.ByteRange;
import org.xmatch.io.storage.FetchOptions;
import org.xmatch.io.storage.Location;
import org.xmatch.io.storage.RangeSource;
import org.xmatch.io.storage.ReadCounters;
import org.xmatch.io.storage.Storage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** How much is asked of a server, and how often. */
class FetchingTest {

    @TempDir
    private static Path root;

    @TempDir
    private Path folder;

    private static WebServer server;

    @BeforeAll
    static void serve() {
        Sky.make(root, 20_000);
        server = WebServer.start(root);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void catalogsAndMarginOpenWithinSixRoundTrips() {
        long trip = 150;
        server.setFault((exchange, request, file) -> {
            WebServer.sleep(trip);
            return true;
        });
        String sky = server.url("sky");
        long started = System.nanoTime();

        CatalogInput.openPair(sky + "/ztf", sky + "/ps1", Optional.of(sky + "/ps1_10arcs"), Storage.of(Sky.options()));

        assertThat((System.nanoTime() - started) / 1_000_000).isLessThan(6 * trip);
        assertThat(server.log()).hasSizeLessThanOrEqualTo(15).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({"131072, 8388608, 268435456", "1024, 40000, 1000000", "0, 1000, 0", "4096, 100000, 300000"})
    void anyPlanOfFetchingGivesTheLocalPairs(int gap, int most, long budget) throws Exception {
        server.setFault((exchange, request, file) -> true);
        byte[] local = Sky.tutorial(root.resolve("sky").toString(), "ps1_10arcs", Storage.standard(), folder);
        Storage storage = Storage.of(Sky.options().withFetch(new FetchOptions(gap, most, 3, budget, 4096)));

        assertThat(Sky.tutorial(server.url("sky"), "ps1_10arcs", storage, folder)).isEqualTo(local);
        assertThat(Sky.tutorial(server.url("sky"), "", storage, folder)).isEqualTo(local);
    }

    @Test
    void whatOneReaderHasReadStaysForAnotherThatAnnouncedIt() throws Exception {
        server.setFault((exchange, request, file) -> true);
        byte[] bytes = new byte[100_000];
        Files.write(root.resolve("shared.bin"), bytes);
        Storage storage = Storage.of(Sky.options().withFetch(new FetchOptions(0, 50_000, 3, 50_000, 4096)));
        storage.keepRead(false);
        Location location = Location.of(server.url("shared.bin"), storage, new ReadCounters());
        List<ByteRange> wanted = List.of(new ByteRange(10, 40_010));
        try (RangeSource second = readAndClose(location, wanted, bytes)) {
            int requests = server.log().size();

            for (int from = 10; from < 40_010; from += 4_000) {
                second.read(from, bytes, 0, 4_000);
            }

            assertThat(server.log()).hasSize(requests);
        }
    }

    @Test
    void whatIsReadTwiceStaysUntilTheRestIsRead() throws Exception {
        server.setFault((exchange, request, file) -> true);
        byte[] bytes = new byte[100_000];
        Files.write(root.resolve("twice.bin"), bytes);
        Storage storage = Storage.of(Sky.options().withFetch(new FetchOptions(0, 50_000, 3, 50_000, 4096)));
        storage.keepRead(false);
        Location location = Location.of(server.url("twice.bin"), storage, new ReadCounters());
        try (RangeSource file = location.open()) {
            file.prefetch(List.of(new ByteRange(10, 40_010)));
            for (int time = 0; time < 3; time++) {
                file.read(10_010, bytes, 0, 20_000);
            }
            int requests = server.log().size();

            file.read(10, bytes, 0, 10_000);
            file.read(30_010, bytes, 0, 10_000);

            assertThat(server.log()).hasSize(requests);
        }
    }

    /** Opens the file twice, reads all that is wanted by the first opening, and hands out the second. */
    private static RangeSource readAndClose(Location location, List<ByteRange> wanted, byte[] into) {
        try (RangeSource first = location.open()) {
            first.prefetch(wanted);
            RangeSource second = location.open();
            second.prefetch(wanted);
            first.read(10, into, 0, 40_000);
            return second;
        }
    }

    @Test
    void aUnitsColumnsAreFewRequestsOfOneFile() throws Exception {
        server.setFault((exchange, request, file) -> true);
        Storage storage = Storage.of(Sky.options().withFetch(FetchOptions.DEFAULT));

        Sky.tutorial(server.url("sky"), "ps1_10arcs", storage, folder);

        assertThat(server.log()).noneMatch(line -> line.contains("_metadata") && !line.contains("_common"));
        assertThat(server.log().stream().filter(line -> line.contains("/ztf/dataset/Norder"))).hasSizeBetween(1, 4);
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void realCatalogsCostHardlyMoreBytesThanTheirColumnsHave(boolean margin) {
        Path hats = Sky.shared("hats");
        try (WebServer web = WebServer.start(hats)) {
            MatchSummary local = gaiaTycho(hats.toString(), margin, Storage.standard());
            MatchSummary remote = gaiaTycho(web.url(""), margin, Storage.of(Sky.options().withFetch(FetchOptions.DEFAULT)));

            assertThat(remote.counts().rowsOut()).isEqualTo(local.counts().rowsOut()).isEqualTo(524_586);
            assertThat((double) remote.bytesRead()).isLessThan(1.1 * local.bytesRead());
            assertThat(remote.requests()).isLessThan(local.requests());
        }
    }

    private static MatchSummary gaiaTycho(String place, boolean margin, Storage storage) {
        CatalogInput gaia = CatalogInput.open(place + "/gaia_dr3", storage).withColumns(List.of("source_id"));
        CatalogInput tycho = CatalogInput.open(place + "/tycho2", storage).withColumns(List.of());
        return CrossMatch.of(gaia, margin ? tycho : tycho.withoutMargin(), MatchOptions.nearestWithin(1))
                .withThreads(2).forEach(table -> {});
    }
}
