package org.xmatch.core.match;

import java.util.Arrays;

/** Right rows close to the edges of their tiles, with their positions, which a tile beside reads as they come. */
final class RimRows {

    int size;
    /** Position among the right points. */
    int[] position = new int[64];
    double[] ra = new double[64];
    double[] dec = new double[64];

    /** Makes room for so many in all. */
    void reserve(int rows) {
        if (position.length < rows) {
            int capacity = (int) Math.min(Integer.MAX_VALUE - 8, Math.max(2L * position.length, rows));
            position = Arrays.copyOf(position, capacity);
            ra = Arrays.copyOf(ra, capacity);
            dec = Arrays.copyOf(dec, capacity);
        }
    }

    /** Takes the coordinates of the rows from {@code from} on. */
    void takeCoordinates(int from, PlainPoints points) {
        double[] ras = points.ra();
        double[] decs = points.dec();
        for (int i = from; i < size; i++) {
            ra[i] = ras[position[i]];
            dec[i] = decs[position[i]];
        }
    }

    /** Appends all rows of another, for which there must be room. */
    void append(RimRows other) {
        System.arraycopy(other.position, 0, position, size, other.size);
        System.arraycopy(other.ra, 0, ra, size, other.size);
        System.arraycopy(other.dec, 0, dec, size, other.size);
        size += other.size;
    }
}
