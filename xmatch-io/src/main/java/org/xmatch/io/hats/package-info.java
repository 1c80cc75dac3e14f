/**
 * HATS catalogs: properties, partition lists, the path scheme, margins, collections.
 * <p>
 * Start at {@link org.xmatch.io.hats.HatsCatalog}.
 */
@NullMarked
package org.xmatch.io.hats;

import org.jspecify.annotations.NullMarked;
