package org.xmatch.io.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xmatch.io.storage.AtomicFile;
import org.xmatch.io.storage.ScratchFolder;
import org.xmatch.io.StorageException;
import org.xmatch.io.table.Column;
import org.xmatch.io.table.Field;
import org.xmatch.io.table.Logical;
import org.xmatch.io.table.Table;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

class RowReorderTest {

    private static final List<Field> FIELDS = List.of(
            Field.ofLong("key"), Field.ofDouble("double").withNullable(false), Field.ofFloat("float"),
            Field.ofInt("short", 16), Field.ofString("text"),
            new Field("flag", Field.Physical.BOOLEAN, 0, Logical.NONE, true),
            new Field("time", Field.Physical.INT96, 0, Logical.NONE, true),
            new Field("fixed", Field.Physical.FIXED_LEN_BYTE_ARRAY, 5, Logical.NONE, true));

    @TempDir
    private Path folder;

    private record Row(long key, int number) {}

    @ParameterizedTest
    @ValueSource(longs = {0, 3000, 4_000_000, Long.MAX_VALUE})
    void handsOnAllRowsByKeyWhateverFitsTheMemory(long mostBytes) {
        Random random = new Random(mostBytes);
        List<Row> wanted = new ArrayList<>();
        List<Row> found = new ArrayList<>();
        Path place = folder.resolve("scratch");
        try (ScratchFolder scratch = ScratchFolder.at(place);
                RowReorder reorder = new RowReorder(scratch, mostBytes)) {
            for (int batch = 0, number = 0; batch < 140; batch++) {
                // many of one key, across batches, files and blocks
                int bound = random.nextBoolean() ? 3 : 100_000;
                long[] keys = random.longs(mostBytes > 3000 ? 4000 : 150, 0, bound).toArray();
                reorder.add(table(keys, number), keys);
                for (long key : keys) {
                    wanted.add(new Row(key, number++));
                }
            }
            assertThat(Files.exists(place)).isEqualTo(mostBytes < Long.MAX_VALUE);
            reorder.drainTo(7000, (table, keys) -> {
                assertThat(table.fields()).isEqualTo(FIELDS);
                assertThat(table.rows()).isEqualTo(keys.length).isBetween(1, 7000);
                for (int row = 0; row < keys.length; row++) {
                    int number = (int) table.columns().get(1).doubles()[row];
                    requireRow(table, row, keys[row], number);
                    found.add(new Row(keys[row], number));
                }
            });
        }
        assertThat(Files.exists(place)).isFalse();
        wanted.sort(Comparator.comparingLong(Row::key)); // stable
        assertThat(found).isEqualTo(wanted);
    }

    private static byte[] text(int number) {
        return (number % 11 == 0 ? "" : "row " + number).getBytes(StandardCharsets.UTF_8);
    }

    private static Table table(long[] keys, int firstNumber) {
        List<Column> columns = FIELDS.stream().map(Column::new).toList();
        columns.forEach(column -> column.reserve(keys.length));
        for (int row = 0; row < keys.length; row++) {
            int number = firstNumber + row;
            columns.get(0).longs()[row] = keys[row];
            columns.get(1).doubles()[row] = number;
            columns.get(2).floats()[row] = number / 2f;
            columns.get(3).ints()[row] = number & 0x7fff;
            byte[] text = text(number);
            int end = columns.get(4).offsets()[row] + text.length;
            columns.get(4).reserveBytes(end);
            System.arraycopy(text, 0, columns.get(4).bytes(), end - text.length, text.length);
            columns.get(4).offsets()[row + 1] = end;
            columns.get(5).bytes()[row] = (byte) (number & 1);
            columns.get(6).bytes()[12 * row + 5] = (byte) number;
            columns.get(7).bytes()[5 * row + 4] = (byte) number;
        }
        for (Column column : columns) {
            for (int row = 0; row < keys.length; row++) {
                if (column.field().nullable() && isNull(firstNumber + row)) {
                    column.setNull(row);
                }
            }
            column.setSize(keys.length);
        }
        return new Table(columns, keys.length);
    }

