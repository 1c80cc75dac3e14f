package org.xmatch.io.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.Random;

class TextsTest {

    private final Random random = new Random(5);

    /** However few bytes the arrays have before and behind. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 15, 16, 17, 23, 24, 25, 31, 32, 33, 64, 100})
    void copiesTheBytesAndNoneBeforeThem(int length) {
        for (int behind = 0; behind < 70; behind++) {
            byte[] from = new byte[3 + length + behind];
            byte[] to = new byte[5 + length + random.nextInt(70)];
            random.nextBytes(from);
            byte[] before = to.clone();

            Texts.copy(from, 3, length, to, 5);

            assertThat(Arrays.copyOfRange(to, 5, 5 + length)).isEqualTo(Arrays.copyOfRange(from, 3, 3 + length));
            assertThat(Arrays.copyOf(to, 5)).isEqualTo(Arrays.copyOf(before, 5));
            int touched = Math.min(to.length, 5 + length + Texts.ROOM);
            assertThat(Arrays.copyOfRange(to, touched, to.length)).isEqualTo(Arrays.copyOfRange(before, touched, to.length));
        }
    }
}
