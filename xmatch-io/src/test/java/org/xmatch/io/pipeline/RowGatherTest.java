package org.xmatch.io.pipeline;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xmatch.io.parquet.PageDecoder;
import org.xmatch.io.table.Column;
import org.xmatch.io.table.Field;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class RowGatherTest {

    private static final Field FIELD = Field.ofLong("row");
    private static final int TABLE_ROWS = 100;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givesEachPairTheValueOfItsRow(boolean ascending) {
        Random random = new Random(5);
        RowGather gather = new RowGather();
        try (PageDecoder decoder = new PageDecoder()) {
            for (int trial = 0; trial < 200; trial++) {
                UnitRows rows = new UnitRows();
                for (int segment = random.nextInt(4); segment >= 0; segment--) {
                    rows.add(new Numbered(rows.size(), random.nextInt(2000)), decoder);
                }
                int count = rows.size() == 0 ? 0 : random.nextInt(random.nextBoolean() ? 10 : 1000);
                int[] pairRows = random.ints(count, 0, Math.max(1, rows.size())).toArray();
                if (ascending) {
                    Arrays.sort(pairRows);
                }
                gather.prepare(rows, pairRows, count, 1 + random.nextInt(256));
                List<Column> parts = new ArrayList<>();
                for (int at = 0; at < count; at += TABLE_ROWS) {
                    parts.add(new Column(FIELD));
                }
                gather.read("row", FIELD, decoder, parts, TABLE_ROWS);
                for (int pair = 0; pair < count; pair++) {
                    assertThat(parts.get(pair / TABLE_ROWS).longs()[pair % TABLE_ROWS]).isEqualTo(pairRows[pair]);
                }
                assertThat(parts.stream().mapToInt(Column::size).sum()).isEqualTo(count);
            }
        }
    }

    /** Rows whose value is their number in the unit. */
    private record Numbered(int first, int rows) implements Segment {

        @Override
        public Segment part(int from, int end) {
            return new Numbered(first + from, end - from);
        }

        @Override
        public void appendPositions(Column ra, Column dec, PageDecoder decoder) {
            for (Column column : List.of(ra, dec)) {
                column.reserve(column.size() + rows);
                column.setSize(column.size() + rows);
            }
        }

        @Override
        public void appendPixels(Column pixels, PageDecoder decoder) {
            throw new AssertionError("nobody asks for pixels to gather columns");
        }

        @Override
        public void appendColumn(String name, int[] bounds, int length, Column into, PageDecoder decoder) {
            int before = -1;
            for (int i = 0; i < length; i += 2) {
                assertThat(bounds[i]).as("ascending and apart").isGreaterThan(before);
                assertThat(bounds[i + 1]).isGreaterThan(bounds[i]).isLessThanOrEqualTo(rows);
                before = bounds[i + 1];
                for (int row = bounds[i]; row < bounds[i + 1]; row++) {
                    into.reserve(into.size() + 1);
                    into.longs()[into.size()] = first + row;
                    into.setSize(into.size() + 1);
                }
            }
        }
    }
}
