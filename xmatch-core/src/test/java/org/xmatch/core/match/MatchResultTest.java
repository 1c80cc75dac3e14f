package org.xmatch.core.match;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MatchResultTest {

    @Test
    void arraysGrowToWhatIsExpectedAndBeyondWhereThereIsMore() {
        MatchResult result = new MatchResult();
        result.expect(1000);
        result.add(1, 2, 0.5);

        assertThat(result.leftRow()).hasSize(1000);
        assertThat(result.rightRow()).hasSize(1000);
        assertThat(result.separationArcsec()).hasSize(1000);

        result.reserve(1000);

        assertThat(result.leftRow()).hasSizeGreaterThan(1000).startsWith(1);
    }

    @Test
    void aBatchIsNoLongerThanItMayBeWhateverIsExpected() {
        MatchResult batch = new MatchResult(1024, pairs -> { });
        batch.expect(1 << 30);
        batch.add(1, 2, 0.5);

        assertThat(batch.leftRow()).hasSize(1024);
    }
}
