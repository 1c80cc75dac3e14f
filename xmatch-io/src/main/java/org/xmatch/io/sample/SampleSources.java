package org.xmatch.io.sample;

import org.jspecify.annotations.Nullable;
import org.xmatch.core.healpix.Healpix;
import org.xmatch.core.healpix.HealpixPixel;
import org.xmatch.core.healpix.PixelRanges;
import org.xmatch.core.margin.MarginPixels;
import org.xmatch.core.region.Cone;
import org.xmatch.core.sky.SkyPosition;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/**
 * Made-up stars, and where two surveys saw them.
 * <p>
 * The sky is cut into HEALPix cells. How many stars a cell has follows from its share of a density
 * with a gradient and clumps, by rounding the running sum, so that the totals are exact; where they
 * are follows from the seed and the cell alone. Every star was detected 2 to 4 times on the left
 * (3 on average, and exactly {@code rows} times in all within the cone); a fixed share of them was
 * detected once on the right, where there are other stars besides. Immutable and thread-safe.
 */
final class SampleSources {

    private static final double MATCHED = 0.845;
    private static final double RIGHT_PER_LEFT = 1.1;
    private static final double RIM = 1.05;
    private static final double LEFT_SCATTER = 0.06;
    private static final double RIGHT_SCATTER = 0.04;
    private static final int CELL_ORDER = 10;
    private static final int STARS_PER_CELL = 100;
    private static final double RAD = Math.PI / 180;

    private final long seed;
    private final @Nullable Cone cone;
    private final @Nullable Cone rim;
    private final int cellOrder;
    private final long[] cells;
    // stars of each population before each cell: detected by both (in the cone, around it), right only (same)
    private final long[][] before = new long[4][];
    private final long[] firstStar = new long[5];
    private final long rows;

    private SampleSources(long seed, long rows, @Nullable Cone cone) {
        this.seed = seed;
        this.rows = rows;
        this.cone = cone;
        this.rim = cone == null ? null
                : new Cone(cone.ra(), cone.dec(), Math.min(180 * 3600, cone.radiusArcsec() * RIM + 15));
        long stars = starsOf(rows);
        this.cellOrder = cone == null ? allskyOrder(stars)
                : Math.min(20, Math.max(CELL_ORDER, MarginPixels.orderFor(cone.radiusArcsec() / 16)));
        this.cells = cellsOf(rim, cellOrder);
        double[] within = new double[cells.length];
        double[] around = new double[cells.length];
        double sumWithin = 0;
        double sumAround = 0;
        for (int i = 0; i < cells.length; i++) {
            double density = density(cells[i]);
            within[i] = density * share(cells[i], true);
            around[i] = density * share(cells[i], false);
            sumWithin += within[i];
            sumAround += around[i];
        }
        long others = Math.max(0, Math.round(RIGHT_PER_LEFT * rows - MATCHED * stars));
        double more = sumWithin == 0 ? 0 : sumAround / sumWithin;
        long[] totals = {stars, Math.round(stars * more), others, Math.round(others * more)};
        for (int p = 0; p < 4; p++) {
            before[p] = running(p % 2 == 0 ? within : around, totals[p]);
            firstStar[p + 1] = firstStar[p] + totals[p];
        }
    }

    /** The tutorial's cone with {@code rows} left rows, and a rim around it. */
    static SampleSources kepler(long rows, long seed) {
        return new SampleSources(seed, rows,
                new Cone(KeplerField.CENTER_RA, KeplerField.CENTER_DEC, KeplerField.radiusArcsec(rows)));
    }

    /** {@code rows} left rows over the whole sky, denser towards the galactic plane. */
    static SampleSources allsky(long rows, long seed) {
        return new SampleSources(seed, rows, null);
    }

    int cellOrder() {
        return cellOrder;
    }

    private static int allskyOrder(long stars) {
        int order = 5;
        while (order < CELL_ORDER && stars / (12L << 2 * order) > STARS_PER_CELL) {
            order++;
        }
        return order;
    }

    private static long[] cellsOf(@Nullable Cone region, int order) {
        if (region == null) {
            long[] all = new long[12 << 2 * order];
            Arrays.setAll(all, i -> i);
            return all;
        }
        PixelRanges coverage = region.coverage(0);
        int shift = 2 * (HealpixPixel.MAX_ORDER - order);
        LongStream.Builder found = LongStream.builder();
        for (int r = 0; r < coverage.size(); r++) {
            LongStream.rangeClosed(coverage.from(r) >> shift, coverage.end(r) - 1 >> shift).forEach(found::add);
        }
        return found.build().distinct().toArray();
    }

    /** Number of cells. */
    int cells() {
        return cells.length;
    }

    /** Index of the first cell at or above a pixel of the cells' order. */
    int cellFrom(long pixel) {
        int at = Arrays.binarySearch(cells, pixel);
        return at < 0 ? -at - 1 : at;
    }

    /** Adds the left detections of a cell's stars, some of which scatter out of it. */
    void addLeft(int cell, SampleRows out) {
        for (int p = 0; p < 2; p++) {
            SplittableRandom place = random(cell, p);
            SplittableRandom scatter = random(cell, p + 10);
            for (long star = before[p][cell]; star < before[p][cell + 1]; star++) {
                SkyPosition position = draw(cell, p, place);
                for (int k = 0; k < detections(p, star); k++) {
                    addScattered(position, LEFT_SCATTER, scatter, (firstStar[p] + star) * 4 + k, out);
                }
            }
        }
    }

