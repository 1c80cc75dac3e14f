package org.xmatch.core.match;

import java.util.ArrayList;
import java.util.List;

/** One matched pair, for comparing results; separations are compared bit by bit. */
record Pair(int leftRow, int rightRow, double separationArcsec) {

    static List<Pair> listOf(MatchResult result) {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < result.size(); i++) {
            pairs.add(new Pair(
                    result.leftRow()[i], result.rightRow()[i], result.separationArcsec()[i]));
        }
        return pairs;
    }
}
