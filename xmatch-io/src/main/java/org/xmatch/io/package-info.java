/**
 * What goes wrong when reading and writing catalogs.
 */
@NullMarked
package org.xmatch.io;

import org.jspecify.annotations.NullMarked;
