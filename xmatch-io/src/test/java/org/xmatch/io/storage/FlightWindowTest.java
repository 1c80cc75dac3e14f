package org.xmatch.io.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FlightWindowTest {

    private static final long MIB = 1 << 20;
    private static final long MILLISECOND = 1_000_000;

    @Test
    void startsSmallAndStaysSoOnASlowLine() {
        FlightWindow window = new FlightWindow();

        window.begin(0);
        window.arrived(8 * MIB, 300 * MILLISECOND);

        assertThat(window.bytes()).isEqualTo(FlightWindow.LEAST);
    }

    @Test
    void growsToWhatTheLineBringsInAQuarterOfASecond() {
        FlightWindow window = new FlightWindow();

        window.begin(5);
        for (int i = 1; i <= 8; i++) {
            window.arrived(25 * MIB, 5 + i * 50 * MILLISECOND);
        }

        assertThat(window.bytes()).isEqualTo(125 * MIB);
    }

    @Test
    void doesNotTakeABurstForARate() {
        FlightWindow window = new FlightWindow();

        window.begin(0);
        window.arrived(8 * MIB, MILLISECOND);

        assertThat(window.bytes()).isEqualTo(FlightWindow.LEAST);
    }
}
