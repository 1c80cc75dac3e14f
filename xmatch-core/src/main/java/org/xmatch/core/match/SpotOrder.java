package org.xmatch.core.match;

import org.xmatch.core.healpix.Healpix;
import org.xmatch.core.sky.SkyPoints;

/**
 * The order of right rows on one spot: groups of rows that are equally far from every left row, and
 * the rows of a group in tie order.
 * <p>
 * Rows with equal coordinates are such a group, and so are all rows on a pole, whatever their right
 * ascension.
 */
final class SpotOrder {

    static final SpotOrder NONE = new SpotOrder(SkyPoints.of(new double[0], new double[0]), TieRule.ROW);

    private final double[] ra;
    private final double[] dec;
    private final TieRule ties;
    private long[] pixel = new long[0];
    private int first;

    SpotOrder(SkyPoints right, TieRule ties) {
        this.ra = right.ra();
        this.dec = right.dec();
        this.ties = ties;
    }

    /** Whether the two rows are equally far from every left row. */
    boolean isSameGroup(int row1, int row2) {
        return dec[row1] == dec[row2] && (ra[row1] == ra[row2] || Math.abs(dec[row1]) == 90);
    }

    /** Sorts {@code rows[from, to)} by group, then tie order. */
    void sort(int[] rows, int from, int to) {
        int count = to - from;
        if (ties == TieRule.PIXEL_THEN_ROW) {
            if (pixel.length < count) {
                pixel = new long[count];
            }
            first = from;
            for (int i = 0; i < count; i++) {
                int row = rows[from + i];
                pixel[i] = Healpix.pixelOf(29, ra[row], dec[row]);
            }
        }
        for (int i = count / 2 - 1; i >= 0; i--) {
            siftDown(rows, from, i, count);
        }
        for (int end = count - 1; end > 0; end--) {
            swap(rows, from, from + end);
            siftDown(rows, from, 0, end);
        }
    }

    private void siftDown(int[] rows, int from, int start, int end) {
        int i = start;
        while (2 * i + 1 < end) {
            int child = 2 * i + 1;
            if (child + 1 < end && isBefore(rows, from + child, from + child + 1)) {
                child++;
            }
            if (!isBefore(rows, from + i, from + child)) {
                return;
            }
            swap(rows, from + i, from + child);
            i = child;
        }
    }

    private void swap(int[] rows, int i, int j) {
        int row = rows[i];
        rows[i] = rows[j];
        rows[j] = row;
        if (ties == TieRule.PIXEL_THEN_ROW) {
            long p = pixel[i - first];
            pixel[i - first] = pixel[j - first];
            pixel[j - first] = p;
        }
    }

    private boolean isBefore(int[] rows, int i, int j) {
        int row1 = rows[i];
        int row2 = rows[j];
        if (dec[row1] != dec[row2]) {
            return dec[row1] < dec[row2];
        }
        if (ra[row1] != ra[row2] && Math.abs(dec[row1]) != 90) {
            return ra[row1] < ra[row2];
        }
        if (ties == TieRule.PIXEL_THEN_ROW && pixel[i - first] != pixel[j - first]) {
            return pixel[i - first] < pixel[j - first];
        }
        return row1 < row2;
    }
}
