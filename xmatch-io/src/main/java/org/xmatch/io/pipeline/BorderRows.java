package org.xmatch.io.pipeline;

import org.xmatch.core.healpix.HealpixPixel;
import org.xmatch.core.healpix.PixelRanges;
import org.xmatch.core.margin.MarginPixels;
import org.xmatch.io.parquet.PageDecoder;
import org.xmatch.io.table.Column;
import org.xmatch.io.table.Field;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Right rows beyond a unit's edge that left rows inside may match: from the margin where it serves,
 * else from the neighbouring partitions. One thread.
 */
final class BorderRows {

    private final Plan plan;
    private final FetchAhead.Columns columns;
    private final PageDecoder decoder;

    BorderRows(Plan plan, PageDecoder decoder) {
        this.plan = plan;
        this.columns = FetchAhead.Columns.of(plan);
        this.decoder = decoder;
    }

    /** Whether there can be border rows, as the partition lists tell. */
    static boolean mayExist(Plan plan, HealpixPixel unit) {
        PixelRanges around = MarginPixels.border(unit, plan.reachArcsec());
        return plan.rightPartitions().overlapping(around).stream().anyMatch(pixel -> !unit.contains(pixel));
    }

    /**
     * Appends the border rows of a pixel, which is a unit or a part of one, to its right rows, none of them
     * twice.
     *
     * @param inside what right rows were taken of already: the pixel, or the right partition that it is a part of,
     *     whose rows of the border are among them
     */
    void addTo(UnitRows right, HealpixPixel pixel, HealpixPixel inside, PixelRanges reach, OpenPartitions open) {
        PixelRanges border = MarginPixels.border(pixel, plan.reachArcsec()).intersection(reach)
                .minus(PixelRanges.ofPixel(inside));
        if (border.isEmpty()) {
            return;
        }
        int mark = right.segments().size();
        if (plan.margin().isPresent() && addMargin(right, inside, border, open)) {
            return;
        }
        right.truncate(mark);
        List<HealpixPixel> neighbours = plan.rightPartitions().overlapping(border).stream()
                .filter(partition -> !inside.contains(partition)).toList();
        for (Side.Partition partition : open.open(plan.right(), neighbours, border, columns.right())) {
            for (Segment segment : partition.segments(border, decoder)) {
                right.add(segment, decoder);
            }
        }
    }

    /**
     * Appends the margin rows of every tile that overlaps the unit. Returns false where the margin
     * cannot say what the originals can: rows that share an order-29 pixel are ordered, for ties,
     * by their place in their own partition.
     */
    private boolean addMargin(UnitRows right, HealpixPixel unit, PixelRanges border, OpenPartitions open) {
        List<HealpixPixel> tiles = plan.marginPartitions().overlapping(PixelRanges.ofPixel(unit));
        List<Segment> segments = new ArrayList<>();
        List<Integer> tileOf = new ArrayList<>();
        Column pixels = new Column(Field.ofLong("pixel"));
        List<Side.Partition> opened = open.open(plan.margin().orElseThrow(), tiles, border, columns.margin());
        for (int tile = 0; tile < tiles.size(); tile++) {
            for (Segment segment : opened.get(tile).segments(border, decoder)) {
                segments.add(segment);
                tileOf.add(tile);
                segment.appendPixels(pixels, decoder);
            }
        }
        if (tiles.size() <= 1 && isAscendingOutside(pixels, unit)) {
            segments.forEach(segment -> right.add(segment, decoder));
            return true;
        }
        boolean[] keep = new boolean[pixels.size()];
        if (!keepFirst(pixels, segments, tileOf, unit, keep)) {
            return false;
        }
        int start = 0;
        for (Segment segment : segments) {
            boolean[] kept = Arrays.copyOfRange(keep, start, start + segment.rows());
            RowSubset rows = new RowSubset(segment, kept);
            if (rows.rows() > 0) {
                right.add(rows, decoder);
            }
            start += segment.rows();
        }
        return true;
    }

    /** Whether all rows are outside, and no two share a pixel, as far as their order shows it. */
    private static boolean isAscendingOutside(Column pixels, HealpixPixel unit) {
        long[] values = pixels.longs();
        for (int i = 0; i < pixels.size(); i++) {
            if (i > 0 && values[i] <= values[i - 1] || values[i] >= unit.first29() && values[i] < unit.end29()) {
                return false;
            }
        }
        return true;
    }

    /**
     * Marks the rows outside the unit, those that several tiles have in the first of them: where a
     * unit spans several tiles, one tile's margin holds its siblings' rows, and margins share rows.
     *
     * @return false where two rows share a pixel and are not plainly one row in two tiles
     */
    private boolean keepFirst(Column pixels, List<Segment> segments, List<Integer> tileOf,
            HealpixPixel unit, boolean[] keep) {
        Column ra = new Column(Field.ofDouble("ra"));
        Column dec = new Column(Field.ofDouble("dec"));
        int[] tiles = new int[pixels.size()];
        for (int s = 0; s < segments.size(); s++) {
            int start = ra.size();
            segments.get(s).appendPositions(ra, dec, decoder);
            Arrays.fill(tiles, start, ra.size(), tileOf.get(s));
        }
        int count = ra.size();
        long[] keys = new long[count];
        for (int i = 0; i < count; i++) {
            keys[i] = pixels.longs()[i] + 1; // a row without a pixel has -1
        }
        int[] order = PixelOrder.of(keys, count);
        for (int i = 0; i < count; i++) {
            int row = order[i];
            long pixel = keys[row] - 1;
            if (pixel < 0) {
                return false;
            }
            if (pixel >= unit.first29() && pixel < unit.end29()) {
                continue;
            }
            int before = i == 0 ? -1 : order[i - 1];
            if (before < 0 || keys[before] != keys[row]) {
                keep[row] = true;
            } else if (tiles[before] == tiles[row]
                    || Double.compare(ra.doubles()[before], ra.doubles()[row]) != 0
                    || Double.compare(dec.doubles()[before], dec.doubles()[row]) != 0) {
                return false;
            }
        }
        return true;
    }
}
