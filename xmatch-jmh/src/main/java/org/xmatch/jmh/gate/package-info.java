/**
 * Equal answers: no time counts before all contenders were shown to give the same.
 * <p>
 * Start at {@link org.xmatch.jmh.gate.Gate}.
 */
@NullMarked
package org.xmatch.jmh.gate;

import org.jspecify.annotations.NullMarked;
