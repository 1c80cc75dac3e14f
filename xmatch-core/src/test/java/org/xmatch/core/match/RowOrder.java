package org.xmatch.core.match;

import org.xmatch.core.healpix.Healpix;
import org.xmatch.core.sky.SkyPoints;

import java.util.Arrays;
import java.util.Comparator;

/** How the rows of a sample are ordered. */
enum RowOrder {
    AS_DRAWN,
    /** By order-29 pixel, as in a HATS partition; rows without a position last. */
    SORTED,
    /** By pixel, then a tenth of the rows again by pixel, as with margin rows appended. */
    APPENDED,
    /** By pixel, backwards. */
    REVERSED;

    SkyPoints of(SkyPoints points) {
        if (this == AS_DRAWN) {
            return points;
        }
        int size = points.size();
        int tail = this == APPENDED ? size / 10 : 0;
        Integer[] rows = new Integer[size];
        Arrays.setAll(rows, row -> row);
        Comparator<Integer> byPixel = Comparator.comparingLong(row -> pixelOf(points, row));
        Arrays.sort(rows, 0, size - tail, this == REVERSED ? byPixel.reversed() : byPixel);
        Arrays.sort(rows, size - tail, size, byPixel);
        double[] ra = new double[size];
        double[] dec = new double[size];
        for (int i = 0; i < size; i++) {
            ra[i] = points.ra()[rows[i]];
            dec[i] = points.dec()[rows[i]];
        }
        return SkyPoints.of(ra, dec);
    }

    private static long pixelOf(SkyPoints points, int row) {
        double ra = points.ra()[row];
        double dec = points.dec()[row];
        return ChordBound.isPosition(ra, dec) ? Healpix.pixelOf(29, ra, dec) : Long.MAX_VALUE;
    }
}
