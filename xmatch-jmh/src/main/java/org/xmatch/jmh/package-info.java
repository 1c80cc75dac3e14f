/** Benchmarks. {@code java -jar xmatch-jmh.jar -l} lists them. */
@NullMarked
package org.xmatch.jmh;

import org.jspecify.annotations.NullMarked;
