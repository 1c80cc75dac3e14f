package org.xmatch.io.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xmatch.io.CatalogFormatException;
import org.xmatch.io.XMatchException;
import org.xmatch.io.table.Column;
import org.xmatch.io.table.Field;
import org.xmatch.io.table.Logical;
import org.xmatch.io.table.Table;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Collectors;

/** Files written by pyarrow, in every encoding. */
class ParquetFileTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"snappy_dictionary", "zstd_plain", "none_v2", "gzip_v2_dictionary", "lz4_groups", "zstd_delta",
        "zstd_delta_v2", "zstd_split", "checksums_index", "small_dictionary", "small_dictionary_index", "int96", "brotli"})
    void readsEveryValue(String name) throws Exception {
        String[][] expected = Golden.expected();
        Table table = Golden.read(Golden.path(name + ".parquet"));
        assertThat(table.rows()).isEqualTo(Golden.ROWS);
        for (int c = 0; c < table.columns().size(); c++) {
            Column column = table.columns().get(c);
            for (int row = 0; row < table.rows(); row++) {
                assertThat(Golden.text(column, row)).as("%s, row %d", column.field(), row).isEqualTo(expected[row][c]);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"snappy_dictionary", "none_v2", "zstd_delta_v2", "checksums_index", "lz4_groups", "small_dictionary",
        "small_dictionary_index"})
    void readsAnyRanges(String name) throws Exception {
        String[][] expected = Golden.expected();
        Random random = new Random(3);
        try (ParquetFile file = Golden.open(Golden.path(name + ".parquet")); PageDecoder decoder = new PageDecoder()) {
            for (int attempt = 0; attempt < 60; attempt++) {
                int group = random.nextInt(file.rowGroupCount());
                int before = 0;
                for (int g = 0; g < group; g++) {
                    before += file.rowCount(g);
                }
                int rows = file.rowCount(group);
                int[] bounds = random.ints(2 * (1 + random.nextInt(4)), 0, rows + 1).distinct().sorted().toArray();
                bounds = Arrays.copyOf(bounds, bounds.length / 2 * 2);
                RowRanges ranges = RowRanges.ofBounds(bounds, bounds.length);
                for (int c = 0; c < file.fields().size(); c++) {
                    Column column = new Column(file.fields().get(c));
                    file.read(group, column.field().name(), ranges, column, decoder);
                    assertThat(column.size()).isEqualTo(ranges.rows());
                    int at = 0;
                    for (int r = 0; r < bounds.length; r += 2) {
                        for (int row = bounds[r]; row < bounds[r + 1]; row++) {
                            assertThat(Golden.text(column, at++)).isEqualTo(expected[before + row][c]);
                        }
                    }
                }
            }
        }
    }

    @Test
    void knowsWhatColumnsMean() {
        try (ParquetFile file = Golden.open(Golden.path("zstd_plain.parquet"))) {
            assertThat(file.fields().stream().collect(Collectors.toMap(Field::name, Field::logical)))
                    .containsEntry("uint8", new Logical.Integer(8, false))
                    .containsEntry("int16", new Logical.Integer(16, true))
                    .containsEntry("float16", Logical.FLOAT16)
                    .containsEntry("string", Logical.STRING)
                    .containsEntry("binary", Logical.NONE)
                    .containsEntry("date", Logical.DATE)
                    .containsEntry("timestamp_ns", new Logical.Timestamp(Logical.Unit.NANOS, false))
                    .containsEntry("timestamp_ms_utc", new Logical.Timestamp(Logical.Unit.MILLIS, true))
                    .containsEntry("decimal38", new Logical.Decimal(38, 10));
            assertThat(file.field("required").orElseThrow().nullable()).isFalse();
            assertThat(file.field("few").orElseThrow().nullable()).isTrue();
        }
    }

    @Test
    void namesACodecItCannotRead() throws Exception {
        byte[] bytes = Files.readAllBytes(Golden.path("zstd_plain.parquet"));
        FileMetaData footer = FileBytes.footer(bytes);
        footer.getRow_groups().get(0).getColumns().forEach(chunk -> chunk.getMeta_data().setCodec(CompressionCodec.LZO));
        Path file = Files.write(folder.resolve("lzo.parquet"), FileBytes.withFooter(bytes, footer));
        assertThatThrownBy(() -> Golden.read(file)).isInstanceOf(CatalogFormatException.class)
                .hasMessageContaining("LZO").hasMessageContaining("lzo.parquet");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 8, 100, 5000, 50_000})
    void refusesAFileCutShort(int length) throws Exception {
        Path cut = folder.resolve("cut.parquet");
        Files.write(cut, Arrays.copyOf(Files.readAllBytes(Golden.path("zstd_plain.parquet")), length));
        assertThatThrownBy(() -> Golden.read(cut)).isInstanceOf(CatalogFormatException.class)
                .hasMessageContaining("cut.parquet");
    }

    /** Without a page index: the first page cannot be decompressed, and rows of others come all the same. */
    @Test
    void leavesPagesWithoutWantedRowsCompressed() throws Exception {
        byte[] bytes = Files.readAllBytes(Golden.path("zstd_plain.parquet"));
        ColumnMetaData meta = FileBytes.footer(bytes).getRow_groups().get(0).getColumns().get(0).getMeta_data();
        ThriftBytes first = new ThriftBytes(bytes, (int) meta.getData_page_offset(), bytes.length);
        PageHeader header = first.read(new PageHeader());
        Arrays.fill(bytes, first.position(), first.position() + header.getCompressed_page_size(), (byte) 0x55);
        int firstRows = header.getData_page_header().getNum_values();

        try (ParquetFile file = ParquetFile.open(new BytesSource("damaged", bytes)); PageDecoder decoder = new PageDecoder()) {
            Field field = file.fields().get(0);
            Column last = new Column(field);
            file.read(0, field.name(), RowRanges.ofBounds(new int[] {firstRows, Golden.ROWS}, 2), last, decoder);

            assertThat(last.size()).isEqualTo(Golden.ROWS - firstRows);
            assertThat(Golden.text(last, 0)).isEqualTo(Golden.expected()[firstRows][0]);
            assertThatThrownBy(() -> file.read(0, field.name(), RowRanges.all(Golden.ROWS), new Column(field), decoder))
                    .isInstanceOf(CatalogFormatException.class).hasMessageContaining(field.name());
        }
    }

    @Test
    void comparesChecksums() throws Exception {
        byte[] bytes = Files.readAllBytes(Golden.path("checksums_index.parquet"));
        ColumnMetaData meta = FileBytes.footer(bytes).getRow_groups().get(0).getColumns().get(0).getMeta_data();
        ThriftBytes first = new ThriftBytes(bytes, (int) ColumnChunkReader.startOf(meta), bytes.length);
        PageHeader header = first.read(new PageHeader());
        bytes[first.position() + header.getCompressed_page_size() - 1] ^= 1;
        Path file = Files.write(folder.resolve("flipped.parquet"), bytes);

        assertThat(header.isSetCrc()).isTrue();
        assertThatThrownBy(() -> Golden.read(file)).isInstanceOf(CatalogFormatException.class)
                .hasMessageContaining("flipped.parquet").hasMessageContaining("checksum");
    }

    /** A writer that gave its dictionary up left pages that do without. */
    @ParameterizedTest
    @ValueSource(strings = {"small_dictionary", "small_dictionary_index"})
    void readsADictionaryOnlyForPagesThatNeedIt(String name) throws Exception {
        byte[] bytes = Files.readAllBytes(Golden.path(name + ".parquet"));
        FileMetaData footer = FileBytes.footer(bytes);
        int chunk = 6; // int64
        ColumnMetaData meta = footer.getRow_groups().get(0).getColumns().get(chunk).getMeta_data();
        ThriftBytes first = new ThriftBytes(bytes, (int) meta.getDictionary_page_offset(), bytes.length);
        PageHeader header = first.read(new PageHeader());
        byte[] damaged = bytes.clone();
        Arrays.fill(damaged, first.position(), first.position() + header.getCompressed_page_size(), (byte) 0x55);
        String[][] expected = Golden.expected();

        try (ParquetFile whole = ParquetFile.open(new BytesSource("whole", bytes));
                ParquetFile without = ParquetFile.open(new BytesSource("damaged", damaged)); PageDecoder decoder = new PageDecoder()) {
            Field field = whole.fields().get(chunk);
            for (int from = 0; from < Golden.ROWS; from += 20) {
                RowRanges rows = RowRanges.ofBounds(new int[] {from, from + 10}, 2);
                Column found = new Column(field);
                whole.read(0, field.name(), rows, found, decoder);
                assertThat(Golden.text(found, 5)).as("row %d", from + 5).isEqualTo(expected[from + 5][chunk]);
                if (from < 60) {
                    assertThatThrownBy(() -> without.read(0, field.name(), rows, new Column(field), decoder))
                            .isInstanceOf(CatalogFormatException.class).hasMessageContaining(field.name());
                } else if (from >= 300) {
                    found.clear();
                    without.read(0, field.name(), rows, found, decoder);
                    assertThat(Golden.text(found, 5)).as("row %d", from + 5).isEqualTo(expected[from + 5][chunk]);
                }
            }
        }
    }

    @Test
    void refusesText() throws Exception {
        Path text = Files.writeString(folder.resolve("text.parquet"), "ra,dec\n1,2\n".repeat(100));
        assertThatThrownBy(() -> Golden.read(text)).isInstanceOf(CatalogFormatException.class)
                .hasMessageContaining("text.parquet");
    }

    /** With checksums no flipped bit in a page goes unnoticed; without, none may crash or hang the reader. */
    @ParameterizedTest
    @ValueSource(strings = {"checksums_index", "zstd_delta_v2", "none_v2", "small_dictionary", "lz4_groups", "zstd_split"})
    void survivesFlippedBits(String name) throws Exception {
        byte[] bytes = Files.readAllBytes(Golden.path(name + ".parquet"));
        int footer = (bytes[bytes.length - 8] & 255 | (bytes[bytes.length - 7] & 255) << 8) + 8;
        Random random = new Random(8);
        Path file = folder.resolve("flipped.parquet");
        for (int attempt = 0; attempt < 400; attempt++) {
            byte[] changed = bytes.clone();
            int at = random.nextInt(bytes.length - (attempt % 2 == 0 ? footer : 0));
            changed[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, changed);
            try {
                Golden.read(file);
            } catch (XMatchException expected) {
                assertThat(expected).hasMessageContaining("flipped.parquet");
            }
        }
    }
}
