package org.xmatch.core.align;

import org.xmatch.core.healpix.HealpixPixel;

/**
 * A left and a right partition of which one contains the other.
 *
 * @param left pixel of the left partition
 * @param right pixel of the right partition
 */
public record PartitionPair(HealpixPixel left, HealpixPixel right) {

    public PartitionPair {
        if (!left.contains(right) && !right.contains(left)) {
            throw new IllegalArgumentException(left + " and " + right + " do not overlap");
        }
    }

    /** The smaller of the two pixels: where both catalogs have rows. */
    public HealpixPixel aligned() {
        return left.order() >= right.order() ? left : right;
    }
}
