package org.xmatch.io;

import java.util.Arrays;
import java.util.Random;

/** Damages bytes, by a seed. */
public final class Mutation {

    private static final byte[] EXTREMES = {0, 1, 2, 0x7f, (byte) 0x80, (byte) 0xfe, (byte) 0xff, 0x3f, 0x40};

    private final Random random;
    private final StringBuilder what = new StringBuilder();

    public Mutation(long seed) {
        this.random = new Random(seed);
    }

    /** What was done, for messages. */
    @Override
    public String toString() {
        return what.toString();
    }

    /** A damaged copy; {@code tail} bytes at the end, which matter most, are hit as often as all the others. */
    public byte[] of(byte[] bytes, int tail) {
        byte[] out = bytes.clone();
        int times = 1 + random.nextInt(4) * random.nextInt(2);
        for (int i = 0; i < times && out.length > 0; i++) {
            int from = tail > 0 && random.nextBoolean() ? Math.max(0, out.length - tail) : 0;
            int at = from + random.nextInt(out.length - from);
            int length = Math.min(out.length - at, 1 + random.nextInt(12));
            switch (random.nextInt(9)) {
                case 0, 1 -> {
                    out[at] ^= (byte) (1 << random.nextInt(8));
                    note("flip", at, 1);
                }
                case 2 -> {
                    out[at] = (byte) random.nextInt();
                    note("set", at, 1);
                }
                case 3 -> {
                    out[at] = EXTREMES[random.nextInt(EXTREMES.length)];
                    note("extreme", at, 1);
                }
                case 4 -> {
                    Arrays.fill(out, at, at + length, EXTREMES[random.nextInt(EXTREMES.length)]);
                    note("fill", at, length);
                }
                case 5 -> {
                    System.arraycopy(out, random.nextInt(out.length - length + 1), out, at, length);
                    note("copy", at, length);
                }
                case 6 -> {
                    out = without(out, at, length);
                    note("cut", at, length);
                }
                case 7 -> {
                    byte[] inserted = new byte[length];
                    random.nextBytes(inserted);
                    out = with(out, at, inserted);
                    note("insert", at, length);
                }
                default -> {
                    // the largest number of a length in groups of 7 bits, as lengths are stored
                    Arrays.fill(out, at, at + length - 1, (byte) 0xff);
                    out[at + length - 1] = (byte) random.nextInt(128);
                    note("number", at, length);
                }
            }
        }
        return out;
    }

    private void note(String kind, int at, int length) {
        what.append(kind).append(' ').append(at).append('+').append(length).append("; ");
    }

    private static byte[] without(byte[] bytes, int at, int length) {
        byte[] out = Arrays.copyOf(bytes, bytes.length - length);
        System.arraycopy(bytes, at + length, out, at, bytes.length - at - length);
        return out;
    }

    private static byte[] with(byte[] bytes, int at, byte[] inserted) {
        byte[] out = Arrays.copyOf(bytes, bytes.length + inserted.length);
        System.arraycopy(inserted, 0, out, at, inserted.length);
        System.arraycopy(bytes, at, out, at + inserted.length, bytes.length - at);
        return out;
    }
}
