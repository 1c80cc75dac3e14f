package org.xmatch.io.pipeline;

import org.xmatch.core.healpix.HealpixPixel;

import java.util.ArrayList;
import java.util.List;

/** Partitions that stay open until a piece of work is done. One thread. */
final class OpenPartitions implements AutoCloseable {

    private final List<Side.Partition> partitions = new ArrayList<>();

    Side.Partition open(Side side, HealpixPixel pixel) {
        Side.Partition partition = side.open(pixel);
        partitions.add(partition);
        return partition;
    }

    @Override
    public void close() {
        partitions.forEach(Side.Partition::close);
    }
}
