package org.xmatch.jmh.results;

import java.util.Arrays;
import java.util.List;

/**
 * Median and quartiles of samples.
 *
 * @param low half of the samples lie between this
 * @param median the middle sample, or between the middle two
 * @param high and this
 * @param samples number of samples, at least 1
 */
record Spread(double low, double median, double high, int samples) {

    /** Of at least one sample; quartiles by linear interpolation, as numpy computes them. */
    static Spread of(List<Double> samples) {
        double[] sorted = samples.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        if (sorted.length == 0 || Arrays.stream(sorted).anyMatch(sample -> !(sample > 0))) {
            throw new IllegalArgumentException("times must be at least one, and positive, got " + samples);
        }
        return new Spread(quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75), sorted.length);
    }

    private static double quantile(double[] sorted, double at) {
        double place = at * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
