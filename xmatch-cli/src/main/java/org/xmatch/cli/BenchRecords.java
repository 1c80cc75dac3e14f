package org.xmatch.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import org.xmatch.io.StorageException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Records of finished configurations in a folder, one JSON file each. */
final class BenchRecords {

    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private final Path folder;
    private final String subject;
    private final JsonObject machine;

    /** @param subject what was measured: a record of another subject does not count */
    BenchRecords(Path folder, String subject, JsonObject machine) {
        this.folder = folder;
        this.subject = subject;
        this.machine = machine;
    }

    /** The record of a configuration that has at least so many runs. */
    Optional<JsonObject> find(BenchConfiguration configuration, int runs) {
        Path file = folder.resolve(configuration.fileName());
        return Files.exists(file) ? read(file).filter(record -> record.getAsJsonArray("runs").size() >= runs)
                : Optional.empty();
    }

    /** Every record of results in this format, by rows and workers, whatever was asked for this time. */
    Map<BenchConfiguration, JsonObject> all(String format) {
        Map<BenchConfiguration, JsonObject> records = new TreeMap<>(Comparator.comparingLong(BenchConfiguration::rows)
                .thenComparing(BenchConfiguration::workers, BenchPlots.WORKERS).thenComparing(BenchConfiguration::cache));
        if (!Files.exists(folder)) {
            return records;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.getFileName().toString().matches("[^.].*\\.json")).toList()) {
                read(file).filter(record -> record.get("format").getAsString().equals(format)).ifPresent(record ->
                        records.put(new BenchConfiguration(record.get("rows").getAsLong(),
                                record.get("workers").getAsString(), BenchConfiguration.Cache.valueOf(
                                        record.get("cache").getAsString().toUpperCase(Locale.ROOT)), format), record));
            }
        } catch (IOException e) {
            throw new StorageException(folder.toString(), "cannot list " + folder + ": " + e, e);
        }
        return records;
    }

    /** The record in a file, if it is of this subject. */
    private Optional<JsonObject> read(Path file) {
        try {
            JsonObject record = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
            return Optional.of(record).filter(found -> found.get("subject").getAsString().equals(subject));
        } catch (IOException | JsonParseException | IllegalStateException | NullPointerException e) {
            throw new StorageException(file.toString(), file + " is no record of a benchmark: " + e.getMessage()
                    + "; remove it, or name another folder with --out", e);
        }
    }

    /** Writes a record, whole or not at all. */
    JsonObject write(BenchConfiguration configuration, Optional<String> coldBy, List<JsonObject> runs) {
        JsonObject record = new JsonObject();
        record.addProperty("subject", subject);
        record.addProperty("rows", configuration.rows());
        record.addProperty("workers", configuration.workers());
        record.addProperty("cache", configuration.cache().text());
        coldBy.ifPresent(way -> record.addProperty("cold_by", way));
        record.addProperty("format", configuration.format());
        record.addProperty("median_seconds", median(runs));
        record.add("machine", machine);
        JsonArray all = new JsonArray();
        runs.forEach(all::add);
        record.add("runs", all);
        Path file = folder.resolve(configuration.fileName());
        Path unfinished = folder.resolve("." + configuration.fileName());
        try {
            Files.createDirectories(folder);
            Files.writeString(unfinished, GSON.toJson(record) + "\n");
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new StorageException(file.toString(), "cannot write " + file + ": " + e, e);
        }
        return record;
    }

    private static double median(List<JsonObject> runs) {
        double[] seconds = runs.stream().mapToDouble(run -> run.get("process_seconds").getAsDouble()).sorted().toArray();
        int middle = seconds.length / 2;
        return seconds.length % 2 == 1 ? seconds[middle] : (seconds[middle - 1] + seconds[middle]) / 2;
    }

    /** Largest resident memory of any run, bytes. */
    static long peakRssBytes(JsonObject record) {
        long most = 0;
        for (JsonElement run : record.getAsJsonArray("runs")) {
            most = Math.max(most, run.getAsJsonObject().get("peak_rss_bytes").getAsLong());
        }
        return most;
    }

    /** The last run. */
    static JsonObject lastRun(JsonObject record) {
        JsonArray runs = record.getAsJsonArray("runs");
        return runs.get(runs.size() - 1).getAsJsonObject();
    }
}
