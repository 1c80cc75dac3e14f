package org.xmatch.io.parquet;

import org.xmatch.io.table.LeafColumn;

/** Repetition and definition levels of a nested column's page (version 1). Stateless and thread-safe. */
final class LevelWriter {

    // two lengths and two run headers
    private static final int SLACK = 2 * (4 + 5 + 1);

    private LevelWriter() {}

    /** Most bytes that levels and values of the rows {@code [from, to)} take. */
    static long maxBytes(LeafColumn leaf, int from, int to) {
        long entries = leaf.entryStart(to) - leaf.entryStart(from);
        long groups = (entries + 7) / 8;
        return SLACK + groups * (bitWidth(leaf.maxRepetition()) + bitWidth(leaf.maxDefinition()))
                + PlainWriter.maxBytes(leaf.values(), leaf.valueStart(from), leaf.valueStart(to));
    }

    private static int bitWidth(int most) {
        return 32 - Integer.numberOfLeadingZeros(most);
    }

    /** Writes the levels of the rows {@code [from, to)}, each kind behind its length. Returns where they end. */
    static int putLevels(LeafColumn leaf, int from, int to, byte[] page) {
        int first = leaf.entryStart(from);
        int end = leaf.entryStart(to);
        int at = put(leaf.repetition(), leaf.maxRepetition(), first, end, page, 0);
        return put(leaf.definition(), leaf.maxDefinition(), first, end, page, at);
    }

    private static int put(byte[] levels, int most, int from, int to, byte[] page, int at) {
        if (most == 0) {
            return at;
        }
        boolean equal = true;
        for (int i = from + 1; i < to && equal; i++) {
            equal = levels[i] == levels[from];
        }
        int start = at + 4;
        int next;
        if (equal) {
            next = PlainWriter.putVarint((long) (to - from) << 1, page, start);
            page[next++] = levels[from];
        } else {
            next = PlainWriter.putVarint((to - from + 7L) / 8 << 1 | 1, page, start);
            next = putPacked(levels, bitWidth(most), from, to, page, next);
        }
        PlainWriter.putInt(next - start, page, at);
        return next;
    }

    private static int putPacked(byte[] levels, int width, int from, int to, byte[] page, int at) {
        int next = at;
        for (int group = from; group < to; group += 8) {
            long bits = 0;
            for (int i = group; i < Math.min(group + 8, to); i++) {
                bits |= (long) levels[i] << width * (i - group);
            }
            for (int k = 0; k < width; k++) {
                page[next++] = (byte) (bits >>> 8 * k);
            }
        }
        return next;
    }
}
