package org.xmatch.core.align;

import org.xmatch.core.healpix.HealpixPixel;

import java.util.List;

/**
 * Partitions of both catalogs below one pixel.
 *
 * @param pixel the coarsest pixel of the group: a partition of one of the lists
 * @param left left partitions inside {@code pixel}, sky order, at least one
 * @param right right partitions inside {@code pixel}, sky order, perhaps none
 */
public record PartitionGroup(HealpixPixel pixel, List<HealpixPixel> left, List<HealpixPixel> right) {

    public PartitionGroup {
        left = List.copyOf(left);
        right = List.copyOf(right);
    }
}
