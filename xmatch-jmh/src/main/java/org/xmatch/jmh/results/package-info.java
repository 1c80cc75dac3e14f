/**
 * From raw measurements to a table and plots.
 * <p>
 * Start at {@link org.xmatch.jmh.results.ResultsPage}.
 */
@NullMarked
package org.xmatch.jmh.results;

import org.jspecify.annotations.NullMarked;
