package org.xmatch.core.match;

import java.util.Arrays;

/**
 * Matched pairs as three parallel arrays: in order of left row, then separation, then the tie rule.
 * <p>
 * Reused from call to call: the arrays are valid until the next match into the same object, may be
 * longer than {@link #size()}, and belong to this object; readers must not write. Not thread-safe.
 */
public final class MatchResult {

    private int[] leftRow = new int[0];
    private int[] rightRow = new int[0];
    private double[] separationArcsec = new double[0];
    private int size;

    /** Left row numbers, ascending. */
    public int[] leftRow() {
        return leftRow;
    }

    /** Right row numbers. */
    public int[] rightRow() {
        return rightRow;
    }

    /** Separations, arcsec. */
    public double[] separationArcsec() {
        return separationArcsec;
    }

    /** Number of pairs. */
    public int size() {
        return size;
    }

    /** Forgets all pairs, keeps the arrays. */
    public void clear() {
        size = 0;
    }

    /** Makes room for {@code extra} more pairs. */
    public void reserve(int extra) {
        int need = Math.addExact(size, extra);
        if (need > leftRow.length) {
            long grown = Math.min(Integer.MAX_VALUE - 8, (long) leftRow.length + (leftRow.length >> 1) + 16);
            int capacity = (int) Math.max(need, grown);
            leftRow = Arrays.copyOf(leftRow, capacity);
            rightRow = Arrays.copyOf(rightRow, capacity);
            separationArcsec = Arrays.copyOf(separationArcsec, capacity);
        }
    }

    /** Appends one pair. */
    public void add(int left, int right, double arcsec) {
        if (size == leftRow.length) {
            reserve(1);
        }
        leftRow[size] = left;
        rightRow[size] = right;
        separationArcsec[size++] = arcsec;
    }

    /** Sets the number of pairs after a kernel wrote to the arrays itself; at most their length. */
    void setSize(int size) {
        this.size = size;
    }
}
