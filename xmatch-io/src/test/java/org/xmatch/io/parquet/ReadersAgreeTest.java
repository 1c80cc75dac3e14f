package org.xmatch.io.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.parquet.schema.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xmatch.io.table.Column;
import org.xmatch.io.table.Field;
import org.xmatch.io.table.Logical;
import org.xmatch.io.table.Table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** Our reader, parquet-java's and DuckDB's give the same values of the same files, whoever wrote them. */
class ReadersAgreeTest {

    private static final int ROWS = 3000;

    private static final MessageType SCHEMA = MessageTypeParser.parseMessageType("""
            message rows {
              required int64 id;
              required double ra;
              optional double dec;
              optional float mag;
              optional int32 few;
              optional int32 wide;
              required int64 steps;
              optional binary name (STRING);
              required binary band (STRING);
              optional binary blob;
              required boolean flag;
              optional boolean maybe;
              optional int96 old;
              required fixed_len_byte_array(16) uuid (UUID);
              optional fixed_len_byte_array(9) price (DECIMAL(20,3));
              optional fixed_len_byte_array(2) half (FLOAT16);
              optional int32 nothing;
            }
            """);

    @TempDir
    private Path folder;

    static Stream<String> goldens() throws IOException {
        try (Stream<Path> files = Files.list(Golden.path("expected.txt.gz").getParent())) {
            // parquet-java has no Brotli codec of its own, and does not read pages without a value as nested_index has
            return files.map(path -> path.getFileName().toString()).filter(name -> name.endsWith(".parquet"))
                    .filter(name -> !name.contains("brotli") && !name.equals("nested_index.parquet")).sorted().toList().stream();
        }
    }

    static Stream<String> goldensForDuckDb() throws IOException {
        // it splits floating point numbers only
        return goldens().filter(name -> !name.equals("zstd_split.parquet") && !name.startsWith("nested"));
    }

