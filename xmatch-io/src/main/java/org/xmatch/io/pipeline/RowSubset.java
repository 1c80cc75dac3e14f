package org.xmatch.io.pipeline;

import org.xmatch.io.parquet.PageDecoder;
import org.xmatch.io.table.Column;
import org.xmatch.io.table.Field;

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
        return new RowSubset(whole, java.util.Arrays.copyOfRange(kept, from, end));
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
        Column all = new Column(into.field());
        whole.appendColumn(name, new int[] {0, whole.rows()}, 2, all, decoder);
        for (int i = 0; i < length; i += 2) {
            into.appendRows(all, kept, bounds[i], bounds[i + 1] - bounds[i]);
        }
    }
}
