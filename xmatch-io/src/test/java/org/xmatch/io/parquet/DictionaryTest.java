package org.xmatch.io.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xmatch.io.table.Column;
import org.xmatch.io.table.Field;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

class DictionaryTest {

    private final Dictionary dictionary = new Dictionary();

    /** The page's array is longer than the page: what lies behind its last value is none of its values. */
    private Column longs(int... indices) {
        byte[] page = ByteBuffer.allocate(400).order(ByteOrder.LITTLE_ENDIAN).putLong(10).putLong(20).putLong(30).array();
        Field field = Field.ofLong("id");
        dictionary.load(field, page, 24, 3);
        Column column = new Column(field);
        dictionary.append(indices, indices.length, column);
        return column;
    }

    @Test
    void looksUpValues() {
        Column column = longs(2, 0, 0, 1);

        assertThat(Arrays.copyOf(column.longs(), column.size())).containsExactly(30, 10, 10, 20);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 40, Integer.MAX_VALUE, Integer.MIN_VALUE, -1, 1 << 29})
    void refusesAnIndexThatIsNone(int index) {
        assertThatThrownBy(() -> longs(0, index, 1)).isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining(Integer.toUnsignedString(index)).hasMessageContaining("3 values");
    }

    @Test
    void refusesAPageShorterThanItsValues() {
        assertThatThrownBy(() -> dictionary.load(Field.ofDouble("ra"), new byte[100], 23, 3))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(dictionary.isPresent()).isFalse();
    }
}
