/**
 * Benchmarks. {@code java -jar xmatch-jmh.jar -l} lists them.
 * <p>
 * Start at {@link org.xmatch.jmh.Suite}.
 */
@NullMarked
package org.xmatch.jmh;

import org.jspecify.annotations.NullMarked;
