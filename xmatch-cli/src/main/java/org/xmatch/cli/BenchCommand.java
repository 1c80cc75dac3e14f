package org.xmatch.cli;

import org.jspecify.annotations.Nullable;
import org.xmatch.io.storage.Folders;
import picocli.CommandLine.TypeConversionException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code xmatch bench}. Every start of the program looks at this class: what plots and reads records is in others, so
 * that it is not loaded then.
 */
final class BenchCommand extends ProgramCommand {

    private final RemoteOptions remote = new RemoteOptions();
    private List<Long> rows = List.of();
    private @Nullable List<String> threads;
    private String cache = "";
    private String format = "";
    private int repeats;
    private Optional<String> ztf = Optional.empty();
    private Optional<String> ps1 = Optional.empty();
    private Optional<String> ps1Margin = Optional.empty();
    private String jobOptions = "";
    private Path out = Path.of("");
    private Optional<String> recorded = Optional.empty();
    private long seed;

    BenchCommand() {
        super("bench", "Times the tutorial's cross-match over row counts and workers, each run in a process of"
                + " its own; records and plots. Started again, it runs what has no record yet.");
        Options.add(spec,
                Options.list("--rows", "N,N", Long.class, value -> rows = value,
                        "About how many left rows; -1: the whole catalogs (default: ${DEFAULT-VALUE}).")
                        .defaultValue("10000,100000,1000000"),
                Options.list("--threads", "default|N|scale", String.class, value -> threads = value,
                        "Numbers of workers (default: default,1,2,4,... to the cores,scale)."),
                Options.text("--cache", "warm|cold|both", value -> cache = value,
                        "What the page cache holds of the catalogs (default: ${DEFAULT-VALUE}).").defaultValue("warm"),
                Options.text("--format", "parquet|hats|count", value -> format = value,
                        "Where results go; they are removed again (default: ${DEFAULT-VALUE}).")
                        .defaultValue("parquet"),
                Options.integer("--repeats", "N", value -> repeats = value,
                        "Runs of each configuration; the median counts (default: ${DEFAULT-VALUE}).")
                        .defaultValue("3"),
                Options.text("--ztf", "URI", value -> ztf = Optional.of(value),
                        "The ZTF catalog; default: one made up."),
                Options.text("--ps1", "URI", value -> ps1 = Optional.of(value),
                        "The Pan-STARRS catalog; default: one made up."),
                Options.text("--ps1-margin", "URI", value -> ps1Margin = Optional.of(value), "Its margin."),
                Options.text("--job-options", "OPTIONS", value -> jobOptions = value,
                        "Further options of crossmatch for every run, parted by blanks.").defaultValue(""),
                Options.path("--out", "DIR", value -> out = value,
                        "Folder for catalogs, records, figures and plots (default: ${DEFAULT-VALUE}).")
                        .defaultValue("xmatch-bench"),
                Options.text("--recorded", "FILE.csv|none", value -> recorded = Optional.of(value),
                        "Figures to plot beside ours; default: the tutorial's own of LSDB."),
                Options.wholeNumber("--seed", "S", value -> seed = value,
                        "Of the made-up catalogs (default: ${DEFAULT-VALUE}).").defaultValue("1"));
        remote.addTo(spec);
    }

    @Override
    public Integer call() {
        List<BenchConfiguration> matrix = matrix();
        if (ztf.isPresent() != ps1.isPresent()) {
            throw bad("--ztf and --ps1 go together: give both, or neither for made-up catalogs");
        }
        if (ps1Margin.isPresent() && ps1.isEmpty()) {
            throw bad("--ps1-margin goes with --ps1");
        }
        List<BenchmarkRecord.Line> beside = recorded.isEmpty() ? BenchmarkRecord.tutorial()
                : recorded.get().equals("none") ? List.of() : new BenchmarkRecord(Path.of(recorded.get())).read();
        Folders.create(out);
        BenchCatalogs catalogs = catalogs();
        BenchMatrix runs = new BenchMatrix(out, catalogs, catalogs.identity(remote.storage()), jobOptions.strip(), repeats);
        return runs.run(matrix, beside,
                recorded.map(name -> Path.of(name).getFileName().toString()).orElse("LSDB recorded")) ? 0 : Xmatch.FAILED;
    }

    private BenchCatalogs catalogs() {
        if (ztf.isPresent()) {
            return new BenchCatalogs(ztf.get(), ps1.orElseThrow(), ps1Margin, remote.arguments());
        }
        TutorialCatalogs made = new TutorialCatalogs(out);
        made.make(rows.stream().mapToLong(Long::longValue).max().orElse(10_000), seed,
                Runtime.getRuntime().availableProcessors());
        return new BenchCatalogs(made.ztf(), made.ps1(), Optional.of(made.margin()), List.of());
    }

    private List<BenchConfiguration> matrix() {
        if (rows.stream().anyMatch(count -> count < 1 && (count != -1 || ztf.isEmpty()))) {
            throw bad("--rows must be numbers from 1, or -1 for the whole of given catalogs, got " + rows);
        }
        if (repeats < 1) {
            throw bad("--repeats must be at least 1, got " + repeats);
        }
        if (!List.of("parquet", "hats", "count").contains(format)) {
            throw bad("--format must be parquet, hats or count, got '" + format + "'");
        }
        List<BenchConfiguration.Cache> caches = switch (cache) {
            case "warm" -> List.of(BenchConfiguration.Cache.WARM);
            case "cold" -> List.of(BenchConfiguration.Cache.COLD);
            case "both" -> List.of(BenchConfiguration.Cache.values());
            default -> throw bad("--cache must be warm, cold or both, got '" + cache + "'");
        };
        List<BenchConfiguration> matrix = new ArrayList<>();
        for (long count : new LinkedHashSet<>(rows)) {
            for (String workers : workers()) {
                caches.forEach(state -> matrix.add(new BenchConfiguration(count, workers, state, format)));
            }
        }
        return matrix;
    }

    private Set<String> workers() {
        Set<String> workers = new LinkedHashSet<>();
        if (threads != null) {
            workers.addAll(threads);
        } else {
            workers.add("default");
            for (int count = 1; count <= Runtime.getRuntime().availableProcessors(); count *= 2) {
                workers.add(Integer.toString(count));
            }
            workers.add("scale");
        }
        try {
            workers.forEach(Threads::parse);
        } catch (TypeConversionException e) {
            throw bad(e.getMessage());
        }
        return workers;
    }
}
