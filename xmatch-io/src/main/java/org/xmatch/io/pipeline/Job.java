package org.xmatch.io.pipeline;

import org.xmatch.core.align.PartitionGroup;
import org.xmatch.io.table.Table;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * One run of a plan on a pool of workers. Units are done in parallel and handed on in order; no
 * more than a few finished ones wait.
 */
final class Job implements AutoCloseable {

    // Finished units that may wait for an earlier one, per thread: enough to keep workers busy.
    private static final int AHEAD = 2;
    // Units being fetched beyond those given to workers.
    private static final int FETCHED_AHEAD = 8;
    private static final int BATCH_ROWS = 100_000;

    private final Plan plan;
    private final boolean countOnly;
    private final int threads;
    private final FetchAhead fetchAhead;
    private final Deque<FetchAhead.Announced> announced = new ArrayDeque<>();
    private final StageClock clock = new StageClock();
    private final ConcurrentLinkedQueue<UnitWorker> idle = new ConcurrentLinkedQueue<>();
    private final ExecutorService workers;
    private final ExecutorService encoders;

    Job(Plan plan, boolean countOnly, int threads) {
        this.plan = plan;
        this.countOnly = countOnly;
        this.fetchAhead = new FetchAhead(plan);
        this.threads = threads;
        this.workers = pool("xmatch-worker-", threads);
        this.encoders = pool("xmatch-encoder-", threads);
    }

    private static ExecutorService pool(String name, int threads) {
        AtomicInteger count = new AtomicInteger();
        return Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, name + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    StageClock clock() {
        return clock;
    }

    /** Runs the encoding of results beside the matching. */
    Executor encoder() {
        return encoders;
    }

    /** Does all units and hands their tables to the consumer in order, on the calling thread. */
    MatchCounts run(Consumer<Table> consumer) {
        boolean plainLeft = plan.left() instanceof PlainSide;
        RowReorder fileOrder = new RowReorder();
        long leftOutside = plan.left().rowsOutsidePartitions();
        long rightOutside = plan.right().rowsOutsidePartitions();
        MatchCounts counts = new MatchCounts(plan.cone().isEmpty() ? leftOutside : 0, 0, leftOutside,
                rightOutside, rightOutside, 0);
        Deque<Future<UnitResult>> pending = new ArrayDeque<>();
        int next = 0;
        List<PartitionGroup> groups = plan.groups();
        while (next < groups.size() || !pending.isEmpty()) {
            while (next < groups.size() && pending.size() < threads * AHEAD + 1) {
                announce(next, 1);
                PartitionGroup group = groups.get(next++);
                FetchAhead.Announced ahead = announced.remove();
                pending.add(workers.submit(() -> unit(group, ahead)));
            }
            announce(next, FETCHED_AHEAD);
            UnitResult result = await(pending.remove());
            counts = counts.plus(result.counts());
            if (result.table().isPresent()) {
                if (plainLeft) {
                    fileOrder.add(result.table().get(), result.tableRows());
                } else {
                    consumer.accept(result.table().get());
                }
            }
        }
        int[] order = fileOrder.order();
        for (int from = 0; from < order.length; from += BATCH_ROWS) {
            consumer.accept(fileOrder.table(order, from, Math.min(BATCH_ROWS, order.length - from)));
        }
        return counts;
    }

    /** Has the first of the units from {@code next} on fetched, and more of them where there is room. */
    private void announce(int next, int most) {
        List<PartitionGroup> groups = plan.groups();
        while (next + announced.size() < groups.size() && announced.size() < most
                && (announced.isEmpty() || fetchAhead.hasRoom())) {
            announced.add(fetchAhead.announce(groups.get(next + announced.size())));
        }
    }

    private UnitResult unit(PartitionGroup group, FetchAhead.Announced ahead) {
        UnitWorker worker = idle.poll();
        if (worker == null) {
            // threads that no unit is left for
            int matchThreads = Math.max(1, threads / Math.max(1, plan.groups().size()));
            worker = new UnitWorker(plan, countOnly, matchThreads, clock);
        }
        try (ahead) {
            return worker.run(group, ahead);
        } finally {
            idle.add(worker);
        }
    }

    private static UnitResult await(Future<UnitResult> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a unit of work", e);
        }
    }

    @Override
    public void close() {
        workers.shutdownNow();
        encoders.shutdown();
        try {
            // Workers hold open files and native buffers until they have seen the interruption.
            workers.awaitTermination(1, java.util.concurrent.TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        announced.forEach(FetchAhead.Announced::close);
        UnitWorker worker;
        while ((worker = idle.poll()) != null) {
            worker.close();
        }
    }
}
