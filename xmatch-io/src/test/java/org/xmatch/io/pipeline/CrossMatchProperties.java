package org.xmatch.io.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.LongRange;
import org.xmatch.core.align.PartitionGroup;
import org.xmatch.core.healpix.Healpix;
import org.xmatch.core.margin.MarginPixels;
import org.xmatch.core.match.Algorithm;
import org.xmatch.core.match.MatchOptions;
import org.xmatch.core.region.Cone;
import org.xmatch.core.sky.Separation;
import org.xmatch.io.hats.TestCatalog;
import org.xmatch.io.hats.HatsWriter;
import org.xmatch.io.parquet.ParquetWriteOptions;
import org.xmatch.io.storage.ScratchFolder;
import org.xmatch.io.table.Table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Cross-matches of small catalogs, cut into partitions in any way, against brute force over all rows:
 * the same pairs in the same order, with the same separations.
 */
class CrossMatchProperties {

    private record Match(long left, long right, double arcsec) {}

    @Property(tries = 400, seed = "11", shrinking = ShrinkingMode.OFF)
    void findsWhatBruteForceFinds(@ForAll @LongRange(min = 0, max = 1L << 40) long seed) throws IOException {
        Random random = new Random(seed);
        Path folder = Files.createTempDirectory("xmatch-test");
        try {
            check(random, folder);
        } finally {
            try (Stream<Path> tree = Files.walk(folder)) {
                tree.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
            }
        }
    }

    /** As catalogs have them whose positions were made float32 after they were partitioned. */
    @Property(tries = 40, seed = "3", shrinking = ShrinkingMode.OFF)
    void findsPairsWhosePositionsAreRounded(@ForAll @LongRange(min = 0, max = 1L << 40) long seed) throws IOException {
        Random random = new Random(seed);
        Path folder = Files.createTempDirectory("xmatch-test");
        try {
            double radius = Math.pow(10, -2 + 3 * random.nextDouble());
            // a corner of many orders' pixels, where ra is large
            double[][] centers = {{315, 0}, {359.99, 0.01}, {315, 41.8103149}};
            double[][] left = positions(centers, 200, radius, random);
            double[][] right = positions(centers, 200, radius, random);
            for (int i = 0; i < 100; i++) {
                right[0][i] = (float) left[0][i];
                right[1][i] = (float) left[1][i];
            }
            TestCatalog leftCatalog = TestCatalog.partition(left[0], left[1], 10, 20, false, random);
            TestCatalog rightCatalog = TestCatalog.partition(right[0], right[1], 10, 20, false, random);
            for (double[] degrees : List.of(left[0], left[1], right[0], right[1])) {
                for (int i = 0; i < degrees.length; i++) {
                    degrees[i] = (float) degrees[i];
                }
            }
            ParquetWriteOptions layout = new ParquetWriteOptions(20, 5, 1, List.of());
            leftCatalog.write(folder.resolve("left"), "left", layout);
            rightCatalog.write(folder.resolve("right"), "right", layout);
            // as wide as the radius, and with less in it than a search needs: not to be used
            int narrow = Math.max(18, rightCatalog.deepestOrder() + 1);
            rightCatalog.writeMargin(folder.resolve("margin"), radius, narrow, layout);
            MatchOptions options = MatchOptions.nearestWithin(radius).withNNeighbors(MatchOptions.ALL);
            CatalogInput leftInput = CatalogInput.open(folder.resolve("left").toString()).withColumns(List.of("id"));
            Optional<Cone> cone = random.nextBoolean() ? Optional.empty()
                    : Optional.of(new Cone(315, 0, radius * 10 * random.nextDouble()));
            CatalogInput rightInput = CatalogInput.open(folder.resolve("right").toString()).withColumns(List.of("id"));
            CrossMatch match = CrossMatch.of(cone.isPresent() ? leftInput.withCone(cone.get()) : leftInput,
                    random.nextBoolean() ? rightInput : rightInput.withMargin(folder.resolve("margin").toString()), options);
            assertThat(match.borderNotice()).isPresent();
            if (random.nextBoolean()) {
                match = match.withLimits(new UnitLimits(1 + random.nextInt(20), 1 + random.nextInt(20), 1024, 0, 100));
            }
            List<Match> found = new ArrayList<>();
            match.forEach(table -> {
                for (int row = 0; row < table.rows(); row++) {
                    found.add(new Match(table.columns().get(0).longs()[row], table.columns().get(1).longs()[row],
                            table.columns().get(2).doubles()[row]));
                }
            });
            assertThat(found).containsExactlyInAnyOrderElementsOf(bruteForce(left, leftCatalog.fileOrder(), right,
                    rightCatalog.fileOrder(), cone, options));
        } finally {
            try (Stream<Path> tree = Files.walk(folder)) {
                tree.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
            }
        }
    }

