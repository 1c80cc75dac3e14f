package org.xmatch.io.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.List;

class ByteRangeTest {

    private static ByteRange range(long from, long end) {
        return new ByteRange(from, end);
    }

    @Test
    void joinsRangesUpToTheGapApart() {
        List<ByteRange> ranges = List.of(range(50, 60), range(0, 10), range(20, 30), range(5, 12), range(41, 42));

        assertThat(ByteRange.coalesce(ranges, 8)).containsExactly(range(0, 30), range(41, 60));
        assertThat(ByteRange.coalesce(ranges, 7)).containsExactly(range(0, 12), range(20, 30), range(41, 42), range(50, 60));
        assertThat(ByteRange.coalesce(List.of(range(0, 100), range(10, 20)), 0)).containsExactly(range(0, 100));
        assertThat(ByteRange.coalesce(List.of(), 8)).isEmpty();
    }

    @Test
    void splitsIntoEqualPartsWithoutLoss() {
        assertThat(range(10, 20).split(10)).containsExactly(range(10, 20));
        assertThat(range(10, 21).split(10)).containsExactly(range(10, 15), range(15, 21));
        assertThat(range(0, 3L << 30).split(1 << 30)).hasSize(3);
    }

    @Test
    void refusesAnEmptyRange() {
        assertThatThrownBy(() -> range(5, 5)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("5..5");
        assertThatThrownBy(() -> range(-1, 5)).isInstanceOf(IllegalArgumentException.class);
    }
}
