package org.xmatch.io.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xmatch.io.CatalogFormatException;
import org.xmatch.io.table.ArrowSink;
import org.xmatch.io.table.Column;
import org.xmatch.io.table.CsvSink;
import org.xmatch.io.table.Field;
import org.xmatch.io.table.FieldMetadata;
import org.xmatch.io.table.SchemaNode;
import org.xmatch.io.table.Table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Lists, structs and maps, null at every level, in files that pyarrow wrote. */
class NestedColumnsTest {

    private static final String FILES = "nested_snappy_dictionary.parquet";

    @TempDir
    private Path folder;

    private static void requireRow(Column column, int at, String[][] expected, int row, int c) {
        assertThat(Golden.text(column, at)).as("%s, row %d", column.field().name(), row).isEqualTo(expected[row][c]);
    }

    @ParameterizedTest
    @ValueSource(strings = {FILES, "nested_none_v2.parquet", "nested_zstd_groups.parquet", "nested_index.parquet", "nested_spark.parquet"})
    void readsEveryValue(String name) throws IOException {
        String[][] expected = Golden.expectedNested();

        Table table = Golden.read(Golden.path(name));

        assertThat(table.rows()).isEqualTo(expected.length);
        assertThat(table.columns()).hasSize(expected[0].length + 1);
        for (int c = 0; c < expected[0].length; c++) {
            for (int row = 0; row < table.rows(); row++) {
                requireRow(table.columns().get(c + 1), row, expected, row, c);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {FILES, "nested_none_v2.parquet", "nested_zstd_groups.parquet", "nested_index.parquet"})
    void readsAnyRanges(String name) throws IOException {
        String[][] expected = Golden.expectedNested();
        Random random = new Random(4);
        try (ParquetFile file = Golden.open(Golden.path(name)); PageDecoder decoder = new PageDecoder()) {
            for (int attempt = 0; attempt < 80; attempt++) {
                int group = random.nextInt(file.rowGroupCount());
                int before = 0;
                for (int g = 0; g < group; g++) {
                    before += file.rowCount(g);
                }
                int[] bounds = random.ints(2 * (1 + random.nextInt(4)), 0, file.rowCount(group) + 1).distinct().sorted().toArray();
                bounds = Arrays.copyOf(bounds, bounds.length / 2 * 2);
                RowRanges ranges = RowRanges.ofBounds(bounds, bounds.length);
                for (int c = 0; c < expected[0].length; c++) {
                    Column column = new Column(file.columns().get(c + 1));
                    file.read(group, column.field().name(), ranges, column, decoder);
                    assertThat(column.size()).isEqualTo(ranges.rows());
                    int at = 0;
                    for (int r = 0; r < bounds.length; r += 2) {
                        for (int row = bounds[r]; row < bounds[r + 1]; row++) {
                            requireRow(column, at++, expected, before + row, c);
                        }
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1000000, 20000, 160", "1000000, 7, 33", "50, 20, 160", "1, 1, 160"})
    void writesWhatItRead(int rowGroupRows, int pageRows, int batchRows) {
        Table table = Golden.read(Golden.path(FILES));
        Path path = folder.resolve("out.parquet");
        try (ParquetSink sink = ParquetSink.create(path, table.fields(),
                new ParquetWriteOptions(rowGroupRows, pageRows, 3, List.of("id")), Map.of(), Runnable::run)) {
            for (int from = 0; from < table.rows(); from += batchRows) {
                int first = from;
                int end = Math.min(table.rows(), from + batchRows);
                List<Column> batch = new ArrayList<>();
                table.columns().forEach(column -> {
                    Column part = new Column(column.field());
                    part.appendRange(column, first, end);
                    batch.add(part);
                });
                sink.write(new Table(batch, end - from));
            }
            sink.commit();
        }

        Table found = Golden.read(path);

        assertThat(found.fields()).isEqualTo(table.fields());
        assertThat(LeafEntries.of(path)).isEqualTo(LeafEntries.of(Golden.path(FILES)));
    }

    @Test
    void arrowHoldsTheSame() throws IOException {
        String[][] expected = Golden.expectedNested();
        Table table = Golden.read(Golden.path(FILES));
        Path path = folder.resolve("out.arrow");
        try (ArrowSink sink = ArrowSink.create(path, table.fields(), FieldMetadata.NONE, Map.of())) {
            sink.write(table);
            sink.write(table);
            sink.commit();
        }
        try (RootAllocator allocator = new RootAllocator();
                ArrowFileReader reader = new ArrowFileReader(Files.newByteChannel(path), allocator)) {
            int batches = 0;
            for (; reader.loadNextBatch(); batches++) {
                VectorSchemaRoot batch = reader.getVectorSchemaRoot();
                assertThat(batch.getRowCount()).isEqualTo(expected.length);
                for (int c = 0; c < expected[0].length; c++) {
                    FieldVector vector = batch.getVector(c + 1);
                    for (int row = 0; row < expected.length; row++) {
                        assertThat(ArrowText.of(vector, row)).as("%s, row %d", vector.getField(), row)
                                .isEqualTo(expected[row][c]);
                    }
                }
            }
            assertThat(batches).isEqualTo(2);
        }
    }

    @Test
    void csvNamesTheColumnItCannotHold() {
        Table table = Golden.read(Golden.path(FILES));
        Path path = folder.resolve("out.csv");

        assertThatThrownBy(() -> CsvSink.create(path, table.fields())).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'ints'").hasMessageContaining("--left-columns");
        assertThat(folder).isEmptyDirectory();
    }

    /** As a left join needs it: rows in any order, some without a partner, under a name of the result. */
    @Test
    void appendsRowsInAnyOrderAndNulls() throws IOException {
        String[][] expected = Golden.expectedNested();
        Table table = Golden.read(Golden.path(FILES));
        int[] rows = {7, -1, 159, 0, 0, -1, 3};
        for (int c = 0; c < expected[0].length; c++) {
            Column from = table.columns().get(c + 1);
            Column to = new Column(from.field().withNullable(true).withName("renamed"));

            to.appendRows(from, rows, 0, rows.length);

            assertThat(to.size()).isEqualTo(rows.length);
            assertThat(to.isNull(1)).isTrue();
            for (int i = 0; i < rows.length; i++) {
                assertThat(Golden.text(to, i)).isEqualTo(rows[i] < 0 ? "-" : expected[rows[i]][c]);
            }
        }
    }

    @Test
    void refusesANullWhereThereMayBeNone() {
        Column pair = Golden.read(Golden.path(FILES)).column("pair").orElseThrow();
        Column required = new Column(pair.field().withNullable(false));

        assertThatThrownBy(() -> required.appendRange(pair, 0, pair.size())).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pair.a");
    }

    @Test
    void readsPartOfTheLeaves() throws IOException {
        try (ParquetFile file = Golden.open(Golden.path(FILES)); PageDecoder decoder = new PageDecoder()) {
            SchemaNode lc = file.field("lc").orElseThrow().node();
            Column part = new Column(Field.ofNested(lc.select(List.of(List.of("band"), List.of("mjd"))).orElseThrow()));

            file.read(0, "lc", RowRanges.all(file.rowCount(0)), part, decoder);

            String[][] expected = Golden.expectedNested();
            assertThat(part.leaves()).hasSize(2);
            for (int row = 0; row < expected.length; row++) {
                String whole = expected[row][4];
                String mjdAndBand = whole.equals("-") ? "-" : whole.replaceAll("^(\\{\\[[^]]*]),(?:-|\\[[^]]*]),", "$1,");
                assertThat(Golden.text(part, row)).isEqualTo(mjdAndBand);
            }
        }
    }

    @Test
    void findsFieldsBelowLists() {
        SchemaNode detections = Golden.read(Golden.path(FILES)).column("detections").orElseThrow().field().node();

        assertThat(detections.select(List.of(List.of("mjd")))).isPresent();
        assertThat(detections.select(List.of(List.of("list", "element", "flags")))).isPresent();
        assertThat(detections.select(List.of(List.of("mjd"), List.of("nothing")))).isEmpty();
        assertThat(detections.select(List.of(List.of()))).contains(detections);
    }

    @Test
    void namesAFieldAFileDoesNotHave() {
        try (ParquetFile file = Golden.open(Golden.path(FILES)); PageDecoder decoder = new PageDecoder()) {
            Column other = new Column(file.field("pair").orElseThrow().withName("lc"));
            assertThatThrownBy(() -> file.read(0, "lc", RowRanges.all(3), other, decoder))
                    .isInstanceOf(CatalogFormatException.class).hasMessageContaining("lc").hasMessageContaining("'a'");
        }
    }
}
