package org.xmatch.jmh.results;

import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.xmatch.cli.chart.LogChart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/** Plots of matches: logarithmic axes, error bars over the middle half of the samples. */
final class ResultsPlots {

    // colours told apart in any kind of colour vision: Okabe and Ito's palette
    private static final Map<String, LogChart.Look> LOOKS = Map.of(
            "xmatch tile", new LogChart.Look(0xd55e00, SeriesMarkers.CIRCLE),
            "xmatch grid", new LogChart.Look(0xe69f00, SeriesMarkers.SQUARE),
            "xmatch kdtree", new LogChart.Look(0x009e73, SeriesMarkers.DIAMOND),
            "xmatch haversine-kdtree", new LogChart.Look(0x56b4e9, SeriesMarkers.TRIANGLE_UP),
            "scipy", new LogChart.Look(0x0072b2, SeriesMarkers.TRIANGLE_DOWN),
            "pykdtree", new LogChart.Look(0xcc79a7, SeriesMarkers.CROSS),
            "astropy", new LogChart.Look(0x777777, SeriesMarkers.PLUS),
            "stilts (process)", new LogChart.Look(0x000000, SeriesMarkers.RECTANGLE),
            "stilts (match)", new LogChart.Look(0xaaaa00, SeriesMarkers.OVAL));

    private static final Comparator<String> ORDER = Comparator.comparing((String name) -> !name.startsWith("xmatch tile"))
            .thenComparing(name -> !name.startsWith("xmatch")).thenComparing(Comparator.naturalOrder());

    private final List<Measurement> matches;
    private final String newestJdk;
    private final String oldestJdk;

    ResultsPlots(List<Measurement> measurements) {
        matches = measurements.stream().filter(m -> m.isMatch() && m.allocatedBytes().isEmpty()).toList();
        List<String> jdks = matches.stream().map(Measurement::jdk).filter(jdk -> !jdk.isEmpty()).distinct()
                .sorted(Comparator.comparing(Integer::valueOf)).toList();
        oldestJdk = jdks.isEmpty() ? "" : jdks.get(0);
        newestJdk = jdks.isEmpty() ? "" : jdks.get(jdks.size() - 1);
    }

    /** Writes the plots for which there are figures; their names and what they show. */
    Map<String, String> write(Path folder) {
        Map<String, String> written = new TreeMap<>();
        for (String threads : new String[] {"1", "2"}) {
            String title = "Nearest neighbour within 1 arcsec, Kepler field, " + threads + (threads.equals("1") ? " thread" : " threads");
            List<Measurement> shown = select(m -> m.param("sky").equals("KEPLER") && m.param("neighbors").equals("1")
                    && m.param("threads").equals(threads), true);
            if (!shown.isEmpty()) {
                XYChart chart = chart(title, "left rows (right rows: 1.1 times as many)", shown, true, m -> (double) m.rows());
                LogChart.withLogarithmicX(chart);
                LogChart.save(List.of(chart), folder.resolve("rows-" + threads + "-thread.png"));
                written.put("rows-" + threads + "-thread.png", title);
            }
        }
        // of some skies there are more rows, of the default algorithm only
        long skyRows = matches.stream().filter(m -> !m.param("sky").equals("KEPLER")).mapToLong(Measurement::rows).min().orElse(0);
        byCategory(folder, "skies.png", "Nearest neighbour within 1 arcsec, one thread, " + LogChart.count((double) skyRows) + " left rows",
                "sky", m -> m.param("neighbors").equals("1") && m.param("threads").equals("1") && m.rows() == skyRows,
                List.of("KEPLER", "ALLSKY", "RA_WRAP", "POLE", "GLOBULAR"), written);
        long manyRows = matches.stream().filter(m -> !m.param("neighbors").equals("1")).mapToLong(Measurement::rows).max().orElse(0);
        byCategory(folder, "neighbors.png", "Neighbours within 1 arcsec, Kepler field, one thread, " + LogChart.count((double) manyRows) + " left rows",
                "neighbors", m -> m.param("sky").equals("KEPLER") && m.param("threads").equals("1") && m.rows() == manyRows,
                List.of("1", "5", "all"), written);
        return written;
    }

