package org.xmatch.io.pipeline;

import org.xmatch.core.healpix.HealpixPixel;
import org.xmatch.core.healpix.PixelRanges;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Partitions that stay open until a piece of work is done. One thread. */
final class OpenPartitions implements AutoCloseable {

    private final FetchAhead.Announced announced;
    private final Map<Key, Side.Partition> partitions = new LinkedHashMap<>();

    private record Key(Side side, HealpixPixel pixel) {}

    /** Takes those that were announced from there, and does not close them. */
    OpenPartitions(FetchAhead.Announced announced) {
        this.announced = announced;
    }

    Side.Partition open(Side side, HealpixPixel pixel) {
        return announced.find(side, pixel)
                .orElseGet(() -> partitions.computeIfAbsent(new Key(side, pixel), key -> side.open(pixel)));
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
        partitions.values().forEach(Side.Partition::close);
    }
}
