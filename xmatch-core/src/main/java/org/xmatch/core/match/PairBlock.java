package org.xmatch.core.match;

import org.xmatch.core.sky.Separation;
import org.xmatch.core.sky.SkyPoints;

/**
 * Pairs that are candidates, up to a block of them, by left row: their separations are computed many
 * at a time, and decide.
 */
final class PairBlock {

    static final int MOST = 1024;

    private final double radiusArcsec;
    private final double aboveArcsec;
    private final int mostNeighbors;
    private final NearestRows nearest;
    final int[] leftRow = new int[MOST];
    final int[] rightRow = new int[MOST];
    int size;

    private final double[] leftRa = new double[MOST];
    private final double[] leftDec = new double[MOST];
    private final double[] rightRa = new double[MOST];
    private final double[] rightDec = new double[MOST];
    private final double[] separationArcsec = new double[MOST];

    /**
     * @param nearest knows the tie rule
     */
    PairBlock(MatchOptions options, NearestRows nearest) {
        this.radiusArcsec = options.radiusArcsec();
        // A minimum radius of 0 passes over nothing, not even separations of 0.
        this.aboveArcsec = options.minRadiusArcsec() == 0 ? -1 : options.minRadiusArcsec();
        this.mostNeighbors = options.nNeighbors();
        this.nearest = nearest;
    }

    void add(int left, int right) {
        leftRow[size] = left;
        rightRow[size++] = right;
    }

    private static void take(SkyPoints points, int[] rows, int count, double[] outRa, double[] outDec) {
        double[] ra = points.ra();
        double[] dec = points.dec();
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            outRa[i] = ra[row];
            outDec[i] = dec[row];
        }
    }

    private void computeSeparations(int count, TileFrame.Closeness closeness) {
        switch (closeness) {
            case BELOW_45 -> Separation.arcsecOfClose(
                    leftRa, leftDec, rightRa, rightDec, count, false, separationArcsec);
            case ABOVE_45 -> Separation.arcsecOfClose(
                    leftRa, leftDec, rightRa, rightDec, count, true, separationArcsec);
            case UNKNOWN -> Separation.arcsec(leftRa, leftDec, rightRa, rightDec, count, separationArcsec);
        }
    }

    /**
     * Appends those pairs of so many left positions from {@code from} on and the right rows here that are within the
     * radius.
     */
    void drainNearest(PlainPoints left, int from, int count, SkyPoints right,
            TileFrame.Closeness closeness, MatchResult result) {
        left.copyRaw(from, count, leftRa, leftDec);
        take(right, rightRow, count, rightRa, rightDec);
        computeSeparations(count, closeness);
        result.reserve(count);
        int[] leftRows = result.leftRow();
        int[] rightRows = result.rightRow();
        double[] separations = result.separationArcsec();
        int end = result.size();
        for (int i = 0; i < count; i++) {
            double s = separationArcsec[i];
            // written over where it is too far
            leftRows[end] = left.row(from + i);
            rightRows[end] = rightRow[i];
            separations[end] = s;
            end += 1 + (int) (Double.doubleToRawLongBits(radiusArcsec - s) >> 63);
        }
        result.setSize(end);
    }

    /**
     * Appends the best pairs of each left row, nearest first. All candidates of a left row must be here.
     */
    void drainSeveral(SkyPoints left, SkyPoints right, TileFrame.Closeness closeness, MatchResult result) {
        take(left, leftRow, size, leftRa, leftDec);
        take(right, rightRow, size, rightRa, rightDec);
        computeSeparations(size, closeness);
        result.reserve(size);
        int[] leftRows = result.leftRow();
        int[] rightRows = result.rightRow();
        double[] separations = result.separationArcsec();
        int end = result.size();
        int groupStart = end;
        int group = -1;
        for (int i = 0; i < size; i++) {
            double s = separationArcsec[i];
            if (!(s <= radiusArcsec && s > aboveArcsec)) {
                continue;
            }
            if (leftRow[i] != group) {
                group = leftRow[i];
                groupStart = end;
            }
            int place = end;
            while (place > groupStart && isBefore(s, rightRow[i], separations[place - 1], rightRows[place - 1])) {
                place--;
            }
            if (place - groupStart >= mostNeighbors) {
                continue;
            }
            end = Math.min(end + 1, groupStart + Math.min(mostNeighbors, MOST));
            for (int moved = end - 1; moved > place; moved--) {
                rightRows[moved] = rightRows[moved - 1];
                separations[moved] = separations[moved - 1];
            }
            leftRows[end - 1] = group;
            rightRows[place] = rightRow[i];
            separations[place] = s;
        }
        result.setSize(end);
        size = 0;
    }

    private boolean isBefore(double s1, int row1, double s2, int row2) {
        return s1 < s2 || s1 == s2 && nearest.isBeforeInTie(row1, row2);
    }
}
