package org.xmatch.core.match;

import org.xmatch.core.healpix.Healpix;
import org.xmatch.core.sky.Separation;
import org.xmatch.core.sky.SkyPoints;

import java.util.Arrays;

/**
 * The best right rows offered so far for one left row: the one place where pairs are decided.
 * <p>
 * A row is kept while its separation is within the radii and fewer than {@code nNeighbors} rows
 * come before it, by separation, then by the tie rule. Offering a row twice would list it twice.
 */
final class NearestRows {

    static final int NO_ROW = -1;
    // rows that one by one are sorted soonest
    private static final int FEW = 24;

    private final double radiusArcsec;
    private final double aboveArcsec;
    private final int most;
    private final TieRule ties;

    private double[] rightRa = new double[0];
    private double[] rightDec = new double[0];
    private double leftRa;
    private double leftDec;

    private int size;
    private long offered;
    private double limitArcsec;
    private double[] separationArcsec = new double[1];
    private int[] row = new int[1];
    private int[] bucket = new int[0];
    private int[] start = new int[0];
    private double[] sortedSeparation = new double[0];
    private int[] sortedRow = new int[0];

    NearestRows(MatchOptions options, TieRule ties) {
        this.radiusArcsec = options.radiusArcsec();
        // A minimum radius of 0 passes over nothing, not even separations of 0.
        this.aboveArcsec = options.minRadiusArcsec() == 0 ? -1 : options.minRadiusArcsec();
        this.most = options.nNeighbors();
        this.ties = ties;
    }

    void searchIn(SkyPoints right) {
        rightRa = right.ra();
        rightDec = right.dec();
    }

    /** Forgets all rows; what follows is for the left position given, degrees. */
    void start(double ra, double dec) {
        leftRa = ra;
        leftDec = dec;
        size = 0;
        limitArcsec = radiusArcsec;
    }

    /** No row farther than this, arcsec, can be kept any more; a row at exactly this can. */
    double limitArcsec() {
        return limitArcsec;
    }

    /**
     * Keeps the right row if it is one of the best.
     *
     * @return whether it was kept; if not, no row of the same position after it in tie order can be
     */
    boolean offer(int candidate) {
        offered++;
        double s = Separation.arcsec(leftRa, leftDec, rightRa[candidate], rightDec[candidate]);
        if (!(s <= limitArcsec && s > aboveArcsec)) {
            return false;
        }
        if (size < most) {
            append(candidate, s);
            return true;
        }
        if (!isBefore(s, candidate, separationArcsec[0], row[0])) {
            return false;
        }
        separationArcsec[0] = s;
        row[0] = candidate;
        siftDown(0, size);
        limitArcsec = separationArcsec[0];
        return true;
    }

    private void append(int candidate, double s) {
        if (size == row.length) {
            int capacity = MatchResult.grownCapacity(size, size + 1L);
            row = Arrays.copyOf(row, capacity);
            separationArcsec = Arrays.copyOf(separationArcsec, capacity);
        }
        row[size] = candidate;
        separationArcsec[size++] = s;
        if (size == most) {
            heapify();
            limitArcsec = separationArcsec[0];
        }
    }

    /** Rows offered since {@link #resetOffered}. */
    long offered() {
        return offered;
    }

    void resetOffered() {
        offered = 0;
    }

    /** Forgets all rows; of one neighbour at most: the row kept, or {@link #NO_ROW}. */
    int takeNearest() {
        int kept = size == 0 ? NO_ROW : row[0];
        size = 0;
        return kept;
    }

    /** Appends the rows kept to the result, nearest first. */
    void drainTo(MatchResult result, int leftRow) {
        if (size > 1) {
            sort();
        }
        for (int i = 0; i < size; i++) {
            result.add(leftRow, row[i], separationArcsec[i]);
        }
        size = 0;
    }

    private void sort() {
        if (size <= FEW) {
            insertionSort(Long.MAX_VALUE);
            return;
        }
        distribute();
        if (!insertionSort(16L * size)) {
            heapSort();
        }
    }

