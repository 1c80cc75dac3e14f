package org.xmatch.cli;

import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.xmatch.cli.chart.LogChart;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The tutorial's plots, with our figures as solid lines and recorded ones of others dashed. */
final class BenchPlots {

    /** Numbers of workers in order, then those that are no numbers, as the tutorial has them. */
    static final Comparator<String> WORKERS = Comparator
            .comparingInt((String workers) -> workers.matches("\\d+") ? Integer.parseInt(workers) : Integer.MAX_VALUE)
            .thenComparing(Comparator.naturalOrder());

    private static final int PANEL_WIDTH = 620;

    private final List<BenchmarkRecord.Line> ours;
    private final List<BenchmarkRecord.Line> recorded;
    private final String recordedName;

    BenchPlots(List<BenchmarkRecord.Line> ours, List<BenchmarkRecord.Line> recorded, String recordedName) {
        this.recordedName = recordedName;
        this.ours = ours.stream().filter(line -> line.rows() > 0).toList();
        this.recorded = recorded;
    }

    private Stream<BenchmarkRecord.Line> all() {
        return Stream.concat(ours.stream(), recorded.stream());
    }

    /** Time against workers, a line for each row count, a panel for each number of processors. */
    void workers(Path file) {
        List<Long> rows = all().map(BenchmarkRecord.Line::rows).distinct().sorted().toList();
        double low = all().mapToDouble(BenchmarkRecord.Line::seconds).min().orElse(1) / 2; // the names have room below
        double high = all().mapToDouble(BenchmarkRecord.Line::seconds).max().orElse(1);
        List<XYChart> panels = new ArrayList<>();
        for (int cpus : new TreeSet<>(all().map(BenchmarkRecord.Line::cpus).toList())) {
            List<BenchmarkRecord.Line> shown = all().filter(line -> line.cpus() == cpus).toList();
            List<String> workers = shown.stream().map(BenchmarkRecord.Line::workers).distinct().sorted(WORKERS).toList();
            XYChart panel = LogChart.of(cpus + " CPUs", "workers", "execution time, s", low, high, PANEL_WIDTH);
            panel.getStyler().setLegendPosition(LegendPosition.OutsideS);
            panel.getStyler().setXAxisMin(-0.5);
            panel.getStyler().setXAxisMax(workers.size() - 0.5);
            // XChart has no say in where ticks of a number axis go
            panel.getStyler().setXAxisTicksVisible(false);
            panel.getStyler().setPlotGridVerticalLinesVisible(false);
            panel.getStyler().setAnnotationTextFont(panel.getStyler().getLegendFont());
            for (int i = 0; i < workers.size(); i++) {
                panel.addAnnotation(new AnnotationText(workers.get(i), i, low, false));
            }
            for (long count : rows) {
                LogChart.Look look = LogChart.look(rows.indexOf(count));
                String name = LogChart.count((double) count) + " rows";
                byWorkers(panel, "xmatch, " + name, ours, cpus, count, workers, look, false);
                byWorkers(panel, recordedName + ", " + name, recorded, cpus, count, workers, look, true);
            }
            panels.add(panel);
        }
        LogChart.save(panels, file);
    }

    private static void byWorkers(XYChart panel, String name, List<BenchmarkRecord.Line> lines, int cpus, long rows,
            List<String> workers, LogChart.Look look, boolean dashed) {
        List<BenchmarkRecord.Line> shown = lines.stream().filter(line -> line.cpus() == cpus && line.rows() == rows)
                .sorted(Comparator.comparing(BenchmarkRecord.Line::workers, WORKERS)).toList();
        if (!shown.isEmpty()) {
            LogChart.add(panel, name, shown.stream().mapToDouble(line -> workers.indexOf(line.workers())).toArray(),
                    shown.stream().mapToDouble(BenchmarkRecord.Line::seconds).toArray(), look, dashed);
        }
    }

    /** Time against rows: a line for each number of workers of ours, the recorded ones' best and default. */
    void rows(Path file) {
        double low = all().mapToDouble(BenchmarkRecord.Line::seconds).min().orElse(1);
        double high = all().mapToDouble(BenchmarkRecord.Line::seconds).max().orElse(1);
        XYChart chart = LogChart.of("The tutorial's cross-match", "left rows", "time, s", low, high);
        LogChart.withLogarithmicX(chart);
        Map<String, Map<Long, Double>> mine = new TreeMap<>(WORKERS);
        for (BenchmarkRecord.Line line : ours) {
            mine.computeIfAbsent(line.workers(), workers -> new TreeMap<>()).put(line.rows(), line.seconds());
        }
        int next = 0;
        for (Map.Entry<String, Map<Long, Double>> entry : mine.entrySet()) {
            add(chart, "xmatch here, " + worded(entry.getKey()), entry.getValue(), next++, false);
        }
        for (int cpus : new TreeSet<>(recorded.stream().map(BenchmarkRecord.Line::cpus).toList())) {
            Map<Long, Double> best = new TreeMap<>();
            recorded.stream().filter(line -> line.cpus() == cpus)
                    .forEach(line -> best.merge(line.rows(), line.seconds(), Math::min));
            add(chart, recordedName + ", " + cpus + " CPUs, best", best, next++, true);
        }
        LogChart.save(List.of(chart), file);
    }

    private static String worded(String workers) {
        return workers.equals("1") ? "1 worker" : workers + " workers";
    }

    /** Peak memory against rows read, a line for each number of workers. */
    void memory(Map<String, Map<Long, Double>> gigabytes, Path file) {
        gigabytes.values().forEach(values -> values.remove(-1L)); // no number of rows to plot against
        double low = gigabytes.values().stream().flatMap(values -> values.values().stream()).min(Double::compare).orElse(1.0);
        double high = gigabytes.values().stream().flatMap(values -> values.values().stream()).max(Double::compare).orElse(1.0);
        XYChart chart = LogChart.of("Peak resident memory of the tutorial's cross-match", "left rows", "memory, GB",
                low, high);
        LogChart.withLogarithmicX(chart);
        int next = 0;
        for (Map.Entry<String, Map<Long, Double>> entry : gigabytes.entrySet()) {
            add(chart, worded(entry.getKey()), entry.getValue(), next++, false);
        }
        LogChart.save(List.of(chart), file);
    }

    private static void add(XYChart chart, String name, Map<Long, Double> values, int look, boolean dashed) {
        LogChart.add(chart, name, values.keySet().stream().mapToDouble(Long::doubleValue).toArray(),
                values.values().stream().mapToDouble(Double::doubleValue).toArray(), LogChart.look(look), dashed);
    }
}
