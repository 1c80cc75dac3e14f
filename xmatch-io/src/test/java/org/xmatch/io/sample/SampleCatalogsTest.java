package org.xmatch.io.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xmatch.core.match.MatchOptions;
import org.xmatch.core.region.Cone;
import org.xmatch.io.StorageException;
import org.xmatch.io.pipeline.CatalogInput;
import org.xmatch.io.pipeline.CrossMatch;
import org.xmatch.io.pipeline.MatchCounts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

class SampleCatalogsTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"10000, 1", "10000, 2", "3000, 3", "30000, 4", "150000, 5"})
    void makesACatalogLikeTheTutorials(long rows, long seed) {
        SampleCatalogs.write(SampleCatalogs.Sky.KEPLER, rows, seed, folder, 2);
        CatalogInput ztf = CatalogInput.open(folder.resolve("ztf").toString());
        CatalogInput ps1 = CatalogInput.open(folder.resolve("ps1").toString()).withMargin(folder.resolve("ps1_10arcs").toString());
        Cone cone = new Cone(KeplerField.CENTER_RA, KeplerField.CENTER_DEC, KeplerField.radiusArcsec(rows));
        MatchCounts counts = CrossMatch.of(ztf.withCone(cone), ps1, MatchOptions.nearestWithin(1)).count().counts();
        assertThat((double) counts.rowsLeft()).isCloseTo(rows, within(0.02 * rows));
        assertThat(100.0 * counts.rowsLeftMatched() / counts.rowsLeft()).isBetween(84.0, 88.0);
        assertThat(counts.rowsOut()).isEqualTo(counts.rowsLeftMatched());
        // beyond the cone there are stars too
        assertThat(CrossMatch.of(ztf, ps1, MatchOptions.nearestWithin(1)).count().counts().rowsLeft())
                .isGreaterThan(Math.round(1.05 * rows));
    }

    @Test
    void makesTheSameBytesWithAnyNumberOfThreads() throws IOException {
        SampleCatalogs.write(SampleCatalogs.Sky.KEPLER, 20_000, 7, folder.resolve("one"), 1);
        SampleCatalogs.write(SampleCatalogs.Sky.KEPLER, 20_000, 7, folder.resolve("three"), 3);
        List<Path> leaves;
        try (Stream<Path> files = Files.walk(folder.resolve("one"))) {
            leaves = files.filter(path -> path.toString().contains("dataset") && Files.isRegularFile(path)).toList();
        }
        assertThat(leaves).hasSizeGreaterThanOrEqualTo(4);
        for (Path leaf : leaves) {
            assertThat(folder.resolve("three").resolve(folder.resolve("one").relativize(leaf))).hasSameBinaryContentAs(leaf);
        }
    }

    @Test
    void makesAWholeSky() {
        SampleCatalogs.write(SampleCatalogs.Sky.ALLSKY, 30_000, 1, folder, 2);
        CatalogInput ztf = CatalogInput.open(folder.resolve("ztf").toString());
        CatalogInput ps1 = CatalogInput.open(folder.resolve("ps1").toString()).withMargin(folder.resolve("ps1_10arcs").toString());
        assertThat(ztf.hats().orElseThrow().partitions().stream().map(pixel -> pixel.parentAt(0)).distinct()).hasSize(12);
        MatchCounts counts = CrossMatch.of(ztf, ps1, MatchOptions.nearestWithin(1)).count().counts();
        assertThat(counts.rowsLeft()).isEqualTo(30_000);
        assertThat(100.0 * counts.rowsLeftMatched() / counts.rowsLeft()).isBetween(83.0, 88.0);
    }

    @Test
    void touchesNothingThatIsThere() throws IOException {
        Files.createDirectory(folder.resolve("ps1"));
        assertThatThrownBy(() -> SampleCatalogs.write(SampleCatalogs.Sky.KEPLER, 100, 1, folder, 1))
                .isInstanceOf(StorageException.class).hasMessageContaining("ps1");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void takesTheRadiiOfTheTutorial() {
        assertThat(KeplerField.radiusArcsec(10_000)).isEqualTo(331);
        assertThat(KeplerField.radiusArcsec(1_000_000)).isEqualTo(3318);
        assertThat(KeplerField.radiusArcsec(1_000_000_000)).isEqualTo(102_000);
        assertThat(KeplerField.radiusArcsec(40_000)).isCloseTo(662, within(1e-9));
        assertThat(KeplerField.radiusArcsec(2500)).isCloseTo(165.5, within(1e-9));
    }
}
