/**
 * Which rows beyond a pixel's border lie within reach of rows inside it.
 * <p>
 * Start at {@link org.xmatch.core.margin.MarginPixels}.
 */
@NullMarked
package org.xmatch.core.margin;

import org.jspecify.annotations.NullMarked;
