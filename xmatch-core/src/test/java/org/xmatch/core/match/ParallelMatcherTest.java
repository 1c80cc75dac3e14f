package org.xmatch.core.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.xmatch.core.sky.SkyPoints;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

@Timeout(120)
class ParallelMatcherTest {

    private static final int BATCH = 20_000;

    private final MatchOptions all = MatchOptions.nearestWithin(40).withNNeighbors(Integer.MAX_VALUE);
    private final ParallelMatcher matcher = ParallelMatcher.of(all, TieRule.ROW, 3);

    @AfterEach
    void close() {
        matcher.close();
    }

    /** Rows of which the first are alone and the last within reach of half of the right side. */
    private static SkyPoints crowdingField(int rows, int seed) {
        Random random = new Random(seed);
        double[] ra = new double[rows];
        double[] dec = new double[rows];
        for (int i = 0; i < rows; i++) {
            double width = i < rows / 2 ? 3 : 0.02;
            ra[i] = 180 + width * (random.nextDouble() - 0.5);
            dec[i] = 10 + width * (random.nextDouble() - 0.5);
        }
        return SkyPoints.of(ra, dec);
    }

    @Test
    void handsOnInOrderWhatRowsOfVeryUnequalCompanyHave() {
        SkyPoints left = crowdingField(12_000, 1);
        SkyPoints right = crowdingField(3000, 2);
        MatchResult whole = new MatchResult();
        Matcher.of(all).match(left, right, whole);
        assertThat(whole.size()).isGreaterThan(100 * BATCH);
        Thread caller = Thread.currentThread();

        for (int call = 0; call < 2; call++) {
            MatchResult joined = new MatchResult();
            List<Integer> sizes = new ArrayList<>();
            matcher.match(left, right, BATCH, batch -> {
                assertThat(Thread.currentThread()).isSameAs(caller);
                sizes.add(batch.size());
                joined.reserve(batch.size());
                joined.place(joined.size(), batch);
                joined.setSize(joined.size() + batch.size());
            });

            int size = whole.size();
            assertThat(joined.size()).isEqualTo(size);
            assertThat(Arrays.mismatch(joined.leftRow(), 0, size, whole.leftRow(), 0, size)).isEqualTo(-1);
            assertThat(Arrays.mismatch(joined.rightRow(), 0, size, whole.rightRow(), 0, size)).isEqualTo(-1);
            assertThat(Arrays.mismatch(joined.separationArcsec(), 0, size, whole.separationArcsec(), 0, size))
                    .isEqualTo(-1);
            assertThat(sizes.subList(0, sizes.size() - 1)).as("all but the last are full").containsOnly(BATCH);
        }
    }

    @Test
    void aConsumerThatFailsEndsTheMatch() {
        SkyPoints left = crowdingField(12_000, 1);
        SkyPoints right = crowdingField(3000, 2);
        int[] batches = {0};

        assertThatThrownBy(() -> matcher.match(left, right, BATCH, batch -> {
            if (++batches[0] == 3) {
                throw new UnsupportedOperationException("full");
            }
        })).isInstanceOf(UnsupportedOperationException.class).hasMessage("full");

        assertThat(batches[0]).isEqualTo(3);
        long[] pairs = {0};
        matcher.match(left, right, BATCH, batch -> pairs[0] += batch.size());
        assertThat(pairs[0]).as("it goes on with the next match")
                .isEqualTo(Matcher.match(left, right, all).size());
    }

    @Test
    void anInterruptedCallerIsToldSo() {
        SkyPoints left = crowdingField(12_000, 1);
        SkyPoints right = crowdingField(3000, 2);

        assertThatIllegalStateException().isThrownBy(() ->
                matcher.match(left, right, BATCH, batch -> Thread.currentThread().interrupt()))
                .withMessage("interrupted while matching");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void refusesADeclinationBeforeTheFirstBatch() {
        SkyPoints left = crowdingField(12_000, 1);
        left.dec()[11_999] = 91;
        SkyPoints right = crowdingField(3000, 2);

        assertThatIllegalArgumentException().isThrownBy(() ->
                matcher.match(left, right, BATCH, batch -> { throw new AssertionError("a batch"); }))
                .withMessageContaining("left row 11999 has dec 91");
        assertThatIllegalArgumentException().isThrownBy(() -> matcher.match(right, right, 1023, batch -> {}))
                .withMessageContaining("1024");
    }
}
