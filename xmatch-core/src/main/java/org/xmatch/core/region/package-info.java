/**
 * Regions of the sky that a catalog can be cut to.
 * <p>
 * Start at {@link org.xmatch.core.region.Cone}.
 */
@NullMarked
package org.xmatch.core.region;

import org.jspecify.annotations.NullMarked;
