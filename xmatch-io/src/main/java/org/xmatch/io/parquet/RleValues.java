package org.xmatch.io.parquet;

import java.util.Arrays;

/** Parquet's hybrid of run lengths and bit packing, for small integers. One use, one thread. */
final class RleValues {

    private final byte[] page;
    private final int end;
    private final int bitWidth;
    private final long mask;
    private final int count;
    private int from;
    private int done;
    // values of the run begun that are still to come, and what they are
    private int left;
    private boolean packed;
    private int repeated;
    private int packedEnd;

    /** @param count values of {@code bitWidth} bits at {@code [at, end)} of a page */
    RleValues(byte[] page, int at, int end, int bitWidth, int count) {
        if (bitWidth < 0 || bitWidth > 32) {
            throw new IndexOutOfBoundsException("values of " + bitWidth + " bits");
        }
        this.page = page;
        this.from = at;
        this.end = end;
        this.bitWidth = bitWidth;
        this.mask = (1L << bitWidth) - 1;
        this.count = count;
        if (bitWidth == 0) {
            left = count;
        }
    }

    /** Decodes all values. */
    static void decode(byte[] page, int at, int end, int bitWidth, int count, int[] out) {
        new RleValues(page, at, end, bitWidth, count).next(count, out);
    }

    /**
     * Decodes the next values: at most {@code most}, and at least one if that is eight or what is left.
     *
     * @param out they go here, from index 0 on
     * @return how many
     */
    int next(int most, int[] out) {
        int into = 0;
        int wanted = Math.min(most, count - done);
        while (into < wanted) {
            if (left == 0) {
                beginRun();
            }
            int taken = Math.min(left, wanted - into);
            if (packed) {
                if (taken < left) {
                    taken &= ~7; // eight values begin at a whole byte
                    if (taken == 0) {
                        break;
                    }
                }
                BitPacked.unpack(page, from, end, bitWidth, mask, taken, out, into);
                from = taken < left ? from + (int) ((long) taken * bitWidth >>> 3) : packedEnd;
            } else {
                Arrays.fill(out, into, into + taken, repeated);
            }
            left -= taken;
            done += taken;
            into += taken;
        }
        return into;
    }

    private void beginRun() {
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
        packed = (header & 1) != 0;
        if (packed) {
            long groups = header >>> 1;
            left = (int) Math.min(8 * groups, count - done);
            long needed = ((long) left * bitWidth + 7) / 8; // the last group may be cut off
            if (groups == 0 || needed > end - from) {
                throw new IndexOutOfBoundsException(groups + " groups of " + bitWidth + "-bit values do not fit the page");
            }
            packedEnd = (int) Math.min(end, from + groups * bitWidth);
            return;
        }
        left = Math.min(header >>> 1, count - done);
        int bytesPerValue = (bitWidth + 7) / 8;
        if (left == 0 || end - from < bytesPerValue) {
            throw new IndexOutOfBoundsException("a run of " + (header >>> 1) + " values at byte " + from);
        }
        repeated = 0;
        for (int k = 0; k < bytesPerValue; k++) {
            repeated |= (page[from++] & 0xff) << 8 * k;
        }
    }
}
