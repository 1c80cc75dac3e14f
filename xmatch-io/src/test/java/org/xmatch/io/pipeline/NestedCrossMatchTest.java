package org.xmatch.io.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xmatch.core.match.MatchOptions;
import org.xmatch.io.CatalogFormatException;
import org.xmatch.io.SharedData;
import org.xmatch.io.parquet.PageDecoder;
import org.xmatch.io.parquet.ParquetFile;
import org.xmatch.io.parquet.RowRanges;
import org.xmatch.io.storage.Location;
import org.xmatch.io.storage.ReadCounters;
import org.xmatch.io.table.Column;
import org.xmatch.io.table.Field;
import org.xmatch.io.table.LeafColumn;
import org.xmatch.io.table.Table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** LSDB's sample of light curves goes through a cross-match unchanged. */
class NestedCrossMatchTest {

    private static final String SAMPLE = "lsdb/small_sky_order1_nested_sources/catalog";

    @TempDir
    private Path folder;

    private static Path sample() {
        return SharedData.path(SAMPLE);
    }

    private static CatalogInput input(String... columns) {
        return CatalogInput.open(sample().toString()).withColumns(List.of(columns));
    }

    /** Levels and values of every leaf of a row. */
    private static List<List<String>> text(Column column, int row) {
        List<List<String>> leaves = new ArrayList<>();
        for (LeafColumn leaf : column.leaves()) {
            List<String> entries = new ArrayList<>();
            for (int i = leaf.entryStart(row); i < leaf.entryStart(row + 1); i++) {
                entries.add(leaf.repetition()[i] + " " + leaf.definition()[i]);
            }
            for (int i = leaf.valueStart(row); i < leaf.valueStart(row + 1); i++) {
                entries.add(switch (leaf.values().field().physical()) {
                    case INT64 -> Long.toString(leaf.values().longs()[i]);
                    case DOUBLE -> Double.toString(leaf.values().doubles()[i]);
                    default -> new String(leaf.values().bytes(), leaf.values().offsets()[i],
                            leaf.values().offsets()[i + 1] - leaf.values().offsets()[i]);
                });
            }
            leaves.add(entries);
        }
        return leaves;
    }

    private static Table read(Path path) {
        try (ParquetFile file = ParquetFile.open(Location.of(path.toString(), new ReadCounters()).open());
                PageDecoder decoder = new PageDecoder()) {
            List<Column> columns = new ArrayList<>();
            for (Field field : file.columns()) {
                Column column = new Column(field);
                for (int group = 0; group < file.rowGroupCount(); group++) {
                    file.read(group, field.name(), RowRanges.all(file.rowCount(group)), column, decoder);
                }
                columns.add(column);
            }
            return new Table(columns, Math.toIntExact(file.rowCount()));
        }
    }

    /** Of every row of the sample, by its id, read without a cross-match. */
    private static Map<Long, List<List<String>>> stored() throws IOException {
        Map<Long, List<List<String>>> rows = new HashMap<>();
        try (Stream<Path> files = Files.walk(sample())) {
            for (Path leaf : files.filter(path -> path.getFileName().toString().startsWith("Npix")).toList()) {
                Table table = read(leaf);
                for (int row = 0; row < table.rows(); row++) {
                    rows.put(table.column("id").orElseThrow().longs()[row],
                            text(table.column("sources").orElseThrow(), row));
                }
            }
        }
        return rows;
    }

    @Test
    void everyLightCurveArrivesWithItsObject() throws IOException {
        Map<Long, List<List<String>>> stored = stored();
        Path out = folder.resolve("out.parquet");

        CrossMatch.of(input("id", "sources"), input("sources", "id"), MatchOptions.nearestWithin(36_000).withNNeighbors(3))
                .writeTo(out, ResultFormat.PARQUET);

        Table result = read(out);
        assertThat(result.rows()).isGreaterThan(stored.size());
        for (int[] side : new int[][] {{0, 1}, {3, 2}}) {
            Column ids = result.columns().get(side[0]);
            Column sources = result.columns().get(side[1]);
            assertThat(sources.field().withName("sources")).isEqualTo(
                    CatalogInput.open(sample().toString()).hats().orElseThrow().columns().get(5));
            for (int row = 0; row < result.rows(); row++) {
                assertThat(text(sources, row)).isEqualTo(stored.get(ids.longs()[row]));
            }
        }
    }

    @Test
    void everyLightCurveArrivesThoughTheRowsOfAFileArePutInOrderOnDisk() throws IOException {
        Path plain = sample().resolve("dataset/Norder=1/Dir=0/Npix=44.parquet");
        CrossMatch match = CrossMatch.of(CatalogInput.open(plain.toString()).withColumns(List.of("id", "sources")),
                input("sources", "id"), MatchOptions.nearestWithin(36_000).withNNeighbors(3));
        match.writeTo(folder.resolve("memory.parquet"), ResultFormat.PARQUET);
        match.withLimits(new UnitLimits(10, 10, 1024, 0, 10)).writeTo(folder.resolve("disk.parquet"), ResultFormat.PARQUET);

        assertThat(read(folder.resolve("disk.parquet")).rows()).isGreaterThan(10);
        assertThat(folder.resolve("disk.parquet")).hasSameBinaryContentAs(folder.resolve("memory.parquet"));
        assertThat(folder).isDirectoryNotContaining("glob:**.tmp-*");
    }

    @Test
    void aPartOfANestedColumnIsNamedWithPoints() {
        List<Field> fields = input("sources.mag", "id", "sources.mjd").resultFields();

        assertThat(fields).extracting(Field::name).containsExactly("sources", "id");
        assertThat(new Column(fields.get(0)).leaves()).extracting(LeafColumn::names).containsExactly(
                List.of("sources", "mjd", "list", "element"), List.of("sources", "mag", "list", "element"));
    }

    @Test
    void nestedColumnsComeOnlyWhenNamed() {
        assertThat(CatalogInput.open(sample().toString()).resultFields()).extracting(Field::name)
                .containsExactly("id", "ra", "dec", "ra_error", "dec_error");
        assertThatThrownBy(() -> input("sources.nothing")).isInstanceOf(CatalogFormatException.class)
                .hasMessageContaining("sources.nothing");
    }

    @Test
    void theCatalogsDefaultColumnsMayNameNestedOnes() throws IOException {
        Path copy = folder.resolve("catalog");
        try (Stream<Path> files = Files.walk(sample())) {
            for (Path file : files.toList()) {
                Path target = copy.resolve(sample().relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
        for (String name : List.of("hats.properties", "properties")) {
            Path properties = copy.resolve(name);
            Files.writeString(properties, Files.readString(properties) + "\nhats_cols_default=id sources.mjd ra gone\n");
        }

        List<Field> fields = CatalogInput.open(copy.toString()).resultFields();

        assertThat(fields).extracting(Field::name).containsExactly("id", "sources", "ra");
        assertThat(new Column(fields.get(1)).leaves()).hasSize(1);
    }
}
