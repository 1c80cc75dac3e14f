package org.xmatch.core.match;

import java.util.Arrays;

/**
 * A balanced k-d tree without pointers, over points of two or three coordinates.
 * <p>
 * Node 1 holds the points {@code [0, size)}; the children of node {@code n} with points
 * {@code [from, to)} are {@code 2n} and {@code 2n + 1}, cut at {@code (from + to) / 2}. A point equal
 * to the split value may lie on either side. The points themselves, and the right rows they stand
 * for, are moved into tree order.
 * <p>
 * A node whose points are all the same is a leaf however many it has: a {@linkplain #isSpot spot}.
 * Its rows are in tie order inside groups of equal positions, so that a search can leave a group at
 * the first row that is not wanted; otherwise 100,000 rows on one spot would make every search look
 * at all of them.
 */
final class KdLayout {

    private static final int LEAF_POINTS = 12;
    private static final byte SPOT = -1;

    private final double[] axisWeight;
    private final double[][] axes;
    private int[] row = new int[0];
    private int[] groupEnd = new int[0];
    private byte[] splitAxis = new byte[0];
    private double[] splitValue = new double[0];
    private int size;
    private int firstLeaf;
    private SpotOrder spots = SpotOrder.NONE;

    KdLayout(int dimensions) {
        this.axes = new double[dimensions][0];
        this.axisWeight = new double[dimensions];
        Arrays.fill(axisWeight, 1.0);
    }

    /** Makes room for {@code points} points and forgets the old ones. */
    void clear(int points) {
        size = 0;
        if (row.length < points) {
            row = new int[points];
            for (int axis = 0; axis < axes.length; axis++) {
                axes[axis] = new double[points];
            }
        }
    }

    /** The place of one more point, which stands for {@code rightRow}; write it to {@link #axis}. */
    int add(int rightRow) {
        row[size] = rightRow;
        return size++;
    }

    /** Coordinates along an axis, in tree order once built. */
    double[] axis(int axis) {
        return axes[axis];
    }

    /** Right rows, in tree order once built. */
    int[] rows() {
        return row;
    }

    int size() {
        return size;
    }

    /** Counts extents along the axis this many times when the widest is looked for. */
    void weigh(int axis, double weight) {
        axisWeight[axis] = weight;
    }

    void build(SpotOrder order) {
        spots = order;
        int depth = 0;
        while ((size - 1 >> depth) + 1 > LEAF_POINTS) {
            depth++;
        }
        firstLeaf = 1 << depth;
        if (splitAxis.length < firstLeaf) {
            splitAxis = new byte[firstLeaf];
            splitValue = new double[firstLeaf];
        }
        build(1, 0, size);
        spots = SpotOrder.NONE;
    }

    /** Whether the node has no children. */
    boolean isLeaf(int node) {
        return node >= firstLeaf || splitAxis[node] == SPOT;
    }

    /** Whether the leaf is one spot, whose groups end at {@link #groupEnds}. */
    boolean isSpot(int leaf) {
        return leaf < firstLeaf;
    }

    /** For the first point of each group of a spot, the end of the group. */
    int[] groupEnds() {
        return groupEnd;
    }

    int splitAxis(int node) {
        return splitAxis[node];
    }

    double splitValue(int node) {
        return splitValue[node];
    }

    private void build(int node, int from, int to) {
        if (node >= firstLeaf) {
            return;
        }
        int widest = -1;
        double widestExtent = 0;
        for (int axis = 0; axis < axes.length; axis++) {
            double extent = extent(axes[axis], from, to) * axisWeight[axis];
            if (extent > widestExtent) {
                widest = axis;
                widestExtent = extent;
            }
        }
        if (widest < 0) {
            splitAxis[node] = SPOT;
            arrangeSpot(from, to);
            return;
        }
        int middle = from + to >>> 1;
        select(axes[widest], from, to - 1, middle);
        splitAxis[node] = (byte) widest;
        splitValue[node] = axes[widest][middle];
        build(2 * node, from, middle);
        build(2 * node + 1, middle, to);
    }

    private static double extent(double[] values, int from, int to) {
        double min = values[from];
        double max = min;
        for (int i = from + 1; i < to; i++) {
            min = Math.min(min, values[i]);
            max = Math.max(max, values[i]);
        }
        return max - min;
    }

    /** Moves points until everything before {@code middle} is at most, after it at least, its value. */
    private void select(double[] key, int first, int last, int middle) {
        int low = first;
        int high = last;
        while (low < high) {
            double pivot = medianOfThree(key[low], key[low + high >>> 1], key[high]);
            int i = low;
            int j = high;
            while (i <= j) {
                while (key[i] < pivot) {
                    i++;
                }
                while (key[j] > pivot) {
                    j--;
                }
                if (i <= j) {
                    swap(i++, j--);
                }
            }
            if (middle <= j) {
                high = j;
            } else if (middle >= i) {
                low = i;
            } else {
                return;
            }
        }
    }

    private static double medianOfThree(double a, double b, double c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }

    private void swap(int i, int j) {
        for (double[] values : axes) {
            double value = values[i];
            values[i] = values[j];
            values[j] = value;
        }
        int r = row[i];
        row[i] = row[j];
        row[j] = r;
    }

    private void arrangeSpot(int from, int to) {
        if (groupEnd.length < row.length) {
            groupEnd = new int[row.length];
        }
        spots.sort(row, from, to);
        int start = from;
        for (int p = from + 1; p <= to; p++) {
            if (p == to || !spots.isSameGroup(row[start], row[p])) {
                groupEnd[start] = p;
                start = p;
            }
        }
    }
}