    private void byCategory(Path folder, String name, String title, String param, Predicate<Measurement> wanted,
            List<String> categories, Map<String, String> written) {
        List<Measurement> found = select(wanted, false);
        // a program with one category has nothing to compare
        List<Measurement> shown = found.stream().filter(m -> found.stream().filter(o -> o.program().equals(m.program()))
                .map(o -> o.param(param)).distinct().count() > 1).toList();
        if (shown.isEmpty()) {
            return;
        }
        List<String> present = categories.stream()
                .filter(category -> shown.stream().anyMatch(m -> m.param(param).equals(category))).toList();
        List<String> programs = shown.stream().map(Measurement::program).distinct().sorted(ORDER).toList();
        // programs side by side, so that their error bars do not hide each other
        XYChart chart = chart(title, param, shown, false, m -> present.indexOf(m.param(param)) + 1
                + (programs.indexOf(m.program()) - (programs.size() - 1) / 2.0) * 0.07);
        XYStyler styler = chart.getStyler();
        styler.setXAxisMin(0.0);
        styler.setXAxisMax(present.size() + 1.0);
        // XChart has no say in where ticks of a number axis go
        styler.setXAxisTicksVisible(false);
        styler.setPlotGridVerticalLinesVisible(false);
        styler.setAnnotationTextFont(styler.getLegendFont());
        double bottom = shown.stream().mapToDouble(m -> m.nanos().low()).min().orElseThrow() / 1.2;
        for (int i = 0; i < present.size(); i++) {
            chart.addAnnotation(new AnnotationText(present.get(i), i + 1, bottom, false));
        }
        LogChart.save(List.of(chart), folder.resolve(name));
        written.put(name, title);
    }

    /** All peers, xmatch on the oldest JDK, and its default algorithm on the newest, too. */
    private List<Measurement> select(Predicate<Measurement> wanted, boolean bothJdks) {
        return matches.stream().filter(wanted).filter(m -> m.jdk().isEmpty() || m.jdk().equals(oldestJdk)
                || bothJdks && m.jdk().equals(newestJdk) && m.param("algorithm").equals("tile")).toList();
    }

    private XYChart chart(String title, String xTitle, List<Measurement> shown, boolean isLine,
            Function<Measurement, Double> place) {
        double low = shown.stream().mapToDouble(m -> m.nanos().low()).min().orElse(1);
        double high = shown.stream().mapToDouble(m -> m.nanos().high()).max().orElse(1);
        XYChart chart = LogChart.of(title, xTitle, "ns per left row", low, high);
        Map<String, List<Measurement>> series = new TreeMap<>(ORDER);
        for (Measurement m : shown) {
            series.computeIfAbsent(m.program() + (m.jdk().isEmpty() ? "" : ", JDK " + m.jdk()), k -> new ArrayList<>()).add(m);
        }
        for (Map.Entry<String, List<Measurement>> one : series.entrySet()) {
            List<Measurement> points = one.getValue();
            points.sort(Comparator.comparing(place));
            LogChart.Look look = LOOKS.getOrDefault(points.get(0).program(), new LogChart.Look(0x444444, SeriesMarkers.TRAPEZOID));
            boolean second = !oldestJdk.equals(newestJdk) && points.get(0).jdk().equals(newestJdk);
            XYSeries line = LogChart.add(chart, one.getKey(), points.stream().mapToDouble(place::apply).toArray(),
                    points.stream().mapToDouble(m -> m.nanos().median()).toArray(), look, second);
            if (!isLine) {
                line.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
            }
            for (Measurement m : points) {
                addErrorBar(chart, one.getKey(), place.apply(m), m.nanos(), new Color(look.rgb()));
            }
        }
        return chart;
    }

    /** A line from quartile to quartile: XChart's own error bars are as long below the median as above. */
    private static void addErrorBar(XYChart chart, String name, double x, Spread nanos, Color color) {
        XYSeries bar = chart.addSeries(name + " at " + x, new double[] {x, x}, new double[] {nanos.low(), nanos.high()});
        bar.setShowInLegend(false);
        bar.setLineColor(color);
        bar.setLineStyle(new BasicStroke(4, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL));
        bar.setMarker(SeriesMarkers.NONE);
    }
}
