package org.xmatch.io.pipeline;

import org.xmatch.io.parquet.PageDecoder;
import org.xmatch.io.table.Column;
import org.xmatch.io.table.Field;

import java.util.Arrays;

/** Some rows of another segment. */
final class RowSubset implements Segment {

    private final Segment whole;
    private final int[] kept; // rows of the whole, ascending

    RowSubset(Segment whole, boolean[] keep) {
        this.whole = whole;
        int count = 0;
        for (boolean one : keep) {
            count += one ? 1 : 0;
        }
        this.kept = new int[count];
        int next = 0;
        for (int i = 0; i < keep.length; i++) {
            if (keep[i]) {
                kept[next++] = i;
            }
        }
    }

    private RowSubset(Segment whole, int[] kept) {
        this.whole = whole;
        this.kept = kept;
    }

    @Override
    public Segment part(int from, int end) {
        return new RowSubset(whole, Arrays.copyOfRange(kept, from, end));
    }

    @Override
    public int rows() {
        return kept.length;
    }

    @Override
    public void appendPositions(Column ra, Column dec, PageDecoder decoder) {
        Column allRa = new Column(Field.ofDouble("ra"));
        Column allDec = new Column(Field.ofDouble("dec"));
        whole.appendPositions(allRa, allDec, decoder);
        ra.appendRows(allRa, kept, 0, kept.length);
        dec.appendRows(allDec, kept, 0, kept.length);
    }

    @Override
    public void appendPixels(Column pixels, PageDecoder decoder) {
        Column all = new Column(pixels.field());
        whole.appendPixels(all, decoder);
        pixels.appendRows(all, kept, 0, kept.length);
    }

    @Override
    public void appendColumn(String name, int[] bounds, int length, Column into, PageDecoder decoder) {
        int[] ranges = new int[16];
        int rangesLength = 0;
        for (int i = 0; i < length; i += 2) {
            for (int k = bounds[i]; k < bounds[i + 1]; k++) {
                int row = kept[k];
                if (rangesLength == 0 || row > ranges[rangesLength - 1]) {
                    if (rangesLength == ranges.length) {
                        ranges = Arrays.copyOf(ranges, 2 * rangesLength);
                    }
                    ranges[rangesLength] = row;
                    rangesLength += 2;
                }
                ranges[rangesLength - 1] = row + 1;
            }
        }
        whole.appendColumn(name, ranges, rangesLength, into, decoder);
    }
}
