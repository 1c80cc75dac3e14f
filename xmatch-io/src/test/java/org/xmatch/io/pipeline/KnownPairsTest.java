package org.xmatch.io.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xmatch.core.match.Algorithm;
import org.xmatch.core.match.MatchOptions;
import org.xmatch.io.SharedData;
import org.xmatch.io.table.Column;
import org.xmatch.io.table.Table;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Real catalogs and those of LSDB's own tests against the pairs that are known. */
class KnownPairsTest {

    private static final String[] LAYOUTS = {"small_sky", "small_sky_npix_as_dir", "small_sky_order1_nested_sources",
        "small_sky_order1_collection", "small_sky_order1_collection/small_sky_order1"};

    /** Pairs by left and right number, with the separation. */
    private static Map<List<Long>, Double> pairs(CrossMatch match) {
        Map<List<Long>, Double> pairs = new TreeMap<>(java.util.Comparator.comparing(List::toString));
        match.forEach(table -> {
            for (int row = 0; row < table.rows(); row++) {
                pairs.put(List.of(number(table, 0, row), number(table, 1, row)),
                        table.columns().get(2).doubles()[row]);
            }
        });
        return pairs;
    }

    private static long number(Table table, int index, int row) {
        Column column = table.columns().get(index);
        return switch (column.field().physical()) {
            case INT64 -> column.longs()[row];
            case INT32 -> column.ints()[row];
            case DOUBLE -> (long) column.doubles()[row];
            case BYTE_ARRAY -> new String(column.bytes(), column.offsets()[row],
                    column.offsets()[row + 1] - column.offsets()[row], StandardCharsets.UTF_8).hashCode();
            default -> throw new AssertionError(column.field());
        };
    }

    private static CatalogInput catalog(String path, String column) {
        return CatalogInput.open(SharedData.path(path).toString()).withColumns(List.of(column));
    }

    private static void requireExpected(CrossMatch match, String file) throws Exception {
        Map<List<Long>, Double> found = pairs(match);
        List<String> lines = Files.readAllLines(SharedData.path("lsdb/xmatch_expected/" + file));
        assertThat(found).hasSize(lines.size() - 1);
        for (String line : lines.subList(1, lines.size())) {
            String[] values = line.split(",");
            List<Long> pair = List.of((long) Double.parseDouble(values[1]), (long) Double.parseDouble(values[2]));
            assertThat(found).containsKey(pair);
            assertThat(found.get(pair)).as("separation of %s", pair)
                    .isCloseTo(Double.parseDouble(values[3]) * 3600, within(1e-6));
        }
    }

    @ParameterizedTest
    @CsvSource({"36, 0, 1, xmatch_correct.csv", "18, 0, 1, xmatch_correct_0_005.csv", "18, 1, 1, xmatch_correct_0_005.csv",
        "18, 7.2, 1, xmatch_correct_002_005.csv", "7200, 0, 3, xmatch_correct_3n_2t.csv",
        "7200, 1800, 3, xmatch_correct_05_2_3n_margin.csv"})
    void givesThePairsThatLsdbExpects(double radius, double minRadius, int neighbors, String expected) throws Exception {
        for (String layout : LAYOUTS) {
            for (Algorithm algorithm : Algorithm.values()) {
                MatchOptions options = new MatchOptions(radius, minRadius, neighbors, algorithm);
                CatalogInput left = catalog("lsdb/" + layout, "id");
                CatalogInput right = catalog("lsdb/small_sky_xmatch", "id");
                requireExpected(CrossMatch.of(left, right, options), expected);
                requireExpected(CrossMatch.of(left, right.withMargin(
                        SharedData.path("lsdb/small_sky_xmatch_margin").toString()), options), expected);
            }
        }
    }

    @Test
    void findsTheMatchThatOnlyAMarginTileOutsideThePartitionsHas() throws Exception {
        CatalogInput left = catalog("lsdb/small_sky_left_xmatch", "id");
        CatalogInput right = catalog("lsdb/small_sky_xmatch", "id");
        MatchOptions options = MatchOptions.nearestWithin(7200).withNNeighbors(3);
        requireExpected(CrossMatch.of(left, right, options), "xmatch_correct_3n_2t_negative.csv");
        requireExpected(CrossMatch.of(left, right.withMargin(
                SharedData.path("lsdb/small_sky_xmatch_margin").toString()), options), "xmatch_correct_3n_2t_negative.csv");
    }

    @Test
    void takesACsvFileForACatalog() throws Exception {
        CatalogInput left = catalog("lsdb/small_sky", "id");
        CatalogInput right = catalog("lsdb/small_sky_xmatch.csv", "id");
        requireExpected(CrossMatch.of(left, right, MatchOptions.nearestWithin(36)), "xmatch_correct.csv");
    }

