package org.xmatch.io.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xmatch.core.match.MatchOptions;
import org.xmatch.core.region.Cone;
import org.xmatch.io.parquet.ReadCost;
import org.xmatch.io.sample.KeplerField;
import org.xmatch.io.sample.SampleCatalogs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What is estimated, against what the same job then reads. */
class JobEstimateTest {

    // a job reads at most what is estimated, but for page indexes of columns that few rows are read of
    private static final double MOST_BYTES = 1.05;
    // and payload of matched rows only
    private static final double LEAST_BYTES = 0.6;
    private static final double MOST_REQUESTS = 1.35;
    private static final double LEAST_REQUESTS = 0.6;

    @TempDir
    private static Path sky;

    @BeforeAll
    static void make() {
        SampleCatalogs.write(SampleCatalogs.Sky.KEPLER, 60_000, 4, sky, 2);
    }

    private static CatalogInput left() {
        return CatalogInput.open(sky.resolve("ztf").toString()).withColumns(List.of("oid", "ra", "dec"));
    }

    private static CatalogInput right() {
        return CatalogInput.open(sky.resolve("ps1").toString()).withColumns(List.of("objName", "objID"));
    }

    private static JobEstimate estimate(CatalogInput left, CatalogInput right, double radius, int threads) {
        return JobEstimate.of(left, right, MatchOptions.nearestWithin(radius), threads, Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({"0, true", "0, false", "331, true", "331, false", "60, true"})
    void aJobReadsWhatWasEstimated(double cone, boolean margin) {
        CatalogInput left = left();
        CatalogInput right = margin ? right().withMargin(sky.resolve("ps1_10arcs").toString()) : right();
        if (cone > 0) {
            left = left.withCone(new Cone(KeplerField.CENTER_RA, KeplerField.CENTER_DEC, cone));
        }
        JobEstimate estimate = estimate(left, right, 1, 2);
        CatalogInput again = left();
        if (cone > 0) {
            again = again.withCone(new Cone(KeplerField.CENTER_RA, KeplerField.CENTER_DEC, cone));
        }
        CatalogInput rightAgain = margin ? right().withMargin(sky.resolve("ps1_10arcs").toString()) : right();

        MatchSummary done = CrossMatch.of(again, rightAgain, MatchOptions.nearestWithin(1)).withThreads(2)
                .forEach(table -> {});

        ReadCost read = estimate.read();
        assertThat(done.bytesRead()).isBetween((long) (LEAST_BYTES * read.bytes()), (long) (MOST_BYTES * read.bytes()));
        assertThat(done.requests()).isBetween((long) (LEAST_REQUESTS * read.requests()),
                (long) (MOST_REQUESTS * read.requests()));
        assertThat(estimate.left().rows()).isGreaterThanOrEqualTo(done.counts().rowsLeft());
        assertThat(estimate.units()).isPositive();
        assertThat(estimate.memoryBytes()).isPositive();
        assertThat(estimate.seconds()).isEqualTo(estimate.computeSeconds());
    }

    @Test
    void opensNoMoreThanFooters() {
        CatalogInput left = left();
        CatalogInput right = right();
        long before = left.counters().bytes() + right.counters().bytes();

        JobEstimate estimate = estimate(left, right, 1, 2);

        long looked = left.counters().requests() + right.counters().requests() - estimate.opening().requests();
        assertThat(estimate.opening().bytes()).isEqualTo(before);
        // a footer, and indexes of pages where a region cuts the leaf
        assertThat(looked).isLessThan(estimate.read().requests());
    }

    @Test
    void warnsOfWhatIsMissing() throws IOException {
        Path csv = Files.writeString(sky.resolve("one.csv"), "ra,dec\n10,-80\n");

        assertThat(estimate(left(), right(), 1, 2).warnings()).anyMatch(line -> line.contains("has no margin"));
        assertThat(estimate(left(), right().withMargin(sky.resolve("ps1_10arcs").toString()), 20, 2).warnings())
                .anyMatch(line -> line.contains("reaches 10.0 arcsec"));
        assertThat(estimate(left(), right(), 1, 200).warnings()).anyMatch(line -> line.contains("for 200 threads"));
        assertThat(estimate(CatalogInput.open(csv.toString()), right(), 1, 1).warnings())
                .anyMatch(line -> line.contains("nothing will match"));
        assertThat(estimate(left().withCone(new Cone(10, -80, 5)), right(), 1, 1).warnings())
                .anyMatch(line -> line.contains("will be empty"));
    }

    @Test
    void aSlowLinkIsWhatTakesTheTime() {
        JobEstimate.Link link = new JobEstimate.Link(1000, 0.05);

        JobEstimate estimate = JobEstimate.of(left(), right(), MatchOptions.nearestWithin(1), 2, Optional.of(link));

        assertThat(estimate.linkSeconds().orElseThrow()).isGreaterThan(estimate.read().bytes() / 1000.0);
        assertThat(estimate.seconds()).isEqualTo(estimate.linkSeconds().orElseThrow());
        assertThatThrownBy(() -> new JobEstimate.Link(0, 1)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bandwidth");
    }

    @Test
    void ofManyLeavesASampleIsLookedAt() {
        Path whole = sky.resolve("whole");
        SampleCatalogs.write(SampleCatalogs.Sky.ALLSKY, 12_000, 4, whole, 2);
        CatalogInput ztf = CatalogInput.open(whole.resolve("ztf").toString());
        CatalogInput ps1 = CatalogInput.open(whole.resolve("ps1").toString());
        JobEstimate all = estimate(ztf, ps1, 1, 1);

        JobEstimate sampled = new JobEstimator(ztf, ps1, MatchOptions.nearestWithin(1), 1, 3)
                .estimate(Optional.empty());

        assertThat(all.left().isSampled()).isFalse();
        assertThat(sampled.left().looked()).isLessThanOrEqualTo(3);
        assertThat(sampled.left().leaves()).isEqualTo(all.left().leaves()).isGreaterThan(3);
        assertThat(sampled.left().rows()).isBetween(all.left().rows() / 2, 2 * all.left().rows());
        assertThat(sampled.warnings()).anyMatch(line -> line.contains("leaves of") && line.contains("scaled"));
    }
}
