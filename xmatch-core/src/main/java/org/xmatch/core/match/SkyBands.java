package org.xmatch.core.match;

import org.xmatch.core.sky.SkyPoints;

import java.util.Arrays;

/**
 * Right positions sorted into cells: bands of equal height in declination, each cut into cells of
 * equal width in right ascension. Rows without a position are left out.
 */
final class SkyBands {

    private double[] ra = new double[0];
    private double[] dec = new double[0];
    private int[] row = new int[0];
    private int[] cellOf = new int[0];
    private int size;

    private double minDec;
    private double maxDec;
    private double raOrigin;
    private double raExtent;
    private int bands;
    private double bandsPerDegree;

    private int[] firstCell = new int[1];
    private double[] cellsPerDegree = new double[0];
    private double[] minCosDec = new double[0];
    private double[] raReach = new double[0];
    private int[] cellStart = new int[1];

    /** Sorts the rows whose declination is in {@code [fromDec, toDec]}, for circles of a radius. */
    void build(SkyPoints right, double fromDec, double toDec, double radiusDegrees) {
        measure(right, fromDec, toDec);
        if (size == 0) {
            return;
        }
        layOut(radiusDegrees);
        sort(right, fromDec, toDec);
    }

    private void measure(SkyPoints right, double fromDec, double toDec) {
        double[] ras = right.ra();
        double[] decs = right.dec();
        size = 0;
        minDec = 90;
        maxDec = -90;
        double min = 360;
        double max = 0;
        double minShifted = 180;
        double maxShifted = -180;
        for (int i = 0; i < right.size(); i++) {
            double d = decs[i];
            if (d >= fromDec && d <= toDec && ChordBound.isPosition(ras[i], d)) {
                double a = ChordBound.wrapped(ras[i]);
                double shifted = a >= 180 ? a - 360 : a;
                min = Math.min(min, a);
                max = Math.max(max, a);
                minShifted = Math.min(minShifted, shifted);
                maxShifted = Math.max(maxShifted, shifted);
                minDec = Math.min(minDec, d);
                maxDec = Math.max(maxDec, d);
                size++;
            }
        }
        boolean isShifted = maxShifted - minShifted < max - min;
        raOrigin = isShifted ? minShifted : min;
        raExtent = isShifted ? maxShifted - minShifted : max - min;
    }

    private void layOut(double radius) {
        // Area in square degrees; cells that hold about two rows, but not finer than the radius.
        double area = raExtent * (Math.sin(maxDec * ChordBound.RADIANS)
                - Math.sin(minDec * ChordBound.RADIANS)) / ChordBound.RADIANS;
        double side = Math.max(radius, Math.sqrt(2 * area / size));
        double most = mostCells();
        double cells = countCells(side);
        // Rows along a line have no area: coarser cells until they are few enough.
        while (cells > most) {
            side *= 1.3;
            cells = countCells(side);
        }
        bands = bandCount(side);
        bandsPerDegree = bands / Math.max(maxDec - minDec, 1e-300);
        if (minCosDec.length < bands) {
            firstCell = new int[bands + 1];
            cellsPerDegree = new double[bands];
            minCosDec = new double[bands];
            raReach = new double[bands];
        }
        int total = 0;
        double height = (maxDec - minDec) / bands;
        for (int band = 0; band < bands; band++) {
            double low = minDec + band * height;
            double high = low + height;
            int inBand = cellsInBand(side, band, bands);
            firstCell[band] = total;
            total += inBand;
            cellsPerDegree[band] = inBand / Math.max(raExtent, 1e-300);
            // a little wider than the band, for rows that rounding put into it
            double farthest = Math.min(90, Math.max(Math.abs(low), Math.abs(high)) + 1e-9);
            minCosDec[band] = Math.max(0, Math.cos(farthest * ChordBound.RADIANS) - 1e-12);
            // left rows may lie outside all bands by a radius
            raReach[band] = HaversineKdTreeKernel.raReach(
                    Math.min(90, farthest + radius), radius);
        }
        firstCell[bands] = total;
        if (cellStart.length < total + 1) {
            cellStart = new int[total + 1];
        }
        Arrays.fill(cellStart, 0, total + 1, 0);
    }

