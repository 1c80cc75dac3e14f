package org.xmatch.io.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.xmatch.io.parquet.ParquetWriteOptions;
import org.xmatch.io.table.Field.Physical;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What is written by hand for records says the same as what they would have by themselves. */
class FieldTest {

    private static String textByItself(Record value) {
        return value.getClass().getSimpleName() + Arrays.stream(value.getClass().getRecordComponents())
                .map(component -> component.getName() + "=" + valueOf(component, value))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static Object valueOf(RecordComponent component, Record value) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void textsNameEveryComponent() {
        List<Record> values = List.of(Field.ofDouble("ra"), Field.ofString("objName").withNullable(false),
                Field.ofInt("band", 16), new Field("id", Physical.FIXED_LEN_BYTE_ARRAY, 16, Logical.UUID, true),
                new Logical.None(), new Logical.Text("JSON"), new Logical.Integer(8, false),
                ParquetWriteOptions.RESULT.withSortedBy("_healpix_29", "oid"));
        for (Record value : values) {
            assertThat(value).hasToString(textByItself(value));
        }
    }

    @Test
    void everyComponentCounts() {
        Field field = new Field("id", Physical.FIXED_LEN_BYTE_ARRAY, 16, Logical.NONE, true);
        assertThat(field).isEqualTo(new Field("id", Physical.FIXED_LEN_BYTE_ARRAY, 16, new Logical.None(), true))
                .hasSameHashCodeAs(new Field("id", Physical.FIXED_LEN_BYTE_ARRAY, 16, new Logical.None(), true))
                .isNotEqualTo(new Field("ID", Physical.FIXED_LEN_BYTE_ARRAY, 16, Logical.NONE, true))
                .isNotEqualTo(new Field("id", Physical.BYTE_ARRAY, 0, Logical.NONE, true))
                .isNotEqualTo(new Field("id", Physical.FIXED_LEN_BYTE_ARRAY, 17, Logical.NONE, true))
                .isNotEqualTo(new Field("id", Physical.FIXED_LEN_BYTE_ARRAY, 16, Logical.UUID, true))
                .isNotEqualTo(new Field("id", Physical.FIXED_LEN_BYTE_ARRAY, 16, Logical.NONE, false))
                .isNotEqualTo("id");
    }
}
