package org.xmatch.cli;

import org.xmatch.io.pipeline.CrossMatch;
import org.xmatch.io.pipeline.HatsOutputOptions;
import org.xmatch.io.pipeline.MatchSummary;
import org.xmatch.io.pipeline.ResultFormat;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** {@code xmatch crossmatch}. */
final class CrossMatchCommand extends ProgramCommand implements ResumableCommand {

    private final MatchInputs inputs = new MatchInputs(spec);
    private final ResourceOptions resources = new ResourceOptions();
    private final ProgressOptions shown = new ProgressOptions();
    private Optional<Path> out = Optional.empty();
    private Optional<String> format = Optional.empty();
    private boolean overwrite;
    private boolean resume;
    private boolean keepGoing;
    private Optional<Path> summary = Optional.empty();

    CrossMatchCommand() {
        super("crossmatch", "Finds for every row of LEFT the nearest rows of RIGHT within a radius.");
        Options.add(spec,
                Options.path("--out", "PATH", value -> out = Optional.of(value),
                        "File to write, or with --format hats folder."),
                Options.text("--format", "parquet|csv|arrow|hats|count", value -> format = Optional.of(value),
                        "Default: by PATH's extension (.parquet, .csv, .arrow, .hats), else parquet. hats writes a"
                                + " catalog; count prints the number of pairs."));
        resources.addTo(spec);
        shown.addTo(spec);
        Options.add(spec,
                Options.flag("--overwrite", value -> overwrite = value, "Replace PATH if it exists."),
                Options.flag("--resume", value -> resume = value,
                        "With --format hats: go on with a job that failed or was stopped, if there is one."),
                Options.flag("--keep-going", value -> keepGoing = value, "With --format hats: when a unit of work fails,"
                        + " do the others before the job fails; --resume then does those left."),
                Options.path("--summary", "FILE.json", value -> summary = Optional.of(value),
                        "Write counts, times and memory."));
    }

    /** What is made of the pairs. */
    private enum Output {
        PARQUET, CSV, ARROW, HATS, COUNT
    }

    @Override
    public Integer call() {
        Output result = output();
        inputs.requireValid();
        if (result != Output.COUNT && result != Output.HATS) {
            OutputPath.requireFree(out.orElseThrow(), overwrite, inputs.names());
        }
        summary.ifPresent(OutputPath::requireParent);
        CrossMatch match = resources.applyTo(inputs.match());
        MatchSummary done = shown.run(match, job -> switch (result) {
            case COUNT -> job.count();
            case HATS -> job.writeCatalog(out.orElseThrow(), new HatsOutputOptions(overwrite, resume, keepGoing));
            default -> job.writeTo(out.orElseThrow(), ResultFormat.valueOf(result.name()));
        });
        if (result == Output.COUNT) {
            System.out.println(done.counts().rowsOut());
        } else {
            // the one locale whose digits are known without loading any: the same text as in ROOT
            System.err.printf(Locale.US, "xmatch: %,d pairs from %,d left rows, %.2f s: %s%n",
                    done.counts().rowsOut(), done.counts().rowsLeft(), ProcessUsage.seconds(), out.orElseThrow());
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

    @Override
    public Optional<Path> catalog() {
        return output() == Output.HATS ? out : Optional.empty();
    }

    private Output output() {
        String name = format.orElseGet(() -> {
            String file = out.map(Path::toString).orElse("").toLowerCase(Locale.ROOT);
            return file.endsWith(".csv") ? "csv" : file.endsWith(".arrow") ? "arrow"
                    : file.endsWith(".hats") ? "hats" : "parquet";
        });
        Output parsed = switch (name) {
            case "parquet" -> Output.PARQUET;
            case "csv" -> Output.CSV;
            case "arrow" -> Output.ARROW;
            case "hats" -> Output.HATS;
            case "count" -> Output.COUNT;
            default -> throw bad("--format must be parquet, csv, arrow, hats or count, got '" + name + "'");
        };
        if (parsed != Output.COUNT && out.isEmpty()) {
            throw bad("--out PATH is missing: only --format count needs none");
        }
        if ((resume || keepGoing) && parsed != Output.HATS) {
            throw bad((resume ? "--resume" : "--keep-going") + " needs --format hats: a " + name
                    + (parsed == Output.COUNT ? " leaves nothing to go on with" : " file is written in one go"));
        }
        return parsed;
    }
}
