package org.xmatch.jmh.results;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * What one contender took, per row.
 *
 * @param benchmark class and method, {@code MatchBenchmark.match}; {@code peer.} and a name for other programs
 * @param jdk feature release of the JVM, {@code 17}; empty for programs that have none
 * @param params parameters and their values
 * @param samples nanoseconds per row of {@code rows} (or of {@code pixels}), else per operation
 * @param allocatedBytes bytes allocated per operation, where JMH's profiler {@code gc} told them
 */
record Measurement(String benchmark, String jdk, Map<String, String> params, List<Double> samples,
        OptionalDouble allocatedBytes) {

    Measurement {
        params = Map.copyOf(params);
        samples = List.copyOf(samples);
    }

    /** Each contender once, in the order they come: with the samples of all its turns. */
    static List<Measurement> pooled(List<Measurement> measurements) {
        Map<List<Object>, Measurement> pooled = new LinkedHashMap<>();
        for (Measurement m : measurements) {
            pooled.merge(List.of(m.benchmark, m.jdk, m.params, m.allocatedBytes.isPresent()), m, Measurement::with);
        }
        return List.copyOf(pooled.values());
    }

    private Measurement with(Measurement other) {
        List<Double> all = new ArrayList<>(samples);
        all.addAll(other.samples);
        return new Measurement(benchmark, jdk, params, all, allocatedBytes);
    }

    Spread nanos() {
        return Spread.of(samples);
    }

    /**
     * Reads JMH's JSON, or a peer's in the same form.
     *
     * @throws IllegalArgumentException naming the file, when it is something else
     */
    static List<Measurement> read(Path file) {
        List<Measurement> read = new ArrayList<>();
        try {
            for (JsonElement element : JsonParser.parseString(Files.readString(file)).getAsJsonArray()) {
                read.add(of(element.getAsJsonObject()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JsonParseException | IllegalStateException | NullPointerException e) {
            throw new IllegalArgumentException(file + " is not what JMH or a peer writes with -rf json: " + e, e);
        }
        return read;
    }

    private static Measurement of(JsonObject row) {
        String[] name = row.get("benchmark").getAsString().split("\\.");
        String benchmark = name[name.length - 2] + "." + name[name.length - 1];
        String jdk = row.has("jdkVersion") ? row.get("jdkVersion").getAsString().split("\\.")[0] : "";
        Map<String, String> params = new TreeMap<>();
        if (row.has("params")) {
            row.getAsJsonObject("params").entrySet().forEach(p -> params.put(p.getKey(), p.getValue().getAsString()));
        }
        JsonObject metric = row.getAsJsonObject("primaryMetric");
        double nanos = nanos(metric.get("scoreUnit").getAsString());
        long rows = Long.parseLong(params.getOrDefault("rows", params.getOrDefault("pixels", "1")));
        List<Double> samples = new ArrayList<>();
        for (JsonElement fork : metric.getAsJsonArray("rawData")) {
            JsonArray iterations = fork.getAsJsonArray();
            iterations.forEach(sample -> samples.add(sample.getAsDouble() * nanos / Math.max(1, rows)));
        }
        return new Measurement(benchmark, jdk, params, samples, allocatedBytes(row));
    }

    private static OptionalDouble allocatedBytes(JsonObject row) {
        if (row.has("secondaryMetrics")) {
            for (Map.Entry<String, JsonElement> metric : row.getAsJsonObject("secondaryMetrics").entrySet()) {
                // JMH puts a dot before the names of what profilers told
                if (metric.getKey().endsWith("gc.alloc.rate.norm")) {
                    // the last iteration counts what a benchmark checks after its timing, too
                    List<Double> samples = new ArrayList<>();
                    for (JsonElement fork : metric.getValue().getAsJsonObject().getAsJsonArray("rawData")) {
                        fork.getAsJsonArray().forEach(sample -> samples.add(sample.getAsDouble()));
                    }
                    return OptionalDouble.of(Spread.of(samples).median());
                }
            }
        }
        return OptionalDouble.empty();
    }

    private static double nanos(String unit) {
        return switch (unit) {
            case "ns/op" -> 1;
            case "us/op" -> 1e3;
            case "ms/op" -> 1e6;
            case "s/op" -> 1e9;
            default -> throw new IllegalArgumentException("times are expected, not " + unit);
        };
    }

    /** Whether this is a whole match, by xmatch or another program. */
    boolean isMatch() {
        return benchmark.equals("MatchBenchmark.match") || benchmark.startsWith("peer.");
    }

    /** Whether this is a match of a field at which an algorithm could break down. */
    boolean isOddField() {
        return benchmark.equals("MatchOddFieldsBenchmark.match");
    }

    /** The value of a parameter, or an empty string. */
    String param(String name) {
        return params.getOrDefault(name, "");
    }

    long rows() {
        return Long.parseLong(params.getOrDefault("rows", "1"));
    }

    /** What a reader knows the contender by. */
    String program() {
        return benchmark.startsWith("peer.") ? param("algorithm") : "xmatch " + param("algorithm");
    }
}
