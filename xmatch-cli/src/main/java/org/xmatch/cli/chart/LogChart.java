package org.xmatch.cli.chart;

import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/** Charts with a logarithmic axis of values, alike in looks, as PNG. Stateless. */
public final class LogChart {

    private static final int WIDTH = 1100;
    private static final BasicStroke SOLID = new BasicStroke(2);
    private static final BasicStroke DASHED =
            new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL, 1, new float[] {6, 4}, 0);

    // colours told apart in any kind of colour vision: Okabe and Ito's palette
    private static final List<Look> LOOKS = List.of(
            new Look(0xd55e00, SeriesMarkers.CIRCLE), new Look(0x0072b2, SeriesMarkers.TRIANGLE_DOWN),
            new Look(0x009e73, SeriesMarkers.DIAMOND), new Look(0xcc79a7, SeriesMarkers.SQUARE),
            new Look(0xe69f00, SeriesMarkers.TRIANGLE_UP), new Look(0x56b4e9, SeriesMarkers.CROSS),
            new Look(0x000000, SeriesMarkers.RECTANGLE), new Look(0x777777, SeriesMarkers.PLUS));

    private LogChart() {}

    /**
     * How a series' points look.
     *
     * @param rgb colour
     * @param marker shape of points
     */
    public record Look(int rgb, Marker marker) {}

    /** The look of the {@code i}-th of several series; they repeat after eight. */
    public static Look look(int i) {
        return LOOKS.get(Math.floorMod(i, LOOKS.size()));
    }

    /** An empty chart whose value axis is logarithmic, with room for values from {@code low} to {@code high}. */
    public static XYChart of(String title, String xTitle, String yTitle, double low, double high) {
        return of(title, xTitle, yTitle, low, high, WIDTH);
    }

    /** As wide as this, pixels. */
    public static XYChart of(String title, String xTitle, String yTitle, double low, double high, int width) {
        System.setProperty("java.awt.headless", "true");
        XYChart chart = new XYChartBuilder().width(width).height(700).title(title)
                .xAxisTitle(xTitle).yAxisTitle(yTitle).build();
        XYStyler styler = chart.getStyler();
        styler.setYAxisLogarithmic(true);
        styler.setYAxisLogarithmicDecadeOnly(false);
        styler.setLegendPosition(LegendPosition.OutsideE);
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setYAxisTickLabelsFormattingFunction(
                value -> String.format(Locale.ROOT, "%e", value).matches("[125].*") ? count(value) : "");
        styler.setMarkerSize(9);
        styler.setYAxisMin(low / 1.5);
        styler.setYAxisMax(high * 1.5);
        return chart;
    }

    /** Makes the axis along the bottom logarithmic too. */
    public static void withLogarithmicX(XYChart chart) {
        chart.getStyler().setXAxisLogarithmic(true);
        chart.getStyler().setXAxisTickLabelsFormattingFunction(LogChart::count);
    }

    /** Adds a line with points. */
    public static XYSeries add(XYChart chart, String name, double[] x, double[] y, Look look, boolean dashed) {
        XYSeries line = chart.addSeries(name, x, y);
        Color color = new Color(look.rgb());
        line.setLineColor(color);
        line.setMarkerColor(color);
        line.setMarker(look.marker());
        line.setLineStyle(dashed ? DASHED : SOLID);
        return line;
    }

    /** A number as people write it: 0.25, 20, 50 k, 1 M, 7.5 G. */
    public static String count(Double value) {
        if (value >= 1e9) {
            return number(value / 1e9) + " G";
        }
        if (value >= 1e6) {
            return number(value / 1e6) + " M";
        }
        return value >= 10_000 ? String.format(Locale.ROOT, "%.0f k", value / 1e3) : number(value);
    }

    private static String number(double value) {
        if (value >= 100) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        int whole = (int) Math.floor(Math.log10(value));
        String text = String.format(Locale.ROOT, "%." + Math.max(0, 2 - whole) + "f", value);
        return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
    }

    /** Writes charts side by side as one PNG. */
    public static void save(List<XYChart> charts, Path file) {
        List<BufferedImage> images = charts.stream().map(BitmapEncoder::getBufferedImage).toList();
        int width = images.stream().mapToInt(BufferedImage::getWidth).sum();
        int height = images.stream().mapToInt(BufferedImage::getHeight).max().orElseThrow();
        BufferedImage all = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = all.createGraphics();
        int x = 0;
        for (BufferedImage image : images) {
            graphics.drawImage(image, x, 0, null);
            x += image.getWidth();
        }
        graphics.dispose();
        try {
            if (!ImageIO.write(all, "png", file.toFile())) {
                throw new AssertionError("every Java writes PNG");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
