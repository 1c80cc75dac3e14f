package org.xmatch.io.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;
import org.junit.jupiter.api.Test;
import org.xmatch.core.healpix.PixelRanges;
import org.xmatch.core.region.Cone;
import org.xmatch.io.CatalogFormatException;
import org.xmatch.io.FuzzRun;
import org.xmatch.io.Mutation;
import org.xmatch.io.table.Column;
import org.xmatch.io.table.Field;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Damaged files end in values or in a message that names the file: no other exception, no hang, no huge array. */
class ParquetFuzzTest {

    private static final List<String> SEEDS = List.of("plain", "dictionary", "plain_v2", "delta", "delta_v2", "snappy",
            "gzip", "zstd", "lz4", "brotli");
    private static final int MOST_ROWS = 1 << 16; // who reads more at once has to have the memory
    private static final long MOST_BYTES = 256L << 20;
    private static final long[] EXTREMES = {0, 1, -1, 2, 3, 4, 7, 100, 1 << 16, Integer.MAX_VALUE, Integer.MIN_VALUE,
        1L << 31, 1L << 32, Long.MAX_VALUE, Long.MIN_VALUE};

    private final PageDecoder decoder = new PageDecoder();
    private final List<byte[]> files = new ArrayList<>();
    private final PixelRanges region = new Cone(10, 20, 40 * 3600).coverage(0);

    ParquetFuzzTest() throws IOException {
        for (String seed : SEEDS) {
            files.add(Files.readAllBytes(Golden.path("tiny_" + seed + ".parquet")));
        }
    }

    private void read(byte[] bytes, Random random) {
        try (ParquetFile file = ParquetFile.open(new BytesSource(FuzzRun.LOCATION, bytes))) {
            file.keyValueMetadata();
            file.rowGroupPaths();
            for (int group = 0; group < Math.min(3, file.rowGroupCount()); group++) {
                int rows = file.rowCount(group);
                if (rows > MOST_ROWS || rows == 0) {
                    continue;
                }
                for (Field field : file.columns()) {
                    file.read(group, field.name(), RowRanges.all(rows), new Column(field), decoder);
                }
                if (rows > 4 && random.nextInt(4) == 0) {
                    RowRanges some = RowRanges.ofBounds(new int[] {1, 2, rows / 2, rows / 2 + 1}, 4);
                    for (Field field : file.columns()) {
                        Column column = new Column(field);
                        file.read(group, field.name(), some, column, decoder);
                        assertThat(column.size()).isEqualTo(2);
                    }
                }
                if (file.field("_healpix_29").filter(field -> field.physical() == Field.Physical.INT64).isPresent()) {
                    file.rowsIn(group, "_healpix_29", 29, region, decoder);
                }
            }
        }
    }

    @Test
    void survivesDamagedBytes() throws Exception {
        FuzzRun run = new FuzzRun();
        run.run(60_000, MOST_BYTES, (seed, note) -> {
            int which = (int) (seed % files.size());
            byte[] bytes = files.get(which);
            Mutation mutation = new Mutation(seed);
            byte[] damaged = mutation.of(bytes, FileBytes.footerLength(bytes) + 8);
            note.says(SEEDS.get(which) + ": " + mutation);
            read(damaged, new Random(seed));
        });
        assertThat(run.refused()).isGreaterThan(1000);
        assertThat(run.results()).isGreaterThan(1000);
    }

    /** The whole tail intact, so that the damage lies in pages and their headers and is not found by a checksum. */
    @Test
    void survivesDamagedPages() throws Exception {
        FuzzRun run = new FuzzRun();
        run.run(60_000, MOST_BYTES, (seed, note) -> {
            int which = (int) (seed % (files.size() - 1));
            byte[] bytes = files.get(which);
            int body = bytes.length - FileBytes.footerLength(bytes) - 8;
            Mutation mutation = new Mutation(seed);
            byte[] damaged = mutation.of(Arrays.copyOf(bytes, body), 0);
            note.says(SEEDS.get(which) + ": " + mutation);
            byte[] whole = Arrays.copyOf(bytes, bytes.length);
            System.arraycopy(damaged, 0, whole, 0, Math.min(body, damaged.length));
            read(whole, new Random(seed));
        });
        assertThat(run.refused()).isGreaterThan(1000);
        assertThat(run.results()).isGreaterThan(1000);
    }

