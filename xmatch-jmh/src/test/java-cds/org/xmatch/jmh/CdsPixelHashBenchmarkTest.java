package org.xmatch.jmh;

import org.junit.jupiter.api.Test;

class CdsPixelHashBenchmarkTest {

    @Test
    void cdsAndXmatchGiveTheSamePixels() {
        CdsPixelHashBenchmark.proveEqualAnswers();
    }
}
