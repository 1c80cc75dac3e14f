package org.xmatch.io.pipeline;

/** Stable order of 64-bit keys, by radix sort from the lowest digit. */
final class PixelOrder {

    private static final int DIGIT_BITS = 11;
    private static final int DIGITS = 1 << DIGIT_BITS;

    private PixelOrder() {}

    /**
     * Positions of the first {@code count} keys in ascending order of key, equal keys in their own
     * order.
     *
     * @param keys not negative; left as they are
     */
    static int[] of(long[] keys, int count) {
        int[] order = new int[count];
        long or = 0;
        long and = -1;
        for (int i = 0; i < count; i++) {
            order[i] = i;
            or |= keys[i];
            and &= keys[i];
        }
        long varying = or & ~and;
        int[] other = new int[count];
        int[] starts = new int[DIGITS + 1];
        for (int shift = 0; shift < 63; shift += DIGIT_BITS) {
            if ((varying >>> shift & DIGITS - 1) == 0) {
                continue;
            }
            java.util.Arrays.fill(starts, 0);
            for (int i = 0; i < count; i++) {
                starts[(int) (keys[i] >>> shift & DIGITS - 1) + 1]++;
            }
            for (int digit = 0; digit < DIGITS; digit++) {
                starts[digit + 1] += starts[digit];
            }
            for (int i = 0; i < count; i++) {
                int row = order[i];
                other[starts[(int) (keys[row] >>> shift & DIGITS - 1)]++] = row;
            }
            int[] swap = order;
            order = other;
            other = swap;
        }
        return order;
    }
}
