package org.xmatch.jmh.results;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Markdown tables of measurements. */
final class ResultsTables {

    /** The contender that the ratio of a benchmark is taken to. */
    private static final Map<String, String> BASELINES = Map.of(
            "PixelHashBenchmark.hash", "CdsPixelHashBenchmark.hash",
            "SeparationBenchmark.separation", "SeparationBenchmark.library",
            "SeparationBenchmark.unitVectors", "SeparationBenchmark.library",
            "PartitionAlignBenchmark.pairs", "PartitionAlignBenchmark.lookups",
            "PartitionAlignBenchmark.groups", "PartitionAlignBenchmark.lookups",
            "ParquetPrunedReadBenchmark.pruned", "ParquetPrunedReadBenchmark.whole",
            "MatchColdBenchmark.warm", "MatchColdBenchmark.cold",
            "TutorialPipelineBenchmark.warm", "TutorialPipelineBenchmark.cold",
            "UnitVectorBenchmark.library", "UnitVectorBenchmark.strict");

    private static final String DEFAULT = "tile";

    private final List<Measurement> measurements;

    ResultsTables(List<Measurement> measurements) {
        this.measurements = measurements;
    }

    /** Matches: one table for each number of threads and of neighbours, skies and row counts below each other. */
    String matches() {
        StringBuilder out = new StringBuilder();
        Map<String, List<Measurement>> groups = new TreeMap<>();
        for (Measurement m : measurements) {
            if (m.isMatch() && m.allocatedBytes().isEmpty()) {
                groups.computeIfAbsent(m.param("neighbors") + " / " + m.param("threads"), k -> new ArrayList<>()).add(m);
            }
        }
        groups.forEach((key, group) -> {
            String[] parts = key.split(" / ");
            out.append("### ").append(parts[0].equals("all") ? "All neighbours" : parts[0].equals("1")
                    ? "Nearest neighbour" : parts[0] + " neighbours").append(", ").append(parts[1])
                    .append(parts[1].equals("1") ? " thread" : " threads").append("\n\n")
                    .append("| sky | left rows | program | JDK | ns per left row | middle half | samples | scipy takes |\n")
                    .append("| --- | ---: | --- | --- | ---: | --- | ---: | ---: |\n");
            group.sort(Comparator.comparing((Measurement m) -> !m.param("sky").equals("KEPLER"))
                    .thenComparing(m -> m.param("sky")).thenComparing(Measurement::rows).thenComparing(m -> m.nanos().median()));
            for (Measurement m : group) {
                out.append("| ").append(m.param("sky")).append(" | ").append(String.format(Locale.ROOT, "%,d", m.rows()))
                        .append(" | ").append(m.program()).append(" | ").append(m.jdk()).append(" | ").append(times(m))
                        .append(" | ").append(ratio(m, scipy(group, m))).append(" |\n");
            }
            out.append('\n');
        });
        return out.toString();
    }

    private static Optional<Measurement> scipy(List<Measurement> group, Measurement of) {
        return group.stream().filter(m -> m.benchmark().equals("peer.scipy") && m.param("sky").equals(of.param("sky"))
                && m.rows() == of.rows()).findFirst();
    }

    /** What matches allocate where JMH was asked to tell, or an empty text. */
    String allocations() {
        StringBuilder out = new StringBuilder();
        measurements.stream().filter(m -> m.allocatedBytes().isPresent()).forEach(m -> out.append("| ").append(m.benchmark())
                .append(" | ").append(parameters(m)).append(" | ").append(m.jdk()).append(" | ")
                .append(String.format(Locale.ROOT, "%,.0f", m.allocatedBytes().getAsDouble())).append(" |\n"));
        return out.isEmpty() ? "" : "| benchmark | parameters | JDK | bytes allocated per call |\n| --- | --- | --- | ---: |\n" + out;
    }

