package org.xmatch.io.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xmatch.io.table.Column;
import org.xmatch.io.table.Field;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

class DictionaryTest {

    /** "ab", "", "cde". */
    private static final byte[] TEXTS = ByteBuffer.allocate(17).order(ByteOrder.LITTLE_ENDIAN).putInt(2).put((byte) 'a')
            .put((byte) 'b').putInt(0).putInt(3).put((byte) 'c').put((byte) 'd').put((byte) 'e').array();

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

    @Test
    void looksUpTexts() {
        dictionary.load(Field.ofString("name"), TEXTS, TEXTS.length, 3);
        Column column = new Column(Field.ofString("name"));

        dictionary.append(new int[] {2, 0, 1, 0}, 4, column);

        assertThat(Arrays.copyOf(column.offsets(), 5)).containsExactly(0, 3, 5, 5, 7);
        assertThat(new String(column.bytes(), 0, 7, StandardCharsets.US_ASCII)).isEqualTo("cdeabab");
    }

    @ParameterizedTest
    @CsvSource({"0, 6", "0, -1", "0, 2147483647", "6, 1", "10, 4", "10, 2147483647"})
    void refusesATextThatReachesTheLengthsOfOthersOrTheEnd(int at, int length) {
        byte[] page = TEXTS.clone();
        ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN).putInt(at, length);

        assertThatThrownBy(() -> dictionary.load(Field.ofString("name"), page, page.length, 3))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> PlainValues.append(page, 0, page.length, 3, new Column(Field.ofString("name"))))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void refusesATextIndexThatIsNone() {
        dictionary.load(Field.ofString("name"), TEXTS, TEXTS.length, 3);

        assertThatThrownBy(() -> dictionary.append(new int[] {3}, 1, new Column(Field.ofString("name"))))
                .isInstanceOf(IndexOutOfBoundsException.class).hasMessageContaining("3 values");
    }
}
