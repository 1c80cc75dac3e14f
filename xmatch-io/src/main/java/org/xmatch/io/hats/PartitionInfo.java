package org.xmatch.io.hats;

import org.xmatch.core.healpix.HealpixPixel;
import org.xmatch.io.CatalogFormatException;
import org.xmatch.io.parquet.ParquetFile;
import org.xmatch.io.storage.Location;
import org.xmatch.io.storage.RangeSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The list of a catalog's partitions, from the first source that is there. Stateless. */
final class PartitionInfo {

    private PartitionInfo() {}

    /** Pixels in sky order: from {@code partition_info.csv}, else {@code _metadata}, else a listing. */
    static List<HealpixPixel> read(Location root) {
        Location list = root.resolve(HatsPaths.PARTITION_INFO);
        Optional<byte[]> csv = list.readIfPresent();
        List<HealpixPixel> pixels;
        String source;
        if (csv.isPresent()) {
            source = list.toString();
            pixels = parse(source, new String(csv.get(), StandardCharsets.UTF_8));
        } else {
            Location dataset = root.resolve(HatsPaths.DATASET);
            Location metadata = dataset.resolve(HatsPaths.METADATA);
            Set<HealpixPixel> found = new TreeSet<>();
            Optional<RangeSource> opened = metadata.openIfPresent();
            if (opened.isPresent()) {
                source = metadata.toString();
                try (ParquetFile file = ParquetFile.open(opened.get())) {
                    file.rowGroupPaths().forEach(path -> HatsPaths.pixelOf(path).ifPresent(found::add));
                }
            } else {
                source = dataset.toString();
                list(dataset, found);
            }
            pixels = List.copyOf(found);
        }
        List<HealpixPixel> sorted = pixels.stream().sorted().toList();
        for (int i = 1; i < sorted.size(); i++) {
            if (sorted.get(i).first29() < sorted.get(i - 1).end29()) {
                throw new CatalogFormatException(source, source + " lists partitions that overlap: "
                        + sorted.get(i - 1) + " and " + sorted.get(i));
            }
        }
        return sorted;
    }

    private static void list(Location folder, Set<HealpixPixel> found) {
        for (String order : folder.list()) {
            if (!order.startsWith("Norder")) {
                continue; // metadata and thumbnails
            }
            Location orderFolder = folder.resolve(order);
            for (String dir : orderFolder.list()) {
                for (String leaf : orderFolder.resolve(dir).list()) {
                    HatsPaths.pixelOf(order + "/" + leaf).ifPresent(found::add);
                }
            }
        }
    }

    static List<HealpixPixel> parse(String location, String text) {
        String[] lines = text.strip().split("\\R");
        List<String> header = List.of(lines[0].strip().replace("\"", "").split("\\s*,\\s*"));
        int order = header.indexOf("Norder");
        int pixel = header.indexOf("Npix");
        if (order < 0 || pixel < 0) {
            throw new CatalogFormatException(location, location + " must have the columns Norder and Npix, has "
                    + lines[0].strip());
        }
        List<HealpixPixel> pixels = new ArrayList<>(lines.length - 1);
        for (int i = 1; i < lines.length; i++) {
            if (lines[i].isBlank()) {
                continue;
            }
            String[] values = lines[i].strip().split("\\s*,\\s*");
            try {
                pixels.add(new HealpixPixel(Integer.parseInt(values[order]), Long.parseLong(values[pixel])));
            } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
                throw new CatalogFormatException(location, "line " + (i + 1) + " of " + location
                        + " names no HEALPix pixel: '" + lines[i].strip() + "'", e);
            }
        }
        return pixels;
    }
}
