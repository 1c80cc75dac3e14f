/**
 * Plots of measurements. Entry point: {@link org.xmatch.cli.chart.LogChart}.
 */
@NullMarked
package org.xmatch.cli.chart;

import org.jspecify.annotations.NullMarked;
