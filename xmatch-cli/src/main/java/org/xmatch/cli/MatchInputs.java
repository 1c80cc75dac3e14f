package org.xmatch.cli;

import org.jspecify.annotations.Nullable;
import org.xmatch.core.match.Algorithm;
import org.xmatch.core.match.MatchOptions;
import org.xmatch.core.region.Cone;
import org.xmatch.io.pipeline.CatalogInput;
import org.xmatch.io.pipeline.CrossMatch;
import org.xmatch.io.pipeline.Suffixes;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.util.List;
import java.util.Optional;

/** What is matched with what, and how: the options that crossmatch and plan share. */
final class MatchInputs {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Parameters(paramLabel = "LEFT", description = "HATS catalog or collection, or a CSV or Parquet file.")
    private String left;

    @Parameters(paramLabel = "RIGHT", description = "Likewise: the catalog searched in.")
    private String right;

    @Option(names = "--radius", required = true, paramLabel = "ARCSEC",
            description = "Largest separation, inclusive.")
    private double radius;

    @Option(names = "--neighbors", paramLabel = "K|all", defaultValue = "1",
            description = "Most right rows for a left row (default: ${DEFAULT-VALUE}).")
    private String neighbors;

    @Option(names = "--min-radius", paramLabel = "ARCSEC", defaultValue = "0",
            description = "Pass over separations up to this one; 0 passes over nothing.")
    private double minRadius;

    @Option(names = "--algorithm", paramLabel = "tile|grid|kdtree|haversine-kdtree", defaultValue = "tile",
            description = "How to search; all give the same pairs (default: ${DEFAULT-VALUE}).")
    private String algorithm;

    @Option(names = "--left-columns", split = ",", paramLabel = "A,B",
            description = "Columns of LEFT in the result, exactly these in this order; nested ones and their parts"
                    + " (lc.mjd) too. Default: the catalog's default columns, else every flat column.")
    private @Nullable List<String> leftColumns;

    @Option(names = "--right-columns", split = ",", paramLabel = "C,D", description = "Likewise of RIGHT.")
    private @Nullable List<String> rightColumns;

    @Option(names = "--right-margin", paramLabel = "URI|none",
            description = "Margin of RIGHT; default: its collection's. none reads neighbouring partitions.")
    private Optional<String> rightMargin;

    @Option(names = "--suffixes", paramLabel = "_a,_b",
            description = "Added to the column names of each side; default: _ and the catalog's name.")
    private Optional<String> suffixes;

    @Option(names = "--suffix-method", paramLabel = "all|overlapping", defaultValue = "all",
            description = "Suffix all columns, or those with a name on both sides (default: ${DEFAULT-VALUE}).")
    private String suffixMethod;

    @Option(names = "--cone", paramLabel = "RA,DEC,RADIUS_ARCSEC", description = "Only rows of LEFT inside.")
    private Optional<String> cone;

    @Option(names = "--left-ra", paramLabel = "COL", description = "Column of LEFT with right ascensions, degrees.")
    private Optional<String> leftRa;

    @Option(names = "--left-dec", paramLabel = "COL", description = "Column of LEFT with declinations, degrees.")
    private Optional<String> leftDec;

    @Option(names = "--right-ra", paramLabel = "COL", description = "Likewise of RIGHT.")
    private Optional<String> rightRa;

    @Option(names = "--right-dec", paramLabel = "COL", description = "Likewise of RIGHT.")
    private Optional<String> rightDec;

    @Mixin
    private RemoteOptions remote;

    /** Fails on values that make no sense, before anything is opened. */
    void requireValid() {
        options();
        boolean suffixAll = suffixAll();
        suffixes.ifPresent(text -> parseSuffixes(text, suffixAll));
        cone.ifPresent(this::parseCone);
    }

    /** The catalogs as the user named them. */
    List<String> names() {
        return List.of(left, right);
    }

    /** What counts as a match. */
    MatchOptions options() {
        return new MatchOptions(radius, minRadius, neighborCount(), Algorithm.ofId(algorithm));
    }

    /** Opens both catalogs. */
    CatalogInput.Pair open() {
        CatalogInput.Pair opened = CatalogInput.openPair(left, right,
                rightMargin.filter(name -> !name.equals("none")), remote.storage());
        CatalogInput leftInput = opened.left().withPositionColumns(leftRa, leftDec);
        CatalogInput rightInput = opened.right().withPositionColumns(rightRa, rightDec);
        if (leftColumns != null) {
            leftInput = leftInput.withColumns(leftColumns);
        }
        if (rightColumns != null) {
            rightInput = rightInput.withColumns(rightColumns);
        }
        if (cone.isPresent()) {
            leftInput = leftInput.withCone(parseCone(cone.get()));
        }
        if (rightMargin.filter(name -> name.equals("none")).isPresent()) {
            rightInput = rightInput.withoutMargin();
        }
        return new CatalogInput.Pair(leftInput, rightInput);
    }

    /** Opens both catalogs for a match. */
    CrossMatch match() {
        CatalogInput.Pair pair = open();
        Suffixes named = suffixes.map(text -> parseSuffixes(text, suffixAll()))
                .orElseGet(() -> Suffixes.ofNames(pair.left().name(), pair.right().name(), suffixAll()));
        return CrossMatch.of(pair.left(), pair.right(), options()).withSuffixes(named);
    }

    private int neighborCount() {
        if (neighbors.equals("all")) {
            return MatchOptions.ALL;
        }
        try {
            return Integer.parseInt(neighbors);
        } catch (NumberFormatException e) {
            throw bad("--neighbors must be a whole number or all, got '" + neighbors + "'");
        }
    }

    private boolean suffixAll() {
        return switch (suffixMethod) {
            case "all" -> true;
            case "overlapping" -> false;
            default -> throw bad("--suffix-method must be all or overlapping, got '" + suffixMethod + "'");
        };
    }

    private Suffixes parseSuffixes(String text, boolean suffixAll) {
        String[] parts = text.split(",", -1);
        if (parts.length != 2) {
            throw bad("--suffixes needs two, parted by a comma, as in _a,_b; got '" + text + "'");
        }
        return new Suffixes(parts[0], parts[1], suffixAll);
    }

    private Cone parseCone(String text) {
        String[] parts = text.split(",", -1);
        try {
            if (parts.length == 3) {
                return new Cone(Double.parseDouble(parts[0].trim()), Double.parseDouble(parts[1].trim()),
                        Double.parseDouble(parts[2].trim()));
            }
        } catch (NumberFormatException notNumbers) {
            // reported below with what is expected
        }
        throw bad("--cone needs RA,DEC,RADIUS_ARCSEC, three numbers, as in 290.667,44.5,331; got '" + text + "'");
    }

    private ParameterException bad(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
