package org.xmatch.io.pipeline;

import org.jspecify.annotations.Nullable;
import org.xmatch.core.align.PartitionGroup;
import org.xmatch.core.healpix.HealpixPixel;
import org.xmatch.core.healpix.PixelRanges;
import org.xmatch.core.match.MatchResult;
import org.xmatch.core.match.ParallelMatcher;
import org.xmatch.core.match.TieRule;
import org.xmatch.core.sky.SkyPoints;
import org.xmatch.io.parquet.PageDecoder;
import org.xmatch.io.pipeline.StageClock.Stage;
import org.xmatch.io.table.ColumnPool;
import org.xmatch.io.table.Table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * Does units of work one after the other: reads positions of both sides and of the border, matches, and
 * fetches the payload of matched rows. What does not fit the memory is done in portions: left rows in
 * chunks, the right rows around a chunk by slices of sky, pairs in batches; the pairs and their order are
 * the same. Keeps its work arrays; one thread.
 */
final class UnitWorker implements AutoCloseable {

    // Cuts in a row that leave out next to nothing: the right rows cannot be told apart by their place.
    private static final int VAIN_CUTS = 2;

    private final Plan plan;
    private final boolean countOnly;
    private final UnitLimits limits;
    private final StageClock clock;
    private final ColumnPool pool;
    private final Supplier<RowReorder> reorders;
    private final PageDecoder decoder = new PageDecoder();
    private final ParallelMatcher matcher;
    private final MatchResult matches = new MatchResult();
    private final UnitRows left = new UnitRows();
    private final UnitRows right = new UnitRows();
    private final LeftPoints inside = new LeftPoints();
    private final LeftPoints inSlice = new LeftPoints();
    private final RightRows rightRows;
    private final PairColumns pairColumns;
    private final FetchAhead.Columns columns;
    private FetchAhead.Announced announced = FetchAhead.Announced.NOTHING;
    private Output output = (table, tableRows) -> {};
    private @Nullable RowReorder reorder;
    private long pairs;
    private long leftMatched;
    private int lastLeft;
    private int[] leftRows = new int[0]; // of the pairs that are taken
    private UnitLimits.@Nullable Width width; // of the pairs before

    /** Takes the tables of a unit, in order. */
    interface Output {

        /**
         * Takes some matched rows; may wait until there is room.
         *
         * @param tableRows row of the plain left file for each row; empty when the left catalog is HATS
         */
        void accept(Table table, int[] tableRows);
    }

    UnitWorker(Plan plan, boolean countOnly, int matchThreads, UnitLimits limits, StageClock clock, ColumnPool pool,
            Supplier<RowReorder> reorders) {
        this.plan = plan;
        this.countOnly = countOnly;
        this.limits = limits;
        this.clock = clock;
        this.pool = pool;
        this.reorders = reorders;
        this.matcher = ParallelMatcher.of(plan.options(), TieRule.PIXEL_THEN_ROW, matchThreads);
        this.rightRows = new RightRows(plan, decoder);
        this.pairColumns = new PairColumns(plan, clock, decoder, pool);
        this.columns = FetchAhead.Columns.of(plan);
    }

    /** Whether nothing on the right can be near: left rows are counted, not read. */
    static boolean isLeftOnly(Plan plan, PartitionGroup group) {
        return plan.cone().isEmpty() && group.right().isEmpty() && !BorderRows.mayExist(plan, group.pixel());
    }

    /** Does a unit; its tables go to {@code out} as they come. */
    MatchCounts run(PartitionGroup group, FetchAhead.Announced ahead, Output out) {
        announced = ahead;
        output = out;
        rightRows.begin();
        pairs = 0;
        leftMatched = 0;
        try (OpenPartitions open = new OpenPartitions(announced)) {
            if (isLeftOnly(plan, group)) {
                long rows = 0;
                for (HealpixPixel pixel : group.left()) {
                    rows += open.open(plan.left(), pixel).rowCount();
                }
                return new MatchCounts(rows, 0, 0, 0, 0, 0);
            }
            List<Segment> segments = new ArrayList<>();
            for (Side.Partition partition
                    : open.open(plan.left(), group.left(), plan.leftRegion(), columns.left())) {
                segments.addAll(partition.segments(plan.leftRegion(), decoder));
            }
            LeftChunks portions = new LeftChunks(segments, limits.leftRows(), plan.storedIndex(), decoder);
            List<LeftChunks.Chunk> chunks =
                    plan.skyOrder() ? portions.inSkyOrder(group.pixel()) : portions.inFileOrder();
            long rowsLeft = 0;
            long withoutPosition = 0;
            for (LeftChunks.Chunk chunk : chunks) {
                read(chunk);
                rowsLeft += inside.size();
                withoutPosition += left.withoutPosition(0);
                match(group.pixel(), chunks.size() > 1);
            }
            return new MatchCounts(rowsLeft, leftMatched, withoutPosition, rightRows.rows(),
                    rightRows.rowsWithoutPosition(), pairs);
        }
    }

