/**
 * Nearest right rows for every left row, on plain arrays.
 * <p>
 * Start at {@link org.xmatch.core.match.Matcher}.
 */
@NullMarked
package org.xmatch.core.match;

import org.jspecify.annotations.NullMarked;