    /** Odd fields, a line each with the time of every algorithm and how the default one compares with the best other, or an empty text. */
    String oddFields() {
        Map<String, Map<String, Measurement>> fields = new TreeMap<>();
        Set<String> others = new TreeSet<>();
        for (Measurement m : measurements) {
            if (m.isOddField()) {
                String line = "| " + m.param("field") + " | " + String.format(Locale.ROOT, "%,d", m.rows()) + " | "
                        + m.param("neighbors") + " | " + m.jdk() + " |";
                fields.computeIfAbsent(line, k -> new TreeMap<>()).put(m.param("algorithm"), m);
                others.add(m.param("algorithm"));
            }
        }
        others.remove(DEFAULT);
        StringBuilder out = new StringBuilder();
        fields.forEach((line, byAlgorithm) -> {
            out.append(line).append(' ').append(nanos(byAlgorithm, DEFAULT)).append(" |");
            others.forEach(other -> out.append(' ').append(nanos(byAlgorithm, other)).append(" |"));
            OptionalDouble best = others.stream().filter(byAlgorithm::containsKey)
                    .mapToDouble(other -> byAlgorithm.get(other).nanos().median()).min();
            out.append(best.isPresent() && byAlgorithm.containsKey(DEFAULT)
                    ? " " + number(byAlgorithm.get(DEFAULT).nanos().median() / best.getAsDouble()) : "").append(" |\n");
        });
        return out.isEmpty() ? "" : "| field | rows | neighbours | JDK | " + DEFAULT + " | " + String.join(" | ", others) + " | "
                + DEFAULT + " / best other |\n| --- | ---: | ---: | --- | ---: | " + "---: | ".repeat(others.size()) + "---: |\n" + out;
    }

    private static String nanos(Map<String, Measurement> byAlgorithm, String algorithm) {
        Measurement m = byAlgorithm.get(algorithm);
        return m == null ? "" : number(m.nanos().median());
    }

    /** Everything else, with a ratio where the benchmark has a plain contender. */
    String others() {
        StringBuilder out = new StringBuilder("| benchmark | parameters | JDK | ns per row | middle half | samples | against |\n"
                + "| --- | --- | --- | ---: | --- | ---: | --- |\n");
        measurements.stream().filter(m -> !m.isMatch() && !m.isOddField())
                .sorted(Comparator.comparing(Measurement::benchmark).thenComparing(m -> parameters(m)).thenComparing(Measurement::jdk))
                .forEach(m -> {
                    String baseline = BASELINES.getOrDefault(m.benchmark(), "");
                    Optional<Measurement> plain = measurements.stream().filter(o -> o.benchmark().equals(baseline)
                            && o.jdk().equals(m.jdk()) && o.params().equals(m.params())).findFirst();
                    out.append("| ").append(m.benchmark()).append(" | ").append(parameters(m)).append(" | ").append(m.jdk())
                            .append(" | ").append(times(m)).append(" | ")
                            .append(plain.map(p -> p.benchmark() + " takes " + ratio(m, plain)).orElse("")).append(" |\n");
                });
        return out.toString();
    }

    private static String parameters(Measurement m) {
        List<String> shown = new ArrayList<>();
        new TreeMap<>(m.params()).forEach((name, value) -> {
            if (!value.isEmpty()) {
                shown.add(name + " " + value);
            }
        });
        return String.join(", ", shown);
    }

    private static String times(Measurement m) {
        return number(m.nanos().median()) + " | " + number(m.nanos().low()) + " - " + number(m.nanos().high()) + " | "
                + m.nanos().samples();
    }

    private static String ratio(Measurement m, Optional<Measurement> to) {
        return to.map(o -> number(o.nanos().median() / m.nanos().median()) + "x").orElse("");
    }

    /** Three digits. */
    static String number(double value) {
        if (value >= 100) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        int whole = (int) Math.floor(Math.log10(value));
        return String.format(Locale.ROOT, "%." + Math.max(0, 2 - whole) + "f", value);
    }
}
