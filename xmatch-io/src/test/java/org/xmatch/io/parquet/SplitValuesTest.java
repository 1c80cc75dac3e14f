package org.xmatch.io.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xmatch.io.table.Column;
import org.xmatch.io.table.Field;
import org.xmatch.io.table.Logical;

import java.util.Random;

/** Blocks of 512 values are taken apart on vectors, the rest one by one: both against the definition. */
class SplitValuesTest {

    @ParameterizedTest
    @EnumSource(value = Field.Physical.class, names = {"INT32", "INT64", "FLOAT", "DOUBLE", "FIXED_LEN_BYTE_ARRAY"})
    void putsTheBytesOfAValueTogether(Field.Physical physical) {
        int typeLength = physical == Field.Physical.FIXED_LEN_BYTE_ARRAY ? 5 : 0;
        int width = typeLength > 0 ? typeLength
                : physical == Field.Physical.INT64 || physical == Field.Physical.DOUBLE ? 8 : 4;
        Random random = new Random(6);
        for (int count : new int[] {0, 1, 7, 511, 512, 513, 1024, 2500}) {
            byte[] plain = new byte[width * count];
            random.nextBytes(plain);
            byte[] split = new byte[3 + plain.length + 2];
            for (int i = 0; i < plain.length; i++) {
                split[3 + i % width * count + i / width] = plain[i];
            }
            Column expected = new Column(new Field("x", physical, typeLength, Logical.NONE, false));
            PlainValues.append(plain, 0, plain.length, count, expected);
            Column found = new Column(expected.field());
            found.appendRange(expected, 0, Math.min(count, 3));

            SplitValues.append(split, 3, 3 + plain.length, count, found);

            assertThat(found.size()).isEqualTo(count + Math.min(count, 3));
            for (int i = 0; i < count; i++) {
                assertThat(LeafEntries.value(found, i + Math.min(count, 3))).as("value %d of %d", i, count)
                        .isEqualTo(LeafEntries.value(expected, i));
            }
        }
    }
}
