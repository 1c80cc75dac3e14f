/**
 * Alignment of two catalogs' partition lists.
 * <p>
 * Start at {@link org.xmatch.core.align.PartitionAlignment}.
 */
@NullMarked
package org.xmatch.core.align;

import org.jspecify.annotations.NullMarked;
