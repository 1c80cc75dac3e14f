package org.xmatch.core.healpix;

/**
 * A HEALPix pixel in the NESTED scheme.
 * <p>
 * Pixels compare in sky order: by their first order-29 descendant, an ancestor before its
 * descendants.
 *
 * @param order resolution, {@code 0..29}; the sky has {@code 12 * 4^order} pixels at that order
 * @param pixel nested index, {@code 0 <= pixel < 12 * 4^order}
 */
public record HealpixPixel(int order, long pixel) implements Comparable<HealpixPixel> {

    /** The deepest order, at which pixels are 0.4 milliarcseconds wide. */
    public static final int MAX_ORDER = 29;

    public HealpixPixel {
        if (order < 0 || order > MAX_ORDER) {
            throw new IllegalArgumentException("HEALPix order must be 0..29, got " + order);
        }
        long count = 12L << 2 * order;
        if (pixel < 0 || pixel >= count) {
            throw new IllegalArgumentException("pixel " + pixel + " does not exist at order " + order
                    + ": nested pixels there are 0.." + (count - 1));
        }
    }

    /** First order-29 pixel inside this one. */
    public long first29() {
        return pixel << 2 * (MAX_ORDER - order);
    }

    /** One past the last order-29 pixel inside this one. */
    public long end29() {
        return pixel + 1 << 2 * (MAX_ORDER - order);
    }

    /** The pixel of {@code order} that contains this one; {@code order <= this.order()}. */
    public HealpixPixel parentAt(int parentOrder) {
        if (parentOrder > order) {
            throw new IllegalArgumentException(this + " has no parent at order " + parentOrder);
        }
        return new HealpixPixel(parentOrder, pixel >> 2 * (order - parentOrder));
    }

    /** Whether {@code other} is this pixel or lies inside it. */
    public boolean contains(HealpixPixel other) {
        return other.order >= order && other.pixel >> 2 * (other.order - order) == pixel;
    }

    @Override
    public int compareTo(HealpixPixel other) {
        int byStart = Long.compare(first29(), other.first29());
        return byStart != 0 ? byStart : Integer.compare(order, other.order);
    }

    // What a record has of these by itself the JVM makes in each process, which takes milliseconds (ADR 0005).

    @Override
    public boolean equals(Object other) {
        return other instanceof HealpixPixel that && order == that.order && pixel == that.pixel;
    }

    @Override
    public int hashCode() {
        return 31 * order + Long.hashCode(pixel);
    }

    @Override
    public String toString() {
        return order + "/" + pixel;
    }
}
