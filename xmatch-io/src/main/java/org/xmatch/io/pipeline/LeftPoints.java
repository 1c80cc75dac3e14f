package org.xmatch.io.pipeline;

import org.xmatch.core.region.Cone;
import org.xmatch.core.sky.SkyPoints;

import java.util.Optional;

/**
 * The left rows of a unit that are to be matched, as positions with their unit rows: those inside
 * the cone, or inside one slice. Reused by one thread.
 */
final class LeftPoints {

    private double[] ra = new double[0]; // of the selected rows, or of all
    private double[] dec = new double[0];
    private double[] selectedRa = new double[0];
    private double[] selectedDec = new double[0];
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
        size = rows.size();
        if (cone.isPresent()) {
            if (row.length < size) {
                row = new int[size + size / 8];
            }
            size = cone.get().select(rows.ra(), rows.dec(), rows.size(), row);
        }
        identity = size == rows.size();
        if (identity) {
            ra = rows.ra();
            dec = rows.dec();
            return;
        }
        makeRoom();
        for (int i = 0; i < size; i++) {
            ra[i] = rows.ra()[row[i]];
            dec[i] = rows.dec()[row[i]];
        }
    }

    /** The points of another selection that {@code order[from..to)} names, in that order. */
    void select(LeftPoints all, int[] order, int from, int to) {
        size = to - from;
        if (row.length < size) {
            row = new int[size];
        }
        identity = false;
        makeRoom();
        for (int i = 0; i < size; i++) {
            int point = order[from + i];
            ra[i] = all.ra[point];
            dec[i] = all.dec[point];
            row[i] = all.row(point);
        }
    }

    private void makeRoom() {
        if (selectedRa.length < size) {
            selectedRa = new double[size + size / 8];
            selectedDec = new double[selectedRa.length];
        }
        ra = selectedRa;
        dec = selectedDec;
    }
}
