package org.xmatch.core.match;

import org.xmatch.core.sky.SkyPoints;

/**
 * Bands and cells: every left row looks at the cells its circle touches.
 * <p>
 * Where that turns out to mean many rows for few pairs (a radius far above the spacing of the rows,
 * or many rows on one spot), the left rows that remain are searched by k-d tree.
 */
final class GridKernel implements MatchKernel {

    // Nanoseconds, about, of looking at a row, and of an exact separation.
    private static final int LOOK = 3;
    private static final int OFFER = 30;

    private final NearestRows nearest;
    private final SkyBands ownBands = new SkyBands();
    private SkyBands bands = ownBands;
    private final KdTreeFallback fallback;
    private final double reachDec;
    private SkyPoints right = KdTreeFallback.NO_POINTS;

    private double leftDec;
    private double leftCos;
    private double limitArcsec;
    private double limitChord2;
    private long scanned;

    GridKernel(MatchOptions options, TieRule ties) {
        this.nearest = new NearestRows(options, ties);
        this.fallback = new KdTreeFallback(options, ties);
        // wider than any rounding of a separation or of a coordinate difference
        this.reachDec = options.radiusArcsec() / 3600 * (1 + 1e-9) + 1e-11;
    }

    @Override
    public void prepare(SkyPoints right, Pieces pieces) {
        Matcher.requireDeclinations("right", right);
        this.right = right;
        nearest.searchIn(right);
        bands = ownBands;
        bands.build(right, -90, 90, reachDec);
        fallback.searchIn(right);
    }

    @Override
    public void share(MatchKernel prepared) {
        GridKernel other = (GridKernel) prepared;
        right = other.right;
        nearest.searchIn(right);
        bands = other.bands;
        fallback.searchIn(right);
    }

    @Override
    public void append(SkyPoints left, int from, int to, MatchResult result) {
        Matcher.requireDeclinations("left", left, from, to);
        if (bands.isEmpty()) {
            return;
        }
        double[] ra = left.ra();
        double[] dec = left.dec();
        double lowest = bands.minDec() - reachDec;
        double highest = bands.maxDec() + reachDec;
        scanned = 0;
        nearest.resetOffered();
        long pairsBefore = result.added();
        for (int row = from; row < to; row++) {
            // false for NaN
            if (dec[row] >= lowest && dec[row] <= highest
                    && ChordBound.isPosition(ra[row], dec[row])) {
                search(ra[row], dec[row]);
                nearest.drainTo(result, row);
                if (fallback.pays(LOOK * scanned + OFFER * nearest.offered(), row - from, result.added() - pairsBefore)) {
                    fallback.append(left, row + 1, to, result);
                    return;
                }
            }
        }
    }

    private void search(double ra, double dec) {
        nearest.start(ra, dec);
        leftDec = dec;
        leftCos = Math.cos(dec * ChordBound.RADIANS) * (1 - 1e-12);
        limitArcsec = nearest.limitArcsec();
        limitChord2 = ChordBound.ofArcsec(limitArcsec);
        double offset = bands.offset(ChordBound.wrapped(ra));
        double reach = bands.raReach(bands.bandOf(dec));
        double extent = bands.raExtent();
        int last = bands.bandOf(dec + reachDec);
        for (int band = bands.bandOf(dec - reachDec); band <= last; band++) {
            int end = bands.firstCell(band + 1);
            if (reach >= 180) {
                scan(band, bands.firstCell(band), end, offset);
                continue;
            }
            // Ascending, disjoint pieces of the circle; a cell they share is scanned once.
            int next = bands.firstCell(band);
            next = scanPiece(band, next, offset - 360, reach, extent, offset);
            next = scanPiece(band, next, offset, reach, extent, offset);
            scanPiece(band, next, offset + 360, reach, extent, offset);
        }
    }

    private int scanPiece(
            int band, int from, double middle, double reach, double extent, double offset) {
        double low = middle - reach;
        double high = middle + reach;
        if (high < 0 || low > extent) {
            return from;
        }
        int first = Math.max(from, bands.cellOf(band, low));
        int end = bands.cellOf(band, high) + 1;
        if (first < end) {
            scan(band, first, end, offset);
            return end;
        }
        return from;
    }

    private void scan(int band, int firstCell, int endCell, double offset) {
        double[] offsets = bands.offsets();
        double[] decs = bands.decs();
        int[] rows = bands.rows();
        double cosCos = leftCos * bands.minCosDec(band);
        int from = bands.cellStart(firstCell);
        int to = bands.cellStart(endCell);
        scanned += to - from;
        double limit = limitChord2;
        for (int p = from; p < to; p++) {
            double dra = Math.abs(offsets[p] - offset);
            dra = Math.min(dra, 360 - dra);
            double chord2 = ChordBound.chord2OfDegrees(decs[p] - leftDec)
                    + cosCos * ChordBound.chord2OfDegrees(dra);
            if (chord2 <= limit && nearest.offer(rows[p])
                    && nearest.limitArcsec() < limitArcsec) {
                limitArcsec = nearest.limitArcsec();
                limitChord2 = ChordBound.ofArcsec(limitArcsec);
                limit = limitChord2;
            }
        }
    }
}