    private static void check(Random random, Path folder) throws IOException {
        double radius = Math.pow(10, -1 + 5 * random.nextDouble());
        double[][] centers = centers(random);
        double[][] left = positions(centers, random.nextInt(250), radius, random);
        double[][] right = positions(centers, random.nextInt(250), radius, random);
        for (int i = 0; i < Math.min(left[0].length, right[0].length) / 4; i++) {
            // exactly the same place, and exactly the radius to the north
            right[0][i] = left[0][i];
            right[1][i] = i % 2 == 0 ? left[1][i] : Math.min(90, left[1][i] + radius / 3600);
        }
        TestCatalog leftCatalog = partition(left, random);
        TestCatalog rightCatalog = partition(right, random);
        ParquetWriteOptions layout = new ParquetWriteOptions(1 + random.nextInt(60), 1 + random.nextInt(20), 1, List.of());
        leftCatalog.write(folder.resolve("left"), "left", layout);
        rightCatalog.write(folder.resolve("right"), "right", layout);
        CatalogInput leftInput = CatalogInput.open(folder.resolve("left").toString()).withColumns(List.of("id"));
        CatalogInput rightInput = CatalogInput.open(folder.resolve("right").toString()).withColumns(List.of("id"));
        double marginArcsec = Math.pow(10, -1 + 5 * random.nextDouble());
        int marginOrder = MarginPixels.orderFor(marginArcsec);
        if (random.nextBoolean() && marginOrder > rightCatalog.deepestOrder()) {
            rightCatalog.writeMargin(folder.resolve("margin"), marginArcsec, marginOrder, layout);
            rightInput = rightInput.withMargin(folder.resolve("margin").toString());
        }
        Optional<Cone> cone = Optional.empty();
        if (random.nextInt(3) == 0) {
            double[] center = centers[random.nextInt(centers.length)];
            cone = Optional.of(new Cone(center[0], center[1], radius * 30 * random.nextDouble()));
            leftInput = leftInput.withCone(cone.get());
        }
        int neighbors = new int[] {1, 1, 2, 5, MatchOptions.ALL}[random.nextInt(5)];
        double minRadius = random.nextInt(4) == 0 ? radius * random.nextDouble() : 0;
        Algorithm algorithm = Algorithm.values()[random.nextInt(Algorithm.values().length)];
        MatchOptions options = new MatchOptions(radius, minRadius, neighbors, algorithm);
        int[] leftOrder = leftCatalog.fileOrder();
        if (random.nextInt(4) == 0) {
            leftInput = plain(leftInput, folder, random.nextBoolean() ? "left.csv" : "left.parquet", left);
            leftInput = cone.isPresent() ? leftInput.withCone(cone.get()) : leftInput;
            leftOrder = Stream.iterate(0, i -> i + 1).limit(left[0].length).mapToInt(i -> i).toArray();
        }
        CrossMatch match = CrossMatch.of(leftInput, rightInput, options).withThreads(1 + random.nextInt(3));
        match = random.nextInt(4) == 0 ? match.withScalingThreads(2) : match;
        MatchCounts unlimited = match.count().counts();
        if (random.nextInt(3) > 0) {
            match = match.withLimits(new UnitLimits(1 + random.nextInt(80), 1 + random.nextInt(80), 1024,
                    random.nextInt(2000), 1 + random.nextInt(40)));
        }
        List<Match> found = new ArrayList<>();
        MatchSummary summary = match.forEach(table -> {
            for (int row = 0; row < table.rows(); row++) {
                found.add(new Match(table.columns().get(0).longs()[row], table.columns().get(1).longs()[row],
                        table.columns().get(2).doubles()[row]));
            }
        });
        List<Match> wanted = bruteForce(left, leftOrder, right, rightCatalog.fileOrder(), cone, options);
        assertThat(found).isEqualTo(wanted);
        assertThat(summary.counts().rowsOut()).isEqualTo(wanted.size());
        assertThat(summary.counts().rowsLeftMatched()).isEqualTo(wanted.stream().map(Match::left).distinct().count());
        // how many right partitions are looked at may differ
        assertThat(summary.counts()).usingRecursiveComparison().ignoringFields("rowsRight").isEqualTo(unlimited);
        assertThat(match.count().counts()).usingRecursiveComparison().ignoringFields("rowsRight").isEqualTo(unlimited);
        CollectingSinks units = new CollectingSinks();
        assertThat(match.runUnits(encoder -> units, false, ScratchFolder.temporary()).counts())
                .usingRecursiveComparison().ignoringFields("rowsRight").isEqualTo(unlimited);
        assertThat(units.rows()).as("by units, in sky order").containsExactlyInAnyOrderElementsOf(wanted);
    }

    /** Collects what units give, and sees that each unit's rows ascend by the index of their left rows. */
    private static final class CollectingSinks implements UnitSinks {

        private final List<Match> rows = Collections.synchronizedList(new ArrayList<>());

        List<Match> rows() {
            return rows;
        }

        @Override
        public Optional<MatchCounts> finished(PartitionGroup unit) {
            return Optional.empty();
        }

