package org.xmatch.cli;

import org.jspecify.annotations.Nullable;
import org.xmatch.core.match.Algorithm;
import org.xmatch.core.match.MatchOptions;
import org.xmatch.core.region.Cone;
import org.xmatch.io.pipeline.CatalogInput;
import org.xmatch.io.pipeline.CrossMatch;
import org.xmatch.io.pipeline.Suffixes;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

import java.util.List;
import java.util.Optional;

/** What is matched with what, and how: the options that crossmatch and plan share. */
final class MatchInputs {

    private final CommandSpec spec;
    private String left = "";
    private String right = "";
    private double radius;
    private String neighbors = "";
    private double minRadius;
    private String algorithm = "";
    private @Nullable List<String> leftColumns;
    private @Nullable List<String> rightColumns;
    private Optional<String> rightMargin = Optional.empty();
    private Optional<String> suffixes = Optional.empty();
    private String suffixMethod = "";
    private Optional<String> cone = Optional.empty();
    private Optional<String> leftRa = Optional.empty();
    private Optional<String> leftDec = Optional.empty();
    private Optional<String> rightRa = Optional.empty();
    private Optional<String> rightDec = Optional.empty();
    private final RemoteOptions remote = new RemoteOptions();

    /** Adds its options to the command. */
    MatchInputs(CommandSpec spec) {
        this.spec = spec;
        Options.add(spec,
                Options.number("--radius", "ARCSEC", value -> radius = value, "Largest separation, inclusive.")
                        .required(true),
                Options.text("--neighbors", "K|all", value -> neighbors = value,
                        "Most right rows for a left row (default: ${DEFAULT-VALUE}).").defaultValue("1"),
                Options.number("--min-radius", "ARCSEC", value -> minRadius = value,
                        "Pass over separations up to this one; 0 passes over nothing.").defaultValue("0"),
                Options.text("--algorithm", "tile|grid|kdtree|haversine-kdtree", value -> algorithm = value,
                        "How to search; all give the same pairs (default: ${DEFAULT-VALUE}).").defaultValue("tile"),
                Options.list("--left-columns", "A,B", String.class, value -> leftColumns = value,
                        "Columns of LEFT in the result, exactly these in this order; nested ones and their parts"
                                + " (lc.mjd) too. Default: the catalog's default columns, else every flat column."),
                Options.list("--right-columns", "C,D", String.class, value -> rightColumns = value,
                        "Likewise of RIGHT."),
                Options.text("--right-margin", "URI|none", value -> rightMargin = Optional.of(value),
                        "Margin of RIGHT; default: its collection's. none reads neighbouring partitions."),
                Options.text("--suffixes", "_a,_b", value -> suffixes = Optional.of(value),
                        "Added to the column names of each side; default: _ and the catalog's name."),
                Options.text("--suffix-method", "all|overlapping", value -> suffixMethod = value,
                        "Suffix all columns, or those with a name on both sides (default: ${DEFAULT-VALUE}).")
                        .defaultValue("all"),
                Options.text("--cone", "RA,DEC,RADIUS_ARCSEC", value -> cone = Optional.of(value),
                        "Only rows of LEFT inside."),
                Options.text("--left-ra", "COL", value -> leftRa = Optional.of(value),
                        "Column of LEFT with right ascensions, degrees."),
                Options.text("--left-dec", "COL", value -> leftDec = Optional.of(value),
                        "Column of LEFT with declinations, degrees."),
                Options.text("--right-ra", "COL", value -> rightRa = Optional.of(value), "Likewise of RIGHT."),
                Options.text("--right-dec", "COL", value -> rightDec = Optional.of(value), "Likewise of RIGHT."));
        remote.addTo(spec);
        spec.addPositional(Options.argument(0, "LEFT", value -> left = value,
                "HATS catalog or collection, or a CSV or Parquet file."));
        spec.addPositional(Options.argument(1, "RIGHT", value -> right = value, "Likewise: the catalog searched in."));
    }

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
