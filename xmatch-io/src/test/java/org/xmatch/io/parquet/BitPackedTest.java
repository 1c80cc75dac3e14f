package org.xmatch.io.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;

class BitPackedTest {

    private static final int SENTINEL = 0x5a5a5a5a;

    private final Random random = new Random(11);

    /** Wherever the values begin, and however few bytes follow them. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8, 9, 14, 15, 16, 17, 20, 27, 28, 29, 31, 32})
    void unpacksWhatWasPacked(int bitWidth) {
        for (int attempt = 0; attempt < 200; attempt++) {
            int count = random.nextInt(70);
            int at = random.nextInt(9);
            int behind = random.nextInt(12);
            int[] values = random.ints(count).map(value -> bitWidth == 32 ? value : value & (1 << bitWidth) - 1).toArray();
            byte[] page = packed(values, bitWidth, at, behind);
            int end = page.length - behind;

            int[] out = new int[count + 8];
            Arrays.fill(out, SENTINEL);
            BitPacked.unpack(page, at, end, bitWidth, (1L << bitWidth) - 1, count, out, 3);

            for (int i = 0; i < count; i++) {
                assertThat(out[3 + i]).as("value %d of %d, %d bits, at %d", i, count, bitWidth, at).isEqualTo(values[i]);
            }
            assertThat(out[2]).isEqualTo(SENTINEL);
            assertThat(out[3 + count]).isEqualTo(SENTINEL);
        }
    }

    /** Values packed lowest bit first, between bytes of noise. */
    private byte[] packed(int[] values, int bitWidth, int at, int behind) {
        BigInteger bits = BigInteger.ZERO;
        for (int i = 0; i < values.length; i++) {
            bits = bits.or(BigInteger.valueOf(values[i] & 0xffffffffL).shiftLeft(i * bitWidth));
        }
        byte[] page = new byte[at + (values.length * bitWidth + 7) / 8 + behind];
        random.nextBytes(page);
        for (int i = at; i < page.length - behind; i++) {
            page[i] = bits.shiftRight(8 * (i - at)).byteValue();
        }
        return page;
    }
}
