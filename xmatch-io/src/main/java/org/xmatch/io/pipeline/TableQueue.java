package org.xmatch.io.pipeline;

import org.jspecify.annotations.Nullable;
import org.xmatch.io.table.Table;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Brings the tables of units, which come side by side, to one consumer in the order of the units. What may
 * wait is bounded in bytes; the unit whose turn it is always gets something through, so nobody waits for
 * ever. Thread-safe.
 */
final class TableQueue {

    /** A table on its way, and the rows of the plain left file it belongs to. */
    record Entry(Table table, int[] tableRows, long bytes) {}

    private static final class Unit {
        final Deque<Entry> entries = new ArrayDeque<>();
        @Nullable MatchCounts counts;
        @Nullable Throwable failure;
    }

    private final long mostBytes;
    private final Map<Integer, Unit> units = new HashMap<>();
    private long waiting;
    private int turn;

    TableQueue(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** Adds a table of a unit; waits for room. */
    synchronized void put(int unit, Table table, int[] tableRows) throws InterruptedException {
        Entry entry = new Entry(table, tableRows, table.bytes());
        while (waiting + entry.bytes() > mostBytes && !(unit == turn && of(unit).entries.isEmpty())) {
            wait();
        }
        of(unit).entries.add(entry);
        waiting += entry.bytes();
        notifyAll();
    }

    /** No more tables come of a unit. */
    synchronized void end(int unit, MatchCounts counts) {
        of(unit).counts = counts;
        notifyAll();
    }

    /** A unit could not be done. */
    synchronized void fail(int unit, Throwable failure) {
        of(unit).failure = failure;
        notifyAll();
    }

    /** The next table of the unit whose turn it is; null after its last, whose turn is over then. */
    synchronized @Nullable Entry take() throws InterruptedException {
        Unit unit = of(turn);
        while (unit.entries.isEmpty() && unit.counts == null) {
            if (unit.failure instanceof RuntimeException failure) {
                throw failure;
            }
            if (unit.failure instanceof Error failure) {
                throw failure;
            }
            wait();
        }
        Entry entry = unit.entries.poll();
        if (entry != null) {
            waiting -= entry.bytes();
        }
        notifyAll();
        return entry;
    }

    /** What a unit that ended has counted; the next unit's turn begins. */
    synchronized MatchCounts next() {
        MatchCounts counts = of(turn).counts;
        if (counts == null) {
            throw new IllegalStateException("unit " + turn + " has not ended");
        }
        units.remove(turn++);
        notifyAll();
        return counts;
    }

    private Unit of(int unit) {
        return units.computeIfAbsent(unit, number -> new Unit());
    }
}
