package org.xmatch.io.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What catalogs tell of their columns, from one schema to another. */
class FieldMetadataTest {

    private static final Map<String, String> DEGREES = Map.of("unit", "deg", "description", "right ascension");

    private static final List<Field> FIELDS = List.of(Field.ofDouble("ra"), Field.ofLong("id"), lightCurves());

    private static Field lightCurves() {
        SchemaNode mjd = new SchemaNode.Group("mjd", SchemaNode.Repetition.OPTIONAL, SchemaNode.Kind.LIST,
                List.of(new SchemaNode.Group("list", SchemaNode.Repetition.REPEATED, SchemaNode.Kind.STRUCT,
                        List.of(new SchemaNode.Leaf(Field.ofDouble("element"), SchemaNode.Repetition.OPTIONAL)))));
        return Field.ofNested(new SchemaNode.Group("lc", SchemaNode.Repetition.OPTIONAL, SchemaNode.Kind.STRUCT, List.of(mjd)));
    }

    @Test
    void comesBackFromAParquetFile() {
        FieldMetadata told = new FieldMetadata(Map.of("ra", DEGREES, "lc.mjd", Map.of("unit", "d")));

        assertThat(FieldMetadata.ofParquet(told.toParquet(FIELDS))).isEqualTo(told);
    }

    @Test
    void followsColumnsToTheirNamesInTheResult() {
        FieldMetadata told = new FieldMetadata(Map.of("ra", DEGREES, "lc.mjd", Map.of("unit", "d"), "gone", DEGREES));

        assertThat(told.renamed(FIELDS, FIELDS.stream().map(field -> field.withName(field.name() + "_a")).toList()))
                .isEqualTo(new FieldMetadata(Map.of("ra_a", DEGREES, "lc_a.mjd", Map.of("unit", "d"))));
    }

    @Test
    void isNothingWhereNothingIsTold() {
        assertThat(FieldMetadata.NONE.toParquet(FIELDS)).isEmpty();
        assertThat(FieldMetadata.ofParquet(Map.of("pandas", "{}"))).isEqualTo(FieldMetadata.NONE);
    }

    @Test
    void isNothingWhereItCannotBeUnderstood() {
        byte[] good = Base64.getDecoder().decode(new FieldMetadata(Map.of("ra", DEGREES)).toParquet(FIELDS)
                .get(FieldMetadata.ARROW_SCHEMA));
        Random random = new Random(5);
        for (int run = 0; run < 20_000; run++) {
            byte[] bad = good.clone();
            for (int i = 0; i < 1 + random.nextInt(4); i++) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            }
            FieldMetadata.ofParquet(Map.of(FieldMetadata.ARROW_SCHEMA, Base64.getEncoder().encodeToString(bad)));
        }
        assertThat(FieldMetadata.ofParquet(Map.of(FieldMetadata.ARROW_SCHEMA, "!"))).isEqualTo(FieldMetadata.NONE);
        assertThat(FieldMetadata.ofParquet(Map.of(FieldMetadata.ARROW_SCHEMA, ""))).isEqualTo(FieldMetadata.NONE);
    }
}
