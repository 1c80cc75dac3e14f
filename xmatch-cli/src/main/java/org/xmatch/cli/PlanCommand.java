package org.xmatch.cli;

import org.xmatch.io.parquet.ReadCost;
import org.xmatch.io.pipeline.CatalogInput;
import org.xmatch.io.pipeline.JobEstimate;
import picocli.CommandLine.TypeConversionException;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code xmatch plan}. */
final class PlanCommand extends ProgramCommand {

    private static final Pattern LINK = Pattern.compile(
            "(\\d+(?:\\.\\d+)?)([kKMG]?)(i?)B/s(?:,(\\d+(?:\\.\\d+)?)(ms|s))?");

    private final MatchInputs inputs = new MatchInputs(spec);
    private Threads threads = Threads.parse(Threads.DEFAULT);
    private Optional<JobEstimate.Link> link = Optional.empty();
    private boolean json;

    PlanCommand() {
        super("plan", "Tells what crossmatch with the same options would read and take, without reading data.");
        Options.add(spec,
                Threads.option(value -> threads = value, "Worker threads; default: one for each core."),
                Options.converted("--link", "RATE,LATENCY", JobEstimate.Link.class, PlanCommand::parseLink,
                        value -> link = Optional.of(value),
                        "Line to the catalogs, as in 100MiB/s,50ms: also estimate the time it takes."),
                Options.flag("--json", value -> json = value, "As JSON."));
    }

    @Override
    public Integer call() {
        inputs.requireValid();
        CatalogInput.Pair pair = inputs.open();
        JobEstimate estimate = JobEstimate.of(pair.left(), pair.right(), inputs.options(), threads.count(), link);
        if (json) {
            System.out.print(Json.of(facts(estimate)));
        } else {
            print(estimate);
        }
        return 0;
    }

    private static Map<String, Object> facts(JobEstimate estimate) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("left", facts(estimate.left()));
        facts.put("right", facts(estimate.right()));
        facts.put("border", facts(estimate.border()));
        facts.put("units", estimate.units());
        facts.put("largest_unit_rows", estimate.largestUnitRows());
        facts.put("threads", estimate.threads());
        facts.put("bytes", estimate.read().bytes());
        facts.put("requests", estimate.read().requests());
        facts.put("memory_bytes", estimate.memoryBytes());
        facts.put("cpu_seconds", estimate.cpuSeconds());
        facts.put("compute_seconds", estimate.computeSeconds());
        estimate.linkSeconds().ifPresent(seconds -> facts.put("link_seconds", seconds));
        facts.put("seconds", estimate.seconds());
        facts.put("warnings", estimate.warnings());
        return facts;
    }

    private static Map<String, Object> facts(JobEstimate.Part part) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("leaves", part.leaves());
        facts.put("leaves_of_catalog", part.leavesInAll());
        facts.put("leaves_looked_at", part.looked());
        facts.put("rows", part.rows());
        facts.put("bytes", part.read().bytes());
        facts.put("requests", part.read().requests());
        return facts;
    }

    private static void print(JobEstimate estimate) {
        print("left", estimate.left());
        print("right", estimate.right());
        print("border", estimate.border());
        say("units of work: %,d, the largest of %,d rows; %d threads", estimate.units(), estimate.largestUnitRows(),
                estimate.threads());
        ReadCost read = estimate.read();
        say("read at most: %s in %,d requests", size(read.bytes()), read.requests());
        say("memory: about %s", size(estimate.memoryBytes()));
        say("time on this machine: about %s (%s of processor time)", time(estimate.computeSeconds()),
                time(estimate.cpuSeconds()));
        OptionalDouble line = estimate.linkSeconds();
        if (line.isPresent()) {
            say("time over the link: about %s, so %s in all", time(line.getAsDouble()), time(estimate.seconds()));
        }
        estimate.warnings().forEach(warning -> System.out.println("warning: " + warning));
    }

    private static void print(String name, JobEstimate.Part part) {
        say("%s: %,d of %,d leaves%s, %,d rows, %s in %,d requests", name, part.leaves(), part.leavesInAll(),
                part.isSampled() ? String.format(Locale.ROOT, " (%,d looked at)", part.looked()) : "", part.rows(),
                size(part.read().bytes()), part.read().requests());
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    private static String size(long bytes) {
        return bytes < 10_000_000 ? String.format(Locale.ROOT, "%,d kB", (bytes + 999) / 1000)
                : bytes < 10_000_000_000L ? String.format(Locale.ROOT, "%,.0f MB", bytes * 1e-6)
                : String.format(Locale.ROOT, "%,.1f GB", bytes * 1e-9);
    }

    private static String time(double seconds) {
        return seconds < 60 ? String.format(Locale.ROOT, "%.1f s", seconds)
                : seconds < 3600 ? String.format(Locale.ROOT, "%.0f min", seconds / 60)
                : String.format(Locale.ROOT, "%.1f h", seconds / 3600);
    }

    /** Reads {@code 100MiB/s,50ms}. */
    private static JobEstimate.Link parseLink(String value) {
        Matcher parts = LINK.matcher(value);
        if (!parts.matches()) {
            throw new TypeConversionException("a link is a rate and a latency, as in 100MiB/s,50ms; got '" + value
                    + "'");
        }
        double thousand = parts.group(3).isEmpty() ? 1000 : 1024;
        int power = " kMG".indexOf(parts.group(2).isEmpty() ? " " : parts.group(2).replace('K', 'k'));
        double latency = parts.group(4) == null ? 0
                : Double.parseDouble(parts.group(4)) * (parts.group(5).equals("ms") ? 1e-3 : 1);
        try {
            return new JobEstimate.Link(Double.parseDouble(parts.group(1)) * Math.pow(thousand, power), latency);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
