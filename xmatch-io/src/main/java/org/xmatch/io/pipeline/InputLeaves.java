package org.xmatch.io.pipeline;

import org.xmatch.core.healpix.HealpixPixel;
import org.xmatch.core.healpix.PixelRanges;
import org.xmatch.core.match.MatchOptions;
import org.xmatch.io.StorageException;
import org.xmatch.io.hats.HatsCatalog;
import org.xmatch.io.storage.AtomicFile;

import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The leaves that a job may read of catalogs on a disk, each file's size and time of modification: what
 * tells whether finished units were done from the files that are there now. Immutable.
 *
 * @param byPath leaves by the absolute path of their file
 */
record InputLeaves(Map<String, Leaf> byPath) {

    /**
     * A leaf file.
     *
     * @param side left, right or margin
     * @param pixel its partition
     * @param state of the file
     */
    record Leaf(String side, HealpixPixel pixel, String state) {}

    InputLeaves {
        byPath = new TreeMap<>(byPath);
    }

    static InputLeaves of(CatalogInput left, CatalogInput right, MatchOptions options) {
        Map<String, Leaf> leaves = new TreeMap<>();
        PixelRanges rightRegion = Plan.rightRegion(left, options);
        left.hats().ifPresent(catalog -> add("left", catalog, Plan.leftRegion(left), leaves));
        right.hats().ifPresent(catalog -> add("right", catalog, rightRegion, leaves));
        right.marginFor(options).ifPresent(catalog -> add("margin", catalog, rightRegion, leaves));
        return new InputLeaves(leaves);
    }

    private static void add(String side, HatsCatalog catalog, PixelRanges region, Map<String, Leaf> leaves) {
        for (HealpixPixel pixel : new PartitionList(catalog.partitions()).overlapping(region)) {
            catalog.fileStates(pixel).forEach((path, state) ->
                    leaves.put(absolute(path), new Leaf(side, pixel, state)));
        }
    }

    /** A path as {@link #byPath} has it. */
    static String absolute(String path) {
        return Path.of(path).toAbsolutePath().normalize().toString();
    }

    /** Paths of the files that are not as they are in the other. */
    List<String> differencesTo(InputLeaves other) {
        Map<String, Leaf> all = new TreeMap<>(byPath);
        all.putAll(other.byPath);
        return all.keySet().stream()
                .filter(path -> !stateOf(path).equals(other.stateOf(path))).toList();
    }

    /** State of a file; of one that is none of these, that it is missing. */
    String stateOf(String path) {
        Leaf leaf = byPath.get(path);
        return leaf == null ? "missing" : leaf.state();
    }

    static InputLeaves read(Path file) {
        Map<String, Leaf> leaves = new TreeMap<>();
        try {
            for (String line : Files.readAllLines(file)) {
                String[] values = line.split(",");
                leaves.put(URLDecoder.decode(values[4], StandardCharsets.UTF_8), new Leaf(values[0],
                        new HealpixPixel(Integer.parseInt(values[1]), Long.parseLong(values[2])), values[3]));
            }
            return new InputLeaves(leaves);
        } catch (IOException | RuntimeException e) {
            throw new StorageException(file.toString(), "cannot read the leaves of the unfinished job in " + file
                    + " (" + e + "): start anew with --overwrite", e);
        }
    }

    void write(Path file) {
        List<String> lines = new ArrayList<>();
        byPath.forEach((path, leaf) -> lines.add(leaf.side() + "," + leaf.pixel().order() + "," + leaf.pixel().pixel()
                + "," + leaf.state() + "," + URLEncoder.encode(path, StandardCharsets.UTF_8)));
        byte[] bytes = (String.join("\n", lines) + (lines.isEmpty() ? "" : "\n")).getBytes(StandardCharsets.US_ASCII);
        try (AtomicFile out = AtomicFile.create(file)) {
            out.write(bytes, 0, bytes.length);
            out.commit();
        }
    }
}