    @ParameterizedTest
    @CsvSource({"pleiades_hyades, 0.5, 1983, 1997", "pleiades_hyades, 1, 2583, 2613", "pleiades_hyades, 2, 2951, 2995",
        "pleiades_hyades, 5, 3066, 3118", "rawrap, 0.5, 391, 392", "rawrap, 1, 564, 566", "rawrap, 2, 657, 665",
        "rawrap, 5, 701, 711", "npole, 0.5, 872, 874", "npole, 1, 1101, 1106", "npole, 2, 1209, 1217",
        "npole, 5, 1260, 1271", "spole, 0.5, 945, 946", "spole, 1, 1199, 1203", "spole, 2, 1327, 1335",
        "spole, 5, 1373, 1388"})
    void findsGaiaStarsInTycho(String patch, double radius, long nearest, long all) throws Exception {
        CatalogInput gaia = catalog("real/fixture_" + patch + "_gaia.csv", "source_id");
        CatalogInput tycho = catalog("real/fixture_" + patch + "_tycho2.csv", "tyc");
        for (Algorithm algorithm : Algorithm.values()) {
            MatchOptions options = MatchOptions.nearestWithin(radius).withAlgorithm(algorithm);
            assertThat(CrossMatch.of(gaia, tycho, options).count().counts().rowsOut()).isEqualTo(nearest);
            assertThat(CrossMatch.of(gaia, tycho, options.withNNeighbors(MatchOptions.ALL)).count().counts().rowsOut())
                    .isEqualTo(all);
        }
        if (radius == 5) {
            List<List<String>> known = new ArrayList<>();
            Files.readAllLines(SharedData.path("real/fixture_" + patch + "_pairs5.csv")).stream().skip(1)
                    .forEach(line -> known.add(List.of(line.split(",")).subList(0, 2)));
            List<List<String>> found = new ArrayList<>();
            CrossMatch.of(gaia, tycho, MatchOptions.nearestWithin(5).withNNeighbors(MatchOptions.ALL)).forEach(table -> {
                for (int row = 0; row < table.rows(); row++) {
                    found.add(List.of(text(table, 0, row), text(table, 1, row)));
                }
            });
            assertThat(found).containsExactlyInAnyOrderElementsOf(known);
        }
    }

    private static String text(Table table, int index, int row) {
        Column column = table.columns().get(index);
        return column.field().physical() == org.xmatch.io.table.Field.Physical.BYTE_ARRAY
                ? new String(column.bytes(), column.offsets()[row], column.offsets()[row + 1] - column.offsets()[row],
                        StandardCharsets.UTF_8)
                : Long.toString(number(table, index, row));
    }

    @ParameterizedTest
    @CsvSource({"0.1, 5585, 5586", "0.5, 5665, 5669", "1, 5687, 5708", "2, 5716, 5819", "5, 5735, 6867", "60, 5739, 322626"})
    void findsGaiaStarsInPanStarrs(double radius, long nearest, long all) {
        CatalogInput gaia = catalog("real/gaia_dr2_lsst.csv", "id");
        CatalogInput ps1 = catalog("real/ps1_lsst.csv", "id");
        MatchOptions options = MatchOptions.nearestWithin(radius);
        assertThat(CrossMatch.of(gaia, ps1, options).count().counts().rowsOut()).isEqualTo(nearest);
        assertThat(CrossMatch.of(gaia, ps1, options.withNNeighbors(MatchOptions.ALL)).count().counts().rowsOut())
                .isEqualTo(all);
    }

    @ParameterizedTest
    @CsvSource({"0.5, 53, 56", "1, 60, 64", "2, 72, 97", "5, 79, 232", "30, 85, 5200"})
    void findsDelveObjectsInThePanStarrsCatalogOfTheTutorial(double radius, long nearest, long all) {
        CatalogInput delve = CatalogInput.open(SharedData.path("lsdb/delve_cone_small").toString());
        CatalogInput ps1 = CatalogInput.open(SharedData.path("lsdb/ps1_cone_small").toString());
        MatchOptions options = MatchOptions.nearestWithin(radius);
        assertThat(CrossMatch.of(delve, ps1, options).count().counts().rowsOut()).isEqualTo(nearest);
        assertThat(CrossMatch.of(delve, ps1, options.withNNeighbors(MatchOptions.ALL)).count().counts().rowsOut())
                .isEqualTo(all);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void findsAllBrightGaiaStarsInTycho(boolean margin) {
        CatalogInput gaia = CatalogInput.open(SharedData.path("hats/gaia_dr3").toString());
        CatalogInput tycho = CatalogInput.open(SharedData.path("hats/tycho2").toString());
        tycho = margin ? tycho : tycho.withoutMargin();
        MatchOptions options = MatchOptions.nearestWithin(1);
        MatchCounts nearest = CrossMatch.of(gaia, tycho, options).count().counts();
        assertThat(nearest.rowsOut()).isEqualTo(524_586);
        assertThat(nearest.rowsLeft()).isEqualTo(586_525);
        assertThat(nearest.rowsRight()).isEqualTo(2_430_468);
        assertThat(CrossMatch.of(gaia, tycho, options.withNNeighbors(MatchOptions.ALL)).count().counts().rowsOut())
                .isEqualTo(529_025);
        assertThat(CrossMatch.of(gaia, tycho, MatchOptions.nearestWithin(5).withNNeighbors(MatchOptions.ALL)).count()
                .counts().rowsOut()).isEqualTo(584_716);
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void everyAlgorithmFindsTheSameInGaiaAndTycho(Algorithm algorithm) {
        CatalogInput gaia = CatalogInput.open(SharedData.path("hats/gaia_dr3").toString());
        CatalogInput tycho = CatalogInput.open(SharedData.path("hats/tycho2").toString());
        assertThat(CrossMatch.of(gaia, tycho, MatchOptions.nearestWithin(1).withAlgorithm(algorithm)).count().counts()
                .rowsOut()).isEqualTo(524_586);
    }
}
