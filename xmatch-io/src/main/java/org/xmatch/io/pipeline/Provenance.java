package org.xmatch.io.pipeline;

import org.xmatch.core.match.MatchOptions;
import org.xmatch.core.region.Cone;
import org.xmatch.io.storage.Location;
import org.xmatch.io.storage.Program;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where a result comes from, as it says itself: inputs, options, version. Immutable.
 *
 * @param facts values by name, such as {@code radius_arcsec}
 */
record Provenance(Map<String, String> facts) {

    private static final String FILE_PREFIX = "xmatch.";
    private static final String PROPERTY_PREFIX = "xmatch_";

    static Provenance of(CatalogInput left, CatalogInput right, MatchOptions options, Suffixes suffixes) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("version", Program.VERSION);
        facts.put("left", place(left.location()));
        PositionColumns leftPositions = left.positionColumns();
        facts.put("left_position", leftPositions.ra() + " " + leftPositions.dec());
        left.cone().ifPresent(cone -> facts.put("cone", text(cone)));
        facts.put("right", place(right.location()));
        PositionColumns rightPositions = right.positionColumns();
        facts.put("right_position", rightPositions.ra() + " " + rightPositions.dec());
        right.margin().ifPresent(margin -> facts.put("right_margin", place(margin.root().toString())));
        facts.put("radius_arcsec", Double.toString(options.radiusArcsec()));
        facts.put("min_radius_arcsec", Double.toString(options.minRadiusArcsec()));
        facts.put("neighbors", options.nNeighbors() == MatchOptions.ALL ? "all" : Integer.toString(options.nNeighbors()));
        facts.put("algorithm", options.algorithm().id());
        facts.put("suffixes", suffixes.left() + "," + suffixes.right() + (suffixes.onAll() ? " all" : " overlapping"));
        return new Provenance(facts);
    }

    private static String text(Cone cone) {
        return cone.ra() + "," + cone.dec() + "," + cone.radiusArcsec();
    }

    /** A place that means the same from anywhere, without what a URI may hold to get access. */
    private static String place(String location) {
        return Location.isUri(location)
                ? location.replaceFirst("[?#].*", "").replaceFirst("//[^/@]*@", "//")
                : Path.of(location).toAbsolutePath().normalize().toString();
    }

    /** For key-value metadata of Parquet and Arrow files. */
    Map<String, String> ofFile() {
        return prefixed(FILE_PREFIX, facts);
    }

    /** For the properties of a HATS catalog. */
    Map<String, String> ofCatalog() {
        return prefixed(PROPERTY_PREFIX, facts);
    }

    /** Counts for the end of a file, where they are known. */
    static Map<String, String> ofFile(MatchCounts counts) {
        return prefixed(FILE_PREFIX, byName(counts));
    }

    /** Counts for the properties of a HATS catalog. */
    static Map<String, String> ofCatalog(MatchCounts counts) {
        return prefixed(PROPERTY_PREFIX, byName(counts));
    }

    /** Without how many right rows were looked at: that depends on the memory, and nothing else in a result does. */
    private static Map<String, String> byName(MatchCounts counts) {
        return Map.of("rows_left", Long.toString(counts.rowsLeft()),
                "rows_left_matched", Long.toString(counts.rowsLeftMatched()),
                "rows_left_no_position", Long.toString(counts.rowsLeftNoPosition()),
                "rows_right_no_position", Long.toString(counts.rowsRightNoPosition()),
                "rows_out", Long.toString(counts.rowsOut()));
    }

    private static Map<String, String> prefixed(String prefix, Map<String, String> values) {
        return values.entrySet().stream().collect(Collectors.toMap(entry -> prefix + entry.getKey(), Map.Entry::getValue));
    }
}
