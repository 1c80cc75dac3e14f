package org.xmatch.core.match;

import org.xmatch.core.sky.SkyPoints;

/**
 * The literal reference: a k-d tree on (ra, dec), every point of every leaf within reach decided by
 * the haversine formula, with no cheaper metric before it.
 */
final class HaversineKdTreeKernel implements MatchKernel {

    // Past this reach in ra, degrees, a search covers the whole circle at once. Below it, a window
    // of 135 degrees keeps the three turns of a search from meeting the same point twice.
    private static final double WIDEST_REACH = 90;
    private static final double WINDOW = 135;

    private final TieRule ties;
    private final NearestRows nearest;
    private final KdLayout ownTree = new KdLayout(2);
    private KdLayout tree = ownTree;
    private SkyPoints right = KdTreeFallback.NO_POINTS;

    private final int[] stackNode = new int[64];
    private final int[] stackFrom = new int[64];
    private final int[] stackTo = new int[64];
    private final double[] stackBeyond = new double[64];
    private final boolean[] stackIsRa = new boolean[64];

    private double leftDec;
    private double limitArcsec;
    private double reachDec;
    private double reachRa;

    HaversineKdTreeKernel(MatchOptions options, TieRule ties) {
        this.ties = ties;
        this.nearest = new NearestRows(options, ties);
    }

    @Override
    public void prepare(SkyPoints right, Pieces pieces) {
        Matcher.requireDeclinations("right", right);
        this.right = right;
        nearest.searchIn(right);
        tree = ownTree;
        double[] ra = right.ra();
        double[] dec = right.dec();
        tree.clear(right.size());
        double sumCos = 0;
        for (int row = 0; row < right.size(); row++) {
            if (ChordBound.isPosition(ra[row], dec[row])) {
                int point = tree.add(row);
                boolean isPole = Math.abs(dec[row]) == 90;
                tree.axis(0)[point] = isPole ? 0 : ChordBound.wrapped(ra[row]);
                tree.axis(1)[point] = dec[row];
                sumCos += Math.cos(dec[row] * ChordBound.RADIANS);
            }
        }
        tree.weigh(0, sumCos / Math.max(1, tree.size()));
        tree.build(new SpotOrder(right, ties));
    }

    @Override
    public void share(MatchKernel prepared) {
        HaversineKdTreeKernel other = (HaversineKdTreeKernel) prepared;
        right = other.right;
        nearest.searchIn(right);
        tree = other.tree;
    }

    @Override
    public void append(SkyPoints left, int from, int to, MatchResult result) {
        Matcher.requireDeclinations("left", left, from, to);
        double[] ra = left.ra();
        double[] dec = left.dec();
        if (tree.size() == 0) {
            return;
        }
        for (int row = from; row < to; row++) {
            if (ChordBound.isPosition(ra[row], dec[row])) {
                nearest.start(ra[row], dec[row]);
                leftDec = dec[row];
                limitArcsec = Double.POSITIVE_INFINITY;
                tighten();
                double a = ChordBound.wrapped(ra[row]);
                if (reachRa > WIDEST_REACH) {
                    search(a, Double.POSITIVE_INFINITY);
                } else {
                    boolean nearZero = a - reachRa < 0;
                    boolean nearFull = a + reachRa > 360;
                    search(a, WINDOW);
                    if (nearZero) {
                        search(a + 360, WINDOW);
                    }
                    if (nearFull) {
                        search(a - 360, WINDOW);
                    }
                }
                nearest.drainTo(result, row);
            }
        }
    }

    /** Offers the points whose ra differs by at most {@code window} degrees without wrapping. */
    private void search(double leftRa, double window) {
        boolean isFull = window > 360;
        stackNode[0] = 1;
        stackFrom[0] = 0;
        stackTo[0] = tree.size();
        stackBeyond[0] = 0;
        stackIsRa[0] = false;
        int stacked = 1;
        while (stacked > 0) {
            stacked--;
            if (stackIsRa[stacked]
                    ? !isFull && stackBeyond[stacked] > reachRa
                    : stackBeyond[stacked] > reachDec) {
                continue;
            }
            int node = stackNode[stacked];
            int from = stackFrom[stacked];
            int to = stackTo[stacked];
            while (!tree.isLeaf(node)) {
                boolean isRa = tree.splitAxis(node) == 0;
                double beyond = (isRa ? leftRa : leftDec) - tree.splitValue(node);
                int middle = from + to >>> 1;
                boolean isLow = beyond < 0;
                stackNode[stacked] = isLow ? 2 * node + 1 : 2 * node;
                stackFrom[stacked] = isLow ? middle : from;
                stackTo[stacked] = isLow ? to : middle;
                stackIsRa[stacked] = isRa;
                stackBeyond[stacked++] = Math.abs(beyond);
                node = isLow ? 2 * node : 2 * node + 1;
                from = isLow ? from : middle;
                to = isLow ? middle : to;
            }
            offer(node, from, to, leftRa, window);
        }
    }

    private void offer(int leaf, int from, int to, double leftRa, double window) {
        double[] ra = tree.axis(0);
        int[] rows = tree.rows();
        int[] groupEnds = tree.groupEnds();
        boolean isSpot = tree.isSpot(leaf);
        int p = from;
        while (p < to) {
            boolean isKept = Math.abs(leftRa - ra[p]) <= window && nearest.offer(rows[p]);
            if (isSpot) {
                int groupEnd = groupEnds[p];
                p++;
                while (isKept && p < groupEnd) {
                    isKept = nearest.offer(rows[p++]);
                }
                p = groupEnd;
            } else {
                p++;
            }
            tighten();
        }
    }

    /** Draws the reach in to what can still be kept. */
    private void tighten() {
        if (nearest.limitArcsec() == limitArcsec) {
            return;
        }
        limitArcsec = nearest.limitArcsec();
        // wider than any rounding of a separation or of a coordinate difference
        reachDec = limitArcsec / 3600 * (1 + 1e-9) + 1e-11;
        reachRa = raReach(leftDec, reachDec);
    }

    /**
     * Largest difference in ra, degrees, between a position at {@code dec} and any position within
     * {@code radius} degrees of it; 360 where the circle holds a pole.
     */
    static double raReach(double dec, double radius) {
        if (Math.abs(dec) + radius >= 90 - 1e-9) {
            return 360;
        }
        double sin = Math.sin(radius * ChordBound.RADIANS) / Math.cos(dec * ChordBound.RADIANS);
        if (!(sin < 1 - 1e-9)) {
            return 360;
        }
        return Math.asin(sin) / ChordBound.RADIANS * (1 + 1e-6) + 1e-11;
    }
}
