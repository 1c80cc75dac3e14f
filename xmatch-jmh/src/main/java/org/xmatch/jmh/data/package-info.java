/**
 * What the benchmarks measure on: exported arrays for other programs, Parquet files, catalogs.
 * <p>
 * Start at {@link org.xmatch.jmh.data.SkyExport}.
 */
@NullMarked
package org.xmatch.jmh.data;

import org.jspecify.annotations.NullMarked;