    private void read(LeftChunks.Chunk chunk) {
        long started = System.nanoTime();
        left.clear();
        left.addAll(chunk.segments(), decoder);
        if (plan.skyOrder() && !countOnly) {
            left.readPixels(plan.storedIndex(), decoder);
        }
        inside.select(left, plan.cone());
        clock.add(Stage.READ, started);
    }

    /** Matches the rows of {@code inside}. */
    private void match(HealpixPixel unit, boolean isPortion) {
        if (isPortion && inside.size() == 0) {
            return;
        }
        PixelRanges reach = isPortion ? LeftReach.ofPortion(inside.points(), unit, plan)
                : LeftReach.of(inside.points(), unit, plan);
        try (OpenPartitions open = new OpenPartitions(announced)) {
            if (!rightRows.isMany(unit, reach)) {
                RightRows.Found found = rightRows.find(unit, reach, limits.rightRows(), open);
                if (found.rows() <= limits.rightRows()) {
                    match(found, inOrder(), open);
                    return;
                }
            }
        }
        sliced(unit);
    }

    /** The points in the order of the result. */
    private LeftPoints inOrder() {
        if (!plan.skyOrder() || countOnly) {
            return inside;
        }
        boolean ascending = true;
        for (int i = 1; i < inside.size() && ascending; i++) {
            ascending = left.pixels()[inside.row(i)] >= left.pixels()[inside.row(i - 1)];
        }
        if (ascending) {
            return inside;
        }
        long[] keys = new long[inside.size()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = left.pixels()[inside.row(i)];
        }
        inSlice.select(inside, PixelOrder.of(keys, keys.length), 0, keys.length);
        return inSlice;
    }

    /** Slice by slice of sky; the rows are put in order afterwards where that is not theirs. */
    private void sliced(HealpixPixel unit) {
        long[] pixels = new long[inside.size()];
        left.readPixels(plan.storedIndex(), decoder);
        for (int i = 0; i < pixels.length; i++) {
            long pixel = left.pixels()[inside.row(i)];
            pixels[i] = Math.max(unit.first29(), Math.min(unit.end29() - 1, pixel));
        }
        int[] order = PixelOrder.of(pixels, pixels.length);
        boolean ordered = true;
        for (int i = 1; i < order.length && ordered; i++) {
            ordered = key(inside.row(order[i])) >= key(inside.row(order[i - 1]));
        }
        if (ordered || countOnly) {
            slice(unit, pixels, order, 0, order.length, Long.MAX_VALUE, 0);
            return;
        }
        try (RowReorder collected = reorders.get()) {
            reorder = collected;
            slice(unit, pixels, order, 0, order.length, Long.MAX_VALUE, 0);
            collected.drainTo(limits.pairs(), (table, keys) -> {
                int[] ofTable = plan.skyOrder() ? new int[0] : Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
                output.accept(table, tableRows(ofTable, 0, ofTable.length));
            });
        } finally {
            reorder = null;
        }
    }

    /** What rows of the result ascend by. */
    private long key(int leftRow) {
        return plan.skyOrder() && !countOnly ? left.pixels()[leftRow] : leftRow;
    }

