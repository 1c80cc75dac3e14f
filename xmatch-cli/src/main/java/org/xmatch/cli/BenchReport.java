package org.xmatch.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Sums up the records of a benchmark: the tutorial's CSV, plots, and whether all runs gave the same pairs. */
final class BenchReport {

    private final Path folder;
    private final Map<BenchConfiguration, JsonObject> records;
    private final List<BenchmarkRecord.Line> recorded;
    private final String recordedName;

    /**
     * @param recorded figures of others
     * @param recordedName whose, for legends
     */
    BenchReport(Path folder, Map<BenchConfiguration, JsonObject> records, List<BenchmarkRecord.Line> recorded,
            String recordedName) {
        this.recordedName = recordedName;
        this.folder = folder;
        this.records = records;
        this.recorded = recorded;
    }

    /** Writes figures and plots, of warm and of cold runs apart, and names them. */
    void write() {
        for (BenchConfiguration.Cache cache : BenchConfiguration.Cache.values()) {
            List<BenchmarkRecord.Line> lines = new ArrayList<>();
            Map<String, Map<Long, Double>> memory = new TreeMap<>(BenchPlots.WORKERS);
            records.forEach((configuration, record) -> {
                if (configuration.cache() == cache) {
                    JsonObject last = BenchRecords.lastRun(record);
                    lines.add(new BenchmarkRecord.Line(record.getAsJsonObject("machine").get("cores").getAsInt(),
                            configuration.rows(), configuration.workers(), record.get("median_seconds").getAsDouble(),
                            last.get("rows_out").getAsDouble(), last.get("date").getAsString()));
                    memory.computeIfAbsent(configuration.workers(), workers -> new TreeMap<>())
                            .put(configuration.rows(), BenchRecords.peakRssBytes(record) * 1e-9);
                }
            });
            if (!lines.isEmpty()) {
                write(cache == BenchConfiguration.Cache.WARM ? "" : "-cold", lines, memory);
            }
        }
    }

    private void write(String suffix, List<BenchmarkRecord.Line> lines, Map<String, Map<Long, Double>> memory) {
        BenchmarkRecord csv = new BenchmarkRecord(folder.resolve("xmatch_benchmarks" + suffix + ".csv"));
        csv.write(lines);
        Path workers = folder.resolve("workers" + suffix + ".png");
        Path time = folder.resolve("rows" + suffix + ".png");
        Path peak = folder.resolve("memory" + suffix + ".png");
        BenchPlots plots = new BenchPlots(lines, recorded, recordedName);
        plots.workers(workers);
        plots.rows(time);
        plots.memory(memory, peak);
        System.out.println("Benchmarks: " + csv.path());
        System.out.println("Plots: " + workers + ", " + time + ", " + peak);
    }

    /** Whether all runs of one row count gave the same pairs; says which did not. */
    boolean pairsAgree() {
        Map<Long, String> answers = new TreeMap<>();
        boolean agree = true;
        for (Map.Entry<BenchConfiguration, JsonObject> entry : records.entrySet()) {
            for (JsonElement run : entry.getValue().getAsJsonArray("runs")) {
                JsonElement checksum = run.getAsJsonObject().get("pairs_checksum");
                String answer = run.getAsJsonObject().get("rows_out").getAsLong() + " pairs"
                        + (checksum == null ? "" : ", checksum " + checksum.getAsString());
                String first = answers.putIfAbsent(entry.getKey().rows(), answer);
                if (first != null && !first.equals(answer)) {
                    System.err.printf(Locale.ROOT, "xmatch: %s gave %s, another run of as many rows %s: this is a"
                            + " fault of the program; please report it%n", entry.getKey(), answer, first);
                    agree = false;
                }
            }
        }
        return agree;
    }
}