    private static boolean isNull(int number) {
        return number % 7 == 0;
    }

    private static void requireRow(Table table, int row, long key, int number) {
        List<Column> columns = table.columns();
        for (Column column : columns) {
            assertThat(column.isNull(row)).isEqualTo(column.field().nullable() && isNull(number));
        }
        if (isNull(number)) {
            return;
        }
        assertThat(columns.get(0).longs()[row]).isEqualTo(key);
        assertThat(columns.get(2).floats()[row]).isEqualTo(number / 2f);
        assertThat(columns.get(3).ints()[row]).isEqualTo(number & 0x7fff);
        Column text = columns.get(4);
        assertThat(new String(text.bytes(), text.offsets()[row], text.offsets()[row + 1] - text.offsets()[row],
                StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8)).isEqualTo(text(number));
        assertThat(columns.get(5).bytes()[row]).isEqualTo((byte) (number & 1));
        assertThat(columns.get(6).bytes()[12 * row + 5]).isEqualTo((byte) number);
        assertThat(columns.get(7).bytes()[5 * row + 4]).isEqualTo((byte) number);
    }

    @Test
    void nothingIsLeftOfAJobThatFailsAndNothingOfAKilledOneIsTakenForItsOwn() throws IOException {
        Path place = folder.resolve("scratch");
        Files.createDirectories(place);
        Files.writeString(place.resolve("0"), "of a killed job");
        try (ScratchFolder scratch = ScratchFolder.at(place)) {
            Path first = scratch.newFile();
            assertThat(first).doesNotExist();
            assertThat(first.getParent()).isEqualTo(place);
            assertThat(scratch.newFile()).isNotEqualTo(scratch.newFile());
        }
        assertThat(place).doesNotExist();
        assertThatThrownBy(() -> {
            try (ScratchFolder scratch = ScratchFolder.at(place); RowReorder reorder = new RowReorder(scratch, 0)) {
                for (int i = 0; i < 3; i++) {
                    reorder.add(table(new long[] {3 - i}, i), new long[] {3 - i});
                }
                reorder.drainTo(10, (table, keys) -> {
                    throw new StorageException("out", "the disk is full");
                });
            }
        }).hasMessage("the disk is full");
        assertThat(place).doesNotExist();
    }

    @Test
    void theNextJobOfAnOutputRemovesTheFolderOfAKilledOne() throws IOException {
        Path output = folder.resolve("out.parquet");
        ScratchFolder killed = ScratchFolder.beside(output);
        Files.writeString(killed.newFile(), "rows");
        Files.writeString(killed.newFile(), "rows");
        Path other = Files.createDirectory(folder.resolve(".out.parquet2"));

        AtomicFile.deleteAbandoned(output);

        try (var left = Files.list(folder)) {
            assertThat(left).containsExactly(other);
        }
    }

    /** So many runs that merged ones are merged again. */
    @Test
    void keepsRowsOfOneKeyInOrderThroughSeveralMerges() {
        int tables = 64 * 64 + 70;
        List<Integer> found = new ArrayList<>();
        try (ScratchFolder scratch = ScratchFolder.at(folder.resolve("scratch"));
                RowReorder reorder = new RowReorder(scratch, 0)) {
            Field field = Field.ofLong("number");
            for (int i = 0; i < tables; i++) {
                reorder.add(new Table(List.of(Column.ofLongs(field, new long[] {i}, 1)), 1), new long[] {i % 3});
            }
            reorder.drainTo(1000, (table, keys) -> found.add((int) table.columns().get(0).longs()[0]));
        }
        assertThat(found).hasSize(tables)
                .isSortedAccordingTo(Comparator.<Integer>comparingInt(i -> i % 3).thenComparingInt(i -> i));
    }
}