    private void slice(HealpixPixel pixel, long[] pixels, int[] order, int from, int to, long rowsBefore, int vain) {
        if (from == to) {
            return;
        }
        inSlice.select(inside, order, from, to);
        PixelRanges reach = LeftReach.ofPortion(inSlice.points(), pixel, plan);
        boolean divisible = pixel.order() < HealpixPixel.MAX_ORDER && vain <= VAIN_CUTS;
        long rows = rowsBefore;
        int nextVain = vain;
        if (!divisible || !rightRows.isMany(pixel, reach)) {
            try (OpenPartitions open = new OpenPartitions(announced)) {
                RightRows.Found found = rightRows.find(pixel, reach, limits.rightRows(), open);
                rows = found.rows();
                if (rows <= limits.rightRows() || !divisible) {
                    match(found, inSlice, open);
                    return;
                }
                nextVain = rows > rowsBefore - rowsBefore / 8 ? vain + 1 : 0;
            }
        }
        int first = from;
        for (long child = 0; child < 4; child++) {
            HealpixPixel part = new HealpixPixel(pixel.order() + 1, 4 * pixel.pixel() + child);
            int end = first;
            while (end < to && pixels[order[end]] < part.end29()) {
                end++;
            }
            boolean all = first == from && end == to; // cutting off empty sky is not in vain
            slice(part, pixels, order, first, end, rows, all ? vain : nextVain);
            first = end;
        }
    }

    /** Reads the right rows that were found, and matches the points with them. */
    private void match(RightRows.Found found, LeftPoints points, OpenPartitions open) {
        long started = System.nanoTime();
        rightRows.read(found, right, open);
        started = clock.add(Stage.READ, started);
        SkyPoints rightPoints = SkyPoints.of(right.ra(), right.dec(), right.size());
        lastLeft = -1;
        if (plan.options().nNeighbors() > 1) {
            long[] notMatching = {0};
            matcher.match(points.points(), rightPoints, limits.pairs(), batch -> {
                long taken = System.nanoTime();
                take(batch, points);
                notMatching[0] += System.nanoTime() - taken;
            });
            clock.add(Stage.MATCH, started + notMatching[0]);
        } else {
            matcher.match(points.points(), rightPoints, matches);
            clock.add(Stage.MATCH, started);
            take(matches, points);
        }
    }

    private void take(MatchResult batch, LeftPoints points) {
        pairs += batch.size();
        int[] rows = batch.leftRow();
        for (int i = 0; i < batch.size(); i++) {
            if (rows[i] != lastLeft) {
                leftMatched++;
                lastLeft = rows[i];
            }
        }
        if (countOnly || batch.size() == 0) {
            return;
        }
        UnitLimits.Width now = width != null ? width : limits.firstWidth(
                Math.max(batch.size(), Math.max(left.size(), right.size())), plan.tableFields());
        for (int from = 0, count; from < batch.size(); from += count) {
            count = Math.min(batch.size() - from, now.pairs());
            now = limits.widthOf(fetch(batch, from, count, now.gap(), points) / count);
        }
        width = now;
    }

    /** Hands on some pairs of a batch; returns how many bytes their columns have. */
    private long fetch(MatchResult batch, int from, int count, int gap, LeftPoints points) {
        if (leftRows.length < count) {
            leftRows = new int[count + count / 8];
        }
        for (int i = 0; i < count; i++) {
            leftRows[i] = points.row(batch.leftRow()[from + i]);
        }
        int at = 0;
        long bytes = 0;
        for (Table table : pairColumns.of(batch, from, count, leftRows, left, right, gap)) {
            bytes += table.bytes();
            int end = at + table.rows();
            if (reorder == null) {
                output.accept(table, tableRows(leftRows, at, end));
            } else {
                reorder.add(table, Arrays.stream(leftRows, at, end).mapToLong(this::key).toArray());
                pool.giveBack(table.columns());
            }
            at = end;
        }
        return bytes;
    }

    /** Rows of the plain left file for the unit rows {@code [from, to)}; empty when the left catalog is HATS. */
    private int[] tableRows(int[] unitRows, int from, int to) {
        if (plan.skyOrder() || !(plan.left() instanceof PlainSide)) {
            return new int[0];
        }
        int[] rows = new int[to - from];
        int segment = 0;
        for (int i = 0; i < rows.length; i++) {
            int row = unitRows[from + i];
            if (row < left.start(segment)) {
                segment = 0;
            }
            while (row >= left.start(segment + 1)) {
                segment++;
            }
            rows[i] = ((PlainSide.Rows) left.segments().get(segment)).tableRow(row - left.start(segment));
        }
        return rows;
    }

    @Override
    public void close() {
        matcher.close();
        decoder.close();
    }
}
