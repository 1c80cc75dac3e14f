package org.xmatch.io.pipeline;

import org.xmatch.core.align.PartitionGroup;
import org.xmatch.core.healpix.HealpixPixel;
import org.xmatch.core.healpix.PixelRanges;
import org.xmatch.core.margin.MarginPixels;
import org.xmatch.core.sky.SkyPoints;
import org.xmatch.io.parquet.PageDecoder;
import org.xmatch.io.storage.FetchOptions;
import org.xmatch.io.storage.Storage;
import org.xmatch.io.table.Column;
import org.xmatch.io.table.Field;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Opens the files of coming units of work on servers, and asks for the byte ranges those units will
 * read, all of a unit's at once. For catalogs on local disks it does nothing. Used by one thread.
 */
final class FetchAhead {

    // A file of this many rows for each left row is worth a look at the left rows first.
    private static final int SPARSE = 4;
    // Units begun beyond those given to workers, and most of them where units are small.
    private static final int AHEAD = 8;
    private static final int MOST_AHEAD = 64;
    // A unit of so many rows is small: the way to the server takes longer than its bytes.
    private static final int SMALL_ROWS = 1 << 16;

    private final Plan plan;
    private final Optional<Storage> storage;
    private final Columns columns;
    private final AtomicInteger most = new AtomicInteger(AHEAD);

    FetchAhead(Plan plan) {
        this.plan = plan;
        this.storage = plan.left().remote().or(() -> plan.right().remote())
                .or(() -> plan.margin().flatMap(Side::remote));
        this.columns = Columns.of(plan);
        // without a margin, partitions are read again as neighbours
        storage.ifPresent(remote -> remote.keepRead(plan.margin().isEmpty()));
    }

    /**
     * Names of the columns a unit reads.
     *
     * @param left of left rows
     * @param right of right rows
     * @param margin of margin rows
     */
    record Columns(Set<String> left, Set<String> right, Set<String> margin) {

        static Columns of(Plan plan) {
            Set<String> left = names(plan.leftPositions(), plan.columns().left());
            Set<String> right = names(plan.rightPositions(), plan.columns().right());
            Set<String> margin = new LinkedHashSet<>(right);
            plan.margin().flatMap(Side::indexColumn).ifPresent(margin::add);
            return new Columns(left, right, margin);
        }

        private static Set<String> names(PositionColumns positions, List<Field> fields) {
            Set<String> names = new LinkedHashSet<>(List.of(positions.ra(), positions.dec()));
            fields.forEach(field -> names.add(field.name()));
            return names;
        }
    }

    /** Has progress told how many requests may be under way. */
    void tell(JobProgress progress) {
        storage.ifPresent(remote -> progress.fetches(remote::requestsInFlight));
    }

    /** Whether what was announced so far is being fetched, so that another unit may follow. */
    boolean hasRoom() {
        return storage.isPresent() && storage.get().hasRoom();
    }

    /** Partitions of one unit that are being opened. Thread-safe; to be closed when the unit is done. */
    static final class Announced implements AutoCloseable {

        /** Nothing: the unit opens its partitions itself. */
        static final Announced NOTHING = new Announced(Map.of());

        private record Key(Side side, HealpixPixel pixel) {

            @Override
            public boolean equals(Object other) {
                return other instanceof Key that && side == that.side && pixel.equals(that.pixel);
            }

            @Override
            public int hashCode() {
                return pixel.hashCode();
            }
        }

        private final Map<Key, CompletableFuture<Side.Partition>> partitions;

        private Announced(Map<Key, CompletableFuture<Side.Partition>> partitions) {
            this.partitions = partitions;
        }

        /** The partition, once it is open; stays this object's. */
        Optional<Side.Partition> find(Side side, HealpixPixel pixel) {
            CompletableFuture<Side.Partition> partition = partitions.get(new Key(side, pixel));
            if (partition == null) {
                return Optional.empty();
            }
            try {
                return Optional.of(partition.join());
            } catch (CompletionException e) {
                if (e.getCause() instanceof RuntimeException cause) {
                    throw cause;
                }
                throw e;
            }
        }

        @Override
        public void close() {
            partitions.values().forEach(partition -> partition.whenComplete((opened, failure) -> {
                if (opened != null) {
                    opened.close(); // a failure was thrown to the unit
                }
            }));
        }
    }

    /** How many units may be announced beyond those given to workers: more and more where units turn out to be small. */
    int most() {
        boolean hesitates = storage.isPresent() && storage.get().requestsInFlight() < FetchOptions.FIRST_IN_FLIGHT;
        return hesitates ? AHEAD : most.get();
    }

