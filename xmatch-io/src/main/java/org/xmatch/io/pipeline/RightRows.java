package org.xmatch.io.pipeline;

import org.xmatch.core.healpix.HealpixPixel;
import org.xmatch.core.healpix.PixelRanges;
import org.xmatch.core.margin.MarginPixels;
import org.xmatch.io.parquet.PageDecoder;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the right rows that left rows of a pixel may match, and counts what was seen of a unit. One thread. */
final class RightRows {

    // More of them open at a time would hold many footers.
    private static final int MOST_PARTITIONS = 64;

    private final Plan plan;
    private final FetchAhead.Columns columns;
    private final PageDecoder decoder;
    private final BorderRows border;
    private final Set<HealpixPixel> counted = new HashSet<>();
    private final Map<String, BitSet> withoutPosition = new HashMap<>();
    private long rows;
    private long rowsWithoutPosition;

    RightRows(Plan plan, PageDecoder decoder) {
        this.plan = plan;
        this.columns = FetchAhead.Columns.of(plan);
        this.decoder = decoder;
        this.border = new BorderRows(plan, decoder);
    }

    /** Begins another unit's counts. */
    void begin() {
        counted.clear();
        withoutPosition.clear();
        rows = 0;
        rowsWithoutPosition = 0;
    }

    /** Rows of the partitions looked at, each once. */
    long rows() {
        return rows;
    }

    /** Rows read that have no position, each once. */
    long rowsWithoutPosition() {
        return rowsWithoutPosition;
    }

    /**
     * Where the right rows of a pixel are.
     *
     * @param pixel of the left rows
     * @param inside what the segments cover: the pixel, or the one partition that it is a part of
     * @param reach where right rows matter to the left rows
     * @param segments the rows, border rows aside unless they are of that partition
     * @param rows number of the rows
     */
    record Found(HealpixPixel pixel, HealpixPixel inside, PixelRanges reach, List<Segment> segments, long rows) {}

    /** Whether so many partitions lie under the reach that the pixel is better cut before they are opened. */
    boolean isMany(HealpixPixel pixel, PixelRanges reach) {
        return partitions(pixel, reach).size() > MOST_PARTITIONS;
    }

    private List<HealpixPixel> partitions(HealpixPixel pixel, PixelRanges reach) {
        return plan.rightPartitions().overlapping(PixelRanges.ofPixel(pixel).intersection(reach));
    }

    /**
     * Opens the partitions and finds the rows, without reading them.
     *
     * @param mostRows more of them are worth a closer look
     */
    Found find(HealpixPixel pixel, PixelRanges reach, int mostRows, OpenPartitions open) {
        List<HealpixPixel> partitions = partitions(pixel, reach);
        HealpixPixel inside = pixel;
        PixelRanges region = reach;
        if (partitions.size() == 1 && partitions.get(0).order() < pixel.order()) {
            inside = partitions.get(0);
            region = reach.intersection(PixelRanges.ofPixel(pixel)
                    .union(MarginPixels.border(pixel, plan.reachArcsec())));
        }
        List<Segment> segments = new ArrayList<>();
        long found = 0;
        List<Side.Partition> opened = open.open(plan.right(), partitions, region, columns.right());
        for (int i = 0; i < opened.size(); i++) {
            if (counted.add(partitions.get(i))) {
                rows += opened.get(i).rowCount();
            }
            for (Segment segment : opened.get(i).segments(region, decoder)) {
                segments.add(segment);
                found += segment.rows();
            }
        }
        if (found > mostRows) {
            // pages may hold many more than lie in the region
            PixelRanges wanted = region;
            segments.replaceAll(segment -> segment.within(wanted, decoder));
            segments.removeIf(segment -> segment.rows() == 0);
            found = segments.stream().mapToLong(Segment::rows).sum();
        }
        return new Found(pixel, inside, region, segments, found);
    }

    /** Replaces the content of {@code into} by what was found, and by the border rows. */
    void read(Found found, UnitRows into, OpenPartitions open) {
        into.clear();
        into.addAll(found.segments, decoder);
        for (int i = 0; i < into.segments().size(); i++) {
            countWithoutPosition(into, i);
        }
        border.addTo(into, found.pixel, found.inside, found.reach, open);
    }

    private void countWithoutPosition(UnitRows rows, int segment) {
        int end = rows.start(segment + 1);
        if (rows.haveAllPositions(rows.start(segment), end)) {
            return;
        }
        for (int row = rows.start(segment); row < end; row++) {
            if (!(Double.isFinite(rows.ra()[row]) && Double.isFinite(rows.dec()[row]))) {
                ParquetSegment place = (ParquetSegment) rows.segments().get(segment); // others leave them out
                int fileRow = (int) Math.min(Integer.MAX_VALUE - 1, place.fileRow(row - rows.start(segment)));
                BitSet seen = withoutPosition.computeIfAbsent(place.location(), location -> new BitSet());
                if (!seen.get(fileRow)) {
                    seen.set(fileRow);
                    rowsWithoutPosition++;
                }
            }
        }
    }
}
