package org.xmatch.jmh.gate;

import org.xmatch.core.match.MatchResult;

import java.util.Arrays;

/** Comparisons that name the first difference. Stateless and thread-safe. */
public final class EqualAnswers {

    private EqualAnswers() {}

    /**
     * All pairs and all separations, bit for bit.
     *
     * @throws AssertionError naming the first pair that differs
     */
    public static void require(String what, MatchResult first, MatchResult other) {
        int same = 0;
        int most = Math.min(first.size(), other.size());
        while (same < most && first.leftRow()[same] == other.leftRow()[same]
                && first.rightRow()[same] == other.rightRow()[same]
                && first.separationArcsec()[same] == other.separationArcsec()[same]) {
            same++;
        }
        if (same < Math.max(first.size(), other.size())) {
            throw new AssertionError(what + ": pair " + same + " is " + pair(first, same) + " of " + first.size()
                    + " by the one, " + pair(other, same) + " of " + other.size() + " by the other");
        }
    }

    private static String pair(MatchResult pairs, int i) {
        return i >= pairs.size() ? "missing" : "(left " + pairs.leftRow()[i] + ", right " + pairs.rightRow()[i]
                + ", " + pairs.separationArcsec()[i] + " arcsec)";
    }

    /**
     * Two arrays of numbers, element by element.
     *
     * @throws AssertionError naming the first element that differs
     */
    public static void require(String what, long[] first, long[] other) {
        int at = Arrays.mismatch(first, other);
        if (at >= 0) {
            throw new AssertionError(what + ": element " + at + " is "
                    + (at < first.length ? first[at] : "missing") + " by the one, "
                    + (at < other.length ? other[at] : "missing") + " by the other");
        }
    }

    /**
     * Two arrays of angles, to within a tolerance.
     *
     * @throws AssertionError naming the first element that differs
     */
    public static void require(String what, double[] first, double[] other, double tolerance) {
        if (first.length != other.length) {
            throw new AssertionError(what + ": " + first.length + " values by the one, " + other.length + " by the other");
        }
        for (int i = 0; i < first.length; i++) {
            if (!(Math.abs(first[i] - other[i]) <= tolerance)) {
                throw new AssertionError(what + ": element " + i + " is " + first[i] + " by the one, " + other[i]
                        + " by the other, more than " + tolerance + " apart");
            }
        }
    }
}
