package org.xmatch.cli;

import org.xmatch.core.match.Algorithm;
import org.xmatch.core.match.MatchOptions;
import org.jspecify.annotations.Nullable;
import org.xmatch.core.region.Cone;
import org.xmatch.io.pipeline.CatalogInput;
import org.xmatch.io.pipeline.CrossMatch;
import org.xmatch.io.pipeline.MatchSummary;
import org.xmatch.io.pipeline.ResultFormat;
import org.xmatch.io.pipeline.Suffixes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code xmatch crossmatch}. */
@Command(name = "crossmatch", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Finds for every row of LEFT the nearest rows of RIGHT within a radius.")
final class CrossMatchCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "LEFT", description = "HATS catalog or collection, or a CSV or Parquet file.")
    private String left;

    @Parameters(paramLabel = "RIGHT", description = "Likewise: the catalog searched in.")
    private String right;

    @Option(names = "--radius", required = true, paramLabel = "ARCSEC",
            description = "Largest separation, inclusive.")
    private double radius;

    @Option(names = "--out", paramLabel = "PATH", description = "File to write.")
    private Optional<Path> out;

    @Option(names = "--format", paramLabel = "parquet|csv|arrow|count",
            description = "Default: by PATH's extension, else parquet. count prints the number of pairs.")
    private Optional<String> format;

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

    @Option(names = "--threads", paramLabel = "default|N|scale", defaultValue = "default",
            converter = Threads.Converter.class, description = "Worker threads; default: one for each core.")
    private Threads threads;

    @Option(names = "--left-ra", paramLabel = "COL", description = "Column of LEFT with right ascensions, degrees.")
    private Optional<String> leftRa;

    @Option(names = "--left-dec", paramLabel = "COL", description = "Column of LEFT with declinations, degrees.")
    private Optional<String> leftDec;

    @Option(names = "--right-ra", paramLabel = "COL", description = "Likewise of RIGHT.")
    private Optional<String> rightRa;

    @Option(names = "--right-dec", paramLabel = "COL", description = "Likewise of RIGHT.")
    private Optional<String> rightDec;

    @Option(names = "--overwrite", description = "Replace PATH if it exists.")
    private boolean overwrite;

    @Option(names = "--summary", paramLabel = "FILE.json", description = "Write counts, times and memory.")
    private Optional<Path> summary;

    @Mixin
    private RemoteOptions remote;

    @Override
    public Integer call() {
        Optional<ResultFormat> result = resultFormat();
        MatchOptions options = new MatchOptions(radius, minRadius, neighborCount(), Algorithm.ofId(algorithm));
        boolean suffixAll = suffixAll();
        Optional<Cone> region = cone.map(this::parseCone);
        Optional<Suffixes> named = suffixes.map(text -> parseSuffixes(text, suffixAll));
        if (result.isPresent()) {
            OutputPath.requireFree(out.orElseThrow(), overwrite, List.of(left, right));
        }
        summary.ifPresent(OutputPath::requireParent);
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
        if (region.isPresent()) {
            leftInput = leftInput.withCone(region.get());
        }
        if (rightMargin.filter(name -> name.equals("none")).isPresent()) {
            rightInput = rightInput.withoutMargin();
        }
        CrossMatch match = CrossMatch.of(leftInput, rightInput, options)
                .withSuffixes(named.orElse(Suffixes.ofNames(leftInput.name(), rightInput.name(), suffixAll)))
                .withThreads(threads.count());
        MatchSummary done;
        if (result.isPresent()) {
            done = match.writeTo(out.orElseThrow(), result.get());
            System.err.printf(Locale.ROOT, "xmatch: %,d pairs from %,d left rows, %.2f s: %s%n",
                    done.counts().rowsOut(), done.counts().rowsLeft(), ProcessUsage.seconds(), out.orElseThrow());
        } else {
            done = match.count();
            System.out.println(done.counts().rowsOut());
        }
        reportRowsWithoutPosition(done);
        match.borderNotice().ifPresent(notice -> System.err.println("xmatch: " + notice));
        if (Xmatch.isDebug(spec)) {
            System.err.printf(Locale.ROOT, "xmatch: %,d requests, %,d bytes, %,d retries, %.3f s of waiting for servers"
                    + " summed over threads%n", done.requests(), done.bytesRead(), done.retries(), done.waitSeconds());
        }
        summary.ifPresent(path -> SummaryFile.write(path, done));
        return 0;
    }

    private static void reportRowsWithoutPosition(MatchSummary done) {
        if (done.counts().rowsLeftNoPosition() + done.counts().rowsRightNoPosition() > 0) {
            System.err.printf(Locale.ROOT,
                    "xmatch: rows without a position, which match nothing: %,d left, %,d right%n",
                    done.counts().rowsLeftNoPosition(), done.counts().rowsRightNoPosition());
        }
    }

    /** The file format, or empty for counting. */
    private Optional<ResultFormat> resultFormat() {
        String name = format.orElseGet(() -> {
            String file = out.map(Path::toString).orElse("").toLowerCase(Locale.ROOT);
            return file.endsWith(".csv") ? "csv" : file.endsWith(".arrow") ? "arrow" : "parquet";
        });
        if (name.equals("count")) {
            return Optional.empty();
        }
        ResultFormat parsed = switch (name) {
            case "parquet" -> ResultFormat.PARQUET;
            case "csv" -> ResultFormat.CSV;
            case "arrow" -> ResultFormat.ARROW;
            default -> throw bad("--format must be parquet, csv, arrow or count, got '" + name + "'");
        };
        if (out.isEmpty()) {
            throw bad("--out PATH is missing: only --format count needs none");
        }
        return Optional.of(parsed);
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
