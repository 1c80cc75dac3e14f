package org.xmatch.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xmatch.core.match.MatchOptions;
import org.xmatch.core.region.Cone;
import org.xmatch.io.XMatchException;
import org.xmatch.io.parquet.ParquetSink;
import org.xmatch.io.parquet.ParquetWriteOptions;
import org.xmatch.io.pipeline.CatalogInput;
import org.xmatch.io.pipeline.CrossMatch;
import org.xmatch.io.sample.KeplerField;
import org.xmatch.io.storage.Storage;
import org.xmatch.io.table.Column;
import org.xmatch.io.table.Field;
import org.xmatch.io.table.Table;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Catalogs on a plain web server: the result is the local one, byte for byte. */
class HttpTest {

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

    @BeforeEach
    void noFault() {
        server.setFault((exchange, request, file) -> true);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Storage storage() {
        return Storage.of(Sky.options());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ps1_10arcs", ""})
    void aWebServerGivesTheLocalPairs(String margin) throws Exception {
        byte[] local = Sky.tutorial(root.resolve("sky").toString(), margin, Storage.standard(), folder);

        assertThat(Sky.tutorial(server.url("sky"), margin, storage(), folder)).isEqualTo(local);
    }

    @Test
    void aQueryGoesWithEveryRequestAndIntoNoMessage() throws Exception {
        CatalogInput ztf = CatalogInput.open(server.url("sky/ztf/?token=secret"), storage());
        CrossMatch match = CrossMatch.of(ztf, CatalogInput.open(root.resolve("sky/ps1").toString()),
                MatchOptions.nearestWithin(1));

        assertThat(match.count().counts().rowsOut()).isPositive();
        assertThat(server.log()).isNotEmpty().allMatch(line -> line.contains("?token=secret"))
                .anyMatch(line -> line.startsWith("GET /sky/ztf/dataset/Norder="));
        assertThat(ztf.location()).doesNotContain("secret");
        assertThatThrownBy(() -> CatalogInput.open(server.url("sky/none?token=secret"), storage()))
                .isInstanceOf(XMatchException.class).hasMessageContaining("sky/none")
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("secret"));
    }

    @ParameterizedTest
    @CsvSource({"pairs.csv", "pairs.parquet"})
    void aPlainFileIsACatalog(String name) throws Exception {
        MatchOptions options = MatchOptions.nearestWithin(1);
        CrossMatch first = CrossMatch.of(CatalogInput.open(root.resolve("sky/ztf").toString())
                .withColumns(List.of("oid", "ra", "dec")), CatalogInput.open(root.resolve("sky/ps1").toString())
                .withColumns(List.of("objID")), options);
        Path file = root.resolve("sky").resolve(name);
        first.writeTo(file, name.endsWith("csv") ? org.xmatch.io.pipeline.ResultFormat.CSV
                : org.xmatch.io.pipeline.ResultFormat.PARQUET);
        CatalogInput ps1 = CatalogInput.open(root.resolve("sky/ps1").toString()).withColumns(List.of("objID"));
        byte[] local = Sky.match(CrossMatch.of(stars(file.toString()), ps1, options), folder);

        assertThat(Sky.match(CrossMatch.of(stars(server.url("sky/" + name)), ps1, options), folder)).isEqualTo(local);
        assertThatThrownBy(() -> CatalogInput.open(server.url("sky/none.csv"), storage()))
                .isInstanceOf(XMatchException.class).hasMessageContainingAll("sky/none.csv", "404");
    }

    private static CatalogInput stars(String place) {
        return CatalogInput.open(place, storage()).withColumns(List.of("oid_ztf"))
                .withPositionColumns(java.util.Optional.of("ra_ztf"), java.util.Optional.of("dec_ztf"));
    }

    @Test
    void aThousandColumnsAreReadThoughTheirFooterIsLongerThanTheEndThatOpeningBrings() throws Exception {
        Path file = root.resolve("sky/wide.parquet");
        writeWide(file, 1_000, 300);
        MatchOptions options = MatchOptions.nearestWithin(1);
        byte[] local = Sky.match(wide(file.toString(), options), folder);

        assertThat(Sky.match(wide(server.url("sky/wide.parquet"), options), folder)).isEqualTo(local);
        assertThat(Sky.match(wide("s3://sky/wide.parquet", options), folder)).isEqualTo(local);
        byte[] bytes = Files.readAllBytes(file);
        int footer = ByteBuffer.wrap(bytes, bytes.length - 8, 4).order(ByteOrder.LITTLE_ENDIAN).getInt();
        assertThat(footer).isGreaterThan(Sky.options().fetch().tail());
    }

    private static CrossMatch wide(String place, MatchOptions options) {
        Storage storage = Storage.of(Sky.options().withS3Endpoint(server.endpoint()));
        return CrossMatch.of(CatalogInput.open(place, storage).withColumns(List.of("c997", "c0")),
                CatalogInput.open(place, storage).withColumns(List.of("c500")), options);
    }

    private static void writeWide(Path file, int columns, int rows) {
        List<Column> values = new ArrayList<>();
        for (int c = -2; c < columns; c++) {
            double[] numbers = new double[rows];
            for (int row = 0; row < rows; row++) {
                numbers[row] = c == -2 ? 0.1 * row : c == -1 ? 0.2 * row : columns * row + c;
            }
            values.add(Column.ofDoubles(Field.ofDouble(c == -2 ? "ra" : c == -1 ? "dec" : "c" + c), numbers, rows));
        }
        List<Field> fields = values.stream().map(Column::field).toList();
        try (ParquetSink sink =
                ParquetSink.create(file, fields, ParquetWriteOptions.DEFAULT, Map.of(), Runnable::run)) {
            sink.write(new Table(values, rows));
            sink.commit();
        }
    }

    @Test
    void aCatalogWithoutPartitionListIsReadByItsMetadataAndElseRefused(@TempDir Path copy) throws Exception {
        for (String name : List.of("hats.properties", "dataset/_common_metadata", "dataset/_metadata")) {
            Files.createDirectories(copy.resolve(name).getParent());
            Files.copy(root.resolve("sky/ps1").resolve(name), copy.resolve(name));
        }
        try (WebServer web = WebServer.start(copy)) {
            assertThat(CatalogInput.open(web.url(""), storage()).hats().orElseThrow().partitions())
                    .isEqualTo(CatalogInput.open(root.resolve("sky/ps1").toString()).hats().orElseThrow().partitions());
            Files.delete(copy.resolve("dataset/_metadata"));
            assertThatThrownBy(() -> CatalogInput.open(web.url(""), storage())).isInstanceOf(XMatchException.class)
                    .hasMessageContainingAll("partition_info.csv", "_metadata", "HTTP servers do not list");
        }
    }

    @Test
    void bothSpellingsOfThePropertiesFileAreFound(@TempDir Path copy) throws Exception {
        for (String name : List.of("properties", "partition_info.csv", "dataset/_metadata")) {
            Files.createDirectories(copy.resolve(name).getParent());
            Files.copy(root.resolve("sky/ps1").resolve(name), copy.resolve(name));
        }
        try (WebServer web = WebServer.start(copy)) {
            assertThat(CatalogInput.open(web.url(""), storage()).fields())
                    .isEqualTo(CatalogInput.open(root.resolve("sky/ps1").toString()).fields());
        }
    }

    @Test
    void aConeIsReadWithoutTheFilesItDoesNotTouch() throws Exception {
        Cone cone = new Cone(KeplerField.CENTER_RA, KeplerField.CENTER_DEC, 60);
        MatchOptions options = MatchOptions.nearestWithin(1);
        String local = root.resolve("sky").toString();
        byte[] wanted = Sky.match(CrossMatch.of(CatalogInput.open(local + "/ztf").withCone(cone),
                CatalogInput.open(local + "/ps1"), options), folder);

        assertThat(Sky.match(CrossMatch.of(CatalogInput.open(server.url("sky/ztf"), storage()).withCone(cone),
                CatalogInput.open(server.url("sky/ps1"), storage()), options), folder)).isEqualTo(wanted);
        assertThat(server.log()).noneMatch(line -> line.contains("point_map") || line.contains("/_metadata")
                || line.contains("skymap") || line.contains("thumbnail"));
    }
}
