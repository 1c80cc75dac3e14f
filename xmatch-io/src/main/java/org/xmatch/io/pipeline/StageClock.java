package org.xmatch.io.pipeline;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Seconds spent in each stage, summed over threads. Thread-safe. */
final class StageClock {

    /** Stages of a cross-match. */
    enum Stage {
        OPEN, READ, MATCH, GATHER, WRITE
    }

    private final Map<Stage, LongAdder> nanos = new EnumMap<>(Stage.class);

    StageClock() {
        for (Stage stage : Stage.values()) {
            nanos.put(stage, new LongAdder());
        }
    }

    /** Adds the time since {@code startNanos} to a stage; returns now. */
    long add(Stage stage, long startNanos) {
        long now = System.nanoTime();
        nanos.get(stage).add(now - startNanos);
        return now;
    }

    /** Seconds by stage, in the order of the stages. */
    Map<String, Double> seconds() {
        Map<String, Double> seconds = new LinkedHashMap<>();
        for (Stage stage : Stage.values()) {
            seconds.put(stage.name().toLowerCase(Locale.ROOT), nanos.get(stage).sum() * 1e-9);
        }
        return seconds;
    }
}
