package org.xmatch.io.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;

class RleValuesTest {

    private final Random random = new Random(3);
    private final ByteArrayOutputStream encoded = new ByteArrayOutputStream();
    private int[] values = {};

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 8, 13, 17, 24, 28, 29, 32})
    void readsTheSameInPartsAsAtOnce(int bitWidth) {
        for (int attempt = 0; attempt < 60; attempt++) {
            int count = encode(bitWidth);
            byte[] page = encoded.toByteArray();

            int[] whole = new int[count + 8];
            RleValues.decode(page, 0, page.length, bitWidth, count, whole);
            int most = 8 + random.nextInt(90);
            int[] parts = inParts(new RleValues(page, 0, page.length, bitWidth, count), count, most);

            assertThat(Arrays.copyOf(whole, count)).isEqualTo(Arrays.copyOf(values, count));
            assertThat(parts).as("at most %d of %d, %d bits", most, count, bitWidth).isEqualTo(Arrays.copyOf(values, count));
        }
    }

    @Test
    void valuesOfNoBitsAreZeros() {
        assertThat(inParts(new RleValues(new byte[0], 0, 0, 0, 21), 21, 8)).containsOnly(0).hasSize(21);
    }

    @Test
    void refusesFewerValuesThanAreAskedFor() {
        byte[] page = {10, 1}; // five ones

        RleValues five = new RleValues(page, 0, 2, 1, 6);

        assertThatThrownBy(() -> five.next(6, new int[8])).isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("5 of 6");
    }

    private static int[] inParts(RleValues from, int count, int most) {
        int[] all = new int[count];
        int[] part = new int[most];
        for (int done = 0; done < count;) {
            int found = from.next(most, part);
            assertThat(found).isBetween(1, most);
            System.arraycopy(part, 0, all, done, found);
            done += found;
        }
        return all;
    }

    /** Runs of both kinds; returns how many values are asked for, which may end inside the last group. */
    private int encode(int bitWidth) {
        encoded.reset();
        values = new int[0];
        for (int run = 0; run < 1 + random.nextInt(6); run++) {
            if (random.nextBoolean()) {
                int length = 1 + random.nextInt(100);
                int value = random.nextInt() >>> 32 - bitWidth;
                header(length << 1);
                for (int k = 0; k < (bitWidth + 7) / 8; k++) {
                    encoded.write(value >>> 8 * k);
                }
                append(length, value);
            } else {
                pack(1 + random.nextInt(30), bitWidth);
            }
        }
        pack(2, bitWidth);
        return values.length - random.nextInt(8);
    }

    private void pack(int groups, int bitWidth) {
        header(groups << 1 | 1);
        BigInteger bits = BigInteger.ZERO;
        for (int i = 0; i < 8 * groups; i++) {
            int value = random.nextInt() >>> 32 - bitWidth;
            bits = bits.or(BigInteger.valueOf(value & 0xffffffffL).shiftLeft(i * bitWidth));
            append(1, value);
        }
        for (int i = 0; i < groups * bitWidth; i++) {
            encoded.write(bits.shiftRight(8 * i).byteValue());
        }
    }

    private void header(int value) {
        int left = value;
        while (left > 0x7f) {
            encoded.write(left & 0x7f | 0x80);
            left >>>= 7;
        }
        encoded.write(left);
    }

    private void append(int count, int value) {
        int before = values.length;
        values = Arrays.copyOf(values, before + count);
        Arrays.fill(values, before, before + count, value);
    }
}
