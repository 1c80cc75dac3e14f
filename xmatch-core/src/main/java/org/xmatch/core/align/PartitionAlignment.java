package org.xmatch.core.align;

import org.xmatch.core.healpix.HealpixPixel;

import java.util.List;

/** Which partitions of two catalogs lie over each other. Stateless and thread-safe. */
public final class PartitionAlignment {

    private PartitionAlignment() {}

    /**
     * All pairs of overlapping partitions, in sky order of the smaller pixel of each pair; one of the
     * two always contains the other. Linear in the lists and the answer.
     *
     * @param left pixels that do not overlap each other, any orders, any order
     * @param right likewise
     * @throws IllegalArgumentException when pixels of one list overlap
     */
    public static List<PartitionPair> inner(List<HealpixPixel> left, List<HealpixPixel> right) {
        throw new UnsupportedOperationException("contract only");
    }

    /**
     * Groups the left partitions so that each partition of either list belongs to one group: a
     * group's pixel is the coarsest pixel, of either list, at its place. Groups without a left
     * partition are left out; groups without a right one are kept. In sky order.
     */
    public static List<PartitionGroup> groups(List<HealpixPixel> left, List<HealpixPixel> right) {
        throw new UnsupportedOperationException("contract only");
    }
}
