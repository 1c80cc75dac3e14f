package org.xmatch.core.healpix;

import java.util.Arrays;
import java.util.Collection;

/**
 * A region of the sky as sorted, disjoint, half-open ranges of order-29 NESTED pixels.
 * <p>
 * Immutable and thread-safe.
 */
public final class PixelRanges {

    /** Whole sky. */
    public static final PixelRanges ALL_SKY = new PixelRanges(new long[] {0, 12L << 58});

    /** No pixel. */
    public static final PixelRanges EMPTY = new PixelRanges(new long[0]);

    // from[0], end[0], from[1], end[1], ...: ascending, end[i] < from[i + 1]
    private final long[] bounds;

    private PixelRanges(long[] bounds) {
        this.bounds = bounds;
    }

    /** The union of pixels of any orders, overlapping or not, in any order. */
    public static PixelRanges of(Collection<HealpixPixel> pixels) {
        long[] pairs = new long[2 * pixels.size()];
        int length = 0;
        for (HealpixPixel pixel : pixels) {
            pairs[length++] = pixel.first29();
            pairs[length++] = pixel.end29();
        }
        return ofBounds(pairs);
    }

    /** All of one pixel. */
    public static PixelRanges ofPixel(HealpixPixel pixel) {
        return new PixelRanges(new long[] {pixel.first29(), pixel.end29()});
    }

    /**
     * The union of ranges given as {@code from, end} pairs, in any order, overlapping or touching or
     * not; {@code from < end} in each.
     */
    public static PixelRanges ofBounds(long[] fromEndPairs) {
        int count = fromEndPairs.length / 2;
        if (2 * count != fromEndPairs.length) {
            throw new IllegalArgumentException("bounds come in pairs, got " + fromEndPairs.length);
        }
        long[][] pairs = new long[count][];
        boolean ascending = true;
        for (int i = 0; i < count; i++) {
            long from = fromEndPairs[2 * i];
            long end = fromEndPairs[2 * i + 1];
            if (from < 0 || from >= end || end > 12L << 58) {
                throw new IllegalArgumentException("no range of order-29 pixels: [" + from + ", " + end + ")");
            }
            pairs[i] = new long[] {from, end};
            ascending &= i == 0 || from >= pairs[i - 1][0];
        }
        if (!ascending) {
            Arrays.sort(pairs, (a, b) -> Long.compare(a[0], b[0]));
        }
        long[] merged = new long[2 * count];
        int length = 0;
        for (long[] pair : pairs) {
            if (length > 0 && pair[0] <= merged[length - 1]) {
                merged[length - 1] = Math.max(merged[length - 1], pair[1]);
            } else {
                merged[length++] = pair[0];
                merged[length++] = pair[1];
            }
        }
        return new PixelRanges(Arrays.copyOf(merged, length));
    }

    /** Number of ranges. */
    public int size() {
        return bounds.length / 2;
    }

    /** First order-29 pixel of range {@code i}. */
    public long from(int i) {
        return bounds[2 * i];
    }

    /** One past the last order-29 pixel of range {@code i}. */
    public long end(int i) {
        return bounds[2 * i + 1];
    }

    public boolean isEmpty() {
        return bounds.length == 0;
    }

    /** Number of order-29 pixels inside. */
    public long pixelCount() {
        long count = 0;
        for (int i = 0; i < size(); i++) {
            count += end(i) - from(i);
        }
        return count;
    }

    /** The first range that ends after the order-29 pixel; {@link #size()} if none does. */
    public int rangeEndingAfter(long pixel29) {
        int low = 0;
        int high = size();
        while (low < high) {
            int middle = low + high >>> 1;
            if (bounds[2 * middle + 1] > pixel29) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** Whether the order-29 pixel is inside. */
    public boolean contains(long pixel29) {
        int i = rangeEndingAfter(pixel29);
        return i < size() && from(i) <= pixel29;
    }

    /** Whether any order-29 pixel of {@code [from, end)} is inside. */
    public boolean overlaps(long from, long end) {
        int i = rangeEndingAfter(from);
        return i < size() && from(i) < end;
    }

    /** Whether every order-29 pixel of {@code [from, end)} is inside. */
    public boolean containsAll(long from, long end) {
        int i = rangeEndingAfter(from);
        return from >= end || i < size() && from(i) <= from && end(i) >= end;
    }

    public PixelRanges union(PixelRanges other) {
        long[] both = Arrays.copyOf(bounds, bounds.length + other.bounds.length);
        System.arraycopy(other.bounds, 0, both, bounds.length, other.bounds.length);
        return ofBounds(both);
    }

    public PixelRanges intersection(PixelRanges other) {
        long[] out = new long[bounds.length + other.bounds.length];
        int length = 0;
        int i = 0;
        int j = 0;
        while (i < size() && j < other.size()) {
            long from = Math.max(from(i), other.from(j));
            long end = Math.min(end(i), other.end(j));
            if (from < end) {
                out[length++] = from;
                out[length++] = end;
            }
            if (end(i) < other.end(j)) {
                i++;
            } else {
                j++;
            }
        }
        return new PixelRanges(Arrays.copyOf(out, length));
    }

    /** What is in this region and not in {@code other}. */
    public PixelRanges minus(PixelRanges other) {
        return intersection(other.complement());
    }

    private PixelRanges complement() {
        long[] out = new long[bounds.length + 2];
        int length = 0;
        long from = 0;
        for (int i = 0; i < size(); i++) {
            if (from < from(i)) {
                out[length++] = from;
                out[length++] = from(i);
            }
            from = end(i);
        }
        if (from < 12L << 58) {
            out[length++] = from;
            out[length++] = 12L << 58;
        }
        return new PixelRanges(Arrays.copyOf(out, length));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PixelRanges ranges && Arrays.equals(bounds, ranges.bounds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bounds);
    }

    @Override
    public String toString() {
        return "PixelRanges" + Arrays.toString(bounds);
    }
}
