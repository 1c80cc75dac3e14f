package org.xmatch.io.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.parquet.column.Encoding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xmatch.io.table.Column;
import org.xmatch.io.table.Field;
import org.xmatch.io.table.Table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Packed differences are what our reader, parquet-java's and DuckDB's take for the values they were made of. */
class DeltaWriterTest {

    private static final int ROWS = 20_000;
    private static final ParquetWriteOptions PACKED = new ParquetWriteOptions(9_000, 2_000, -3, List.of()).withPackedDifferences(true);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 31, 32, 33, 64, 127, 128, 129, 130, 161, 257, 1000})
    void unpacksToTheSame(int count) {
        Random random = new Random(count);
        for (int bits = 0; bits <= 64; bits++) {
            long[] values = new long[3 + count];
            for (int i = 0; i < values.length; i++) {
                long noise = bits == 0 ? 0 : random.nextLong() >>> 64 - bits;
                values[i] = random.nextInt(40) == 0 ? random.nextBoolean() ? Long.MIN_VALUE : Long.MAX_VALUE : i * 1000L + noise;
            }
            byte[] page = new byte[(int) DeltaWriter.maxBytes(count) + 5];

            int end = DeltaWriter.putLongs(values, 3, 3 + count, page, 5);

            long[] found = new long[count];
            DeltaValues stream = new DeltaValues(page, 5, end);
            stream.decode(count, found, 0);
            assertThat(found).as("%d bits", bits).isEqualTo(Arrays.copyOfRange(values, 3, 3 + count));
            assertThat(stream.position()).as("%d bits", bits).isEqualTo(end);
        }
    }

    /** Ascending, random, each eight times over, with nulls here and there, with nulls at first only. */
    private static Table table() {
        Random random = new Random(5);
        List<Column> columns = List.of(new Column(Field.ofLong("index").withNullable(false)), new Column(Field.ofLong("random")),
                new Column(Field.ofLong("same")), new Column(Field.ofLong("some").withNullable(true)),
                new Column(Field.ofLong("late").withNullable(true)), new Column(Field.ofDouble("ra")));
        columns.forEach(column -> {
            column.reserve(ROWS);
            column.setSize(ROWS);
        });
        long index = -5_000_000_000L;
        for (int row = 0; row < ROWS; row++) {
            index += random.nextLong() >>> 64 - 33;
            columns.get(0).longs()[row] = index;
            columns.get(1).longs()[row] = random.nextLong();
            columns.get(2).longs()[row] = row % 8 == 0 ? random.nextLong() : columns.get(2).longs()[row - 1];
            columns.get(3).longs()[row] = 7L * row;
            columns.get(4).longs()[row] = 1L << 40 | row;
            columns.get(5).doubles()[row] = row;
            if (random.nextInt(9) == 0) {
                columns.get(3).longs()[row] = 0;
                columns.get(3).setNull(row);
            }
            if (row < 3_000) {
                columns.get(4).longs()[row] = 0;
                columns.get(4).setNull(row);
            }
        }
        return new Table(columns, ROWS);
    }

    private Path write(Table table, ParquetWriteOptions options, int batchRows) {
        Path path = folder.resolve(options.packsDifferences() + "-" + batchRows + ".parquet");
        try (ParquetSink sink = ParquetSink.create(path, table.fields(), options, Map.of(), Runnable::run)) {
            Batches.write(table, batchRows, sink);
            sink.commit();
        }
        return path;
    }

    @Test
    void allReadersReadTheSame() throws Exception {
        Table table = table();
        Path plain = write(table, new ParquetWriteOptions(9_000, 2_000, -3, List.of()), ROWS);

        Path packed = write(table, PACKED, ROWS);

        assertThat(LeafEntries.of(packed)).isEqualTo(LeafEntries.of(plain));
        assertThat(ParquetJava.entries(packed)).isEqualTo(ParquetJava.entries(plain));
        assertThat(DuckDb.rows(packed, table.fields())).isEqualTo(DuckDb.rows(plain, table.fields()));
        assertThat(Files.size(packed)).isLessThan((long) (0.9 * Files.size(plain)));
    }

    /** Not where values are random or repeat, nor in pages with nulls. */
    @Test
    void packsOnlyWhatGetsNoLarger() throws IOException {
        Map<String, Set<Encoding>> encodings = ParquetJava.encodings(write(table(), PACKED, ROWS));

        encodings.values().forEach(ofColumn -> ofColumn.remove(Encoding.RLE)); // of what is null
        assertThat(encodings).containsEntry("index", Set.of(Encoding.DELTA_BINARY_PACKED))
                .containsEntry("random", Set.of(Encoding.PLAIN)).containsEntry("same", Set.of(Encoding.PLAIN))
                .containsEntry("some", Set.of(Encoding.PLAIN))
                .containsEntry("late", Set.of(Encoding.PLAIN, Encoding.DELTA_BINARY_PACKED))
                .containsEntry("ra", Set.of(Encoding.PLAIN));
    }

    @Test
    void batchesChangeNothing() throws IOException {
        byte[] whole = Files.readAllBytes(write(table(), PACKED, ROWS));
        assertThat(Files.readAllBytes(write(table(), PACKED, 333))).isEqualTo(whole);
    }
}