    /** Adds the right detections of a cell's stars, some of which scatter out of it. */
    void addRight(int cell, SampleRows out) {
        for (int p = 0; p < 4; p++) {
            SplittableRandom place = random(cell, p);
            SplittableRandom scatter = random(cell, p + 20);
            for (long star = before[p][cell]; star < before[p][cell + 1]; star++) {
                SkyPosition position = draw(cell, p, place);
                if (p >= 2 || (long) ((star + 1) * MATCHED) > (long) (star * MATCHED)) {
                    addScattered(position, RIGHT_SCATTER, scatter, (firstStar[p] + star) * 4, out);
                }
            }
        }
    }

    // 3, 2, 4, 3, 2, 4, ... and as many for the last star as make the rows exact
    private int detections(int population, long star) {
        long most = population == 0 ? rows - rowsBefore(star) : 4;
        return (int) Math.min(most, rowsBefore(star + 1) - rowsBefore(star));
    }

    private static long rowsBefore(long star) {
        return 3 * star - (star % 3 == 2 ? 1 : 0);
    }

    private static long starsOf(long rows) {
        long stars = rows / 3;
        while (rowsBefore(stars) < rows) {
            stars++;
        }
        return stars;
    }

    private SkyPosition draw(int cell, int population, SplittableRandom random) {
        int depth = 2 * (HealpixPixel.MAX_ORDER - cellOrder);
        long within = random.nextLong() >>> 64 - depth;
        if (random.nextInt(5) == 0) {
            // a star of a clump: shares the first bits of one of three places in the cell
            int bits = Math.min(depth, 2 + random.nextInt(10));
            long place = mix(seed ^ mix(cells[cell] * 3 + random.nextInt(3))) >>> 64 - depth;
            long low = (1L << depth - bits) - 1;
            within = place & ~low | within & low;
        }
        for (int attempt = 0; attempt < 10_000; attempt++) {
            SkyPosition position =
                    Healpix.centerOf(new HealpixPixel(HealpixPixel.MAX_ORDER, cells[cell] << depth | within));
            if (isIn(position, population % 2 == 0)) {
                return position;
            }
            within = random.nextLong() >>> 64 - depth;
        }
        throw new IllegalStateException("cell " + cells[cell] + " has stars but hardly any area in the cone");
    }

    private boolean isIn(SkyPosition position, boolean inCone) {
        if (cone == null || rim == null) {
            return inCone;
        }
        boolean contained = cone.contains(position.ra(), position.dec());
        return inCone ? contained : !contained && rim.contains(position.ra(), position.dec());
    }

    private static void addScattered(SkyPosition position, double sigma, SplittableRandom random, long id,
            SampleRows out) {
        // along the unit vectors that point east and north
        double east = random.nextGaussian() * sigma / 3600 * RAD;
        double north = random.nextGaussian() * sigma / 3600 * RAD;
        double sinDec = Math.sin(position.dec() * RAD);
        double cosDec = Math.cos(position.dec() * RAD);
        double radial = cosDec - north * sinDec;
        double ra = position.ra() + Math.atan2(east, radial) / RAD;
        double dec = Math.atan2(sinDec + north * cosDec, Math.hypot(radial, east)) / RAD;
        out.add(ra < 0 ? ra + 360 : ra >= 360 ? ra - 360 : ra, dec, id);
    }

    private double density(long cell) {
        SkyPosition center = Healpix.centerOf(new HealpixPixel(cellOrder, cell));
        double density;
        if (cone == null) {
            // distance to the galactic plane; J2000 pole at 192.859, 27.128
            double sinB = Math.sin(center.dec() * RAD) * Math.sin(27.128 * RAD)
                    + Math.cos(center.dec() * RAD) * Math.cos(27.128 * RAD) * Math.cos((center.ra() - 192.859) * RAD);
            density = 0.5 + 4 * Math.exp(-Math.abs(Math.asin(sinB)) / RAD / 12);
        } else {
            double y = (center.dec() - cone.dec()) * 3600 / cone.radiusArcsec();
            density = 0.75 + 0.25 * Math.max(-1.5, Math.min(1.5, y));
        }
        for (int order = Math.max(6, cellOrder - 3); order <= cellOrder; order++) {
            long ancestor = cell >> 2 * (cellOrder - order);
            density *= 0.7 + 0.6 * unit(mix(seed + 31L * order ^ mix(ancestor)));
        }
        return density;
    }

    // share of a cell's area that is in the cone, or in the rim around it
    private double share(long cell, boolean inCone) {
        if (cone == null) {
            return inCone ? 1 : 0;
        }
        int inside = 0;
        for (int i = 0; i < 64; i++) {
            inside += isIn(Healpix.centerOf(new HealpixPixel(cellOrder + 3, cell << 6 | i)), inCone) ? 1 : 0;
        }
        return inside / 64.0;
    }

    private static long[] running(double[] weights, long total) {
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        long[] running = new long[weights.length + 1];
        double part = 0;
        for (int i = 0; i < weights.length; i++) {
            part += weights[i];
            running[i + 1] = sum == 0 ? 0 : Math.min(total, Math.round(part / sum * total));
        }
        return running;
    }

    private SplittableRandom random(int cell, int stream) {
        return new SplittableRandom(mix(seed ^ mix(cells[cell] * 64 + stream)));
    }

    /** A number in [0, 1). */
    static double unit(long bits) {
        return (bits >>> 11) * 0x1p-53;
    }

    /** The finalizer of SplitMix64 (Steele, Lea, Flood 2014), after one step of its generator. */
    static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
