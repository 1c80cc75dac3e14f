package org.xmatch.io.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xmatch.io.table.Column;
import org.xmatch.io.table.Field;
import org.xmatch.io.table.Table;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

@Timeout(30)
class TableQueueTest {

    private static Table table(long value) {
        return new Table(List.of(Column.ofLongs(Field.ofLong("n"), new long[] {value}, 1)), 1);
    }

    private static List<Long> unit(TableQueue queue) throws InterruptedException {
        List<Long> values = new ArrayList<>();
        for (TableQueue.Entry entry = queue.take(); entry != null; entry = queue.take()) {
            values.add(entry.table().columns().get(0).longs()[0]);
        }
        queue.next();
        return values;
    }

    @Test
    void bringsUnitsInOrderThoughThereIsRoomForNothing() throws Exception {
        TableQueue queue = new TableQueue(0);
        ExecutorService threads = Executors.newFixedThreadPool(3);
        for (int unit = 2; unit >= 0; unit--) {
            int number = unit;
            threads.submit(() -> {
                for (int i = 0; i < 5; i++) {
                    queue.put(number, table(10 * number + i), new int[0]);
                }
                queue.end(number, MatchCounts.ZERO);
                return null;
            });
        }
        for (int unit = 0; unit < 3; unit++) {
            long first = 10L * unit;
            assertThat(unit(queue)).containsExactly(first, first + 1, first + 2, first + 3, first + 4);
        }
        threads.shutdownNow();
    }

    @Test
    void throwsAFailureWhenItsUnitIsDue() throws Exception {
        TableQueue queue = new TableQueue(1000);
        queue.fail(1, new IllegalStateException("unit 1"));
        queue.put(0, table(7), new int[0]);
        queue.end(0, MatchCounts.ZERO);
        assertThat(unit(queue)).containsExactly(7L);
        assertThatThrownBy(queue::take).hasMessage("unit 1");
    }
}
