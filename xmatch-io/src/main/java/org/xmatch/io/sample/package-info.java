/**
 * Made-up catalogs that look like real ones.
 * <p>
 * Start at {@link org.xmatch.io.sample.SampleCatalogs}.
 */
@NullMarked
package org.xmatch.io.sample;

import org.jspecify.annotations.NullMarked;
