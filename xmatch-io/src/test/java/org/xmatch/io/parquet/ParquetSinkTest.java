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
