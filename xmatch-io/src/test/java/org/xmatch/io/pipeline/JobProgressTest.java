package org.xmatch.io.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Counters from many threads, and what is concluded from them. */
class JobProgressTest {

    private static final MatchCounts UNIT = new MatchCounts(100, 90, 0, 120, 0, 95);

    private final AtomicLong bytes = new AtomicLong(50);
    private final JobProgress progress = new JobProgress();

    @Test
    void knowsNothingBeforeTheFirstUnit() {
        JobProgress.Snapshot planning = progress.snapshot();
        progress.start(4, 0, bytes::get);
        JobProgress.Snapshot begun = progress.snapshot();

        assertThat(planning.state()).isEqualTo(JobProgress.State.PLANNING);
        assertThat(planning.share()).isZero();
        assertThat(begun.state()).isEqualTo(JobProgress.State.MATCHING);
        assertThat(begun.rowsLeftInAll()).isEmpty();
        assertThat(begun.secondsLeft()).isEmpty();
        assertThat(begun.bytesPerSecond()).isZero();
    }

    @Test
    void estimatesRowsFromTheUnitsDone() {
        progress.start(4, 0, bytes::get);
        progress.workers(2);
        progress.unitDone(UNIT);
        bytes.set(1050);

        JobProgress.Snapshot now = progress.snapshot();

        assertThat(now.rowsLeft()).isEqualTo(100);
        assertThat(now.rowsLeftInAll()).hasValue(400);
        assertThat(now.rowsOut()).isEqualTo(95);
        assertThat(now.workers()).isEqualTo(2);
        assertThat(now.share()).isEqualTo(0.25);
        assertThat(now.secondsLeft().orElseThrow()).isCloseTo(3 * now.seconds(),
                within(1e-9));
        assertThat(now.bytesPerSecond() * now.seconds()).isCloseTo(1000, within(1e-6));
    }

    @Test
    void prefersKnownRows() {
        progress.start(100, 1000, bytes::get);
        progress.unitDone(UNIT);

        assertThat(progress.snapshot().share()).isEqualTo(0.1);
    }

    @Test
    void unitsOfAnEarlierRunAreDoneButSayNothingOfThePace() {
        progress.start(4, 0, bytes::get);
        progress.unitKept(UNIT);
        progress.unitKept(UNIT);

        assertThat(progress.snapshot().share()).isEqualTo(0.5);
        assertThat(progress.snapshot().rowsPerSecond()).isZero();
        assertThat(progress.snapshot().secondsLeft()).isEmpty();
        progress.unitDone(UNIT);
        JobProgress.Snapshot now = progress.snapshot();
        assertThat(now.secondsLeft().orElseThrow()).isCloseTo(now.seconds(),
                within(1e-9));
    }

    @Test
    void endsWhole() {
        progress.start(2, 0, bytes::get);
        progress.finish();

        assertThat(progress.snapshot().state()).isEqualTo(JobProgress.State.FINISHING);
        assertThat(progress.snapshot().share()).isEqualTo(1);
        assertThat(progress.snapshot().secondsLeft()).hasValue(0);
    }

    @Test
    void losesNoUnitOfManyThreads() {
        progress.start(10_000, 0, bytes::get);

        IntStream.range(0, 10_000).parallel().forEach(i -> progress.unitDone(UNIT));

        assertThat(progress.snapshot().unitsDone()).isEqualTo(10_000);
        assertThat(progress.snapshot().rowsLeft()).isEqualTo(1_000_000);
        assertThat(progress.snapshot().share()).isEqualTo(1);
    }
}
