package org.xmatch.core.healpix;

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
        throw new UnsupportedOperationException("contract only");
    }

    /** The union of ranges given as {@code from, end} pairs, in any order, overlapping or touching or not. */
    public static PixelRanges ofBounds(long[] fromEndPairs) {
        throw new UnsupportedOperationException("contract only");
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

    /** Whether the order-29 pixel is inside. */
    public boolean contains(long pixel29) {
        throw new UnsupportedOperationException("contract only");
    }

    /** Whether any order-29 pixel of {@code [from, end)} is inside. */
    public boolean overlaps(long from, long end) {
        throw new UnsupportedOperationException("contract only");
    }

    /** Whether every order-29 pixel of {@code [from, end)} is inside. */
    public boolean containsAll(long from, long end) {
        throw new UnsupportedOperationException("contract only");
    }

    public PixelRanges union(PixelRanges other) {
        throw new UnsupportedOperationException("contract only");
    }

    public PixelRanges intersection(PixelRanges other) {
        throw new UnsupportedOperationException("contract only");
    }

    /** What is in this region and not in {@code other}. */
    public PixelRanges minus(PixelRanges other) {
        throw new UnsupportedOperationException("contract only");
    }
}
