package org.xmatch.io.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xmatch.io.CatalogFormatException;
import org.xmatch.io.storage.Location;
import org.xmatch.io.storage.ReadCounters;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class SinksTest {

    @TempDir
    private Path folder;

    private static Table sample() {
        Column names = new Column(Field.ofString("na\"me"));
        names.reserve(3);
        byte[] bytes = "a,b\"c\"\n".getBytes(StandardCharsets.UTF_8);
        names.reserveBytes(bytes.length);
        System.arraycopy(bytes, 0, names.bytes(), 0, bytes.length);
        names.offsets()[1] = 3;
        names.offsets()[2] = 3;
        names.offsets()[3] = bytes.length;
        names.setSize(3);
        names.setNull(1);
        return new Table(List.of(Column.ofLongs(Field.ofLong("id"), new long[] {Long.MIN_VALUE, 2, 3}, 3), names,
                Column.ofDoubles(Field.ofDouble("x"), new double[] {0.1, Double.NaN, 1e300}, 3)), 3);
    }

    @Test
    void csvQuotesAndKeepsNulls() throws IOException {
        Path path = folder.resolve("out.csv");
        try (CsvSink sink = CsvSink.create(path, sample().fields())) {
            sink.write(sample());
            assertThat(path).doesNotExist();
            sink.commit();
        }
        assertThat(Files.readString(path)).isEqualTo(
                "id,\"na\"\"me\",x\n-9223372036854775808,\"a,b\",0.1\n2,,NaN\n3,\"\"\"c\"\"\n\",1.0E300\n");
        Table read = read(Files.readString(path));
        assertThat(read.fields()).isEqualTo(sample().fields());
        assertThat(read.columns().get(1).isNull(1)).isTrue();
        assertThat(read.columns().get(2).doubles()).startsWith(0.1, Double.NaN, 1e300);
    }

    @Test
    void arrowHoldsTheSame() throws IOException {
        Path path = folder.resolve("out.arrow");
        try (ArrowSink sink = ArrowSink.create(path, sample().fields(), FieldMetadata.NONE, Map.of())) {
            sink.write(sample());
            sink.write(sample());
            sink.commit();
        }
        try (RootAllocator allocator = new RootAllocator();
                ArrowFileReader reader = new ArrowFileReader(Files.newByteChannel(path), allocator)) {
            int rows = 0;
            while (reader.loadNextBatch()) {
                VectorSchemaRoot batch = reader.getVectorSchemaRoot();
                for (int row = 0; row < batch.getRowCount(); row++, rows++) {
                    FieldVector name = batch.getVector("na\"me");
                    assertThat(((BigIntVector) batch.getVector("id")).get(row)).isEqualTo(sample().columns().get(0).longs()[rows % 3]);
                    assertThat(name.isNull(row)).isEqualTo(rows % 3 == 1);
                    assertThat(Double.compare(((Float8Vector) batch.getVector("x")).get(row),
                            sample().columns().get(2).doubles()[rows % 3])).isZero();
                    if (rows % 3 == 2) {
                        assertThat(((VarCharVector) name).get(row)).asString(StandardCharsets.UTF_8).isEqualTo("\"c\"\n");
                    }
                }
            }
            assertThat(rows).isEqualTo(6);
        }
    }

    private Table read(String csv) throws IOException {
        Path path = Files.writeString(folder.resolve("in.csv"), csv);
        return CsvTable.read(Location.of(path.toString(), new ReadCounters()).open());
    }

    @Test
    void csvTypesAreIntegerElseDoubleElseText() throws IOException {
        Table table = read("\uFEFFa,b,c,d,e\r\n1,1,1,,\r\n-2,2.5,x,,\"\"\r\n,,,,\r\n9223372036854775807,1e5,9223372036854775808,,\r\n");
        assertThat(table.rows()).isEqualTo(4);
        assertThat(table.fields().stream().map(Field::physical)).startsWith(Field.Physical.INT64, Field.Physical.DOUBLE,
                Field.Physical.BYTE_ARRAY);
        assertThat(table.columns().get(0).longs()[3]).isEqualTo(Long.MAX_VALUE);
        assertThat(table.columns().get(0).isNull(2)).isTrue();
        assertThat(read("a\n9223372036854775808\n").fields().get(0).physical()).isEqualTo(Field.Physical.DOUBLE);
        assertThat(read("a,b\n").rows()).isZero();
        assertThat(read("a,b\n1,2").rows()).isEqualTo(1);
    }

    @Test
    void csvNamesTheLineThatIsWrong() {
        assertThatThrownBy(() -> read("a,b\n1,2\n3\n")).isInstanceOf(CatalogFormatException.class)
                .hasMessageContaining("in.csv").hasMessageContaining("3");
        assertThatThrownBy(() -> read("a,b\n1,\"2\n3\n")).isInstanceOf(CatalogFormatException.class).hasMessageContaining("in.csv");
        assertThatThrownBy(() -> read("a,a\n1,2\n")).isInstanceOf(CatalogFormatException.class).hasMessageContaining("a");
    }
}
