package org.xmatch.core.match;

import org.xmatch.core.sky.SkyPoints;

/** 3-D k-d tree over the unit vectors of the right positions: any radius, any place on the sky. */
final class KdTreeKernel implements MatchKernel {

    private final TieRule ties;
    private final NearestRows nearest;
    private final KdLayout ownTree = new KdLayout(3);
    private KdLayout tree = ownTree;
    private SkyPoints right = KdTreeFallback.NO_POINTS;

    // Nodes still to be searched, with a lower bound of the squared chord to their points. A path
    // has at most 31 nodes, each leaving one behind.
    private final int[] stackNode = new int[64];
    private final int[] stackFrom = new int[64];
    private final int[] stackTo = new int[64];
    private final double[] stackChord2 = new double[64];

    private double leftX;
    private double leftY;
    private double leftZ;
    private double limitArcsec;
    private double limitChord2;

    KdTreeKernel(MatchOptions options, TieRule ties) {
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
        for (int row = 0; row < right.size(); row++) {
            if (ChordBound.isPosition(ra[row], dec[row])) {
                double cos = cosDec(dec[row]);
                double a = ChordBound.wrapped(ra[row]) * ChordBound.RADIANS;
                int point = tree.add(row);
                tree.axis(0)[point] = cos * Math.cos(a);
                tree.axis(1)[point] = cos * Math.sin(a);
                tree.axis(2)[point] = Math.sin(dec[row] * ChordBound.RADIANS);
            }
        }
        tree.build(new SpotOrder(right, ties));
    }

    /** Exactly 0 on the poles, so that all points there are one spot. */
    private static double cosDec(double dec) {
        return Math.abs(dec) == 90 ? 0 : Math.cos(dec * ChordBound.RADIANS);
    }

    @Override
    public void share(MatchKernel prepared) {
        KdTreeKernel other = (KdTreeKernel) prepared;
        right = other.right;
        nearest.searchIn(right);
        tree = other.tree;
    }

    @Override
    public void append(SkyPoints left, int from, int to, MatchResult result) {
        Matcher.requireDeclinations("left", left, from, to);
        double[] ra = left.ra();
        double[] dec = left.dec();
        for (int row = from; row < to; row++) {
            if (ChordBound.isPosition(ra[row], dec[row])) {
                double cos = cosDec(dec[row]);
                double a = ChordBound.wrapped(ra[row]) * ChordBound.RADIANS;
                leftX = cos * Math.cos(a);
                leftY = cos * Math.sin(a);
                leftZ = Math.sin(dec[row] * ChordBound.RADIANS);
                nearest.start(ra[row], dec[row]);
                search();
                nearest.drainTo(result, row);
            }
        }
    }

    private void search() {
        if (tree.size() == 0) {
            return;
        }
        limitArcsec = nearest.limitArcsec();
        limitChord2 = ChordBound.ofArcsec(limitArcsec);
        stackNode[0] = 1;
        stackFrom[0] = 0;
        stackTo[0] = tree.size();
        stackChord2[0] = 0;
        int stacked = 1;
        while (stacked > 0) {
            stacked--;
            if (stackChord2[stacked] > limitChord2) {
                continue;
            }
            int node = stackNode[stacked];
            int from = stackFrom[stacked];
            int to = stackTo[stacked];
            while (!tree.isLeaf(node)) {
                int axis = tree.splitAxis(node);
                double beyond = (axis == 0 ? leftX : axis == 1 ? leftY : leftZ)
                        - tree.splitValue(node);
                int middle = from + to >>> 1;
                boolean isLow = beyond < 0;
                // the far child waits, the near one is next
                stackNode[stacked] = isLow ? 2 * node + 1 : 2 * node;
                stackFrom[stacked] = isLow ? middle : from;
                stackTo[stacked] = isLow ? to : middle;
                stackChord2[stacked++] = beyond * beyond;
                node = isLow ? 2 * node : 2 * node + 1;
                from = isLow ? from : middle;
                to = isLow ? middle : to;
            }
            if (tree.isSpot(node)) {
                offerSpot(from, to);
            } else {
                offerLeaf(from, to);
            }
        }
    }

    private void offerLeaf(int from, int to) {
        double[] x = tree.axis(0);
        double[] y = tree.axis(1);
        double[] z = tree.axis(2);
        int[] rows = tree.rows();
        for (int p = from; p < to; p++) {
            double dx = x[p] - leftX;
            double dy = y[p] - leftY;
            double dz = z[p] - leftZ;
            if (dx * dx + dy * dy + dz * dz <= limitChord2 && nearest.offer(rows[p])) {
                tighten();
            }
        }
    }

    private void offerSpot(int from, int to) {
        int[] rows = tree.rows();
        int[] groupEnds = tree.groupEnds();
        int p = from;
        while (p < to) {
            int groupEnd = groupEnds[p];
            while (p < groupEnd && nearest.offer(rows[p])) {
                p++;
            }
            p = groupEnd;
        }
        tighten();
    }

    private void tighten() {
        double limit = nearest.limitArcsec();
        if (limit < limitArcsec) {
            limitArcsec = limit;
            limitChord2 = ChordBound.ofArcsec(limit);
        }
    }
}