    /** Footers that decode and say something else. */
    @Test
    void survivesFootersThatLie() throws Exception {
        List<FileMetaData> footers = new ArrayList<>();
        for (byte[] bytes : files) {
            footers.add(FileBytes.footer(bytes));
        }
        FuzzRun run = new FuzzRun();
        run.run(20_000, MOST_BYTES, (seed, note) -> {
            Random random = new Random(seed);
            int which = random.nextInt(files.size());
            FileMetaData footer = new FileMetaData(footers.get(which));
            String what = "";
            for (int i = random.nextInt(2); i >= 0; i--) {
                what += lie(footer, random) + "; ";
            }
            note.says(SEEDS.get(which) + ": " + what);
            read(FileBytes.withFooter(files.get(which), footer), random);
        });
        assertThat(run.refused()).isGreaterThan(1000);
        assertThat(run.results()).isGreaterThan(1000);
    }

    private static <T> T any(List<T> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }

    private static String lie(FileMetaData footer, Random random) {
        RowGroup group = any(footer.getRow_groups(), random);
        ColumnChunk chunk = any(group.getColumns(), random);
        ColumnMetaData meta = chunk.getMeta_data();
        SchemaElement element = any(footer.getSchema(), random);
        long value = EXTREMES[random.nextInt(EXTREMES.length)];
        value = random.nextInt(3) == 0 ? random.nextInt(6000) : value;
        int kind = random.nextInt(18);
        switch (kind) {
            case 0 -> group.setNum_rows(value);
            case 1 -> meta.setNum_values(value);
            case 2 -> meta.setData_page_offset(value);
            case 3 -> meta.setDictionary_page_offset(value);
            case 4 -> meta.setTotal_compressed_size(value);
            case 5 -> meta.setTotal_uncompressed_size(value);
            case 6 -> meta.setCodec(any(List.of(CompressionCodec.values()), random));
            case 7 -> meta.setType(any(List.of(Type.values()), random));
            case 8 -> {
                element.setType(any(List.of(Type.values()), random));
                element.setType_length((int) value);
            }
            case 9 -> element.setNum_children((int) value);
            case 10 -> chunk.setOffset_index_offset(value);
            case 11 -> chunk.setOffset_index_length((int) value);
            case 12 -> chunk.setColumn_index_offset(value).setColumn_index_length(random.nextInt(100));
            case 13 -> group.getColumns().remove(chunk);
            case 14 -> footer.getSchema().remove(element);
            case 15 -> element.setRepetition_type(
                    any(List.of(org.apache.parquet.format.FieldRepetitionType.values()), random));
            case 16 -> element.setName(any(footer.getSchema(), random).getName());
            default -> chunk.setMeta_data(any(any(footer.getRow_groups(), random).getColumns(), random).getMeta_data());
        }
        return "lie " + kind + " " + value;
    }

    /** A page of a few bytes that is said to hold a gigabyte: nothing is allocated for it. */
    @Test
    void doesNotBelieveAPagesLength() throws IOException {
        byte[] bytes = Files.readAllBytes(Golden.path("tiny_zstd.parquet"));
        FileMetaData footer = FileBytes.footer(bytes);
        for (ColumnChunk chunk : footer.getRow_groups().get(0).getColumns()) {
            chunk.getMeta_data().setTotal_uncompressed_size(1L << 40);
        }
        assertThat(FileBytes.withFooter(bytes, footer)).isNotEmpty();
        read(FileBytes.withFooter(bytes, footer), new Random(1));
    }

    @Test
    void refusesAFooterOfNestedStructures() {
        byte[] deep = new byte[200_000];
        Arrays.fill(deep, (byte) 0x1c); // each a structure in field 1 of the one before
        assertThatThrownBy(() -> read(FileBytes.file(deep), new Random(1))).isInstanceOf(CatalogFormatException.class)
                .hasMessageContaining(FuzzRun.LOCATION);
    }
}
