/**
 * Parquet columns to primitive arrays, and back.
 * <p>
 * Start at {@link org.xmatch.io.parquet.ParquetFile}.
 */
@NullMarked
package org.xmatch.io.parquet;

import org.jspecify.annotations.NullMarked;
