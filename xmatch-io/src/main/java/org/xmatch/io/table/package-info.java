/**
 * Columns of values in memory, and tables as CSV and Arrow.
 * <p>
 * Start at {@link org.xmatch.io.table.Column}.
 */
@NullMarked
package org.xmatch.io.table;

import org.jspecify.annotations.NullMarked;
