package org.xmatch.io.pipeline;

import org.xmatch.core.align.PartitionGroup;
import org.xmatch.core.healpix.HealpixPixel;
import org.xmatch.core.healpix.PixelRanges;
import org.xmatch.core.match.MatchResult;
import org.xmatch.core.match.ParallelMatcher;
import org.xmatch.core.match.TieRule;
import org.xmatch.core.sky.SkyPoints;
import org.xmatch.io.parquet.PageDecoder;
import org.xmatch.io.pipeline.StageClock.Stage;
import org.xmatch.io.table.Column;
import org.xmatch.io.table.Field;
import org.xmatch.io.table.Table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Does units of work one after the other: reads positions of both sides and of the border, matches,
 * and fetches the payload of matched rows. Keeps its work arrays; one thread.
 */
final class UnitWorker implements AutoCloseable {

    private final Plan plan;
    private final boolean countOnly;
    private final StageClock clock;
    private final PageDecoder decoder = new PageDecoder();
    private final ParallelMatcher matcher;
    private final MatchResult matches = new MatchResult();
    private final UnitRows left = new UnitRows();
    private final UnitRows right = new UnitRows();
    private final LeftPoints inside = new LeftPoints();
    private final LeftPoints inSlice = new LeftPoints();
    private final RowGather gather = new RowGather();
    private final BorderRows border;
    private final FetchAhead.Columns columns;
    private FetchAhead.Announced announced = FetchAhead.Announced.NOTHING;

    UnitWorker(Plan plan, boolean countOnly, int matchThreads, StageClock clock) {
        this.plan = plan;
        this.countOnly = countOnly;
        this.clock = clock;
        this.matcher = ParallelMatcher.of(plan.options(), TieRule.PIXEL_THEN_ROW, matchThreads);
        this.border = new BorderRows(plan, decoder);
        this.columns = FetchAhead.Columns.of(plan);
    }

    /** Whether nothing on the right can be near: left rows are counted, not read. */
    static boolean isLeftOnly(Plan plan, PartitionGroup group) {
        return plan.cone().isEmpty() && group.right().isEmpty() && !BorderRows.mayExist(plan, group.pixel());
    }

    UnitResult run(PartitionGroup group, FetchAhead.Announced ahead) {
        announced = ahead;
        try (OpenPartitions open = new OpenPartitions(announced)) {
            if (isLeftOnly(plan, group)) {
                return unmatched(group, open);
            }
            long started = System.nanoTime();
            left.clear();
            for (Side.Partition partition
                    : open.open(plan.left(), group.left(), plan.leftRegion(), columns.left())) {
                for (Segment segment : partition.segments(plan.leftRegion(), decoder)) {
                    left.add(segment, decoder);
                }
            }
            inside.select(left, plan.cone());
            clock.add(Stage.READ, started);
            MatchCounts counts =
                    new MatchCounts(inside.size(), 0, left.withoutPosition(0), 0, 0, 0);
            List<HealpixPixel> slices = Slices.of(group);
            return slices.size() == 1
                    ? whole(group.pixel(), inside, counts)
                    : sliced(slices, group.pixel(), counts);
        }
    }

    /** Left rows that no right row is near are counted, not read. */
    private UnitResult unmatched(PartitionGroup group, OpenPartitions open) {
        long rows = 0;
        for (HealpixPixel pixel : group.left()) {
            rows += open.open(plan.left(), pixel).rowCount();
        }
        return new UnitResult(Optional.empty(), new int[0], new MatchCounts(rows, 0, 0, 0, 0, 0));
    }

    private UnitResult whole(HealpixPixel pixel, LeftPoints points, MatchCounts soFar) {
        try (OpenPartitions open = new OpenPartitions(announced)) {
            MatchCounts counts = soFar.plus(match(pixel, points, open));
            if (countOnly || matches.size() == 0) {
                return new UnitResult(Optional.empty(), new int[0], counts);
            }
            int[] leftRows = leftRows(points);
            return new UnitResult(Optional.of(payload(leftRows)), tableRows(leftRows), counts);
        }
    }

