package org.xmatch.io.table;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class ColumnPoolTest {

    private static Column longs(String name, int rows) {
        Column column = new Column(Field.ofLong(name));
        column.reserve(rows);
        column.setSize(rows);
        return column;
    }

    @Test
    void givesArraysOfTheSameTypeAgainWithoutTheirRows() {
        ColumnPool pool = new ColumnPool(1 << 20);
        Column before = longs("a", 100);
        before.setNull(3);
        pool.giveBack(List.of(before));
        assertThat(pool.take(Field.ofDouble("b")).doubles()).isEmpty();
        Column after = pool.take(Field.ofLong("b"));
        assertThat(after.longs()).isSameAs(before.longs());
        assertThat(after.size()).isZero();
        assertThat(after.nulls()).isNull();
        assertThat(after.field().name()).isEqualTo("b");
        assertThat(pool.take(Field.ofLong("c")).longs()).isEmpty();
    }

    @Test
    void keepsNoMoreThanItMay() {
        ColumnPool pool = new ColumnPool(2000);
        Column small = longs("a", 200);
        pool.giveBack(List.of(small, longs("b", 100)));
        assertThat(pool.take(Field.ofLong("c")).longs()).isSameAs(small.longs());
        assertThat(pool.take(Field.ofLong("c")).longs()).isEmpty();
        pool.giveBack(List.of(longs("a", ColumnPool.MOST_ROWS + 1)));
        assertThat(pool.take(Field.ofLong("c")).longs()).isEmpty();
    }
}
