/**
 * The {@code xmatch} command: parses options, calls the library, prints.
 * <p>
 * Start at {@link org.xmatch.cli.Xmatch}.
 */
@NullMarked
package org.xmatch.cli;

import org.jspecify.annotations.NullMarked;
