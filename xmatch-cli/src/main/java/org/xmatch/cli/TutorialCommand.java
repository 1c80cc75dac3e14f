package org.xmatch.cli;

import org.xmatch.core.match.MatchOptions;
import org.xmatch.core.region.Cone;
import org.xmatch.io.pipeline.CatalogInput;
import org.xmatch.io.pipeline.CrossMatch;
import org.xmatch.io.pipeline.HatsOutputOptions;
import org.xmatch.io.pipeline.MatchSummary;
import org.xmatch.io.pipeline.ResultFormat;
import org.xmatch.io.pipeline.Suffixes;
import org.xmatch.io.sample.KeplerField;
import org.xmatch.io.storage.Folders;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code xmatch tutorial}: ZTF x Pan-STARRS in the Kepler field, timed and recorded. */
final class TutorialCommand extends ProgramCommand {

    private static final double RADIUS_ARCSEC = 1;

    private final ResourceOptions resources = new ResourceOptions();
    private final RemoteOptions remote = new RemoteOptions();
    private final ProgressOptions shown = new ProgressOptions();
    private long rows;
    private Optional<String> ztf = Optional.empty();
    private Optional<String> ps1 = Optional.empty();
    private Optional<String> ps1Margin = Optional.empty();
    private Path out = Path.of("");
    private String format = "";
    private Optional<Path> results = Optional.empty();
    private long seed;

    TutorialCommand() {
        super("tutorial", "Cross-matches ZTF with Pan-STARRS in the Kepler field, on catalogs it makes or on"
                + " given ones.");
        Options.add(spec, Options.wholeNumber("--rows", "N", value -> rows = value,
                "About how many left rows; -1: the whole catalog (default: ${DEFAULT-VALUE}).").defaultValue("10000"));
        resources.addTo(spec);
        Options.add(spec,
                Options.text("--ztf", "URI", value -> ztf = Optional.of(value),
                        "The ZTF catalog; default: one made up."),
                Options.text("--ps1", "URI", value -> ps1 = Optional.of(value),
                        "The Pan-STARRS catalog; default: one made up."),
                Options.text("--ps1-margin", "URI", value -> ps1Margin = Optional.of(value), "Its margin."),
                Options.path("--out", "DIR", value -> out = value,
                        "Folder for made-up catalogs and the result (default: ${DEFAULT-VALUE}).")
                        .defaultValue("xmatch-tutorial"),
                Options.text("--format", "parquet|hats", value -> format = value,
                        "Of the result, DIR/xmatch.parquet or DIR/xmatch.hats (default: ${DEFAULT-VALUE}).")
                        .defaultValue("parquet"),
                Options.path("--results", "FILE.csv", value -> results = Optional.of(value),
                        "Benchmark record to append to; default: DIR/xmatch_benchmarks.csv."),
                Options.wholeNumber("--seed", "S", value -> seed = value,
                        "Of the made-up catalogs (default: ${DEFAULT-VALUE}).").defaultValue("1"));
        remote.addTo(spec);
        shown.addTo(spec);
    }

    @Override
    public Integer call() {
        if (rows < 1 && rows != -1) {
            throw bad("--rows must be at least 1, or -1 for the whole catalog, got " + rows);
        }
        if (ztf.isPresent() != ps1.isPresent()) {
            throw bad("--ztf and --ps1 go together: give both, or neither for made-up catalogs");
        }
        if (!format.equals("parquet") && !format.equals("hats")) {
            throw bad("--format must be parquet or hats, got '" + format + "'");
        }
        if (ps1Margin.isPresent() && ps1.isEmpty()) {
            throw bad("--ps1-margin goes with --ps1");
        }
        Folders.create(out);
        BenchmarkRecord record = new BenchmarkRecord(results.orElse(out.resolve("xmatch_benchmarks.csv")));
        record.requireUsable();
        CatalogInput.Pair opened;
        if (ztf.isPresent()) {
            opened = CatalogInput.openPair(ztf.get(), ps1.orElseThrow(), ps1Margin, remote.storage());
        } else {
            TutorialCatalogs catalogs = new TutorialCatalogs(out);
            catalogs.make(rows == -1 ? 10_000 : rows, seed, resources.threads().count());
            opened = CatalogInput.openPair(catalogs.ztf(), catalogs.ps1(), Optional.of(catalogs.margin()),
                    remote.storage());
        }
        CatalogInput left = opened.left().withColumns(List.of("oid", "ra", "dec"));
        CatalogInput right = opened.right().withColumns(List.of("objName", "objID", "raMean", "decMean"));
        if (rows != -1) {
            left = left.withCone(new Cone(KeplerField.CENTER_RA, KeplerField.CENTER_DEC,
                    KeplerField.radiusArcsec(rows)));
        }
        CrossMatch match = CrossMatch.of(left, right, MatchOptions.nearestWithin(RADIUS_ARCSEC))
                .withSuffixes(new Suffixes("_ztf", "_ps1", true));
        match.borderNotice().ifPresent(notice -> System.err.println("xmatch: " + notice));
        boolean hats = format.equals("hats");
        Path result = out.resolve(hats ? "xmatch.hats" : "xmatch.parquet");
        long started = System.nanoTime();
        MatchSummary done = shown.run(resources.applyTo(match), job -> hats
                ? job.writeCatalog(result, HatsOutputOptions.DEFAULT.withOverwrite(true))
                : job.writeTo(result, ResultFormat.PARQUET));
        double seconds = (System.nanoTime() - started) * 1e-9;
        record.append(rows, resources.threads().text(), seconds, done.counts().rowsOut());
        print(left, right, done, seconds, result, record);
        return 0;
    }

    private static void print(CatalogInput left, CatalogInput right, MatchSummary done, double seconds, Path result,
            BenchmarkRecord record) {
        long rowsLeft = done.counts().rowsLeft();
        System.out.printf(Locale.ROOT, "Time Elapsed: %.3f s (whole process so far %.3f s, %d threads)%n",
                seconds, ProcessUsage.seconds(), done.threads());
        System.out.printf(Locale.ROOT, "Number of rows in: %,d%n", rowsLeft);
        System.out.printf(Locale.ROOT, "Number of rows out: %,d%n", done.counts().rowsOut());
        System.out.printf(Locale.ROOT, "Match rate: %.2f %%%n",
                rowsLeft == 0 ? 0.0 : 100.0 * done.counts().rowsLeftMatched() / rowsLeft);
        System.out.println("Catalogs: " + left.location() + " and " + right.location());
        System.out.println("Result: " + result);
        System.out.println("Benchmarks: " + record.path());
    }
}