        @Override
        public UnitSink open(PartitionGroup unit) {
            return new UnitSink() {
                private final List<Match> mine = new ArrayList<>();
                private long last;

                @Override
                public void write(Table table) {
                    assertThat(table.columns().get(0).field()).isEqualTo(HatsWriter.INDEX);
                    for (int row = 0; row < table.rows(); row++) {
                        long pixel = table.columns().get(0).longs()[row];
                        assertThat(pixel).isGreaterThanOrEqualTo(last);
                        last = pixel;
                        mine.add(new Match(table.columns().get(1).longs()[row], table.columns().get(2).longs()[row],
                                table.columns().get(3).doubles()[row]));
                    }
                }

                @Override
                public void commit(MatchCounts counts) {
                    assertThat(counts.rowsOut()).isEqualTo(mine.size());
                    rows.addAll(mine);
                }

                @Override
                public void close() {}
            };
        }
    }

    /** The same rows as a plain file with the columns id, ra, dec: made by this library from the catalog. */
    private static CatalogInput plain(CatalogInput hats, Path folder, String name, double[][] rows) throws IOException {
        StringBuilder csv = new StringBuilder("id,ra,dec\n");
        for (int i = 0; i < rows[0].length; i++) {
            csv.append(i).append(',').append(rows[0][i]).append(',').append(rows[1][i]).append('\n');
        }
        Path file = Files.writeString(folder.resolve("left.csv"), csv);
        if (name.endsWith(".parquet")) {
            Path parquet = folder.resolve(name);
            try (var sink = org.xmatch.io.parquet.ParquetSink.create(parquet,
                    CatalogInput.open(file.toString()).fields(), ParquetWriteOptions.DEFAULT, java.util.Map.of(), Runnable::run)) {
                sink.write(org.xmatch.io.table.CsvTable.read(
                        org.xmatch.io.storage.Location.of(file.toString(), new org.xmatch.io.storage.ReadCounters()).open()));
                sink.commit();
            }
            file = parquet;
        }
        return CatalogInput.open(file.toString()).withColumns(List.of("id"));
    }

    private static TestCatalog partition(double[][] positions, Random random) {
        return TestCatalog.partition(positions[0], positions[1], 1 + random.nextInt(100), random.nextInt(14),
                random.nextInt(3) == 0, random);
    }

    private static double[][] centers(Random random) {
        double[][] centers = new double[1 + random.nextInt(4)][];
        for (int i = 0; i < centers.length; i++) {
            double capBorder = Math.toDegrees(Math.asin(2 / 3.0));
            centers[i] = switch (random.nextInt(5)) {
                case 0 -> new double[] {random.nextDouble() * 360, random.nextBoolean() ? 90 : -90};
                case 1 -> new double[] {0, 170 * random.nextDouble() - 85};
                case 2 -> new double[] {45 * random.nextInt(8), new double[] {0, capBorder, -capBorder}[random.nextInt(3)]};
                default -> new double[] {random.nextDouble() * 360, Math.toDegrees(Math.asin(2 * random.nextDouble() - 1))};
            };
        }
        return centers;
    }

    private static double[][] positions(double[][] centers, int rows, double radius, Random random) {
        double[][] out = new double[2][rows];
        for (int i = 0; i < rows; i++) {
            double[] center = centers[random.nextInt(centers.length)];
            double spread = radius / 3600 * Math.pow(10, random.nextInt(3) - 0.5);
            double dec = Math.max(-90, Math.min(90, center[1] + spread * random.nextGaussian()));
            double cos = Math.max(1e-6, Math.cos(Math.toRadians(dec)));
            double ra = (center[0] + spread * random.nextGaussian() / cos) % 360;
            out[0][i] = ra < 0 ? ra + 360 : ra;
            out[0][i] = out[0][i] >= 360 ? 0 : out[0][i];
            out[1][i] = dec;
        }
        return out;
    }

    private static List<Match> bruteForce(double[][] left, int[] leftOrder, double[][] right, int[] rightOrder,
            Optional<Cone> cone, MatchOptions options) {
        int[] place = new int[rightOrder.length];
        for (int i = 0; i < rightOrder.length; i++) {
            place[rightOrder[i]] = i;
        }
        List<Match> matches = new ArrayList<>();
        for (int l : leftOrder) {
            if (cone.isPresent() && !cone.get().contains(left[0][l], left[1][l])) {
                continue;
            }
            List<Match> near = new ArrayList<>();
            for (int r = 0; r < right[0].length; r++) {
                double arcsec = Separation.arcsec(left[0][l], left[1][l], right[0][r], right[1][r]);
                if (arcsec <= options.radiusArcsec()
                        && (options.minRadiusArcsec() == 0 || arcsec > options.minRadiusArcsec())) {
                    near.add(new Match(l, r, arcsec));
                }
            }
            near.sort(Comparator.comparingDouble(Match::arcsec)
                    .thenComparingLong(m -> Healpix.pixelOf(29, right[0][(int) m.right()], right[1][(int) m.right()]))
                    .thenComparingInt(m -> place[(int) m.right()]));
            matches.addAll(near.subList(0, Math.min(near.size(), options.nNeighbors())));
        }
        return matches;
    }
}
