package org.xmatch.io.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToDoubleFunction;

class WorkerTrialsTest {

    private static final int RUNS = 400;
    private static final int SAMPLES_IN_10_S = 13;

    /** What was worked in so many samples, and with how many workers it ended. */
    private record Run(double work, int workers) {}

    /** Rates that differ by a quarter from sample to sample, on a machine with slow phases of half a minute. */
    private static Run run(int most, IntToDoubleFunction rate, int samples, boolean memoryShort, long seed) {
        Random random = new Random(seed);
        WorkerTrials trials = new WorkerTrials(most);
        double work = 0;
        double machine = 1;
        for (int i = 0; i < samples; i++) {
            if (random.nextInt(40) == 0) {
                machine = random.nextBoolean() ? 1 : 0.7;
            }
            double now = rate.applyAsDouble(trials.workers());
            work += now;
            trials.add(now * machine * Math.exp(random.nextGaussian() / 4), memoryShort);
        }
        return new Run(work / samples, trials.workers());
    }

    /** The work done, in parts of what the best number does: the median of runs, and what 19 in 20 reach. */
    private static double[] partsOfBest(int most, IntToDoubleFunction rate, int samples) {
        double best = 0;
        for (int workers = 1; workers <= most; workers++) {
            best = Math.max(best, rate.applyAsDouble(workers));
        }
        double[] parts = new double[RUNS];
        for (int seed = 0; seed < RUNS; seed++) {
            parts[seed] = run(most, rate, samples, false, seed).work() / best;
        }
        Arrays.sort(parts);
        return new double[] {parts[RUNS / 2], parts[RUNS / 20]};
    }

    @Test
    void aJobBoundByTheProcessorKeepsItsSpeed() {
        for (int most : new int[] {2, 4, 16, 64}) {
            for (double gain : new double[] {0.6, 0.8, 1}) {
                for (int times : new int[] {1, 3, 10, 30}) {
                    double[] parts = partsOfBest(most, workers -> Math.pow(workers, gain), times * SAMPLES_IN_10_S);
                    assertThat(parts).as("%d workers, power %s, %d s", most, gain, 10 * times)
                            .satisfies(part -> assertThat(part[0]).isGreaterThan(0.95))
                            .satisfies(part -> assertThat(part[1]).isGreaterThan(0.9));
                }
            }
        }
    }

    @Test
    void aJobThatAFewWorkersCanDoKeepsItsSpeedToo() {
        for (int most : new int[] {2, 4, 16, 64}) {
            for (int enough : new int[] {1, 2, 3, 10}) {
                for (int times : new int[] {1, 3, 10, 30}) {
                    double[] parts = partsOfBest(most, workers -> Math.min(workers, enough),
                            times * SAMPLES_IN_10_S);
                    assertThat(parts).as("%d workers, %d are enough, %d s", most, enough, 10 * times)
                            .satisfies(part -> assertThat(part[0]).isGreaterThan(0.93))
                            .satisfies(part -> assertThat(part[1]).isGreaterThan(0.85));
                }
            }
        }
    }

    @Test
    void workersInEachOthersWayGetFewer() {
        IntToDoubleFunction rate = workers -> workers / (1 + Math.pow(workers / 5.0, 2));
        int[] ends = new int[RUNS];
        for (int seed = 0; seed < RUNS; seed++) {
            ends[seed] = run(16, rate, 30 * SAMPLES_IN_10_S, false, seed).workers();
        }
        Arrays.sort(ends);
        assertThat(ends[RUNS / 2]).isBetween(3, 7);
        assertThat(ends[RUNS * 9 / 10]).isLessThan(13);
    }

    @Test
    void shortMemoryTakesWorkersAwayOneByOne() {
        assertThat(run(4, workers -> workers, 7, true, 1).workers()).isEqualTo(4);
        assertThat(run(4, workers -> workers, 8, true, 1).workers()).isEqualTo(3);
        assertThat(run(4, workers -> workers, 16, true, 1).workers()).isEqualTo(2);
        assertThat(run(4, workers -> workers, 100, true, 1).workers()).isEqualTo(1);
    }

    @Test
    void workThatStandsStillSaysNothing() {
        assertThat(run(4, workers -> 0, 1000, false, 1).workers()).isEqualTo(4);
    }
}
