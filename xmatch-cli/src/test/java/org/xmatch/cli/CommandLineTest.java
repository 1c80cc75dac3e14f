package org.xmatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xmatch.io.sample.SampleCatalogs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Commands as a user types them: status, what they print, what they leave. */
class CommandLineTest {

    @TempDir
    private static Path sky;

    @TempDir
    private Path folder;

    private record Run(int status, String out, String err) {}

    @BeforeAll
    static void makeCatalogs() {
        SampleCatalogs.write(SampleCatalogs.Sky.KEPLER, 3000, 4, sky, 2);
    }

    private static Run xmatch(Object... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        try (PrintStream outStream = new PrintStream(outBytes, true, StandardCharsets.UTF_8);
                PrintStream errStream = new PrintStream(errBytes, true, StandardCharsets.UTF_8)) {
            System.setOut(outStream);
            System.setErr(errStream);
            int status = Xmatch.run(Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
            return new Run(status, outBytes.toString(StandardCharsets.UTF_8), errBytes.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    /** The run failed with one line that says all of {@code words}, and left no file. */
    private void requireFailure(Run run, int status, String... words) throws IOException {
        assertThat(run.err()).as(run.toString()).hasLineCount(1).startsWith("xmatch: ").contains(words)
                .doesNotContain("Exception");
        assertThat(run.status()).isEqualTo(status);
        assertThat(run.out()).isEmpty();
        assertThat(outputs()).isEmpty();
    }

    private List<String> outputs() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(path -> path.getFileName().toString()).filter(name -> name.contains("out")).toList();
        }
    }

    private Run match(Object left, Object right, Object... more) {
        Object[] first = {"crossmatch", left, right, "--out", folder.resolve("out.parquet")};
        return xmatch(Stream.concat(Arrays.stream(first), Arrays.stream(more)).toArray());
    }

    private Path csv(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static Path ztf() {
        return sky.resolve("ztf");
    }

    private static Path ps1() {
        return sky.resolve("ps1");
    }

    @Test
    void countsAloneOnStandardOutput() {
        Run run = xmatch("crossmatch", ztf(), ps1(), "--radius", 1, "--format", "count");
        assertThat(run.status()).isZero();
        assertThat(run.out()).matches("\\d+\\R");
    }

    @Test
    void writesASummary() throws IOException {
        Path summary = folder.resolve("summary.json");
        Run run = match(ztf(), ps1(), "--radius", 1, "--summary", summary, "--cone", "290.6666666666667,44.5,181");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(Files.readString(summary)).contains("\"rows_left\"", "\"rows_left_matched\"", "\"rows_left_no_position\": 0",
                "\"rows_right\"", "\"rows_right_no_position\": 0", "\"rows_out\"", "\"seconds\"", "\"stages\"", "\"bytes_read\"",
                "\"requests\"", "\"peak_rss_bytes\"", "\"threads\"", "\"algorithm\": \"tile\"");
    }

    @Test
    void plansWithTheOptionsOfCrossmatch() {
        Object[] match = {ztf(), ps1(), "--radius", 1, "--cone", "290.6666666666667,44.5,181", "--left-columns", "oid"};
        Run text = xmatch(Stream.concat(Stream.of("plan"), Arrays.stream(match)).toArray());
        Run json = xmatch(Stream.concat(Stream.of("plan", "--json", "--link", "100MiB/s,50ms", "--threads", 64),
                Arrays.stream(match)).toArray());
        assertThat(text.status()).as(text.err()).isZero();
        assertThat(text.out()).contains("left: 1 of 1 leaves", "units of work: 1", "read at most: ", "memory: about ",
                "time on this machine: ", "warning: ").doesNotContain("over the link");
        assertThat(json.status()).as(json.err()).isZero();
        assertThat(json.out()).contains("\"leaves\": 1", "\"rows\": ", "\"bytes\": ", "\"requests\": ", "\"memory_bytes\": ",
                "\"cpu_seconds\": ", "\"link_seconds\": ", "\"warnings\": [\"", "1 units of work for 64 threads");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fast", "100", "0MB/s", "1MB/s,50", "1MB/s,-5ms"})
    void plansOverNoSuchLink(String link) throws IOException {
        requireFailure(xmatch("plan", ztf(), ps1(), "--radius", 1, "--link", link), 2, "link");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "NaN", "Infinity", "x", "700000"})
    void refusesRadius(String radius) throws IOException {
        requireFailure(match(ztf(), ps1(), "--radius", radius), 2, "radius");
    }

    @Test
    void refusesBadOptions() throws IOException {
        requireFailure(match(ztf(), ps1()), 2, "--radius");
        requireFailure(match(ztf(), ps1(), "--radius", 1, "--neighbors", 0), 2, "0");
        requireFailure(match(ztf(), ps1(), "--radius", 1, "--neighbors", "some"), 2, "some");
        requireFailure(match(ztf(), ps1(), "--radius", 1, "--min-radius", 2), 2, "minimum radius");
        requireFailure(match(ztf(), ps1(), "--radius", 1, "--algorithm", "magic"), 2, "magic");
        requireFailure(match(ztf(), ps1(), "--radius", 1, "--format", "fits"), 2, "fits");
        requireFailure(match(ztf(), ps1(), "--radius", 1, "--cone", "1,2"), 2, "cone");
        requireFailure(match(ztf(), ps1(), "--radius", 1, "--cone", "1,91,5"), 2, "91");
        requireFailure(match(ztf(), ps1(), "--radius", 1, "--cone", "1,2,0"), 2, "radius");
        requireFailure(match(ztf(), ps1(), "--radius", 1, "--suffixes", "_a"), 2, "--suffixes");
        requireFailure(match(ztf(), ps1(), "--radius", 1, "--threads", 0), 2, "threads");
        requireFailure(match(ztf(), ps1(), "--radius", 1, "--no-such-option"), 2, "--no-such-option");
        requireFailure(xmatch("crossmatch", ztf(), ps1(), "--radius", 1), 2, "--out");
        requireFailure(xmatch("no-such-command"), 2, "no-such-command");
        requireFailure(xmatch("generate", "mars", "--rows", 10, "--out", folder.resolve("out")), 2, "mars");
        requireFailure(xmatch("generate", "kepler", "--rows", 0, "--out", folder.resolve("out")), 2, "--rows");
    }

    @Test
    void refusesWhatIsNoCatalog() throws IOException {
        requireFailure(match(folder.resolve("nowhere"), ps1(), "--radius", 1), 1, "nowhere");
        requireFailure(match(sky, ps1(), "--radius", 1), 1, "neither a HATS catalog", "hats.properties");
        requireFailure(match(csv("names.txt", "a,b\n1,2\n"), ps1(), "--radius", 1), 1, "names.txt");
        requireFailure(match(csv("text.parquet", "ra,dec\n1,2\n"), ps1(), "--radius", 1), 1, "text.parquet");
        requireFailure(match(csv("empty.csv", ""), ps1(), "--radius", 1), 1, "empty.csv");
        requireFailure(match(csv("empty.parquet", ""), ps1(), "--radius", 1), 1, "empty.parquet");
        requireFailure(match("s4://bucket/ztf", ps1(), "--radius", 1), 1, "s4://bucket/ztf");
        requireFailure(xmatch("info", folder.resolve("nowhere")), 1, "nowhere");
    }

    @Test
    void namesColumnsThatAreNotThere() throws IOException {
        requireFailure(match(ztf(), ps1(), "--radius", 1, "--left-columns", "oid,nothing"), 1, "nothing", "oid");
        requireFailure(match(ztf(), ps1(), "--radius", 1, "--right-columns", "nope"), 1, "nope");
        requireFailure(match(ztf(), ps1(), "--radius", 1, "--left-ra", "nope", "--left-dec", "dec"), 1, "nope");
        requireFailure(match(csv("xy.csv", "x,y\n1,2\n"), ps1(), "--radius", 1), 1, "xy.csv", "ra");
        requireFailure(match(csv("two.csv", "ra,dec,ra_deg,dec_deg\n1,2,3,4\n"), ps1(), "--radius", 1), 1, "ra_deg");
        requireFailure(match(csv("text.csv", "ra,dec\n1,north\n"), ps1(), "--radius", 1), 1, "dec");
        requireFailure(match(ztf(), ps1(), "--radius", 1, "--left-columns", "ra,ra"), 2, "ra");
    }

    @Test
    void refusesAPositionOffTheSphere() throws IOException {
        Run run = match(csv("off.csv", "id,ra,dec\n7,10,20\n8,10,91\n"), ps1(), "--radius", 1);
        requireFailure(run, 1, "91", "off.csv");
        requireFailure(match(ztf(), folder.resolve("off.csv"), "--radius", 1), 1, "91", "off.csv");
    }

    @Test
    void namesTheLeafThatIsMissing() throws IOException {
        SampleCatalogs.write(SampleCatalogs.Sky.KEPLER, 1000, 1, folder.resolve("sky"), 1);
        Path leaf = leaf(folder.resolve("sky/ps1"));
        Files.delete(leaf);
        requireFailure(match(ztf(), folder.resolve("sky/ps1"), "--radius", 1), 1, leaf.getFileName().toString());
    }

    private static Path leaf(Path catalog) throws IOException {
        try (Stream<Path> files = Files.walk(catalog)) {
            return files.filter(path -> path.getFileName().toString().startsWith("Npix=")).findFirst().orElseThrow();
        }
    }

    @Test
    void namesTheFileWhosePageIsDamaged() throws IOException {
        SampleCatalogs.write(SampleCatalogs.Sky.KEPLER, 1000, 1, folder.resolve("sky"), 1);
        Path leaf = leaf(folder.resolve("sky/ps1"));
        byte[] bytes = Files.readAllBytes(leaf);
        Path out = folder.resolve("out.parquet");
        assertThat(match(ztf(), folder.resolve("sky/ps1"), "--radius", 1).status()).isZero();
        byte[] undamaged = Files.readAllBytes(out);
        Files.delete(out);
        int failures = 0;
        for (int at = 100; at < bytes.length * 3 / 4; at += bytes.length / 40) {
            byte[] changed = bytes.clone();
            changed[at] ^= 4;
            Files.write(leaf, changed);
            Run run = match(ztf(), folder.resolve("sky/ps1"), "--radius", 1);
            if (run.status() == 0) {
                // a page that no pair needs
                assertThat(out).hasBinaryContent(undamaged);
                Files.delete(out);
            } else {
                requireFailure(run, 1, leaf.getFileName().toString());
                failures++;
            }
        }
        assertThat(failures).isPositive();
        Files.write(leaf, Arrays.copyOf(bytes, bytes.length / 2));
        requireFailure(match(ztf(), folder.resolve("sky/ps1"), "--radius", 1), 1, leaf.getFileName().toString());
    }

    @Test
    void replacesAnOutputOnlyWhenAsked() throws IOException {
        Path out = csv("out.parquet", "precious");
        Run run = match(ztf(), ps1(), "--radius", 1);
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).hasLineCount(1).contains("--overwrite");
        assertThat(out).hasContent("precious");
        assertThat(match(ztf(), ps1(), "--radius", -1, "--overwrite").status()).isEqualTo(2);
        assertThat(match(ztf(), ps1(), "--radius", 1, "--left-columns", "no", "--overwrite").status()).isEqualTo(1);
        assertThat(out).hasContent("precious");
        assertThat(match(ztf(), ps1(), "--radius", 1, "--overwrite").status()).isZero();
        assertThat(Files.size(out)).isGreaterThan(1000);
        assertThat(outputs()).containsExactly("out.parquet");
    }

    @Test
    void namesAnOutputFolderThatIsNotThere() {
        Run run = xmatch("crossmatch", ztf(), ps1(), "--radius", 1, "--out", folder.resolve("no/such/out.parquet"));
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).hasLineCount(1).contains("such");
        Run onFolder = xmatch("crossmatch", ztf(), ps1(), "--radius", 1, "--out", folder, "--overwrite");
        assertThat(onFolder.status()).isEqualTo(1);
        assertThat(onFolder.err()).hasLineCount(1);
        assertThat(folder).isDirectory();
    }

    @Test
    void writesTheSchemaWhenNothingMatches() throws IOException {
        Path far = csv("far.csv", "name,ra,dec\na,10,-20\n,,\n");
        Path out = folder.resolve("out.csv");
        Run run = xmatch("crossmatch", far, ps1(), "--radius", 1, "--out", out, "--right-columns", "objID");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(out).hasContent("name_far,ra_far,dec_far,objID_ps1,_dist_arcsec\n");
        assertThat(match(far, far, "--radius", 1, "--suffixes", "_a,_b", "--cone", "100,50,1").status()).isZero();
    }

    @Test
    void countsRowsWithoutAPosition() throws IOException {
        Path nan = csv("nan.csv", "id,ra,dec\n1,,\n2,NaN,4\n3,5,nan\n");
        Path summary = folder.resolve("s.json");
        Run run = match(nan, ps1(), "--radius", 1, "--summary", summary);
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err()).contains("3 left");
        assertThat(Files.readString(summary)).contains("\"rows_left_no_position\": 3", "\"rows_out\": 0");

        Run count = xmatch("crossmatch", nan, ps1(), "--radius", 1, "--format", "count");
        assertThat(count.out()).isEqualTo("0\n");
        assertThat(count.err()).contains("3 left");
    }

