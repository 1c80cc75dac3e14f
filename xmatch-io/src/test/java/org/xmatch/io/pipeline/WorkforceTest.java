package org.xmatch.io.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xmatch.io.table.Column;
import org.xmatch.io.table.Field;
import org.xmatch.io.table.Table;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

@Timeout(30)
class WorkforceTest {

    private static final int SOON_MILLIS = 100;
    private static final long TABLES = 3;

    @Test
    void workIsBegunInOrderByAsManyAsShouldWork() throws Exception {
        LinkedBlockingQueue<Integer> begun = new LinkedBlockingQueue<>();
        Semaphore ends = new Semaphore(0);
        try (Workforce force = new Workforce(3, false, 1, new JobProgress(), Thread::new)) {
            for (int i = 0; i < 20; i++) {
                int number = i;
                force.submit(() -> {
                    begun.add(number);
                    ends.acquireUninterruptibly();
                });
            }
            assertThat(next(begun, 3)).containsExactlyInAnyOrder(0, 1, 2);
            force.work(1);
            ends.release(2);
            assertThat(begun.poll(SOON_MILLIS, TimeUnit.MILLISECONDS)).isNull();
            ends.release();
            assertThat(next(begun, 1)).containsExactly(3);
            assertThat(begun.poll(SOON_MILLIS, TimeUnit.MILLISECONDS)).isNull();
            force.work(2);
            assertThat(next(begun, 1)).containsExactly(4);
            assertThat(begun.poll(SOON_MILLIS, TimeUnit.MILLISECONDS)).isNull();
            ends.release(100);
            assertThat(next(begun, 15)).containsExactlyInAnyOrderElementsOf(IntStream.range(5, 20).boxed().toList());
        }
    }

    private static List<Integer> next(LinkedBlockingQueue<Integer> begun, int count) throws InterruptedException {
        List<Integer> numbers = new ArrayList<>();
        while (numbers.size() < count) {
            numbers.add(begun.take());
        }
        return numbers;
    }

    @Test
    void unitsComeInOrderThoughTheirNumberChangesAndNothingMayWait() throws Exception {
        int units = 5_000;
        TableQueue queue = new TableQueue(0);
        try (Workforce force = new Workforce(4, false, 1, new JobProgress(), Thread::new)) {
            int begun = 0;
            for (int unit = 0; unit < units; unit++) {
                while (begun < Math.min(units, unit + 9)) {
                    int number = begun++;
                    force.submit(() -> put(queue, number));
                }
                force.work(1 + unit * unit % 7 % 4);
                for (long row = 0; row < TABLES; row++) {
                    assertThat(queue.take().table().columns().get(0).longs()[0]).isEqualTo(TABLES * unit + row);
                }
                assertThat(queue.take()).isNull();
                queue.next();
            }
        }
    }

    @Test
    void workersThatDoNotHelpAreLaidDown() throws Exception {
        JobProgress progress = new JobProgress();
        Semaphore ends = new Semaphore(0);
        long started = System.nanoTime();
        try (Workforce force = new Workforce(2, true, 5, progress, Thread::new)) {
            progress.start(1, 0, () -> 0);
            force.start(() -> System.nanoTime() - started); // as much is read however many work
            assertThat(progress.snapshot().workers()).isEqualTo(2);
            while (progress.snapshot().workers() > 1) {
                Thread.sleep(1);
            }
            force.submit(ends::acquireUninterruptibly);
            ends.release();
        }
    }

    private static void put(TableQueue queue, int unit) {
        try {
            for (long row = 0; row < TABLES; row++) {
                long[] values = {TABLES * unit + row};
                queue.put(unit, new Table(List.of(Column.ofLongs(Field.ofLong("n"), values, 1)), 1), new int[0]);
            }
            queue.end(unit, MatchCounts.ZERO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
