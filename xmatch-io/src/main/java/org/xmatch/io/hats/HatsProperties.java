package org.xmatch.io.hats;

import org.xmatch.io.CatalogFormatException;
import org.xmatch.io.storage.Location;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The properties file of a catalog or collection: Java properties syntax in UTF-8. A property is
 * found under its name in the file or under the name the reference library's code has for it.
 * Immutable.
 */
final class HatsProperties {

    static final String NAME = "obs_collection";
    static final String TYPE = "dataproduct_type";
    static final String ROWS = "hats_nrows";
    static final String RA = "hats_col_ra";
    static final String DEC = "hats_col_dec";
    static final String DEFAULT_COLUMNS = "hats_cols_default";
    static final String HEALPIX = "hats_col_healpix";
    static final String HEALPIX_ORDER = "hats_col_healpix_order";
    static final String PRIMARY = "hats_primary_table_url";
    static final String MARGIN_THRESHOLD = "hats_margin_threshold";
    static final String NPIX_SUFFIX = "hats_npix_suffix";
    static final String ALL_MARGINS = "all_margins";
    static final String DEFAULT_MARGIN = "default_margin";

    private static final Map<String, String> ALIASES = Map.ofEntries(
            Map.entry(NAME, "catalog_name"), Map.entry(TYPE, "catalog_type"), Map.entry(ROWS, "total_rows"),
            Map.entry(RA, "ra_column"), Map.entry(DEC, "dec_column"),
            Map.entry(DEFAULT_COLUMNS, "default_columns"), Map.entry(HEALPIX, "healpix_column"),
            Map.entry(HEALPIX_ORDER, "healpix_order"), Map.entry(PRIMARY, "primary_catalog"),
            Map.entry(MARGIN_THRESHOLD, "margin_threshold"), Map.entry(NPIX_SUFFIX, "npix_suffix"));

    private final String location;
    private final Map<String, String> values;

    private HatsProperties(String location, Map<String, String> values) {
        this.location = location;
        this.values = values;
    }

    /** Reads the first of the named files that is there. */
    static Optional<HatsProperties> read(Location folder, String... names) {
        for (String name : names) {
            Location file = folder.resolve(name);
            Optional<byte[]> bytes = file.readIfPresent();
            if (bytes.isPresent()) {
                return Optional.of(parse(file.toString(), new String(bytes.get(), StandardCharsets.UTF_8)));
            }
        }
        return Optional.empty();
    }

    static HatsProperties parse(String location, String text) {
        Properties parsed = new Properties();
        try {
            parsed.load(new StringReader(text));
        } catch (IOException | IllegalArgumentException e) {
            throw new CatalogFormatException(location, location + " is no properties file: " + e.getMessage(), e);
        }
        Map<String, String> values = new TreeMap<>();
        parsed.forEach((key, value) -> values.put(key.toString(), value.toString().strip()));
        return new HatsProperties(location, values);
    }

    String location() {
        return location;
    }

    Map<String, String> asMap() {
        return new LinkedHashMap<>(values);
    }

    /** The value, unless it is missing or empty. */
    Optional<String> find(String key) {
        String value = values.get(key);
        if (value == null && ALIASES.containsKey(key)) {
            value = values.get(ALIASES.get(key));
        }
        return Optional.ofNullable(value).filter(text -> !text.isEmpty());
    }

    String require(String key) {
        return find(key).orElseThrow(() -> new CatalogFormatException(location,
                location + " has no property " + key + ", which every catalog of this type needs"));
    }

    /** Values parted by spaces, commas, semicolons or newlines. */
    List<String> list(String key) {
        return find(key).map(text -> Arrays.stream(text.split("[\\s,;]+")).filter(part -> !part.isEmpty()).toList())
                .orElse(List.of());
    }

    long requireLong(String key) {
        String text = require(key);
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new CatalogFormatException(location, "property " + key + " of " + location
                    + " must be a whole number, is '" + text + "'", e);
        }
    }

    double requireDouble(String key) {
        String text = require(key);
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new CatalogFormatException(location, "property " + key + " of " + location
                    + " must be a number, is '" + text + "'", e);
        }
    }
}
