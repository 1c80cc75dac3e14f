/**
 * Angles on the sky: unit vectors and separations, with stated error bounds.
 * <p>
 * Start at {@link org.xmatch.core.sky.Separation}.
 */
@NullMarked
package org.xmatch.core.sky;

import org.jspecify.annotations.NullMarked;