    /** In a band, and of all of them, so that their numbers are ints. */
    private double mostCells() {
        return Math.min(2.0 * size + 64, 1 << 30);
    }

    private double countCells(double side) {
        double atMost = 1 + (maxDec - minDec) / side;
        if (atMost > mostCells()) {
            return Double.POSITIVE_INFINITY;
        }
        int count = bandCount(side);
        double cells = 0;
        for (int band = 0; band < count; band++) {
            cells += cellsInBand(side, band, count);
        }
        return cells;
    }

    private int bandCount(double side) {
        return (int) Math.max(1, (maxDec - minDec) / side);
    }

    private int cellsInBand(double side, int band, int count) {
        double middle = minDec + (band + 0.5) * (maxDec - minDec) / count;
        double cells = raExtent * Math.cos(middle * ChordBound.RADIANS) / side;
        return (int) Math.max(1, Math.min(cells, mostCells()));
    }

    private void sort(SkyPoints right, double fromDec, double toDec) {
        double[] ras = right.ra();
        double[] decs = right.dec();
        if (row.length < size) {
            row = new int[size];
            ra = new double[size];
            dec = new double[size];
        }
        if (cellOf.length < right.size()) {
            cellOf = new int[right.size()];
        }
        int[] start = cellStart;
        for (int i = 0; i < right.size(); i++) {
            double d = decs[i];
            if (d >= fromDec && d <= toDec && ChordBound.isPosition(ras[i], d)) {
                int band = bandOf(d);
                int cell = cellOf(band, offset(ChordBound.wrapped(ras[i])));
                cellOf[i] = cell;
                start[cell]++;
            } else {
                cellOf[i] = -1;
            }
        }
        int total = firstCell[bands];
        int end = 0;
        for (int cell = 0; cell <= total; cell++) {
            end += start[cell];
            start[cell] = end;
        }
        // from behind, so that rows keep their order within a cell
        for (int i = right.size() - 1; i >= 0; i--) {
            int cell = cellOf[i];
            if (cell >= 0) {
                int place = --start[cell];
                row[place] = i;
                ra[place] = offset(ChordBound.wrapped(ras[i]));
                dec[place] = decs[i];
            }
        }
    }

    boolean isEmpty() {
        return size == 0;
    }

    double minDec() {
        return minDec;
    }

    double maxDec() {
        return maxDec;
    }

    /** Degrees east of the first right ascension, {@code 0..360}, of a wrapped one. */
    double offset(double wrappedRa) {
        double offset = wrappedRa - raOrigin;
        return offset < 0 ? offset + 360 : offset >= 360 ? offset - 360 : offset;
    }

    /** Largest {@link #offset} of any row. */
    double raExtent() {
        return raExtent;
    }

    /** The band of a declination; the first or last one beyond the ends. */
    int bandOf(double d) {
        int band = (int) ((d - minDec) * bandsPerDegree);
        return Math.max(0, Math.min(band, bands - 1));
    }

    /** The cell of a band that holds the offset; the first or last one beyond the ends. */
    int cellOf(int band, double offset) {
        int first = firstCell[band];
        int cell = first + (int) Math.min(offset * cellsPerDegree[band], 2e9 - first);
        return Math.max(first, Math.min(cell, firstCell[band + 1] - 1));
    }

    /** First of the places of a cell, which end where those of the next cell start. */
    int cellStart(int cell) {
        return cellStart[cell];
    }

    int firstCell(int band) {
        return firstCell[band];
    }

    /** Lower bound of the cosine of the declinations of a band. */
    double minCosDec(int band) {
        return minCosDec[band];
    }

    /** How far in ra, degrees, the circle round a position in this band can reach; 360 for all. */
    double raReach(int band) {
        return raReach[band];
    }

    /** Right rows, by cell. */
    int[] rows() {
        return row;
    }

    /** {@link #offset} of each row, by cell. */
    double[] offsets() {
        return ra;
    }

    /** Declinations, by cell. */
    double[] decs() {
        return dec;
    }
}
