package org.xmatch.io.storage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Bytes {@code [from, end)} of a file.
 *
 * @param from first byte, at least 0
 * @param end byte behind the last, more than {@code from}
 */
public record ByteRange(long from, long end) {

    public ByteRange {
        if (from < 0 || end <= from) {
            throw new IllegalArgumentException("a byte range must be from < end, got " + from + ".." + end);
        }
    }

    public long length() {
        return end - from;
    }

    // What a record has of these by itself the JVM makes in each process, which takes milliseconds (ADR 0005).

    @Override
    public boolean equals(Object other) {
        return other instanceof ByteRange that && from == that.from && end == that.end;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(31 * from + end);
    }

    @Override
    public String toString() {
        return from + ".." + end;
    }

    /**
     * The ranges in ascending order, overlapping ones and those at most {@code gap} bytes apart
     * joined to one: a short gap costs less than another request.
     */
    public static List<ByteRange> coalesce(List<ByteRange> ranges, long gap) {
        List<ByteRange> sorted = new ArrayList<>(ranges);
        sorted.sort(Comparator.comparingLong(ByteRange::from));
        List<ByteRange> joined = new ArrayList<>();
        for (ByteRange range : sorted) {
            ByteRange last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            if (last != null && range.from <= last.end + gap) {
                joined.set(joined.size() - 1, new ByteRange(last.from, Math.max(last.end, range.end)));
            } else {
                joined.add(range);
            }
        }
        return joined;
    }

    /** This range in equal parts of at most {@code most} bytes. */
    List<ByteRange> split(long most) {
        long parts = (length() + most - 1) / most;
        List<ByteRange> split = new ArrayList<>();
        for (long part = 0; part < parts; part++) {
            split.add(new ByteRange(from + length() * part / parts, from + length() * (part + 1) / parts));
        }
        return split;
    }
}
