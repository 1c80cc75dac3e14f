package org.xmatch.io.pipeline;

import org.xmatch.core.healpix.HealpixPixel;
import org.xmatch.core.healpix.PixelRanges;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Partitions that stay open until a piece of work is done. One thread. */
final class OpenPartitions implements AutoCloseable {

    private final FetchAhead.Announced announced;
    private final Map<Side, Map<HealpixPixel, Side.Partition>> partitions = new HashMap<>();

    /** Takes those that were announced from there, and does not close them. */
    OpenPartitions(FetchAhead.Announced announced) {
        this.announced = announced;
    }

    Side.Partition open(Side side, HealpixPixel pixel) {
        return announced.find(side, pixel)
                .orElseGet(() -> partitions.computeIfAbsent(side, key -> new HashMap<>())
                        .computeIfAbsent(pixel, side::open));
    }

    /** Opens partitions, of which these columns of the rows in the region are read next. */
    List<Side.Partition> open(Side side, List<HealpixPixel> pixels, PixelRanges region, Set<String> columns) {
        List<Side.Partition> opened = new ArrayList<>();
        for (HealpixPixel pixel : pixels) {
            Side.Partition partition = open(side, pixel);
            partition.prefetch(region, columns);
            opened.add(partition);
        }
        return opened;
    }

    @Override
    public void close() {
        partitions.values().forEach(ofSide -> ofSide.values().forEach(Side.Partition::close));
    }
}