    @Test
    void keepsTheOrderOfAPlainFile() throws IOException {
        Path left = csv("left.csv", "id,ra,dec\n4,200,10\n1,10,10\n3,100,-50\n2,10.0001,10\n");
        Path right = csv("right.csv", "id,RA,Dec\n10,10,10\n20,100,-50\n30,200,10\n");
        Path out = folder.resolve("out.csv");
        Run run = xmatch("crossmatch", left, right, "--radius", 5, "--out", out, "--left-columns", "id", "--right-columns", "id",
                "--suffix-method", "overlapping");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(Files.readAllLines(out).stream().map(line -> line.replaceAll("(\\d),0\\.?0*$", "$1,0")).limit(4))
                .containsExactly("id_left,id_right,_dist_arcsec", "4,30,0", "1,10,0", "3,20,0");
    }

    @Test
    void writesACatalogThatIsAnInput() {
        Path out = folder.resolve("pairs.hats");
        Run run = xmatch("crossmatch", ztf(), ps1(), "--radius", 1, "--out", out);
        assertThat(run.status()).as(run.err()).isZero();
        String pairs = xmatch("crossmatch", ztf(), ps1(), "--radius", 1, "--format", "count").out();
        assertThat(xmatch("crossmatch", out, out, "--radius", 0.001, "--format", "count").out()).isEqualTo(pairs);

        Run again = xmatch("crossmatch", ztf(), ps1(), "--radius", 1, "--out", out, "--format", "hats");
        assertThat(again.status()).isEqualTo(1);
        assertThat(again.err()).contains("exists already").contains("--overwrite");
        assertThat(xmatch("crossmatch", ztf(), ps1(), "--radius", 1, "--out", out, "--overwrite").status()).isZero();
        assertThat(xmatch("crossmatch", out, ps1(), "--radius", 1, "--out", out, "--overwrite").err()).contains("the input");
    }

