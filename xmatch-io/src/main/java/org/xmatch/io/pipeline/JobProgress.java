package org.xmatch.io.pipeline;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * How far a job is. The job counts here while it runs, and whoever shows progress asks, from any
 * thread, for a {@link #snapshot()}. For one job. Thread-safe; counting takes no lock.
 */
public final class JobProgress {

    /** What a job is doing. */
    public enum State {
        /** Catalogs are opened and the work is laid out. */
        PLANNING,
        /** Units of work are being done. */
        MATCHING,
        /** Every unit is done; the result is being completed. */
        FINISHING
    }

    /**
     * A job at one moment. The counters are read one after the other: a unit that ends meanwhile may be in some of
     * them.
     *
     * @param state what it is doing
     * @param unitsDone units of work that are done, those of an earlier run of the job among them
     * @param units all units of work
     * @param rowsLeft left rows matched against so far
     * @param rowsLeftInAll left rows there will be in the end, where that can be told or estimated
     * @param rowsOut pairs so far
     * @param bytesRead bytes read of both catalogs so far
     * @param workers threads that work on units now
     * @param fetches requests to servers that may be under way now; 0 where catalogs are on disks
     * @param seconds since the first unit was begun, or before it since this object was made
     * @param rowsPerSecond left rows in a second of this run
     * @param bytesPerSecond bytes read in a second of this run
     * @param secondsLeft until the last unit is done, at the pace so far; empty before the first unit is
     */
    public record Snapshot(State state, long unitsDone, long units, long rowsLeft, OptionalLong rowsLeftInAll,
            long rowsOut, long bytesRead, int workers, int fetches, double seconds, double rowsPerSecond,
            double bytesPerSecond, OptionalDouble secondsLeft) {

        /** Share of the work that is done, 0 to 1: of left rows where their number is known, else of units. */
        public double share() {
            if (state == State.FINISHING) {
                return 1;
            }
            double share = rowsLeftInAll.isPresent() && rowsLeftInAll.getAsLong() > 0
                    ? (double) rowsLeft / rowsLeftInAll.getAsLong() : units == 0 ? 0 : (double) unitsDone / units;
            return Math.max(0, Math.min(1, share));
        }
    }

    private final LongAdder unitsDone = new LongAdder();
    private final LongAdder rowsLeft = new LongAdder();
    private final LongAdder rowsOut = new LongAdder();
    private final LongAdder unitsBefore = new LongAdder();
    private final LongAdder rowsBefore = new LongAdder();
    private volatile int workers;
    private volatile IntSupplier fetches = () -> 0;
    private volatile Start start = new Start(State.PLANNING, 0, 0, () -> 0, 0, System.nanoTime());

    private record Start(State state, long units, long rowsLeft, LongSupplier bytesRead, long bytesBefore,
            long nanos) {}

    /**
     * The first unit of work is about to begin.
     *
     * @param units all units of work
     * @param rowsLeftInAll left rows of all units, or 0 where that is not known: then it is estimated from the units
     *     done
     * @param bytesRead bytes read of both catalogs so far; asked from any thread
     */
    public void start(long units, long rowsLeftInAll, LongSupplier bytesRead) {
        start = new Start(State.MATCHING, units, rowsLeftInAll, bytesRead, bytesRead.getAsLong(), System.nanoTime());
    }

    /** A unit was done by an earlier run of the job: it counts as done, but not for the pace. */
    public void unitKept(MatchCounts counts) {
        unitsBefore.increment();
        rowsBefore.add(counts.rowsLeft());
        unitDone(counts);
    }

    /** A unit is done. */
    public void unitDone(MatchCounts counts) {
        rowsLeft.add(counts.rowsLeft());
        rowsOut.add(counts.rowsOut());
        unitsDone.increment();
    }

    /** Threads that work on units from now on. */
    public void workers(int count) {
        workers = count;
    }

    /** Requests to servers that may be under way; asked from any thread. */
    public void fetches(IntSupplier count) {
        fetches = count;
    }

    /** Every unit is done; what is left is to complete the result. */
    public void finish() {
        Start now = start;
        start = new Start(State.FINISHING, now.units, now.rowsLeft, now.bytesRead, now.bytesBefore, now.nanos);
    }

    /** The job now. */
    public Snapshot snapshot() {
        Start from = start;
        long units = unitsDone.sum();
        long rows = rowsLeft.sum();
        long bytes = from.bytesRead.getAsLong();
        double seconds = (System.nanoTime() - from.nanos) * 1e-9;
        OptionalLong inAll = from.rowsLeft > 0 ? OptionalLong.of(Math.max(rows, from.rowsLeft))
                : units > 0 ? OptionalLong.of(Math.max(rows, Math.round((double) rows * from.units / units)))
                : OptionalLong.empty();
        double perSecond = seconds > 0 ? (rows - rowsBefore.sum()) / seconds : 0;
        return new Snapshot(from.state, units, from.units, rows, inAll, rowsOut.sum(), bytes, workers,
                fetches.getAsInt(), seconds, perSecond, seconds > 0 ? (bytes - from.bytesBefore) / seconds : 0,
                secondsLeft(from, units, rows, inAll, seconds));
    }

    private OptionalDouble secondsLeft(Start from, long units, long rows, OptionalLong rowsInAll, double seconds) {
        if (from.state == State.FINISHING) {
            return OptionalDouble.of(0);
        }
        long rowsHere = rows - rowsBefore.sum();
        if (rowsInAll.isPresent() && rowsHere > 0) {
            return OptionalDouble.of(seconds * (rowsInAll.getAsLong() - rows) / rowsHere);
        }
        long unitsHere = units - unitsBefore.sum();
        return unitsHere > 0 ? OptionalDouble.of(seconds * (from.units - units) / unitsHere) : OptionalDouble.empty();
    }
}
