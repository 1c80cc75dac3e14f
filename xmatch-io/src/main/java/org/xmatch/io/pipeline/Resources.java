package org.xmatch.io.pipeline;

import org.xmatch.io.table.Field;

import java.util.List;
import java.util.Optional;

/**
 * What a job may use.
 *
 * @param threads most workers, at least 1
 * @param isScaling whether the job finds out by itself how many of them work at a time
 * @param memoryBytes memory for the rows in work; what a job needs besides, some tens of megabytes, is not counted
 * @param limits in place of those that follow from the memory
 */
record Resources(int threads, boolean isScaling, long memoryBytes, Optional<UnitLimits> limits) {

    private static final long LEAST_BYTES = 16 << 20;
    // two slices of a row group, and what it has encoded (ParquetSink, ParquetWriteOptions)
    private static final long WRITER_BYTES = 48 << 20;

    Resources {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, got " + threads);
        }
        if (memoryBytes < LEAST_BYTES) {
            throw new IllegalArgumentException("a job needs at least 16 MiB of memory, got " + memoryBytes + " bytes");
        }
    }

    /** A worker for each core, and half of the memory that the JVM may take. */
    static Resources ofMachine() {
        return new Resources(Runtime.getRuntime().availableProcessors(), false, safeMemory(), Optional.empty());
    }

    /** Half of the memory that the JVM may take: as much again is for what is written, and for the collector. */
    static long safeMemory() {
        return Math.max(LEAST_BYTES, Runtime.getRuntime().maxMemory() / 2);
    }

    Resources withThreads(int value, boolean scaling) {
        return new Resources(value, scaling, memoryBytes, limits);
    }

    /** With no more workers than may each write a file: so much besides the rows in work, which have as much as is told here. */
    Resources withWriters() {
        return withThreads((int) Math.max(1, Math.min(threads, memoryBytes / WRITER_BYTES)), isScaling);
    }

    Resources withMemory(long bytes) {
        return new Resources(threads, isScaling, bytes, limits);
    }

    Resources withLimits(UnitLimits value) {
        return new Resources(threads, isScaling, memoryBytes, Optional.of(value));
    }

    /** What a unit may hold in a job with these columns. */
    UnitLimits limitsFor(List<Field> result) {
        return limits.orElseGet(() -> UnitLimits.of(memoryBytes, threads, result));
    }
}
