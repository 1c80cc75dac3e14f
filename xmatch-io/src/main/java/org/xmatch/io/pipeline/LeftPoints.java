package org.xmatch.io.pipeline;

import org.xmatch.core.region.Cone;
import org.xmatch.core.sky.SkyPoints;

import java.util.Optional;

/**
 * The left rows of a unit that are to be matched, as positions with their unit rows: those inside
 * the cone, or inside one slice. Reused by one thread.
 */
final class LeftPoints {

    private double[] ra = new double[0];
    private double[] dec = new double[0];
    private int[] row = new int[0];
    private int size;
    private boolean identity;

    SkyPoints points() {
        return SkyPoints.of(ra, dec, size);
    }

    int size() {
        return size;
    }

    /** Unit row of point {@code i}. */
    int row(int i) {
        return identity ? i : row[i];
    }

    /** All rows, or those inside the cone, in the order of the rows. */
    void select(UnitRows rows, Optional<Cone> cone) {
        if (cone.isEmpty()) {
            ra = rows.ra();
            dec = rows.dec();
            size = rows.size();
            identity = true;
            return;
        }
        if (row.length < rows.size()) {
            allocate(rows.size());
        }
        identity = false;
        size = cone.get().select(rows.ra(), rows.dec(), rows.size(), row);
        for (int i = 0; i < size; i++) {
            ra[i] = rows.ra()[row[i]];
            dec[i] = rows.dec()[row[i]];
        }
    }

    /** The points of another selection that {@code order[from..to)} names, in that order. */
    void select(LeftPoints all, int[] order, int from, int to) {
        if (row.length < to - from) {
            allocate(to - from);
        }
        identity = false;
        size = 0;
        for (int i = from; i < to; i++) {
            append(all.ra[order[i]], all.dec[order[i]], all.row(order[i]));
        }
    }

    private void append(double raDegrees, double decDegrees, int unitRow) {
        ra[size] = raDegrees;
        dec[size] = decDegrees;
        row[size++] = unitRow;
    }

    private void allocate(int capacity) {
        ra = new double[capacity];
        dec = new double[capacity];
        row = new int[capacity];
    }
}
