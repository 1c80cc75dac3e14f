package org.xmatch.io.parquet;

import org.junit.jupiter.api.Test;
import org.xmatch.io.table.Column;
import org.xmatch.io.table.Field;

import java.util.Arrays;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class BoundsScanTest {

    private static final byte[] ALPHABET = {0, 1, 'a', 127, -128, -1};

    @Test
    void boundsTextsByAllTheirBytesAsUnsignedNumbers() {
        Random random = new Random(3);
        for (int trial = 0; trial < 3000; trial++) {
            int rows = 1 + random.nextInt(8);
            int alike = random.nextInt(24); // bytes that all of them begin with
            Column column = new Column(Field.ofString("name").withNullable(true));
            byte[] min = null;
            byte[] max = null;
            int nulls = 0;
            for (int row = 0; row < rows; row++) {
                byte[] text = new byte[Math.max(0, alike + random.nextInt(6) - 3)];
                for (int i = 0; i < text.length; i++) {
                    text[i] = i < alike - 2 ? (byte) 'p' : ALPHABET[random.nextInt(ALPHABET.length)];
                }
                column.reserve(row + 1);
                column.reserveBytes(column.offsets()[row] + text.length);
                System.arraycopy(text, 0, column.bytes(), column.offsets()[row], text.length);
                column.offsets()[row + 1] = column.offsets()[row] + text.length;
                column.setSize(row + 1);
                if (random.nextInt(5) == 0) {
                    column.setNull(row);
                    nulls++;
                    continue;
                }
                min = min == null || Arrays.compareUnsigned(text, min) < 0 ? text : min;
                max = max == null || Arrays.compareUnsigned(text, max) > 0 ? text : max;
            }

            PageBounds bounds = BoundsScan.of(column, StatisticsOrder.BYTES, 0, rows, nulls);

            if (min == null) {
                assertThat(bounds).isEqualTo(PageBounds.ALL_NULL);
            } else {
                assertThat(bounds.min()).isEqualTo(min);
                assertThat(bounds.max()).isEqualTo(max);
            }
        }
    }
}
