package org.xmatch.io.parquet;

/**
 * Smallest and largest value of a page as statistics hold them. Immutable; the arrays are not to be
 * written to.
 */
final class PageBounds {

    /** What is known of the values. */
    enum Kind {
        /** Both bounds are known. */
        BOUNDED,
        /** All values are null. */
        ALL_NULL,
        /** All values are null or NaN. */
        ALL_NAN,
        /** There are values, and no bounds can be given. */
        UNKNOWN
    }

    static final PageBounds ALL_NULL = new PageBounds(Kind.ALL_NULL, new byte[0], new byte[0], true, true);
    static final PageBounds ALL_NAN = new PageBounds(Kind.ALL_NAN, new byte[0], new byte[0], true, true);
    static final PageBounds UNKNOWN = new PageBounds(Kind.UNKNOWN, new byte[0], new byte[0], false, false);

    private final Kind kind;
    private final byte[] min;
    private final byte[] max;
    private final boolean minExact;
    private final boolean maxExact;

    private PageBounds(Kind kind, byte[] min, byte[] max, boolean minExact, boolean maxExact) {
        this.kind = kind;
        this.min = min;
        this.max = max;
        this.minExact = minExact;
        this.maxExact = maxExact;
    }

    /** Bounds; one that isn't exact is no value of the page, but below or above all. */
    static PageBounds of(byte[] min, byte[] max, boolean minExact, boolean maxExact) {
        return new PageBounds(Kind.BOUNDED, min, max, minExact, maxExact);
    }

    Kind kind() {
        return kind;
    }

    byte[] min() {
        return min;
    }

    byte[] max() {
        return max;
    }

    boolean minExact() {
        return minExact;
    }

    boolean maxExact() {
        return maxExact;
    }

    /** Bounds of the values of both. */
    PageBounds and(PageBounds other, StatisticsOrder order) {
        if (kind == Kind.UNKNOWN || other.kind == Kind.UNKNOWN) {
            return UNKNOWN;
        }
        if (kind != Kind.BOUNDED) {
            return other.kind == Kind.ALL_NULL ? this : other;
        }
        if (other.kind != Kind.BOUNDED) {
            return this;
        }
        int mins = order.compare(other.min, min);
        int maxs = order.compare(other.max, max);
        // an exact bound wins a tie: the value is there
        boolean otherMin = mins < 0 || mins == 0 && other.minExact;
        boolean otherMax = maxs > 0 || maxs == 0 && other.maxExact;
        return of(otherMin ? other.min : min, otherMax ? other.max : max,
                otherMin ? other.minExact : minExact, otherMax ? other.maxExact : maxExact);
    }
}
