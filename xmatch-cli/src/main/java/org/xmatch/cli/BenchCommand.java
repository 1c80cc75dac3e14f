package org.xmatch.cli;

import org.jspecify.annotations.Nullable;
import org.xmatch.io.storage.Folders;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * {@code xmatch bench}. Every start of the program looks at this class: what plots and reads records is in others, so
 * that it is not loaded then.
 */
@Command(name = "bench", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Times the tutorial's cross-match over row counts and workers, each run in a process of its own;"
                + " records and plots. Started again, it runs what has no record yet.")
final class BenchCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--rows", split = ",", paramLabel = "N,N", defaultValue = "10000,100000,1000000",
            description = "About how many left rows; -1: the whole catalogs (default: ${DEFAULT-VALUE}).")
    private List<Long> rows;

    @Option(names = "--threads", split = ",", paramLabel = "default|N|scale",
            description = "Numbers of workers (default: default,1,2,4,... to the cores,scale).")
    private @Nullable List<String> threads;

    @Option(names = "--cache", paramLabel = "warm|cold|both", defaultValue = "warm",
            description = "What the page cache holds of the catalogs (default: ${DEFAULT-VALUE}).")
    private String cache;

    @Option(names = "--format", paramLabel = "parquet|hats|count", defaultValue = "parquet",
            description = "Where results go; they are removed again (default: ${DEFAULT-VALUE}).")
    private String format;

    @Option(names = "--repeats", paramLabel = "N", defaultValue = "3",
            description = "Runs of each configuration; the median counts (default: ${DEFAULT-VALUE}).")
    private int repeats;

    @Option(names = "--ztf", paramLabel = "URI", description = "The ZTF catalog; default: one made up.")
    private Optional<String> ztf;

    @Option(names = "--ps1", paramLabel = "URI", description = "The Pan-STARRS catalog; default: one made up.")
    private Optional<String> ps1;

    @Option(names = "--ps1-margin", paramLabel = "URI", description = "Its margin.")
    private Optional<String> ps1Margin;

    @Option(names = "--job-options", paramLabel = "OPTIONS", defaultValue = "",
            description = "Further options of crossmatch for every run, parted by blanks.")
    private String jobOptions;

    @Option(names = "--out", paramLabel = "DIR", defaultValue = "xmatch-bench",
            description = "Folder for catalogs, records, figures and plots (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(names = "--recorded", paramLabel = "FILE.csv|none",
            description = "Figures to plot beside ours; default: the tutorial's own of LSDB.")
    private Optional<String> recorded;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "1",
            description = "Of the made-up catalogs (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Mixin
    private RemoteOptions remote;

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
            workers.forEach(text -> new Threads.Converter().convert(text));
        } catch (TypeConversionException e) {
            throw bad(e.getMessage());
        }
        return workers;
    }

    private ParameterException bad(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
