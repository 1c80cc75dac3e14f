package org.xmatch.io.pipeline;

import org.xmatch.core.align.PartitionGroup;
import org.xmatch.core.healpix.HealpixPixel;
import org.xmatch.core.healpix.PixelRanges;
import org.xmatch.core.margin.MarginPixels;
import org.xmatch.core.match.MatchOptions;
import org.xmatch.io.parquet.ReadCost;
import org.xmatch.io.storage.FetchOptions;
import org.xmatch.io.storage.Storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;

/** Looks at footers and sums up what the units of a plan read. One use. */
final class JobEstimator {

    /** Leaves of each catalog that are looked at: some 25 MB of footers and a few seconds over a slow line. */
    static final int MOST_LOOKED = 400;
    private static final long HUGE_LEAF_ROWS = 5_000_000;
    // Finished units that may wait for an earlier one, and the one being worked on, per thread.
    private static final int UNITS_HELD = 3;

    private final CatalogInput leftInput;
    private final CatalogInput rightInput;
    private final MatchOptions options;
    private final int threads;
    private final int mostLooked;
    private final ReadCost opening;
    private final Plan plan;
    private final FetchAhead.Columns columns;

    JobEstimator(CatalogInput leftInput, CatalogInput rightInput, MatchOptions options, int threads,
            int mostLooked) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, got " + threads);
        }
        this.leftInput = leftInput;
        this.rightInput = rightInput;
        this.options = options;
        this.threads = threads;
        this.mostLooked = mostLooked;
        // the job will open the catalogs as it was just done
        this.plan = Plan.of(leftInput, rightInput, options, OutputColumns.of(leftInput.resultFields(),
                rightInput.resultFields(), new Suffixes("_left", "_right", true)), false);
        this.opening = new ReadCost(leftInput.counters().bytes() + rightInput.counters().bytes(),
                leftInput.counters().requests() + rightInput.counters().requests());
        this.columns = FetchAhead.Columns.of(plan);
    }

    /** A leaf that one unit reads a part of. */
    private record Leaf(int unit, HealpixPixel pixel, PixelRanges region) {}

    /** All leaves of one catalog that are read, and what those looked at said; the others are their mean. */
    private static final class Share {

        private final Side side;
        private final Set<String> columns;
        private final List<Leaf> leaves = new ArrayList<>();
        private final List<Integer> looked = new ArrayList<>();
        private final List<Side.Reading> readings = new ArrayList<>();

        Share(Side side, Set<String> columns) {
            this.side = side;
            this.columns = columns;
        }

        void look(int most) {
            int step = Math.max(1, (leaves.size() + most - 1) / most);
            FetchOptions fetch = side.remote().map(storage -> storage.options().fetch()).orElse(FetchOptions.DEFAULT);
            Executor openers = side.remote().map(Storage::openers).orElse(ForkJoinPool.commonPool());
            List<CompletableFuture<Side.Reading>> running = new ArrayList<>();
            for (int i = 0; i < leaves.size(); i += step) {
                Leaf leaf = leaves.get(i);
                looked.add(i);
                running.add(CompletableFuture.supplyAsync(() -> {
                    try (Side.Partition partition = side.open(leaf.pixel)) {
                        return partition.reading(leaf.region, columns, fetch);
                    }
                }, openers));
            }
            for (CompletableFuture<Side.Reading> reading : running) {
                try {
                    readings.add(reading.join());
                } catch (CompletionException e) {
                    if (e.getCause() instanceof RuntimeException cause) {
                        throw cause;
                    }
                    throw e;
                }
            }
        }

        private double perLooked() {
            return looked.isEmpty() ? 0 : (double) leaves.size() / looked.size();
        }

        JobEstimate.Part part() {
            long bytes = readings.stream().mapToLong(reading -> reading.cost().bytes()).sum();
            long requests = readings.stream().mapToLong(reading -> reading.cost().requests()).sum();
            return new JobEstimate.Part(leaves.size(), side.partitions().size(), looked.size(), rows(),
                    new ReadCost(Math.round(bytes * perLooked()), Math.round(requests * perLooked())));
        }

        long rows() {
            return Math.round(readings.stream().mapToLong(Side.Reading::rows).sum() * perLooked());
        }

        /** Adds each unit's rows. */
        void addRows(long[] rowsOfUnits) {
            long mean = leaves.isEmpty() ? 0 : rows() / leaves.size();
            int next = 0;
            for (int i = 0; i < leaves.size(); i++) {
                boolean known = next < looked.size() && looked.get(next) == i;
                rowsOfUnits[leaves.get(i).unit] += known ? readings.get(next++).rows() : mean;
            }
        }

        /** The leaf with most rows of those looked at. */
        Optional<String> hugeLeaf() {
            int most = 0;
            for (int i = 1; i < readings.size(); i++) {
                most = readings.get(i).rowsInAll() > readings.get(most).rowsInAll() ? i : most;
            }
            return readings.isEmpty() || readings.get(most).rowsInAll() < HUGE_LEAF_ROWS ? Optional.empty()
                    : Optional.of(String.format(Locale.ROOT, "%s with %,d rows", leaves.get(looked.get(most)).pixel,
                            readings.get(most).rowsInAll()));
        }

        /** Leaves looked at of which only a region is wanted, and which must be read whole for it. */
        long unindexed() {
            long count = 0;
            for (int i = 0; i < readings.size(); i++) {
                Leaf leaf = leaves.get(looked.get(i));
                boolean whole = leaf.region.containsAll(leaf.pixel.first29(), leaf.pixel.end29());
                count += !whole && !readings.get(i).indexed() ? 1 : 0;
            }
            return count;
        }
    }

    JobEstimate estimate(Optional<JobEstimate.Link> link) {
        Share left = new Share(plan.left(), columns.left());
        Share right = new Share(plan.right(), columns.right());
        Share border = new Share(plan.margin().orElse(plan.right()),
                plan.margin().isPresent() ? columns.margin() : columns.right());
        List<PartitionGroup> groups = plan.groups();
        for (int unit = 0; unit < groups.size(); unit++) {
            addLeaves(unit, groups.get(unit), left, right, border);
        }
        List.of(left, right, border).forEach(share -> share.look(mostLooked));
        long[] leftRows = new long[groups.size()];
        long[] rightRows = new long[groups.size()];
        left.addRows(leftRows);
        right.addRows(rightRows);
        border.addRows(rightRows);
        return sum(left, right, border, leftRows, rightRows, link);
    }

    private void addLeaves(int unit, PartitionGroup group, Share left, Share right, Share border) {
        boolean leftOnly = UnitWorker.isLeftOnly(plan, group);
        group.left().forEach(pixel -> left.leaves.add(new Leaf(unit, pixel,
                leftOnly ? PixelRanges.EMPTY : plan.leftRegion())));
        if (leftOnly) {
            return;
        }
        PixelRanges inside = PixelRanges.ofPixel(group.pixel());
        PixelRanges reach = plan.rightRegion();
        for (HealpixPixel pixel : plan.rightPartitions().overlapping(inside.intersection(reach))) {
            right.leaves.add(new Leaf(unit, pixel, reach));
        }
        PixelRanges edge = MarginPixels.border(group.pixel(), plan.reachArcsec()).intersection(reach);
        if (edge.isEmpty()) {
            return;
        }
        if (plan.margin().isPresent()) {
            plan.marginPartitions().overlapping(inside)
                    .forEach(pixel -> border.leaves.add(new Leaf(unit, pixel, edge)));
        } else {
            plan.rightPartitions().overlapping(edge).stream().filter(pixel -> !group.pixel().contains(pixel))
                    .forEach(pixel -> border.leaves.add(new Leaf(unit, pixel, edge)));
        }
    }

    private JobEstimate sum(Share left, Share right, Share border, long[] leftRows, long[] rightRows,
            Optional<JobEstimate.Link> link) {
        int values = plan.columns().result().size();
        long leaves = left.leaves.size() + (long) right.leaves.size() + border.leaves.size();
        double cpu = MeasuredRates.cpuSeconds(leaves, left.rows(), right.rows() + border.rows(), values);
        double longest = 0;
        long largest = 0;
        long mostBytes = 0;
        long pairBytes = MeasuredRates.pairBytes(plan.columns().result());
        for (int unit = 0; unit < leftRows.length; unit++) {
            long rows = leftRows[unit] + rightRows[unit];
            longest = Math.max(longest, MeasuredRates.cpuSeconds(1, leftRows[unit], rightRows[unit], values));
            largest = Math.max(largest, rows);
            mostBytes = Math.max(mostBytes, rows * MeasuredRates.ROW_BYTES + UNITS_HELD * pairBytes * leftRows[unit]);
        }
        long held = Math.min(threads, leftRows.length) * mostBytes;
        int cores = Math.min(threads, Runtime.getRuntime().availableProcessors());
        JobEstimate.Part border1 = border.part();
        JobEstimate.Part left1 = left.part();
        JobEstimate.Part right1 = right.part();
        ReadCost read = opening.plus(left1.read()).plus(right1.read()).plus(border1.read());
        OptionalDouble linkSeconds = link.isPresent()
                ? OptionalDouble.of(link.get().seconds(read)) : OptionalDouble.empty();
        return new JobEstimate(left1, right1, border1, opening, leftRows.length, largest, threads,
                memory(held), cpu,
                MeasuredRates.START_SECONDS + Math.max(cpu / cores, longest), linkSeconds,
                warnings(left, right, border, leftRows, rightRows));
    }

    /** Of the whole process: a job does in portions what does not fit the heap. */
    private static long memory(long held) {
        return MeasuredRates.BASE_BYTES
                + Math.min(Math.round(MeasuredRates.HEAP_FACTOR * held), Runtime.getRuntime().maxMemory());
    }

    private List<String> warnings(Share left, Share right, Share border, long[] leftRows, long[] rightRows) {
        List<String> warnings = new ArrayList<>();
        if (leftRows.length == 0) {
            warnings.add("no left partition lies in the region: the result will be empty");
            return warnings;
        }
        if (right.leaves.isEmpty() && border.leaves.isEmpty()) {
            warnings.add("no right partition is near a left one: nothing will match");
        }
        CrossMatch.of(leftInput, rightInput, options).borderNotice().ifPresent(warnings::add);
        warn(left, leftInput.location(), warnings);
        warn(right, rightInput.location(), warnings);
        if (leftRows.length < threads) {
            warnings.add(String.format(Locale.ROOT, "%,d units of work for %,d threads: the match itself is shared"
                    + " among threads, reading is not", leftRows.length, threads));
        } else {
            long all = 0;
            long most = 0;
            for (int unit = 0; unit < leftRows.length; unit++) {
                all += leftRows[unit] + rightRows[unit];
                most = Math.max(most, leftRows[unit] + rightRows[unit]);
            }
            if (threads > 1 && most > all / threads) {
                warnings.add(String.format(Locale.ROOT, "one unit of work has %,d of %,d rows: %,d threads will wait"
                        + " for it", most, all, threads));
            }
        }
        long leaves = left.leaves.size() + right.leaves.size();
        if (leaves > 1000 && (left.rows() + right.rows()) / leaves < 1000) {
            warnings.add(String.format(Locale.ROOT, "%,d leaves of %,d rows on average: opening them takes longer"
                    + " than matching", leaves, (left.rows() + right.rows()) / leaves));
        }
        return warnings;
    }

    private static void warn(Share share, String location, List<String> warnings) {
        share.hugeLeaf().ifPresent(leaf -> warnings.add("huge leaves in " + location + ", such as " + leaf
                + ": they take much memory, and few threads find work"));
        if (share.unindexed() > 0) {
            warnings.add(String.format(Locale.ROOT, "%,d of %,d leaves looked at in %s have no page index or spatial"
                    + " index: whole column chunks are read for the part of them that is wanted", share.unindexed(),
                    share.looked.size(), location));
        }
        if (share.looked.size() < share.leaves.size()) {
            warnings.add(String.format(Locale.ROOT, "footers of %,d of %,d leaves of %s were read: what is said of"
                    + " rows and bytes is scaled from these", share.looked.size(), share.leaves.size(), location));
        }
    }
}
