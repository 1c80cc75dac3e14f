package org.xmatch.cli;

import org.xmatch.io.pipeline.CrossMatch;
import org.xmatch.io.pipeline.JobProgress;
import org.xmatch.io.pipeline.MatchSummary;
import org.xmatch.io.pipeline.ResultFormat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code xmatch crossmatch}. */
@Command(name = "crossmatch", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Finds for every row of LEFT the nearest rows of RIGHT within a radius.")
final class CrossMatchCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private MatchInputs inputs;

    @Option(names = "--out", paramLabel = "PATH", description = "File to write.")
    private Optional<Path> out;

    @Option(names = "--format", paramLabel = "parquet|csv|arrow|count",
            description = "Default: by PATH's extension, else parquet. count prints the number of pairs.")
    private Optional<String> format;

    @Option(names = "--threads", paramLabel = "default|N|scale", defaultValue = "default",
            converter = Threads.Converter.class, description = "Worker threads; default: one for each core.")
    private Threads threads;

    @Option(names = "--memory", paramLabel = "SIZE", converter = MemorySize.Converter.class,
            description = "Memory for the process, as 2G; rows that do not fit are done in portions. Default: half of"
                    + " what the machine or container has.")
    private Optional<MemorySize> memory;

    @Option(names = "--quiet", description = "Show no progress.")
    private boolean quiet;

    @Option(names = "--overwrite", description = "Replace PATH if it exists.")
    private boolean overwrite;

    @Option(names = "--summary", paramLabel = "FILE.json", description = "Write counts, times and memory.")
    private Optional<Path> summary;

    @Override
    public Integer call() {
        Optional<ResultFormat> result = resultFormat();
        inputs.requireValid();
        if (result.isPresent()) {
            OutputPath.requireFree(out.orElseThrow(), overwrite, inputs.names());
        }
        summary.ifPresent(OutputPath::requireParent);
        JobProgress progress = new JobProgress();
        CrossMatch scaled = threads.applyTo(inputs.match().withProgress(progress));
        CrossMatch match = memory.map(size -> size.applyTo(scaled)).orElse(scaled);
        MatchSummary done;
        Optional<ProgressDisplay> display = quiet ? Optional.empty() : Optional.of(ProgressDisplay.start(progress));
        try {
            done = result.isPresent() ? match.writeTo(out.orElseThrow(), result.get()) : match.count();
        } finally {
            display.ifPresent(ProgressDisplay::close);
        }
        if (result.isPresent()) {
            System.err.printf(Locale.ROOT, "xmatch: %,d pairs from %,d left rows, %.2f s: %s%n",
                    done.counts().rowsOut(), done.counts().rowsLeft(), ProcessUsage.seconds(), out.orElseThrow());
        } else {
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

    private ParameterException bad(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
