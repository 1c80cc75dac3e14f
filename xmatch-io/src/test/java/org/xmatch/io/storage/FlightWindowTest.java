package org.xmatch.io.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.function.IntUnaryOperator;

class FlightWindowTest {

    private static final long MIB = 1 << 20;
    private static final long MILLISECOND = 1_000_000;

    @Test
    void startsSmallAndStaysSoOnASlowLine() {
        FlightWindow window = new FlightWindow(64);

        window.begin(0);
        window.arrived(8 * MIB, 300 * MILLISECOND);

        assertThat(window.bytes()).isEqualTo(FlightWindow.LEAST);
    }

    @Test
    void growsToWhatTheLineBringsInAQuarterOfASecond() {
        FlightWindow window = new FlightWindow(64);

        window.begin(5);
        for (int i = 1; i <= 8; i++) {
            window.arrived(25 * MIB, 5 + i * 50 * MILLISECOND);
        }

        assertThat(window.bytes()).isEqualTo(125 * MIB);
    }

    @Test
    void doesNotTakeABurstForARate() {
        FlightWindow window = new FlightWindow(64);

        window.begin(0);
        window.arrived(8 * MIB, MILLISECOND);

        assertThat(window.bytes()).isEqualTo(FlightWindow.LEAST);
    }

    @Test
    void takesMoreRequestsAsLongAsTheyBringMore() {
        FlightWindow window = new FlightWindow(64);

        run(window, 40, requests -> Math.min(requests, 50)); // the line is full with 50

        assertThat(window.requests()).isBetween(36, 64);
    }

    @Test
    void goesBackWhereMoreRequestsBringNothing() {
        FlightWindow window = new FlightWindow(64);

        int tried = run(window, 400, requests -> 10);

        assertThat(window.requests()).isEqualTo(FetchOptions.FIRST_IN_FLIGHT);
        assertThat(tried).isLessThan(30);
    }

    @Test
    void takesNoMoreWhereTheyAreNotAllInUse() {
        FlightWindow window = new FlightWindow(64);

        window.begin(0);
        for (int i = 1; i < 50; i++) {
            window.arrived(MIB, i * 300 * MILLISECOND);
        }

        assertThat(window.requests()).isEqualTo(FetchOptions.FIRST_IN_FLIGHT);
    }

    @Test
    void takesHalfWhenAServerFailsAndGoesUpAgain() {
        FlightWindow window = new FlightWindow(64);

        for (int i = 0; i < 10; i++) {
            window.failed(i * MILLISECOND); // together
        }
        int afterOne = window.requests();
        for (int i = 1; i < 10; i++) {
            window.failed(i * 1000 * MILLISECOND);
        }
        int afterMany = window.requests();
        run(window, 100, requests -> requests);

        assertThat(afterOne).isEqualTo(8);
        assertThat(afterMany).isEqualTo(FlightWindow.FEWEST_REQUESTS);
        assertThat(window.requests()).isBetween(50, 64);
    }

    @Test
    void neverTakesMoreThanItMay() {
        FlightWindow window = new FlightWindow(3);

        run(window, 40, requests -> requests);
        window.failed(0);

        assertThat(window.requests()).isEqualTo(3);
    }

    /** A line that brings so many MiB in a quarter of a second with so many requests; returns how often they changed. */
    private static int run(FlightWindow window, int samples, IntUnaryOperator line) {
        int changes = 0;
        long now = 0;
        window.begin(now);
        for (int i = 0; i < samples; i++) {
            int requests = window.requests();
            window.isFull();
            now += 250 * MILLISECOND;
            window.arrived(line.applyAsInt(requests) * MIB, now);
            changes += window.requests() == requests ? 0 : 1;
        }
        return changes;
    }
}