    @Test
    void resumesCatalogsOnly() throws IOException {
        requireFailure(match(ztf(), ps1(), "--radius", 1, "--resume"), 2, "--resume", "--format hats");
        requireFailure(match(ztf(), ps1(), "--radius", 1, "--keep-going"), 2, "--keep-going", "--format hats");
    }

    @Test
    void refusesColumnsOfOneName() throws IOException {
        Path left = csv("a.csv", "id,ra,dec\n4,200,10\n");
        Run run = match(left, left, "--radius", 1, "--suffixes", "_x,_x");
        requireFailure(run, 2, "_x");
    }

    @Test
    void showsWhereItFailedOnlyWhenAsked() {
        Run run = xmatch("crossmatch", folder.resolve("nowhere"), ps1(), "--radius", 1, "--format", "count", "--debug");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("\tat org.xmatch");
    }

    @Test
    void runsTheTutorial() throws IOException {
        Path out = folder.resolve("tutorial");
        Run first = xmatch("tutorial", "--rows", 3000, "--out", out, "--seed", 3);
        assertThat(first.status()).as(first.err()).isZero();
        assertThat(first.out()).contains("Time Elapsed", "Number of rows out", "Match rate");
        Run second = xmatch("tutorial", "--rows", 3000, "--out", out, "--seed", 3, "--threads", "scale");
        assertThat(second.status()).isZero();
        assertThat(second.err()).doesNotContain("making");
        List<String> record = Files.readAllLines(out.resolve("xmatch_benchmarks.csv"));
        assertThat(record).hasSize(3);
        assertThat(record.get(0)).isEqualTo("Ncpus,Nrows,Nworkers,time,Nrows_out,updated");
        assertThat(record.get(2)).matches("\\d+,3000,scale,[\\d.]+,\\d+\\.0,.*");
        Run given = xmatch("tutorial", "--rows", -1, "--ztf", ztf(), "--ps1", ps1(), "--ps1-margin", sky.resolve("ps1_10arcs"),
                "--out", out);
        assertThat(given.status()).as(given.err()).isZero();
        assertThat(Files.readAllLines(out.resolve("xmatch_benchmarks.csv")).get(3)).matches("\\d+,-1,default,.*");
    }

