package org.xmatch.io.sample;

import org.xmatch.core.healpix.Healpix;
import org.xmatch.core.healpix.HealpixPixel;

import java.util.Arrays;

/** Detections: position, index pixel and number of each. Not thread-safe. */
final class SampleRows {

    long[] pixels = new long[64];
    double[] ras = new double[64];
    double[] decs = new double[64];
    long[] ids = new long[64];
    int size;

    void add(long pixel, double ra, double dec, long id) {
        if (size == ids.length) {
            int capacity = Math.multiplyExact(size, 2);
            pixels = Arrays.copyOf(pixels, capacity);
            ras = Arrays.copyOf(ras, capacity);
            decs = Arrays.copyOf(decs, capacity);
            ids = Arrays.copyOf(ids, capacity);
        }
        pixels[size] = pixel;
        ras[size] = ra;
        decs[size] = dec;
        ids[size] = id;
        size++;
    }

    void add(double ra, double dec, long id) {
        add(Healpix.pixelOf(HealpixPixel.MAX_ORDER, ra, dec), ra, dec, id);
    }

    void addRow(SampleRows from, int row) {
        add(from.pixels[row], from.ras[row], from.decs[row], from.ids[row]);
    }

    /** Row numbers by ascending pixel, then number. */
    int[] order() {
        // Sorts by the pixel's high bits together with the row number, then mends what these bits left equal.
        int rowBits = 64 - Long.numberOfLeadingZeros(Math.max(1, size));
        int drop = Math.max(0, 62 + rowBits - 63);
        long[] keys = new long[size];
        for (int i = 0; i < size; i++) {
            keys[i] = pixels[i] >> drop << rowBits | i;
        }
        Arrays.parallelSort(keys);
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            int row = (int) (keys[i] & (1L << rowBits) - 1);
            int at = i;
            while (at > 0 && isBefore(row, order[at - 1])) {
                order[at] = order[at - 1];
                at--;
            }
            order[at] = row;
        }
        return order;
    }

    private boolean isBefore(int a, int b) {
        return pixels[a] != pixels[b] ? pixels[a] < pixels[b] : ids[a] < ids[b];
    }
}
