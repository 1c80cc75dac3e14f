/**
 * HEALPix pixels in the NESTED scheme: positions to pixels and back, families, neighbours, coverage.
 * <p>
 * Start at {@link org.xmatch.core.healpix.Healpix}.
 */
@NullMarked
package org.xmatch.core.healpix;

import org.jspecify.annotations.NullMarked;
