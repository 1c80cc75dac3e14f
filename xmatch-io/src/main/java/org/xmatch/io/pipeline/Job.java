package org.xmatch.io.pipeline;

import org.xmatch.core.align.PartitionGroup;
import org.xmatch.io.UnitFailedException;
import org.xmatch.io.storage.ScratchFolder;
import org.xmatch.io.table.ColumnPool;
import org.xmatch.io.table.Table;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * One run of a plan on a pool of workers: either {@link #run}, which hands on the rows in order, or
 * {@link #runUnits}, whose units are each written where they are done.
 */
final class Job implements AutoCloseable {

    // Units begun before an earlier one has ended, per thread: enough to keep workers busy.
    private static final int AHEAD = 2;
    private static final int BATCH_ROWS = 100_000;
    // Of the memory, the part for columns between two tables.
    private static final int POOLED_SHARE = 8;
    // Of what may wait, the part for rows that are put in order: their arrays grow by copying.
    private static final int REORDERED_SHARE = 2;
    // more would be slower: memory is new where a file's is used again
    private static final long MOST_REORDERED_BYTES = 256 << 20;

    private final Plan plan;
    private final boolean countOnly;
    private final Workforce force;
    private final UnitLimits limits;
    private final JobProgress progress;
    private final FetchAhead fetchAhead;
    private final Deque<FetchAhead.Announced> announced = new ArrayDeque<>();
    private final StageClock clock = new StageClock();
    private final ColumnPool columns;
    private final ConcurrentLinkedQueue<UnitWorker> idle = new ConcurrentLinkedQueue<>();
    private final ExecutorService encoders;
    private final ScratchFolder scratch;
    private volatile boolean closed;

    /**
     * @param resources threads and memory
     * @param scratch for what does not fit the memory; closed by {@link #close()}
     */
    Job(Plan plan, boolean countOnly, Resources resources, JobProgress progress, ScratchFolder scratch) {
        this.plan = plan;
        this.countOnly = countOnly;
        this.limits = resources.limitsFor(plan.tableFields());
        this.progress = progress;
        this.scratch = scratch;
        this.columns = new ColumnPool(resources.memoryBytes() / POOLED_SHARE);
        this.fetchAhead = new FetchAhead(plan);
        fetchAhead.tell(progress);
        this.force = new Workforce(resources.threads(), resources.isScaling(), Workforce.SAMPLE_MILLIS, progress,
                threads("xmatch-worker-"));
        this.encoders = Executors.newFixedThreadPool(resources.threads(), threads("xmatch-encoder-"));
    }

    private static ThreadFactory threads(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    StageClock clock() {
        return clock;
    }

    /** Where columns come from, and where those of a table may go that nobody reads any more. */
    ColumnPool columns() {
        return columns;
    }

    /** Runs the encoding of results beside the matching. */
    Executor encoder() {
        return encoders;
    }

    /** Does all units and hands their tables to the consumer in order, on the calling thread. */
    MatchCounts run(Consumer<Table> consumer, LongSupplier bytesRead) {
        if (!(plan.left() instanceof PlainSide) || plan.skyOrder()) {
            MatchCounts counts = inSkyOrder((table, tableRows) -> consumer.accept(table), bytesRead);
            progress.finish();
            return counts;
        }
        try (RowReorder fileOrder = reorder(1)) {
            MatchCounts counts = inSkyOrder((table, tableRows) -> {
                fileOrder.add(table, Arrays.stream(tableRows).asLongStream().toArray());
                columns.giveBack(table.columns());
            }, bytesRead);
            closeWorkers(); // for their memory
            fileOrder.drainTo(BATCH_ROWS, (table, keys) -> consumer.accept(table));
            progress.finish();
            return counts;
        }
    }

    /** One of as many at a time as given. */
    private RowReorder reorder(int count) {
        return new RowReorder(scratch, Math.min(MOST_REORDERED_BYTES, limits.waitingBytes() / REORDERED_SHARE / count));
    }

    private MatchCounts inSkyOrder(UnitWorker.Output consumer, LongSupplier bytesRead) {
        TableQueue queue = new TableQueue(limits.waitingBytes());
        MatchCounts counts = outsidePartitions();
        List<PartitionGroup> groups = plan.groups();
        progress.start(groups.size(), 0, bytesRead);
        force.start(bytesRead);
        int begun = 0;
        for (int unit = 0; unit < groups.size(); unit++) {
            while (begun < groups.size() && begun - unit < force.most() * AHEAD + 1) {
                announce(begun, 1);
                begin(begun++, queue);
            }
            announce(begun, fetchAhead.most());
            try {
                for (TableQueue.Entry entry = queue.take(); entry != null; entry = queue.take()) {
                    consumer.accept(entry.table(), entry.tableRows());
                }
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
            MatchCounts done = queue.next();
            progress.unitDone(done);
            counts = counts.plus(done);
        }
        return counts;
    }

    private MatchCounts outsidePartitions() {
        long leftOutside = plan.left().rowsOutsidePartitions();
        long rightOutside = plan.right().rowsOutsidePartitions();
        return new MatchCounts(plan.cone().isEmpty() ? leftOutside : 0, 0, leftOutside, rightOutside, rightOutside, 0);
    }

    private void begin(int unit, TableQueue queue) {
        PartitionGroup group = plan.groups().get(unit);
        FetchAhead.Announced ahead = announced.remove();
        force.submit(() -> {
            HandedOn output = new HandedOn((table, tableRows) -> {
                try {
                    queue.put(unit, table, tableRows);
                } catch (InterruptedException e) {
                    throw interrupted(e);
                }
            });
            try (ahead) {
                queue.end(unit, attempt(group, ahead, opened -> {
                    output.begin();
                    MatchCounts counts = work(group, opened, output);
                    output.end();
                    return counts;
                }, () -> output.isEmpty() || isPinned()));
            } catch (RuntimeException | Error e) {
                queue.fail(unit, e);
            }
        });
    }

    /** A unit of work that may have to be done twice. */
    private interface Attempt {
        MatchCounts run(FetchAhead.Announced ahead);
    }

    /** Whether files opened again are what they were: those on servers are held to it, local ones may be replaced. */
    private boolean isPinned() {
        return Stream.of(Optional.of(plan.left()), Optional.of(plan.right()), plan.margin())
                .flatMap(Optional::stream).allMatch(side -> side.remote().isPresent());
    }

    private MatchCounts attempt(PartitionGroup unit, FetchAhead.Announced ahead, Attempt attempt,
            BooleanSupplier repeatable) {
        try {
            return attempt.run(ahead);
        } catch (RuntimeException e) {
            if (closed || Thread.currentThread().isInterrupted() || !repeatable.getAsBoolean()) {
                throw e;
            }
            // found here and not before: the first logger of a process takes milliseconds
            System.getLogger("org.xmatch.io.pipeline").log(System.Logger.Level.DEBUG,
                    () -> "unit " + unit.pixel() + " failed and is tried again", e);
            try {
                return attempt.run(FetchAhead.Announced.NOTHING); // what failed to open stays so there
            } catch (RuntimeException again) {
                if (again != e) {
                    again.addSuppressed(e);
                }
                throw again;
            }
        }
    }

    /**
     * Does all units that are not there yet and has each written on the thread that does it.
     *
     * @param keepGoing whether the others are done after one has failed
     * @throws UnitFailedException when some failed, after all others ended or those running were stopped
     */
    MatchCounts runUnits(UnitSinks sinks, boolean keepGoing, LongSupplier bytesRead) {
        List<PartitionGroup> groups = plan.groups();
        progress.start(groups.size(), 0, bytesRead);
        force.start(bytesRead);
        AtomicReference<MatchCounts> counts = new AtomicReference<>(outsidePartitions());
        Map<String, Throwable> failures = new LinkedHashMap<>();
        AtomicReference<Error> error = new AtomicReference<>();
        Semaphore slots = new Semaphore(force.most() + 1);
        Deque<Integer> open = new ArrayDeque<>();
        for (int unit = 0; unit < groups.size(); unit++) {
            Optional<MatchCounts> finished = sinks.finished(groups.get(unit));
            if (finished.isPresent()) {
                progress.unitKept(finished.get());
                counts.accumulateAndGet(finished.get(), MatchCounts::plus);
            } else {
                open.add(unit);
            }
        }
        try {
            while (!open.isEmpty()) {
                announceOpen(open, 1);
                slots.acquire();
                synchronized (failures) {
                    if (error.get() != null || !keepGoing && !failures.isEmpty()) {
                        slots.release();
                        break;
                    }
                }
                PartitionGroup group = groups.get(open.remove());
                FetchAhead.Announced ahead = announced.remove();
                force.submit(() -> {
                    try (ahead) {
                        MatchCounts done = attempt(group, ahead, opened -> write(group, opened, sinks), () -> true);
                        progress.unitDone(done);
                        counts.accumulateAndGet(done, MatchCounts::plus);
                    } catch (RuntimeException e) {
                        synchronized (failures) {
                            failures.put("unit " + group.pixel(), e);
                        }
                    } catch (Error e) {
                        error.compareAndSet(null, e);
                    } finally {
                        slots.release();
                    }
                });
                announceOpen(open, fetchAhead.most());
            }
            slots.acquire(force.most() + 1);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        if (error.get() != null) {
            throw error.get();
        }
        if (!failures.isEmpty()) {
            throw new UnitFailedException(failures, groups.size());
        }
        progress.finish();
        return counts.get();
    }

    private MatchCounts write(PartitionGroup group, FetchAhead.Announced ahead, UnitSinks sinks) {
        try (UnitSink sink = sinks.open(group)) {
            MatchCounts counts = work(group, ahead, (table, tableRows) -> {
                long started = System.nanoTime();
                sink.write(table);
                columns.giveBack(table.columns());
                clock.add(StageClock.Stage.WRITE, started);
            });
            long started = System.nanoTime();
            sink.commit(counts);
            clock.add(StageClock.Stage.WRITE, started);
            return counts;
        }
    }

    /** Has the first of the units from {@code next} on fetched, and more of them where there is room. */
    private void announce(int next, int most) {
        List<PartitionGroup> groups = plan.groups();
        while (next + announced.size() < groups.size() && announced.size() < most
                && (announced.isEmpty() || fetchAhead.hasRoom())) {
            announced.add(fetchAhead.announce(groups.get(next + announced.size())));
        }
    }

    /** The same for units that are open. */
    private void announceOpen(Deque<Integer> open, int most) {
        open.stream().skip(announced.size()).limit(Math.max(0, most - announced.size())).forEach(unit -> {
            if (announced.isEmpty() || fetchAhead.hasRoom()) {
                announced.add(fetchAhead.announce(plan.groups().get(unit)));
            }
        });
    }

    private MatchCounts work(PartitionGroup group, FetchAhead.Announced ahead, UnitWorker.Output output) {
        UnitWorker worker = idle.poll();
        try {
            if (worker == null) {
                // threads that no unit is left for
                int matchThreads = Math.max(1, force.most() / Math.max(1, plan.groups().size()));
                worker = new UnitWorker(plan, countOnly, matchThreads, limits, clock, columns,
                        () -> reorder(force.most()));
            }
            return worker.run(group, ahead, output);
        } finally {
            if (worker != null) {
                idle.add(worker);
            }
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted while waiting for a unit of work", e);
    }

    @Override
    public void close() {
        closed = true;
        force.close();
        encoders.shutdown();
        announced.forEach(FetchAhead.Announced::close);
        closeWorkers();
        scratch.close();
    }

    private void closeWorkers() {
        UnitWorker worker;
        while ((worker = idle.poll()) != null) {
            worker.close();
        }
    }
}
