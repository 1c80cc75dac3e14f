package org.xmatch.io.sample;

/**
 * The cone of the Fornax tutorial "Cross-Matching ZTF and Pan-STARRS using LSDB": its center in the
 * Kepler field, and its radius for a number of ZTF rows. Stateless and thread-safe.
 */
public final class KeplerField {

    /** Right ascension of the center, degrees. */
    public static final double CENTER_RA = 290.6666666666667;

    /** Declination of the center, degrees. */
    public static final double CENTER_DEC = 44.5;

    // rows, and the radius in arcsec for which ZTF has about that many
    private static final double[][] TABLE = {{10_000, 331}, {100_000, 1047}, {1_000_000, 3318},
        {10_000_000, 11_180}, {100_000_000, 33_743}, {1_000_000_000, 102_000}};

    private KeplerField() {}

    /**
     * Radius of the cone that holds about {@code rows} rows, arcsec: as in the tutorial's table, from
     * the next smaller entry (or the first) with the square root of the rows for other numbers.
     *
     * @throws IllegalArgumentException for less than one row
     */
    public static double radiusArcsec(long rows) {
        if (rows < 1) {
            throw new IllegalArgumentException("a cone is for at least one row, got " + rows);
        }
        double[] entry = TABLE[0];
        for (double[] next : TABLE) {
            entry = next[0] <= rows ? next : entry;
        }
        return Math.min(180 * 3600, entry[1] * Math.sqrt(rows / entry[0]));
    }
}