    /** Slice by slice; the rows are put back in the left order afterwards. */
    private UnitResult sliced(List<HealpixPixel> slices, HealpixPixel unit, MatchCounts soFar) {
        MatchCounts counts = soFar;
        RowReorder collected = new RowReorder();
        long[] pixels = inside.pixels(unit);
        int[] order = PixelOrder.of(pixels, pixels.length);
        int from = 0;
        for (HealpixPixel slice : slices) {
            int to = from;
            while (to < order.length && pixels[order[to]] < slice.end29()) {
                to++;
            }
            if (to > from) {
                inSlice.select(inside, order, from, to);
                try (OpenPartitions open = new OpenPartitions(announced)) {
                    counts = counts.plus(match(slice, inSlice, open));
                    if (!countOnly && matches.size() > 0) {
                        int[] leftRows = leftRows(inSlice);
                        collected.add(payload(leftRows), leftRows);
                    }
                }
            }
            from = to;
        }
        if (collected.size() == 0) {
            return new UnitResult(Optional.empty(), new int[0], counts);
        }
        int[] ordered = collected.order();
        return new UnitResult(Optional.of(collected.table(ordered, 0, ordered.length)),
                tableRows(collected.rowsIn(ordered)), counts);
    }

    /** Reads the right rows in reach of the points, and matches. */
    private MatchCounts match(HealpixPixel pixel, LeftPoints points, OpenPartitions open) {
        long started = System.nanoTime();
        right.clear();
        SkyPoints leftPoints = points.points();
        PixelRanges reach = LeftReach.of(leftPoints, pixel, plan);
        long rowsRight = 0;
        List<HealpixPixel> partitions =
                plan.rightPartitions().overlapping(PixelRanges.ofPixel(pixel).intersection(reach));
        for (Side.Partition opened : open.open(plan.right(), partitions, reach, columns.right())) {
            rowsRight += opened.rowCount();
            for (Segment segment : opened.segments(reach, decoder)) {
                right.add(segment, decoder);
            }
        }
        long rightNoPosition = right.withoutPosition(0);
        border.addTo(right, pixel, reach, open);
        started = clock.add(Stage.READ, started);
        matcher.match(leftPoints, SkyPoints.of(right.ra(), right.dec(), right.size()), matches);
        clock.add(Stage.MATCH, started);
        return new MatchCounts(0, distinctLeftRows(), 0, rowsRight, rightNoPosition, matches.size());
    }

    private long distinctLeftRows() {
        int[] rows = matches.leftRow();
        long distinct = 0;
        for (int i = 0; i < matches.size(); i++) {
            if (i == 0 || rows[i] != rows[i - 1]) {
                distinct++;
            }
        }
        return distinct;
    }

    /** Unit row of the left side of each pair. */
    private int[] leftRows(LeftPoints points) {
        int[] rows = Arrays.copyOf(matches.leftRow(), matches.size());
        for (int i = 0; i < rows.length; i++) {
            rows[i] = points.row(rows[i]);
        }
        return rows;
    }

    private Table payload(int[] leftRows) {
        long started = System.nanoTime();
        List<Column> columns = new ArrayList<>();
        int pairs = matches.size();
        List<Field> result = plan.columns().result();
        gather.prepare(left, leftRows, pairs);
        for (Field field : plan.columns().left()) {
            Column values = fetch(left, plan.leftPositions(), field);
            columns.add(values.as(result.get(columns.size())));
        }
        gather.prepare(right, matches.rightRow(), pairs);
        for (Field field : plan.columns().right()) {
            Column values = fetch(right, plan.rightPositions(), field);
            columns.add(values.as(result.get(columns.size())));
        }
        double[] separations = Arrays.copyOf(matches.separationArcsec(), pairs);
        columns.add(Column.ofDoubles(result.get(columns.size()), separations, pairs));
        clock.add(Stage.GATHER, started);
        return new Table(columns, pairs);
    }

    private Column fetch(UnitRows rows, PositionColumns positions, Field field) {
        boolean floating = field.physical() == Field.Physical.DOUBLE || field.physical() == Field.Physical.FLOAT;
        if (floating && field.name().equals(positions.ra())) {
            return gather.coordinates(rows.ra(), field);
        }
        if (floating && field.name().equals(positions.dec())) {
            return gather.coordinates(rows.dec(), field);
        }
        return gather.read(field.name(), field, decoder);
    }

    /** Rows of the plain left file for unit rows; empty when the left catalog is HATS. */
    private int[] tableRows(int[] leftRows) {
        if (!(plan.left() instanceof PlainSide)) {
            return new int[0];
        }
        int[] rows = new int[leftRows.length];
        int segment = 0;
        for (int i = 0; i < rows.length; i++) {
            if (leftRows[i] < left.start(segment)) {
                segment = 0;
            }
            while (leftRows[i] >= left.start(segment + 1)) {
                segment++;
            }
            rows[i] = ((PlainSide.Rows) left.segments().get(segment)).tableRow(leftRows[i] - left.start(segment));
        }
        return rows;
    }

    @Override
    public void close() {
        matcher.close();
        decoder.close();
    }
}