    /** Begins to open and fetch what a unit reads. */
    Announced announce(PartitionGroup group) {
        if (storage.isEmpty()) {
            return Announced.NOTHING;
        }
        Announced announced = open(group);
        rows(announced.partitions.values()).thenAccept(
                rows -> most.updateAndGet(now -> rows > SMALL_ROWS ? AHEAD : Math.min(MOST_AHEAD, now + 1)));
        return announced;
    }

    private Announced open(PartitionGroup group) {
        Map<Announced.Key, CompletableFuture<Side.Partition>> opening = new LinkedHashMap<>();
        List<CompletableFuture<Side.Partition>> left = group.left().stream()
                .map(pixel -> open(plan.left(), pixel, opening)).toList();
        if (UnitWorker.isLeftOnly(plan, group)) {
            return new Announced(opening);
        }
        left.forEach(partition -> fetch(partition, plan.leftRegion(), columns.left));
        if (plan.right().remote().isPresent()) {
            PixelRanges reach = reach(group);
            PixelRanges unit = PixelRanges.ofPixel(group.pixel());
            PixelRanges border = MarginPixels.border(group.pixel(), plan.reachArcsec()).intersection(reach);
            CompletableFuture<Long> leftRows = rows(left);
            for (HealpixPixel pixel : plan.rightPartitions().overlapping(unit.intersection(reach))) {
                fetchRight(open(plan.right(), pixel, opening), leftRows, reach);
            }
            Side borderSide = plan.margin().orElse(plan.right());
            if (!border.isEmpty() && borderSide.remote().isPresent()) {
                boolean margin = plan.margin().isPresent();
                Stream<HealpixPixel> pixels = margin
                        ? plan.marginPartitions().overlapping(unit).stream()
                        : plan.rightPartitions().overlapping(border).stream().filter(p -> !group.pixel().contains(p));
                pixels.toList().forEach(pixel -> fetch(open(borderSide, pixel, opening), border,
                        margin ? columns.margin : columns.right));
            }
        }
        return new Announced(opening);
    }

    private CompletableFuture<Side.Partition> open(Side side, HealpixPixel pixel,
            Map<Announced.Key, CompletableFuture<Side.Partition>> opening) {
        return opening.computeIfAbsent(new Announced.Key(side, pixel), key -> side.remote()
                .map(remote -> CompletableFuture.supplyAsync(() -> side.open(pixel), remote.openers()))
                .orElseGet(() -> CompletableFuture.completedFuture(side.open(pixel))));
    }

    // what fails here fails again, and is thrown, where the unit reads
    private static void fetch(CompletableFuture<Side.Partition> opening, PixelRanges region, Set<String> names) {
        opening.thenAccept(partition -> partition.prefetch(region, names));
    }

    private static CompletableFuture<Long> rows(Collection<CompletableFuture<Side.Partition>> partitions) {
        CompletableFuture<Long> sum = CompletableFuture.completedFuture(0L);
        for (CompletableFuture<Side.Partition> partition : partitions) {
            sum = sum.thenCombine(partition, (rows, opened) -> rows + opened.rowCount());
        }
        return sum;
    }

    /** Where left rows are few for a file of which parts can be left out, the unit asks for those it needs. */
    private void fetchRight(CompletableFuture<Side.Partition> opening, CompletableFuture<Long> leftRows,
            PixelRanges reach) {
        boolean known = plan.left().remote().isEmpty();
        opening.thenAcceptBoth(leftRows, (partition, rows) -> {
            boolean sparse = !known && rows <= LeftReach.FEW_ROWS && rows * SPARSE < partition.rowCount();
            if (!sparse || !partition.hasParts()) {
                partition.prefetch(reach, columns.right);
            }
        });
    }

    /** The right region; narrower where the left rows are in memory and few. */
    private PixelRanges reach(PartitionGroup group) {
        if (!(plan.left() instanceof PlainSide plain)) {
            return plan.rightRegion();
        }
        long rows = 0;
        for (HealpixPixel pixel : group.left()) {
            rows += plain.open(pixel).rowCount();
        }
        if (rows > LeftReach.FEW_ROWS) {
            return plan.rightRegion();
        }
        Column ra = new Column(Field.ofDouble("ra"));
        Column dec = new Column(Field.ofDouble("dec"));
        try (PageDecoder unused = new PageDecoder()) {
            for (HealpixPixel pixel : group.left()) {
                try (Side.Partition partition = plain.open(pixel)) {
                    partition.segments(plan.leftRegion(), unused)
                            .forEach(segment -> segment.appendPositions(ra, dec, unused));
                }
            }
        }
        return LeftReach.of(SkyPoints.of(ra.doubles(), dec.doubles(), ra.size()),
                group.pixel(), plan);
    }
}
