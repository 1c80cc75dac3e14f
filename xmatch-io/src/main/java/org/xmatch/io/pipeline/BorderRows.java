package org.xmatch.io.pipeline;

import org.xmatch.core.healpix.HealpixPixel;
import org.xmatch.core.healpix.PixelRanges;
import org.xmatch.core.margin.MarginPixels;
import org.xmatch.io.parquet.PageDecoder;
import org.xmatch.io.table.Column;
import org.xmatch.io.table.Field;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Right rows beyond a unit's edge that left rows inside may match: from the margin where it serves,
 * else from the neighbouring partitions. One thread.
 */
final class BorderRows {

    private final Plan plan;
    private final PageDecoder decoder;

    BorderRows(Plan plan, PageDecoder decoder) {
        this.plan = plan;
        this.decoder = decoder;
    }

    /** Whether there can be border rows, as the partition lists tell. */
    boolean mayExist(HealpixPixel unit) {
        PixelRanges around = MarginPixels.border(unit, plan.options().radiusArcsec());
        return plan.rightPartitions().overlapping(around).stream().anyMatch(pixel -> !unit.contains(pixel));
    }

    /** Appends the border rows of a unit's pixel to its right rows, none of them twice. */
    void addTo(UnitRows right, HealpixPixel unit, PixelRanges reach, OpenPartitions open) {
        PixelRanges border = MarginPixels.border(unit, plan.options().radiusArcsec()).intersection(reach);
        if (border.isEmpty()) {
            return;
        }
        int mark = right.segments().size();
        if (plan.margin().isPresent() && addMargin(right, unit, border, open)) {
            return;
        }
        right.truncate(mark);
        for (HealpixPixel pixel : plan.rightPartitions().overlapping(border)) {
            if (!unit.contains(pixel)) {
                for (Segment segment : open.open(plan.right(), pixel).segments(border, decoder)) {
                    right.add(segment, decoder);
                }
            }
        }
    }

    /**
     * Appends the margin rows of every tile that overlaps the unit. Returns false where the margin
     * cannot say what the originals can: rows that share an order-29 pixel are ordered, for ties,
     * by their place in their own partition.
     */
    private boolean addMargin(UnitRows right, HealpixPixel unit, PixelRanges border, OpenPartitions open) {
        List<HealpixPixel> tiles =
                plan.marginPartitions().overlapping(PixelRanges.ofPixel(unit));
        Map<MarginRow, Integer> tileOf = new HashMap<>();
        long[] pixels = new long[0];
        int count = 0;
        for (int t = 0; t < tiles.size(); t++) {
            Side.Partition partition = open.open(plan.margin().orElseThrow(), tiles.get(t));
            for (Segment segment : partition.segments(border, decoder)) {
                Column stored = new Column(Field.ofLong("pixel"));
                segment.appendPixels(stored, decoder);
                Segment kept = segment;
                if (tiles.size() > 1) {
                    kept = withoutRepeats(segment, stored, unit, t, tileOf);
                }
                if (kept.rows() > 0) {
                    right.add(kept, decoder);
                }
                pixels = Arrays.copyOf(pixels, count + stored.size());
                for (int i = 0; i < stored.size(); i++) {
                    if (kept == segment || ((RowSubset) kept).keeps(i)) {
                        pixels[count++] = stored.longs()[i];
                    }
                }
            }
        }
        Arrays.sort(pixels, 0, count);
        for (int i = 1; i < count; i++) {
            if (pixels[i] == pixels[i - 1]) {
                return false;
            }
        }
        return true;
    }

    /** A position a margin row has; rows of one position are in the same margin tiles. */
    private record MarginRow(long pixel29, long raBits, long decBits) {}

    /**
     * The rows of a margin tile that lie outside the unit and in no earlier tile: where a unit
     * spans several tiles, one tile's margin holds its siblings' rows, and two margins may share rows.
     */
    private RowSubset withoutRepeats(Segment segment, Column pixels, HealpixPixel unit, int tile,
            Map<MarginRow, Integer> tileOf) {
        Column ra = new Column(Field.ofDouble("ra"));
        Column dec = new Column(Field.ofDouble("dec"));
        segment.appendPositions(ra, dec, decoder);
        boolean[] keep = new boolean[segment.rows()];
        for (int i = 0; i < keep.length; i++) {
            long pixel = pixels.longs()[i];
            if (pixel >= unit.first29() && pixel < unit.end29()) {
                continue;
            }
            MarginRow row = new MarginRow(pixel, Double.doubleToLongBits(ra.doubles()[i]),
                    Double.doubleToLongBits(dec.doubles()[i]));
            keep[i] = tileOf.computeIfAbsent(row, unseen -> tile) == tile;
        }
        return new RowSubset(segment, keep);
    }
}
