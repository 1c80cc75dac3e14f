package org.xmatch.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.xmatch.core.align.PartitionAlignment;
import org.xmatch.core.align.PartitionGroup;
import org.xmatch.core.align.PartitionPair;
import org.xmatch.core.healpix.HealpixPixel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Which partitions of two catalogs lie over each other: two lists that cover the sphere with pixels of
 * mixed orders, shuffled; time per call, to be divided by {@code pixels}, the length of each list.
 * <p>
 * {@code lookups} is the plain way: every pixel's ancestors looked up in a set of the other list.
 * <p>
 * {@code java -jar xmatch-jmh/target/xmatch-jmh.jar PartitionAlignBenchmark -p pixels=100000}
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Benchmark)
public class PartitionAlignBenchmark {

    @Param({"100000"})
    public int pixels;

    private List<HealpixPixel> left = List.of();
    private List<HealpixPixel> right = List.of();

    @Setup
    public void makeLists() {
        left = tiling(pixels, 42);
        right = tiling(pixels, 43);
    }

    /** At least {@code count} pixels without overlap: random ones are split until there are so many. */
    static List<HealpixPixel> tiling(int count, long seed) {
        Random random = new Random(seed);
        List<HealpixPixel> tiles = new ArrayList<>();
        for (int base = 0; base < 12; base++) {
            tiles.add(new HealpixPixel(0, base));
        }
        while (tiles.size() < count) {
            int i = random.nextInt(tiles.size());
            HealpixPixel tile = tiles.get(i);
            if (tile.order() < 14) {
                tiles.set(i, new HealpixPixel(tile.order() + 1, 4 * tile.pixel()));
                for (int child = 1; child < 4; child++) {
                    tiles.add(new HealpixPixel(tile.order() + 1, 4 * tile.pixel() + child));
                }
            }
        }
        Collections.shuffle(tiles, random);
        return tiles;
    }

    @Benchmark
    public List<PartitionPair> pairs() {
        return PartitionAlignment.inner(left, right);
    }

    @Benchmark
    public List<PartitionGroup> groups() {
        return PartitionAlignment.groups(left, right);
    }

    @Benchmark
    public Set<PartitionPair> lookups() {
        Set<PartitionPair> pairs = new HashSet<>();
        Set<HealpixPixel> ofLeft = new HashSet<>(left);
        Set<HealpixPixel> ofRight = new HashSet<>(right);
        for (HealpixPixel pixel : left) {
            for (int order = pixel.order(); order >= 0; order--) {
                HealpixPixel above = pixel.parentAt(order);
                if (ofRight.contains(above)) {
                    pairs.add(new PartitionPair(pixel, above));
                }
            }
        }
        for (HealpixPixel pixel : right) {
            for (int order = pixel.order() - 1; order >= 0; order--) {
                HealpixPixel above = pixel.parentAt(order);
                if (ofLeft.contains(above)) {
                    pairs.add(new PartitionPair(above, pixel));
                }
            }
        }
        return pairs;
    }

    public static void proveEqualAnswers() {
        PartitionAlignBenchmark benchmark = new PartitionAlignBenchmark();
        benchmark.pixels = 100_000;
        benchmark.makeLists();
        List<PartitionPair> pairs = benchmark.pairs();
        Set<PartitionPair> found = benchmark.lookups();
        if (pairs.size() != found.size() || !found.containsAll(pairs)) {
            throw new AssertionError("alignment gives " + pairs.size() + " pairs, looking up " + found.size());
        }
        Set<PartitionPair> grouped = new HashSet<>();
        for (PartitionGroup group : benchmark.groups()) {
            for (HealpixPixel l : group.left()) {
                for (HealpixPixel r : group.right()) {
                    if (l.contains(r) || r.contains(l)) {
                        grouped.add(new PartitionPair(l, r));
                    }
                }
            }
        }
        if (!grouped.equals(found)) {
            throw new AssertionError("groups hold " + grouped.size() + " pairs, looking up gives " + found.size());
        }
    }
}
