package org.xmatch.core.margin;

import org.xmatch.core.healpix.Healpix;
import org.xmatch.core.healpix.HealpixPixel;
import org.xmatch.core.healpix.PixelRanges;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * To which tiles' margins a position belongs. The tiles are a catalog's partitions and the largest
 * pixels that, without overlap, cover the rest of the sphere. Immutable and thread-safe.
 */
public final class MarginTiles {

    private final PixelRanges covered;
    private final HealpixPixel[] partitions;
    private final int marginOrder;

    /**
     * @param partitions in sky order, without overlap
     * @param marginOrder order of the pixels that margins are made of, deeper than any partition
     */
    public MarginTiles(List<HealpixPixel> partitions, int marginOrder) {
        this.partitions = partitions.toArray(HealpixPixel[]::new);
        this.covered = PixelRanges.of(partitions);
        this.marginOrder = marginOrder;
        for (HealpixPixel partition : partitions) {
            if (partition.order() >= marginOrder) {
                throw new IllegalArgumentException("margin order " + marginOrder
                        + " must be deeper than the partitions, one is " + partition);
            }
        }
    }

    /** Order of the pixels that margins are made of. */
    public int marginOrder() {
        return marginOrder;
    }

    /** The tiles that the margin pixel lies outside of and touches, in sky order. */
    public Set<HealpixPixel> touchedBy(long marginPixel) {
        HealpixPixel own = tileOf(marginPixel);
        Set<HealpixPixel> touched = new TreeSet<>();
        if (atBorder(marginPixel, marginOrder - own.order())) {
            for (long neighbour : Healpix.neighboursOf(new HealpixPixel(marginOrder, marginPixel))) {
                HealpixPixel tile = tileOf(neighbour);
                if (!tile.equals(own)) {
                    touched.add(tile);
                }
            }
        }
        return touched;
    }

    /** The tile around a margin pixel. */
    public HealpixPixel tileOf(long marginPixel) {
        HealpixPixel pixel = new HealpixPixel(marginOrder, marginPixel);
        int low = 0;
        int high = partitions.length - 1;
        while (low <= high) {
            int mid = low + high >>> 1;
            if (partitions[mid].end29() <= pixel.first29()) {
                low = mid + 1;
            } else if (partitions[mid].first29() > pixel.first29()) {
                high = mid - 1;
            } else {
                return partitions[mid];
            }
        }
        for (int order = 0; order < marginOrder; order++) {
            HealpixPixel tile = pixel.parentAt(order);
            if (!covered.overlaps(tile.first29(), tile.end29())) {
                return tile;
            }
        }
        return pixel;
    }

    // the position within a tile has all bits of one axis 0 or 1 along that edge
    private static boolean atBorder(long pixel, int depth) {
        long inTile = (1L << 2 * depth) - 1;
        long even = 0x5555555555555555L & inTile;
        long odd = even << 1;
        return (pixel & even) == 0 || (pixel & even) == even || (pixel & odd) == 0 || (pixel & odd) == odd;
    }
}
