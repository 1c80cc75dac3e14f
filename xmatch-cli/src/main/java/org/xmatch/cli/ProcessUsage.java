package org.xmatch.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** Time and memory of this process so far. */
final class ProcessUsage {

    private static final Instant LOADED = Instant.now();

    private ProcessUsage() {}

    /** Seconds since the process was started. */
    static double seconds() {
        Instant start = ProcessHandle.current().info().startInstant().orElse(LOADED);
        return Duration.between(start, Instant.now()).toNanos() * 1e-9;
    }

    /** Largest resident memory, bytes, as the operating system counts it; 0 where it does not tell. */
    static long peakRssBytes() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("VmHWM:")) {
                    return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
                }
            }
        } catch (IOException e) {
            return 0; // not Linux
        }
        return 0;
    }
}
