package org.xmatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xmatch.it.Servers;
import org.xmatch.io.parquet.PageDecoder;
import org.xmatch.io.parquet.ParquetFile;
import org.xmatch.io.parquet.ParquetSink;
import org.xmatch.io.parquet.ParquetWriteOptions;
import org.xmatch.io.parquet.RowRanges;
import org.xmatch.io.sample.SampleCatalogs;
import org.xmatch.io.storage.Location;
import org.xmatch.io.storage.ReadCounters;
import org.xmatch.io.table.Column;
import org.xmatch.io.table.Field;
import org.xmatch.io.table.Table;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The tutorial's command over catalogs on servers. */
class RemoteTutorialTest {

    @TempDir
    private Path folder;

    private byte[] tutorial(String place, String... more) throws Exception {
        Path out = folder.resolve("out");
        String[] arguments = new String[11 + more.length];
        System.arraycopy(new String[] {"tutorial", "--rows", "-1", "--ztf", place + "/ztf", "--ps1", place + "/ps1",
            "--ps1-margin", place + "/ps1_10arcs", "--out", out.toString()}, 0, arguments, 0, 11);
        System.arraycopy(more, 0, arguments, 11, more.length);
        assertThat(Xmatch.run(arguments)).isZero();
        // the file itself says where it comes from: its values in columns do not
        try (ParquetFile file = ParquetFile.open(Location.of(out.resolve("xmatch.parquet").toString(), new ReadCounters())
                .open()); PageDecoder decoder = new PageDecoder()) {
            List<Column> columns = new ArrayList<>();
            for (Field field : file.columns()) {
                Column column = new Column(field);
                for (int group = 0; group < file.rowGroupCount(); group++) {
                    file.read(group, field.name(), RowRanges.all(file.rowCount(group)), column, decoder);
                }
                columns.add(column);
            }
            Path values = folder.resolve("values.parquet");
            try (ParquetSink sink = ParquetSink.create(values, file.columns(), ParquetWriteOptions.DEFAULT, Map.of(),
                    Runnable::run)) {
                sink.write(new Table(columns, columns.get(0).size()));
                sink.commit();
            }
            return Files.readAllBytes(values);
        }
    }

    @Test
    void givesTheSamePairsFromS3AndHttpAsFromDisk() throws Exception {
        SampleCatalogs.write(SampleCatalogs.Sky.KEPLER, 20_000, 4, folder.resolve("root/sky"), 2);
        byte[] local = tutorial(folder.resolve("root/sky").toString());
        try (Servers servers = Servers.start(folder.resolve("root"))) {
            assertThat(tutorial("s3://sky", "--s3-endpoint", servers.s3().toString())).isEqualTo(local);
            assertThat(tutorial("s3://sky", "--s3-endpoint", servers.s3().toString(), "--s3-path-style",
                    "--s3-region", "eu-central-1", "--threads", "1")).isEqualTo(local);
            assertThat(tutorial(servers.http() + "/sky")).isEqualTo(local);
        }
    }

    @Test
    void countsRequestsInTheSummary() throws Exception {
        SampleCatalogs.write(SampleCatalogs.Sky.KEPLER, 3_000, 4, folder.resolve("root/sky"), 2);
        try (Servers servers = Servers.start(folder.resolve("root"))) {
            Path summary = folder.resolve("summary.json");
            assertThat(Xmatch.run("crossmatch", "s3://sky/ztf", "s3://sky/ps1", "--radius", "1", "--format", "count",
                    "--right-margin", "s3://sky/ps1_10arcs", "--summary", summary.toString(), "--s3-endpoint",
                    servers.s3().toString())).isZero();
            assertThat(Xmatch.run("info", servers.http() + "/sky/ztf", "--json")).isZero();

            assertThat(Files.readString(summary)).containsPattern("\"requests\": [1-9]")
                    .contains("\"retries\": 0").containsPattern("\"wait_seconds\": \\d+\\.\\d")
                    .containsPattern("\"bytes_read\": [1-9]");
        }
    }
}
