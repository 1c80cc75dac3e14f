package org.xmatch.io.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xmatch.io.CatalogFormatException;
import org.xmatch.io.StorageException;
import org.xmatch.io.table.Column;
import org.xmatch.io.table.Field;
import org.xmatch.io.table.Table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What was written is what was given. */
class ParquetSinkTest {

    @TempDir
    private Path folder;

    private static void requireEqual(Table found, Table wanted) {
        assertThat(found.fields()).isEqualTo(wanted.fields());
        assertThat(found.rows()).isEqualTo(wanted.rows());
        for (int c = 0; c < wanted.columns().size(); c++) {
            for (int row = 0; row < wanted.rows(); row++) {
                assertThat(Golden.text(found.columns().get(c), row)).as("%s, row %d", found.fields().get(c), row)
                        .isEqualTo(Golden.text(wanted.columns().get(c), row));
            }
        }
    }

    private Path write(Table table, ParquetWriteOptions options, int batchRows) {
        Path path = folder.resolve("written.parquet");
        ExecutorService workers = Executors.newFixedThreadPool(2);
        try (ParquetSink sink = ParquetSink.create(path, table.fields(), options, Map.of("key", "value"), workers)) {
            Batches.write(table, batchRows, sink);
            sink.commit();
        } finally {
            workers.shutdownNow();
        }
        return path;
    }

    @ParameterizedTest
    @CsvSource({"1000000, 20000, 100000", "1000000, 50, 7", "128, 20, 600", "1, 1, 600", "250, 1000, 1"})
    void writesEveryTypeUnchanged(int rowGroupRows, int pageRows, int batchRows) {
        Table table = Golden.read(Golden.path("zstd_plain.parquet"));
        ParquetWriteOptions options = new ParquetWriteOptions(rowGroupRows, pageRows, 3, List.of());
        Path path = write(table, options, batchRows);
        requireEqual(Golden.read(path), table);
        try (ParquetFile file = Golden.open(path)) {
            assertThat(file.rowGroupCount()).isEqualTo((table.rows() + rowGroupRows - 1) / rowGroupRows);
            assertThat(file.keyValueMetadata()).containsEntry("key", "value");
        }
    }

    @Test
    void writesAFileWithoutRows() {
        Table none = new Table(List.of(new Column(Field.ofDouble("ra")), new Column(Field.ofString("name"))), 0);
        requireEqual(Golden.read(write(none, ParquetWriteOptions.DEFAULT, 1)), none);
    }

    @Test
    void writesTheSameBytesWhateverTheBatches() throws IOException {
        Table table = Golden.read(Golden.path("zstd_plain.parquet"));
        ParquetWriteOptions options = new ParquetWriteOptions(200, 30, 1, List.of());
        byte[] first = Files.readAllBytes(write(table, options, 600));
        assertThat(Files.readAllBytes(write(table, options, 11))).isEqualTo(first);
    }

    /** Wide rows: slices and row groups end by their bytes. */
    @ParameterizedTest
    @ValueSource(ints = {700, 1024, 40_000})
    void endsRowGroupsByTheirBytesWhateverTheBatches(int batchRows) throws IOException {
        int rows = 60_000;
        Random random = new Random(3);
        Column id = new Column(Field.ofLong("id"));
        Column text = new Column(Field.ofString("text"));
        id.reserve(rows);
        text.reserve(rows);
        text.reserveBytes(1200 * rows);
        for (int row = 0; row < rows; row++) {
            id.longs()[row] = random.nextLong();
            int length = random.nextInt(1200);
            int at = text.offsets()[row];
            for (int i = 0; i < length; i++) {
                text.bytes()[at + i] = (byte) ('a' + random.nextInt(26));
            }
            text.offsets()[row + 1] = at + length;
        }
        id.setSize(rows);
        text.setSize(rows);
        Table table = new Table(List.of(id, text), rows);
        ParquetWriteOptions options = ParquetWriteOptions.RESULT.withRowGroupBytes(1 << 20);
        byte[] first = Files.readAllBytes(write(table, options, 5000));

        Path path = write(table, options, batchRows);
        assertThat(Files.readAllBytes(path)).isEqualTo(first);
        requireEqual(Golden.read(path), table);
        try (ParquetFile file = Golden.open(path)) {
            // after two slices, of more than 10 MiB each
            assertThat(file.rowGroupCount()).isEqualTo(2);
            assertThat(file.rowCount(0)).isLessThan(rows).isEqualTo(file.rowCount(0) / 1024 * 1024);
        }
    }

    @Test
    void noFlippedBitInAPageGoesUnnoticed() throws IOException {
        Table table = Golden.read(Golden.path("zstd_plain.parquet"));
        Path path = write(table, new ParquetWriteOptions(1000, 100, 1, List.of()), 600);
        byte[] bytes = Files.readAllBytes(path);
        int footer = (bytes[bytes.length - 8] & 255 | (bytes[bytes.length - 7] & 255) << 8) + 8;
        Random random = new Random(4);
        int noticed = 0;
        for (int attempt = 0; attempt < 300; attempt++) {
            byte[] changed = bytes.clone();
            changed[4 + random.nextInt(bytes.length - footer - 4)] ^= (byte) (1 << random.nextInt(8));
            Files.write(path, changed);
            try {
                requireEqual(Golden.read(path), table); // a bit of an index or of a statistic, which no value needs
            } catch (CatalogFormatException e) {
                noticed++;
            }
        }
        assertThat(noticed).isGreaterThan(200);
    }

    @Test
    void leavesNothingWithoutCommit() throws IOException {
        Path path = folder.resolve("none.parquet");
        try (ParquetSink sink = ParquetSink.create(path, List.of(Field.ofLong("id")), ParquetWriteOptions.DEFAULT,
                Map.of(), Runnable::run)) {
            sink.write(new Table(List.of(Column.ofLongs(Field.ofLong("id"), new long[] {1, 2}, 2)), 2));
        }
        try (var left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"no/such/folder/x.parquet", "file/x.parquet"})
    void namesAFolderItCannotWriteTo(String target) throws IOException {
        Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> ParquetSink.create(folder.resolve(target), List.of(Field.ofLong("id")),
                ParquetWriteOptions.DEFAULT, Map.of(), Runnable::run)).isInstanceOf(StorageException.class)
                .hasMessageContaining("x.parquet");
    }
}
