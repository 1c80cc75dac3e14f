package org.xmatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** A benchmark of small catalogs, each run in a process of its own. */
class BenchCommandTest {

    @TempDir
    private Path folder;

    private String said = "";

    private int bench(String... more) {
        PrintStream err = System.err;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            System.setErr(stream);
            return Xmatch.run(Stream.concat(Stream.of("bench", "--rows", "300", "--repeats", "1", "--out", folder.toString()),
                    Stream.of(more)).toArray(String[]::new));
        } finally {
            System.setErr(err);
            said = bytes.toString(StandardCharsets.UTF_8);
        }
    }

    @Test
    void recordsEachConfigurationOnceAndPlots() throws IOException {
        assertThat(bench("--threads", "1,scale")).as(said).isZero();
        assertThat(said).contains("300 rows, 1 workers, warm, to parquet: ").doesNotContain("recorded before");
        assertThat(bench("--threads", "scale,default")).as(said).isZero();

        assertThat(said).contains("300 rows, scale workers, warm, to parquet: recorded before", "300 rows, default workers, warm, to parquet: ");
        JsonObject record = JsonParser.parseString(Files.readString(folder.resolve("records/300-1-warm-parquet.json")))
                .getAsJsonObject();
        JsonObject run = record.getAsJsonArray("runs").get(0).getAsJsonObject();
        assertThat(record.keySet()).contains("subject", "rows", "workers", "cache", "format", "median_seconds", "machine");
        assertThat(run.keySet()).contains("process_seconds", "cpu_seconds", "stages", "bytes_read", "bytes_written", "requests",
                "peak_rss_bytes", "pairs_checksum", "rows_out");
        assertThat(run.get("pairs_checksum").getAsString()).startsWith(run.get("rows_out").getAsLong() + "-");
        List<BenchmarkRecord.Line> lines = new BenchmarkRecord(folder.resolve("xmatch_benchmarks.csv")).read();
        assertThat(lines).extracting(BenchmarkRecord.Line::workers).containsExactly("1", "default", "scale");
        for (String plot : List.of("workers.png", "rows.png", "memory.png")) {
            assertThat(ImageIO.read(folder.resolve(plot).toFile()).getWidth()).as(plot).isGreaterThan(600);
        }
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void aFailedRunIsNamedAndLeavesNoRecord() {
        assertThat(bench("--threads", "1", "--job-options", "--no-such-option")).isEqualTo(1);

        assertThat(said).contains("300 rows, 1 workers, warm, to parquet: the run ended with status 2", "--no-such-option");
        assertThat(folder.resolve("records")).doesNotExist();
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThat(bench("--threads", "many")).isEqualTo(2);
        assertThat(bench("--format", "fits")).isEqualTo(2);
        assertThat(bench("--cache", "tepid")).isEqualTo(2);
        assertThat(bench("--rows", "0")).isEqualTo(2);
        assertThat(bench("--ztf", "a")).isEqualTo(2);
        assertThat(bench("--recorded", folder.resolve("none.csv").toString())).isEqualTo(1);
    }

    @Test
    void theTutorialsOwnFiguresAreThere() {
        assertThat(BenchmarkRecord.tutorial()).hasSize(125)
                .anyMatch(line -> line.cpus() == 2 && line.rows() == 10_000_000 && line.seconds() == 145.963342);
    }
}
