package org.xmatch.io.parquet;

import java.util.Arrays;

/** Parquet's hybrid of run lengths and bit packing, for small integers. Stateless. */
final class RleValues {

    private RleValues() {}

    /**
     * Decodes {@code count} values of {@code bitWidth} bits from {@code [at, end)} of a page.
     *
     * @param out room for {@code count + 8} values
     */
    static void decode(byte[] page, int at, int end, int bitWidth, int count, int[] out) {
        if (bitWidth < 0 || bitWidth > 32) {
            throw new IndexOutOfBoundsException("values of " + bitWidth + " bits");
        }
        if (bitWidth == 0) {
            Arrays.fill(out, 0, count, 0);
            return;
        }
        int bytesPerValue = (bitWidth + 7) / 8;
        long mask = (1L << bitWidth) - 1;
        int from = at;
        int done = 0;
        while (done < count) {
            int header = 0;
            int shift = 0;
            byte next;
            do {
                if (from >= end || shift > 28) {
                    throw new IndexOutOfBoundsException(done + " of " + count + " packed values are in the page");
                }
                next = page[from++];
                header |= (next & 0x7f) << shift;
                shift += 7;
            } while (next < 0);
            if ((header & 1) == 0) {
                int run = Math.min(header >>> 1, count - done);
                if (run == 0 || end - from < bytesPerValue) {
                    throw new IndexOutOfBoundsException("a run of " + (header >>> 1) + " values at byte " + from);
                }
                int value = 0;
                for (int k = 0; k < bytesPerValue; k++) {
                    value |= (page[from++] & 0xff) << 8 * k;
                }
                Arrays.fill(out, done, done + run, value);
                done += run;
            } else {
                long groups = header >>> 1;
                int values = (int) Math.min(8 * groups, count - done);
                long needed = ((long) values * bitWidth + 7) / 8; // the last group may be cut off
                if (groups == 0 || needed > end - from) {
                    throw new IndexOutOfBoundsException(groups + " groups of " + bitWidth
                            + "-bit values do not fit the page");
                }
                BitPacked.unpack(page, from, end, bitWidth, mask, values, out, done);
                from = (int) Math.min(end, from + groups * bitWidth);
                done += values;
            }
        }
    }
}
