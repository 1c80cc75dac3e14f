package org.xmatch.core.match;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Matched pairs as three parallel arrays: in order of left row, then separation, then the tie rule.
 * <p>
 * Reused from call to call: the arrays are valid until the next match into the same object, may be
 * longer than {@link #size()}, and belong to this object; readers must not write. Not thread-safe.
 */
public final class MatchResult {

    // the longest array that every JVM can allocate
    private static final int MAX_PAIRS = Integer.MAX_VALUE - 8;

    private int[] leftRow = new int[0];
    private int[] rightRow = new int[0];
    private double[] separationArcsec = new double[0];
    private int size;
    private int expected;
    private int batchPairs;
    private @Nullable Consumer<? super MatchResult> consumer;
    private long handedOn;

    /** An empty result that holds all pairs. */
    public MatchResult() {}

    /** A result that hands on its pairs, and forgets them, before they are more than {@code batchPairs}. */
    MatchResult(int batchPairs, Consumer<? super MatchResult> consumer) {
        this.batchPairs = batchPairs;
        this.consumer = consumer;
    }

    /** Left row numbers, ascending. */
    public int[] leftRow() {
        return leftRow;
    }

    /** Right row numbers. */
    public int[] rightRow() {
        return rightRow;
    }

    /** Separations, arcsec. */
    public double[] separationArcsec() {
        return separationArcsec;
    }

    /** Number of pairs. */
    public int size() {
        return size;
    }

    /** Forgets all pairs, keeps the arrays. */
    public void clear() {
        size = 0;
        expected = 0;
        handedOn = 0;
    }

    /**
     * Makes room for {@code extra} more pairs.
     *
     * @throws IllegalStateException for more pairs than one array can hold
     */
    public void reserve(int extra) {
        if (consumer != null && (long) size + extra > batchPairs) {
            handOn();
        }
        long need = (long) size + extra;
        if (need > leftRow.length) {
            int capacity = Math.max(grownCapacity(leftRow.length, need), expected);
            leftRow = Arrays.copyOf(leftRow, capacity);
            rightRow = Arrays.copyOf(rightRow, capacity);
            separationArcsec = Arrays.copyOf(separationArcsec, capacity);
        }
    }

    /** Tells how many pairs there will be, about: arrays that have to grow will be as long. */
    void expect(int pairs) {
        expected = consumer == null ? Math.min(pairs, MAX_PAIRS) : Math.min(pairs, batchPairs);
    }

    /** Hands on what there is, where there is somebody to hand it to. */
    void handOn() {
        if (consumer != null && size > 0) {
            consumer.accept(this);
            handedOn += size;
            size = 0;
        }
    }

    /** Pairs appended since this was made or cleared, those handed on included. */
    long added() {
        return handedOn + size;
    }

    /** The length, at least {@code need}, that a full array of length {@code old} grows to. */
    static int grownCapacity(int old, long need) {
        if (need > MAX_PAIRS) {
            throw new IllegalStateException("one match holds at most " + MAX_PAIRS + " pairs, got "
                    + need + ": match fewer left rows at a time, or within a smaller radius");
        }
        return (int) Math.max(need, Math.min(MAX_PAIRS, old + (old >> 1) + 16L));
    }

    /** Appends one pair. */
    public void add(int left, int right, double arcsec) {
        if (size == leftRow.length || size == batchPairs) {
            reserve(1);
        }
        leftRow[size] = left;
        rightRow[size] = right;
        separationArcsec[size++] = arcsec;
    }

    /** Copies all pairs of another result to where there is room, from place {@code at} on. */
    void place(int at, MatchResult other) {
        System.arraycopy(other.leftRow, 0, leftRow, at, other.size);
        System.arraycopy(other.rightRow, 0, rightRow, at, other.size);
        System.arraycopy(other.separationArcsec, 0, separationArcsec, at, other.size);
    }

    /** Appends all pairs of another result, where this hands on its pairs in batches. */
    void append(MatchResult other) {
        for (int from = 0, count; from < other.size; from += count) {
            if (size == batchPairs) {
                handOn();
            }
            count = Math.min(other.size - from, batchPairs - size);
            reserve(count);
            System.arraycopy(other.leftRow, from, leftRow, size, count);
            System.arraycopy(other.rightRow, from, rightRow, size, count);
            System.arraycopy(other.separationArcsec, from, separationArcsec, size, count);
            size += count;
        }
    }

    /** Sets the number of pairs after a kernel wrote to the arrays itself; at most their length. */
    void setSize(int size) {
        this.size = size;
    }
}
