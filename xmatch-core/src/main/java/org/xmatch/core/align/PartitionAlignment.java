package org.xmatch.core.align;

import org.xmatch.core.healpix.HealpixPixel;

import java.util.ArrayList;
import java.util.List;

/** Which partitions of two catalogs lie over each other. Stateless and thread-safe. */
public final class PartitionAlignment {

    private PartitionAlignment() {}

    /**
     * All pairs of overlapping partitions, in sky order of the smaller pixel of each pair; one of the
     * two always contains the other. Linear in the lists and the answer, once they are sorted.
     *
     * @param left pixels that do not overlap each other, any orders, any order
     * @param right likewise
     * @throws IllegalArgumentException when pixels of one list overlap
     */
    public static List<PartitionPair> inner(List<HealpixPixel> left, List<HealpixPixel> right) {
        List<HealpixPixel> leftSorted = sorted(left, "left");
        List<HealpixPixel> rightSorted = sorted(right, "right");
        List<PartitionPair> pairs = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < leftSorted.size() && j < rightSorted.size()) {
            HealpixPixel a = leftSorted.get(i);
            HealpixPixel b = rightSorted.get(j);
            if (a.first29() < b.end29() && b.first29() < a.end29()) {
                pairs.add(new PartitionPair(a, b));
            }
            if (a.end29() < b.end29()) {
                i++;
            } else if (b.end29() < a.end29()) {
                j++;
            } else {
                i++;
                j++;
            }
        }
        return pairs;
    }

    /**
     * Groups the left partitions so that each partition of either list belongs to one group: a
     * group's pixel is the coarsest pixel, of either list, at its place. Groups without a left
     * partition are left out; groups without a right one are kept. In sky order.
     */
    public static List<PartitionGroup> groups(List<HealpixPixel> left, List<HealpixPixel> right) {
        List<HealpixPixel> leftSorted = sorted(left, "left");
        List<HealpixPixel> rightSorted = sorted(right, "right");
        List<PartitionGroup> groups = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < leftSorted.size()) {
            HealpixPixel top = leftSorted.get(i);
            while (j < rightSorted.size() && rightSorted.get(j).end29() <= top.first29()) {
                j++; // no left partition there
            }
            if (j < rightSorted.size() && rightSorted.get(j).contains(top)) {
                top = rightSorted.get(j);
            }
            int leftEnd = endOf(leftSorted, i, top);
            int rightEnd = endOf(rightSorted, j, top);
            groups.add(new PartitionGroup(top, leftSorted.subList(i, leftEnd), rightSorted.subList(j, rightEnd)));
            i = leftEnd;
            j = rightEnd;
        }
        return groups;
    }

    private static int endOf(List<HealpixPixel> pixels, int from, HealpixPixel top) {
        int end = from;
        while (end < pixels.size() && top.contains(pixels.get(end))) {
            end++;
        }
        return end;
    }

    private static List<HealpixPixel> sorted(List<HealpixPixel> pixels, String side) {
        List<HealpixPixel> sorted = pixels.stream().sorted().toList();
        for (int i = 1; i < sorted.size(); i++) {
            if (sorted.get(i).first29() < sorted.get(i - 1).end29()) {
                throw new IllegalArgumentException("partitions " + sorted.get(i - 1) + " and " + sorted.get(i)
                        + " of the " + side + " catalog overlap");
            }
        }
        return sorted;
    }
}
