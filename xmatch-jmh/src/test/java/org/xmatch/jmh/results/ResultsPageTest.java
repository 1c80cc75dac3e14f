package org.xmatch.jmh.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

class ResultsPageTest {

    @TempDir
    private Path folder;

    private static String row(String benchmark, String jdk, String algorithm, int rows, String threads, String samples) {
        return """
                {"benchmark": "%s", %s "params": {"rows": "%d", "sky": "KEPLER", "neighbors": "1", "threads": "%s", "algorithm": "%s"},
                 "primaryMetric": {"score": 1, "scoreUnit": "ms/op", "rawData": [%s]}}
                """.formatted(benchmark, jdk.isEmpty() ? "" : "\"jdkVersion\": \"" + jdk + "\",", rows, threads, algorithm, samples);
    }

    @Test
    void dividesByRowsAndComparesWithScipy() throws IOException {
        Files.writeString(folder.resolve("jmh-17.json"), "["
                + row("org.xmatch.jmh.MatchBenchmark.match", "17.0.15", "tile", 100_000, "1", "[2, 4], [3, 3]") + ","
                + row("org.xmatch.jmh.MatchBenchmark.match", "17.0.15", "tile", 10_000, "1", "[0.3]") + "]");
        Files.writeString(folder.resolve("peer-scipy.json"),
                "[" + row("peer.scipy", "", "scipy", 100_000, "1", "[60, 50, 90]") + "]");
        Files.writeString(folder.resolve("machine.json"), "{\"cpu\": \"abacus\", \"jdks\": [\"a\", \"b\"], \"data_sha256\": {}}");

        ResultsPage.write(folder);

        String page = Files.readString(folder.resolve("README.md"));
        assertThat(page).contains("| cpu | abacus |").contains("| jdks | a; b |")
                .contains("| KEPLER | 100,000 | xmatch tile | 17 | 30.0 | 27.5 - 32.5 | 4 | 20.0x |")
                .contains("| KEPLER | 10,000 | xmatch tile | 17 | 30.0 | 30.0 - 30.0 | 1 |  |")
                .contains("| KEPLER | 100,000 | scipy |  | 600 | 550 - 750 | 3 | 1.00x |")
                .contains("rows-1-thread.png").doesNotContain("rows-2-thread.png");
        assertThat(ImageIO.read(folder.resolve("rows-1-thread.png").toFile()).getWidth()).isEqualTo(1100);
    }

    @Test
    void countsTheSamplesOfAllTurns() throws IOException {
        String tile = row("org.xmatch.jmh.MatchBenchmark.match", "17.0.15", "tile", 100_000, "1", "[%s]");
        Files.writeString(folder.resolve("jmh-rows.json"), "[" + tile.formatted("2, 4") + "]");
        Files.writeString(folder.resolve("jmh-turn-2.json"), "[" + tile.formatted("8") + "]");
        Files.writeString(folder.resolve("peer-scipy.json"),
                "[" + row("peer.scipy", "", "scipy", 100_000, "1", "[60]") + "]");
        Files.writeString(folder.resolve("machine.json"), "{}");

        ResultsPage.write(folder);

        assertThat(Files.readString(folder.resolve("README.md")))
                .contains("| KEPLER | 100,000 | xmatch tile | 17 | 40.0 | 30.0 - 60.0 | 3 | 15.0x |");
    }

    @Test
    @Timeout(60)
    void plotsSkiesAndNeighboursSideBySide() throws IOException {
        String tile = row("org.xmatch.jmh.MatchBenchmark.match", "17.0.15", "tile", 100_000, "1", "[2, 4], [3, 3]");
        Files.writeString(folder.resolve("jmh-17.json"), "[" + String.join(",", tile, tile.replace("KEPLER", "POLE"),
                tile.replace("KEPLER", "GLOBULAR"), tile.replace("\"neighbors\": \"1\"", "\"neighbors\": \"all\"")) + "]");
        Files.writeString(folder.resolve("machine.json"), "{}");

        ResultsPage.write(folder);

        assertThat(Files.readString(folder.resolve("README.md"))).contains("skies.png").contains("neighbors.png");
        assertThat(ImageIO.read(folder.resolve("skies.png").toFile()).getHeight()).isEqualTo(700);
        assertThat(folder.resolve("neighbors.png")).isNotEmptyFile();
    }

    @Test
    void comparesTheDefaultAlgorithmWithTheBestOtherOnOddFields() throws IOException {
        String tile = row("org.xmatch.jmh.MatchOddFieldsBenchmark.match", "17.0.15", "tile", 100_000, "1", "[3, 3]")
                .replace("\"sky\": \"KEPLER\"", "\"field\": \"SPOTS\"");
        Files.writeString(folder.resolve("jmh-17.json"), "[" + String.join(",", tile, tile.replace("tile", "grid").replace("3, 3", "2, 2"),
                tile.replace("tile", "kdtree").replace("3, 3", "9, 9"), tile.replace("SPOTS", "SCAN")) + "]");
        Files.writeString(folder.resolve("machine.json"), "{}");

        ResultsPage.write(folder);

        assertThat(Files.readString(folder.resolve("README.md")))
                .contains("| field | rows | neighbours | JDK | tile | grid | kdtree | tile / best other |")
                .contains("| SPOTS | 100,000 | 1 | 17 | 30.0 | 20.0 | 90.0 | 1.50 |")
                .contains("| SCAN | 100,000 | 1 | 17 | 30.0 |  |  | |");
    }

    @Test
    void saysWhichFileIsNotARawOne() throws IOException {
        Files.writeString(folder.resolve("jmh-17.json"), "{}");

        assertThatThrownBy(() -> ResultsPage.write(folder))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("jmh-17.json");
    }

    @Test
    void quartilesAreThoseOfNumpy() {
        assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 3.0))).isEqualTo(new Spread(1.75, 2.5, 3.25, 4));
        assertThatThrownBy(() -> Spread.of(List.of(0.0))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void numbersHaveThreeDigits() {
        assertThat(List.of(0.01234, 1.234, 12.34, 123.4, 1234.0).stream().map(ResultsTables::number))
                .containsExactly("0.0123", "1.23", "12.3", "123", "1234");
    }
}
