/**
 * Bytes of files by range, wherever the files are.
 * <p>
 * Start at {@link org.xmatch.io.storage.Location}.
 */
@NullMarked
package org.xmatch.io.storage;

import org.jspecify.annotations.NullMarked;
