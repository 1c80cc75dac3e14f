package org.xmatch.io.hats;

import org.xmatch.core.healpix.HealpixPixel;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the files of a catalog are, below its root. Stateless. */
final class HatsPaths {

    static final String PROPERTIES = "hats.properties";
    static final String OLD_PROPERTIES = "properties";
    static final String COLLECTION_PROPERTIES = "collection.properties";
    static final String HIPSCAT_INFO = "catalog_info.json";
    static final String PARTITION_INFO = "partition_info.csv";
    static final String DATASET = "dataset";
    static final String COMMON_METADATA = "_common_metadata";
    static final String METADATA = "_metadata";
    static final String THUMBNAIL = "data_thumbnail";
    static final String DEFAULT_SUFFIX = ".parquet";

    private static final long PIXELS_PER_FOLDER = 10_000;
    private static final Pattern PIXEL = Pattern.compile("Norder=(\\d{1,2}).*Npix=(\\d{1,19})");

    private HatsPaths() {}

    /** {@code dataset/Norder=k/Dir=d/Npix=n} without the suffix. */
    static String leaf(HealpixPixel pixel) {
        return DATASET + "/Norder=" + pixel.order() + "/Dir="
                + pixel.pixel() / PIXELS_PER_FOLDER * PIXELS_PER_FOLDER + "/Npix=" + pixel.pixel();
    }

    /** The pixel a path names, also where an object store escapes the equals signs. */
    static Optional<HealpixPixel> pixelOf(String path) {
        Matcher found = PIXEL.matcher(path.contains("%") ? URLDecoder.decode(path, StandardCharsets.UTF_8) : path);
        return found.find()
                ? Optional.of(new HealpixPixel(Integer.parseInt(found.group(1)), Long.parseLong(found.group(2))))
                : Optional.empty();
    }
}
