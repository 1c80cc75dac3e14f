package org.xmatch.io.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.xmatch.io.table.Column;
import org.xmatch.io.table.Field;
import org.xmatch.io.table.Table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

class HandedOnTest {

    private final List<Long> rows = new ArrayList<>();
    private final List<Integer> fileRows = new ArrayList<>();
    private final HandedOn handedOn = new HandedOn((table, tableRows) -> {
        Arrays.stream(table.columns().get(0).longs(), 0, table.rows()).forEach(rows::add);
        Arrays.stream(tableRows).forEach(fileRows::add);
    });

    /** Hands over the rows {@code [from, to)} of the unit. */
    private void accept(int from, int to) {
        Field field = Field.ofLong("row");
        handedOn.accept(new Table(List.of(Column.ofLongs(field, LongStream.range(from, to).toArray(), to - from)), to - from),
                IntStream.range(from, to).map(row -> 2 * row).toArray());
    }

    @Test
    void passesOverWhatWasHandedOnWhereverTheTablesEnd() {
        handedOn.begin();
        accept(0, 5);
        accept(5, 8);
        assertThat(handedOn.isEmpty()).isFalse();
        handedOn.begin();
        accept(0, 3);
        accept(3, 7);
        accept(7, 12);
        accept(12, 14);
        handedOn.end();

        assertThat(rows).isEqualTo(LongStream.range(0, 14).boxed().toList());
        assertThat(fileRows).isEqualTo(IntStream.range(0, 14).map(row -> 2 * row).boxed().toList());
    }

    @Test
    void aUnitThatHasFewerRowsTheSecondTimeFails() {
        handedOn.begin();
        accept(0, 5);
        handedOn.begin();
        accept(0, 3);

        assertThatIllegalStateException().isThrownBy(handedOn::end)
                .withMessageContaining("3 rows, fewer than the 5 handed on before");
    }
}
