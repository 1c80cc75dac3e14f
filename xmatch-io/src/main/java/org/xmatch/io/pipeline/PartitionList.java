package org.xmatch.io.pipeline;

import org.xmatch.core.healpix.HealpixPixel;
import org.xmatch.core.healpix.PixelRanges;

import java.util.ArrayList;
import java.util.List;

/** Partition pixels in sky order, none overlapping, to be looked up by region. Immutable. */
final class PartitionList {

    private final List<HealpixPixel> pixels;

    PartitionList(List<HealpixPixel> pixels) {
        this.pixels = pixels.stream().sorted().toList();
    }

    /** The pixels that overlap the region, in sky order. */
    List<HealpixPixel> overlapping(PixelRanges region) {
        List<HealpixPixel> found = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < region.size(); i++) {
            next = Math.max(next, firstEndingAfter(region.from(i)));
            while (next < pixels.size() && pixels.get(next).first29() < region.end(i)) {
                found.add(pixels.get(next++));
            }
        }
        return found;
    }

    private int firstEndingAfter(long pixel29) {
        int low = 0;
        int high = pixels.size();
        while (low < high) {
            int middle = low + high >>> 1;
            if (pixels.get(middle).end29() > pixel29) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
