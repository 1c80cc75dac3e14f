package org.xmatch.core.align;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.xmatch.core.healpix.HealpixPixel;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class PartitionAlignmentTest {

    private static boolean overlap(HealpixPixel a, HealpixPixel b) {
        return a.contains(b) || b.contains(a);
    }

    private static void split(HealpixPixel pixel, List<HealpixPixel> tiles, Random random) {
        if (pixel.order() < 5 && random.nextInt(3) > 0) {
            for (long child = 4 * pixel.pixel(); child < 4 * pixel.pixel() + 4; child++) {
                if (random.nextInt(3) > 0) {
                    split(new HealpixPixel(pixel.order() + 1, child), tiles, random);
                }
            }
        } else {
            tiles.add(pixel);
        }
    }

    @Test
    void pairsThePartitionsThatOverlapAndGroupsThem() {
        Random random = new Random(5);
        for (int i = 0; i < 300; i++) {
            List<HealpixPixel> left = new ArrayList<>();
            List<HealpixPixel> right = new ArrayList<>();
            for (int base = 0; base < 12; base++) {
                if (random.nextInt(5) == 0) {
                    split(new HealpixPixel(0, base), left, random);
                }
                if (random.nextInt(5) == 0) {
                    split(new HealpixPixel(0, base), right, random);
                }
            }
            List<PartitionPair> wanted = new ArrayList<>();
            for (HealpixPixel l : left) {
                for (HealpixPixel r : right) {
                    if (overlap(l, r)) {
                        wanted.add(new PartitionPair(l, r));
                    }
                }
            }
            assertThat(PartitionAlignment.inner(left, right)).containsExactlyInAnyOrderElementsOf(wanted);
            List<HealpixPixel> inGroups = new ArrayList<>();
            for (PartitionGroup group : PartitionAlignment.groups(left, right)) {
                inGroups.addAll(group.left());
                for (HealpixPixel l : group.left()) {
                    assertThat(group.pixel().contains(l)).isTrue();
                    for (HealpixPixel r : right) {
                        assertThat(group.right().contains(r)).isEqualTo(overlap(group.pixel(), r));
                    }
                }
            }
            assertThat(inGroups).containsExactlyElementsOf(left.stream().sorted().toList());
        }
    }
}
