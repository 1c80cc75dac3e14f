/**
 * The cross-match of two catalogs, from opening to the written result.
 * <p>
 * Start at {@link org.xmatch.io.pipeline.CrossMatch}.
 */
@NullMarked
package org.xmatch.io.pipeline;

import org.jspecify.annotations.NullMarked;
