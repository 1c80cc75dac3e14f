package org.xmatch.io.pipeline;

import org.xmatch.core.align.PartitionGroup;
import org.xmatch.core.healpix.HealpixPixel;
import org.xmatch.core.healpix.PixelRanges;

import java.util.ArrayList;
import java.util.List;

/** How a unit with many right partitions is cut, so that few of them are in memory at a time. */
final class Slices {

    private static final int MOST_RIGHT_PARTITIONS = 8;

    private Slices() {}

    /** Pixels that together are the group's pixel, sky order, each over few right partitions. */
    static List<HealpixPixel> of(PartitionGroup group) {
        List<HealpixPixel> slices = new ArrayList<>();
        cut(group.pixel(), new PartitionList(group.right()), slices);
        return slices;
    }

    private static void cut(HealpixPixel pixel, PartitionList right, List<HealpixPixel> into) {
        if (right.overlapping(PixelRanges.ofPixel(pixel)).size() <= MOST_RIGHT_PARTITIONS) {
            into.add(pixel);
            return;
        }
        for (long child = 0; child < 4; child++) {
            cut(new HealpixPixel(pixel.order() + 1, 4 * pixel.pixel() + child), right, into);
        }
    }
}
