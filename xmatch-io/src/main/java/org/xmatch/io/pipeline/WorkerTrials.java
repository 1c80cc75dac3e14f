package org.xmatch.io.pipeline;

/**
 * Finds how many workers help, from the rate at which work goes on. From time to time another number is tried
 * in turns with the present one, twice each, as one measurement is too noisy to go by: fewer, to stay with if
 * that is no slower, more, or all, if that is faster. Not thread-safe.
 */
final class WorkerTrials {

    private static final int SAMPLES = 2;

    // Measurements between two trials: trials get rarer where they do not help, but as all workers are a safe
    // number and fewer are not, less so where fewer work.
    private static final int FIRST_REST = 4;
    private static final int LONGEST_REST = 32;
    private static final int LONGEST_REST_BELOW = 8;
    private static final double NO_SLOWER = 0.97;
    // A trial that goes so badly ends at once.
    private static final double MUCH_SLOWER = 0.85;

    private static final class Mean {
        private double sum;
        private int count;

        void add(double value) {
            sum += value;
            count++;
        }

        double value() {
            return sum / count;
        }

        void clear() {
            sum = 0;
            count = 0;
        }
    }

    private enum Step { REST, OTHER, PRESENT_AGAIN, OTHER_AGAIN }

    private enum Direction { FEWER, MORE, ALL }

    private final int most;
    private int present;
    private int other;
    private Direction direction = Direction.ALL;
    private Step step = Step.REST;
    private int rest = FIRST_REST;
    private int resting;
    private final Mean measurement = new Mean();
    private final Mean ofPresent = new Mean();
    private final Mean ofOther = new Mean();

    /** Begins with all workers. */
    WorkerTrials(int most) {
        this.most = most;
        this.present = most;
    }

    /** How many should work now. */
    int workers() {
        return step == Step.OTHER || step == Step.OTHER_AGAIN ? other : present;
    }

    /**
     * Takes a sample, and {@link #workers} may change.
     *
     * @param rate        work done in a second while so many worked, in any unit
     * @param memoryShort whether fewer should work whatever the rate
     */
    void add(double rate, boolean memoryShort) {
        if (workers() < present && rate < MUCH_SLOWER * ofPresent.value()) {
            fail();
            return;
        }
        measurement.add(rate);
        if (measurement.count == SAMPLES) {
            double measured = measurement.value();
            measurement.clear();
            measured(measured, memoryShort);
        }
    }

    private void measured(double rate, boolean memoryShort) {
        switch (step) {
            case REST -> {
                resting++;
                if (memoryShort && resting >= FIRST_REST) {
                    present = Math.max(1, present - 1);
                    rest(LONGEST_REST);
                } else if (resting >= rest) {
                    ofPresent.clear();
                    ofPresent.add(rate);
                    ofOther.clear();
                    choose();
                    begin(Step.OTHER);
                }
            }
            case OTHER -> {
                ofOther.add(rate);
                proceed(Step.PRESENT_AGAIN);
            }
            case PRESENT_AGAIN -> {
                ofPresent.add(rate);
                proceed(Step.OTHER_AGAIN);
            }
            case OTHER_AGAIN -> {
                ofOther.add(rate);
                if (isEnough()) {
                    present = other;
                    rest(FIRST_REST);
                } else {
                    fail();
                }
            }
        }
    }

    private void proceed(Step next) {
        if (isEnough()) {
            begin(next);
        } else {
            fail();
        }
    }

    private boolean isEnough() {
        return ofOther.sum > 0 && ofOther.value() >= ofPresent.value() * (other < present ? NO_SLOWER : 1 / NO_SLOWER);
    }

    private void fail() {
        rest(Math.min(present < most ? LONGEST_REST_BELOW : LONGEST_REST, 2 * rest));
    }

    private void rest(int measurements) {
        rest = measurements;
        resting = 0;
        begin(Step.REST);
    }

    private void begin(Step next) {
        step = next;
        measurement.clear();
    }

    /** The next direction in which there is another number; of many workers a quarter more or fewer. */
    private void choose() {
        int change = Math.max(1, present / 4);
        do {
            direction = Direction.values()[(direction.ordinal() + 1) % Direction.values().length];
            other = switch (direction) {
                case FEWER -> Math.max(1, present - change);
                case MORE -> Math.min(most, present + change);
                case ALL -> most;
            };
        } while (other == present);
    }
}
