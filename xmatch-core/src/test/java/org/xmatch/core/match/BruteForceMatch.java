package org.xmatch.core.match;

import org.xmatch.core.healpix.Healpix;
import org.xmatch.core.sky.Separation;
import org.xmatch.core.sky.SkyPoints;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The definition of a match, literally: every pair is looked at. */
final class BruteForceMatch {

    private BruteForceMatch() {}

    static List<Pair> match(
            SkyPoints left, SkyPoints right, MatchOptions options, TieRule ties) {
        Comparator<Pair> bySeparation = Comparator.comparingDouble(Pair::separationArcsec);
        Comparator<Pair> byRow = Comparator.comparingInt(Pair::rightRow);
        Comparator<Pair> byTieRule = ties == TieRule.ROW
                ? byRow
                : Comparator.<Pair>comparingLong(pair -> pixelOf(right, pair.rightRow()))
                        .thenComparing(byRow);
        List<Pair> pairs = new ArrayList<>();
        List<Pair> candidates = new ArrayList<>();
        for (int l = 0; l < left.size(); l++) {
            candidates.clear();
            for (int r = 0; r < right.size(); r++) {
                double s = Separation.arcsec(
                        left.ra()[l], left.dec()[l], right.ra()[r], right.dec()[r]);
                if (s <= options.radiusArcsec()
                        && (options.minRadiusArcsec() == 0 || s > options.minRadiusArcsec())) {
                    candidates.add(new Pair(l, r, s));
                }
            }
            candidates.sort(bySeparation.thenComparing(byTieRule));
            int kept = Math.min(candidates.size(), options.nNeighbors());
            pairs.addAll(candidates.subList(0, kept));
        }
        return pairs;
    }

    private static long pixelOf(SkyPoints points, int row) {
        return Healpix.pixelOf(29, points.ra()[row], points.dec()[row]);
    }
}