    static Stream<Arguments> layouts() {
        List<Arguments> layouts = new ArrayList<>();
        for (boolean v2 : new boolean[] {false, true}) {
            for (boolean dictionary : new boolean[] {false, true}) {
                for (boolean split : new boolean[] {false, true}) {
                    for (CompressionCodecName codec : List.of(CompressionCodecName.UNCOMPRESSED, CompressionCodecName.SNAPPY,
                            CompressionCodecName.GZIP, CompressionCodecName.ZSTD, CompressionCodecName.LZ4_RAW)) {
                        int pageBytes = codec == CompressionCodecName.ZSTD ? 1 << 20 : 2000;
                        long groupBytes = codec == CompressionCodecName.SNAPPY ? 40_000 : 128 << 20;
                        layouts.add(Arguments.of(new ParquetJava.Layout(v2, dictionary, split, codec, pageBytes, groupBytes)));
                    }
                }
            }
        }
        return layouts.stream();
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void parquetJavaReadsTheSameOfPyarrowsFiles(String name) throws IOException {
        requireAgreement(Golden.path(name));
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void readsWhatParquetJavaWrites(ParquetJava.Layout layout) throws IOException {
        Path path = folder.resolve("written.parquet");
        Random random = new Random(12);

        ParquetJava.write(path, SCHEMA, layout, ROWS, i -> row(SCHEMA, i, random));

        requireAgreement(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zstd_plain.parquet", "int96.parquet", "nested_snappy_dictionary.parquet", "nested_spark.parquet",
        "tiny_plain.parquet"})
    void parquetJavaReadsWhatWeWrite(String golden) throws IOException {
        Table table = Golden.read(Golden.path(golden));
        Path path = folder.resolve("ours.parquet");
        write(table, path);

        Map<String, List<String>> theirs = ParquetJava.entries(path);

        assertThat(theirs).isEqualTo(ParquetJava.entries(Golden.path(golden)));
        assertThat(ParquetJava.schema(path).getFields()).isEqualTo(ParquetJava.schema(Golden.path(golden)).getFields());
        requireAgreement(path);
    }

    @ParameterizedTest
    @MethodSource("goldensForDuckDb")
    void duckDbReadsTheSameOfPyarrowsFiles(String name) throws Exception {
        requireDuckDbAgrees(Golden.path(name));
    }

    @Test
    void duckDbReadsWhatWeWrite() throws Exception {
        Path path = folder.resolve("ours.parquet");
        write(Golden.read(Golden.path("zstd_plain.parquet")), path);
        requireDuckDbAgrees(path);
    }

    private static void requireDuckDbAgrees(Path path) throws Exception {
        Table table = Golden.read(path);
        List<Column> columns = table.columns().stream().filter(column -> isWholeInDuckDb(column.field())).toList();
        List<List<String>> theirs = DuckDb.rows(path, columns.stream().map(Column::field).toList());
        assertThat(theirs).hasSize(table.rows());
        for (int row = 0; row < table.rows(); row++) {
            for (int c = 0; c < columns.size(); c++) {
                assertThat(Golden.text(columns.get(c), row)).as("%s, row %d", columns.get(c).field(), row)
                        .isEqualTo(theirs.get(row).get(c));
            }
        }
    }

    /** DuckDB turns 96-bit times, 16-bit numbers and nanoseconds of UTC into coarser or wider types. */
    private static boolean isWholeInDuckDb(Field field) {
        return !field.isNested() && field.physical() != Field.Physical.INT96 && !(field.logical() instanceof Logical.Float16)
                && !field.logical().equals(new Logical.Timestamp(Logical.Unit.NANOS, true));
    }

    private static void write(Table table, Path path) {
        try (ParquetSink sink = ParquetSink.create(path, table.fields(), new ParquetWriteOptions(250, 40, 3, List.of()),
                Map.of(), Runnable::run)) {
            sink.write(table);
            sink.commit();
        }
    }

    /** The comparison itself: a file with other values does not agree. */
    @Test
    void theComparisonSeesOneOtherValue() throws IOException {
        Map<String, List<String>> one = ParquetJava.entries(Golden.path("zstd_plain.parquet"));
        one.get("float64").set(300, "0 1 0");
        assertThat(one).isNotEqualTo(LeafEntries.of(Golden.path("zstd_plain.parquet")));
    }

    private static void requireAgreement(Path path) throws IOException {
        Map<String, List<String>> theirs = ParquetJava.entries(path);
        Map<String, List<String>> ours = LeafEntries.of(path);
        assertThat(ours.keySet()).isEqualTo(theirs.keySet());
        theirs.forEach((leaf, entries) -> assertThat(ours.get(leaf)).as("%s of %s", leaf, path).isEqualTo(entries));
    }

    private static Group row(MessageType schema, int i, Random random) {
        Group group = ParquetJava.group(schema);
        for (Type field : schema.getFields()) {
            boolean isNull = field.isRepetition(Type.Repetition.OPTIONAL)
                    && (random.nextInt(6) == 0 || field.getName().equals("nothing"));
            if (isNull) {
                continue;
            }
            switch (field.getName()) {
                case "id" -> group.add("id", random.nextLong());
                case "steps" -> group.add("steps", (long) i * i);
                case "ra" -> group.add("ra", random.nextInt(50) == 0 ? Double.NaN : random.nextDouble() * 360);
                case "dec" -> group.add("dec", random.nextInt(50) == 0 ? -0.0 : random.nextGaussian());
                case "mag" -> group.add("mag", random.nextInt(20) / 4f);
                case "few" -> group.add("few", i / 700);
                case "wide" -> group.add("wide", random.nextInt());
                case "name" -> group.add("name", "PSO J" + (i / 3) + (random.nextInt(9) == 0 ? "é" : ""));
                case "band" -> group.add("band", "grizy".substring(i % 5, i % 5 + 1));
                case "flag", "maybe" -> group.add(field.getName(), random.nextInt(30) != 0);
                default -> group.add(field.getName(), ParquetJava.binary(bytes(field, random)));
            }
        }
        return group;
    }

    private static byte[] bytes(Type field, Random random) {
        int length = switch (field.asPrimitiveType().getPrimitiveTypeName()) {
            case FIXED_LEN_BYTE_ARRAY -> field.asPrimitiveType().getTypeLength();
            case INT96 -> 12;
            default -> random.nextInt(40);
        };
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
