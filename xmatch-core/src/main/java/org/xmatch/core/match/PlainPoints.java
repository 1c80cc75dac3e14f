package org.xmatch.core.match;

import org.xmatch.core.sky.SkyPoints;

/**
 * Positions with every ra in {@code [0, 360]} and no row without a position: the caller's arrays
 * where they are like that already, as most are, else a copy that knows its rows.
 */
final class PlainPoints {

    private double[] rawRa = new double[0];
    private double[] rawDec = new double[0];
    private double[] ra = new double[0];
    private double[] dec = new double[0];
    private int first;
    private int end;
    private boolean isCopy;
    private double[] copiedRa = new double[0];
    private double[] copiedDec = new double[0];
    private int[] row = new int[0];

    /** The positions of rows {@code [from, to)}, plain as far as the caller has looked. */
    void setUnseen(SkyPoints points, int from, int to) {
        rawRa = points.ra();
        rawDec = points.dec();
        ra = rawRa;
        dec = rawDec;
        first = from;
        end = to;
        isCopy = false;
    }

    /** Whether a position is plain. */
    boolean isPlain(int position) {
        return ra[position] >= 0 && ra[position] <= 360 && Math.abs(dec[position]) <= 90;
    }

    /** Goes on with a copy of the rows from {@code from} on. */
    void copyFrom(int from) {
        first = from;
        isCopy = true;
        copy();
    }

    /** Becomes a copy of none of those positions, to be made of {@link #addPolar}. */
    void clear(PlainPoints of, int capacity) {
        rawRa = of.rawRa;
        rawDec = of.rawDec;
        makeRoom(capacity);
        ra = copiedRa;
        dec = copiedDec;
        isCopy = true;
        first = 0;
        end = 0;
    }

    private void makeRoom(int capacity) {
        if (row.length < capacity) {
            row = new int[capacity];
            copiedRa = new double[capacity];
            copiedDec = new double[capacity];
        }
    }

    /** Adds the place in {@link PolarPlane} of a position close to a pole; there must be room. */
    void addPolar(PlainPoints points, int position) {
        row[end] = points.row(position);
        PolarPlane.place(points.ra[position], points.dec[position], copiedRa, copiedDec, end++);
    }

    private void copy() {
        makeRoom(end - first);
        int copied = 0;
        for (int i = first; i < end; i++) {
            if (ChordBound.isPosition(ra[i], dec[i])) {
                row[copied] = i;
                copiedRa[copied] = ChordBound.wrapped(ra[i]);
                copiedDec[copied++] = dec[i];
            }
        }
        ra = copiedRa;
        dec = copiedDec;
        first = 0;
        end = copied;
    }

    /** Whether the caller's row of a position after the first has the position of the one before. */
    boolean isEqualToPrevious(int position) {
        int row = row(position);
        int before = row(position - 1);
        return rawRa[row] == rawRa[before] && rawDec[row] == rawDec[before];
    }

    /** How many positions, up to {@code most}, just before one are equal to it. */
    int equalBefore(int position, int most) {
        int equal = 0;
        while (equal < most && position - equal > first && isEqualToPrevious(position - equal)) {
            equal++;
        }
        return equal;
    }

    /** Copies the caller's coordinates of so many positions from {@code from} on. */
    void copyRaw(int from, int count, double[] outRa, double[] outDec) {
        if (!isCopy) {
            System.arraycopy(rawRa, from, outRa, 0, count);
            System.arraycopy(rawDec, from, outDec, 0, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            outRa[i] = rawRa[row[from + i]];
            outDec[i] = rawDec[row[from + i]];
        }
    }

    boolean isCopy() {
        return isCopy;
    }

    /** First position. */
    int first() {
        return first;
    }

    /** One past the last position. */
    int end() {
        return end;
    }

    /** Degrees, {@code [0, 360]}. */
    double[] ra() {
        return ra;
    }

    /** Degrees, {@code [-90, 90]}. */
    double[] dec() {
        return dec;
    }

    /** The caller's row of a position. */
    int row(int position) {
        return isCopy ? row[position] : position;
    }
}