    @Test
    void infoNamesNestedColumnsOfPlainFilesToo() {
        Path file = Path.of(System.getProperty("xmatch.shared", "../../shared"), "data", "lsdb",
                "small_sky_order1_nested_sources", "catalog", "dataset", "Norder=1", "Dir=0", "Npix=44.parquet");
        assumeTrue(Files.isRegularFile(file), "no shared test data at " + file);

        assertThat(xmatch("info", file).out()).contains("nested_columns: [sources]");
    }

    @Test
    void describesACatalog() {
        Run run = xmatch("info", ps1(), "--json");
        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("\"ps1\"");
        assertThat(xmatch("info", ztf()).out()).contains("partitions:");
    }

    /** What it trains on is in the importer's layout, has margins, and its jobs end well: else there is no archive. */
    @Test
    void warmUpDoesTheJobsOfALauncher() {
        Path out = folder.resolve("warm");
        Run run = xmatch("warm-up", "--out", out, "--rounds", 2, "--remote", "--library", folder.resolve("library"));
        assertThat(run.status()).as(run.toString()).isZero();
        assertThat(run.err().lines().filter(line -> line.contains("2,340 pairs from 2,696 left rows"))).hasSize(4);
        assertThat(out.resolve("ps1_10arcs/partition_info.csv")).content().hasLineCount(16);
        assertThat(folder.resolve("library")).isDirectory();
    }
}