    /** Puts rows in order of about their separation: around a place those have squares that are spread evenly. */
    private void distribute() {
        if (sortedRow.length < size) {
            bucket = new int[row.length];
            start = new int[row.length + 1];
            sortedSeparation = new double[row.length];
            sortedRow = new int[row.length];
        }
        double least = Double.POSITIVE_INFINITY;
        double greatest = 0;
        for (int i = 0; i < size; i++) {
            double square = separationArcsec[i] * separationArcsec[i];
            least = Math.min(least, square);
            greatest = Math.max(greatest, square);
        }
        double scale = greatest > least ? (size - 1) / (greatest - least) : 0;
        Arrays.fill(start, 0, size + 1, 0);
        for (int i = 0; i < size; i++) {
            int of = Math.min(size - 1, (int) ((separationArcsec[i] * separationArcsec[i] - least) * scale));
            bucket[i] = of;
            start[of + 1]++;
        }
        for (int i = 0; i < size; i++) {
            start[i + 1] += start[i];
        }
        for (int i = 0; i < size; i++) {
            int to = start[bucket[i]]++;
            sortedSeparation[to] = separationArcsec[i];
            sortedRow[to] = row[i];
        }
        System.arraycopy(sortedSeparation, 0, separationArcsec, 0, size);
        System.arraycopy(sortedRow, 0, row, 0, size);
    }

    /**
     * Quick for few rows and for rows nearly in order.
     *
     * @return false if it was given up after as many moves as given
     */
    private boolean insertionSort(long mostMoves) {
        long moves = 0;
        for (int i = 1; i < size && moves <= mostMoves; i++) {
            double s = separationArcsec[i];
            int r = row[i];
            int at = i;
            while (at > 0 && isBefore(s, r, separationArcsec[at - 1], row[at - 1])) {
                separationArcsec[at] = separationArcsec[at - 1];
                row[at] = row[--at];
            }
            separationArcsec[at] = s;
            row[at] = r;
            moves += i - at;
        }
        return moves <= mostMoves;
    }

    private void heapSort() {
        heapify();
        for (int end = size - 1; end > 0; end--) {
            swap(0, end);
            siftDown(0, end);
        }
    }

    /** Makes a heap whose first row is the last in order. */
    private void heapify() {
        for (int i = size / 2 - 1; i >= 0; i--) {
            siftDown(i, size);
        }
    }

    private void siftDown(int from, int end) {
        int i = from;
        while (2 * i + 1 < end) {
            int child = 2 * i + 1;
            if (child + 1 < end && isBefore(child, child + 1)) {
                child++;
            }
            if (!isBefore(i, child)) {
                return;
            }
            swap(i, child);
            i = child;
        }
    }

    private void swap(int i, int j) {
        double s = separationArcsec[i];
        separationArcsec[i] = separationArcsec[j];
        separationArcsec[j] = s;
        int r = row[i];
        row[i] = row[j];
        row[j] = r;
    }

    private boolean isBefore(int i, int j) {
        return isBefore(separationArcsec[i], row[i], separationArcsec[j], row[j]);
    }

    private boolean isBefore(double s1, int row1, double s2, int row2) {
        return s1 < s2 || s1 == s2 && isBeforeInTie(row1, row2);
    }

    /** Whether the tie rule puts {@code row1} before {@code row2}. */
    boolean isBeforeInTie(int row1, int row2) {
        if (ties == TieRule.PIXEL_THEN_ROW
                && (rightRa[row1] != rightRa[row2] || rightDec[row1] != rightDec[row2])) {
            long pixel1 = Healpix.pixelOf(29, rightRa[row1], rightDec[row1]);
            long pixel2 = Healpix.pixelOf(29, rightRa[row2], rightDec[row2]);
            if (pixel1 != pixel2) {
                return pixel1 < pixel2;
            }
        }
        return row1 < row2;
    }
}
