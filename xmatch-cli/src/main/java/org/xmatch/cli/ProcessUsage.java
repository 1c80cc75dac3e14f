package org.xmatch.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** Time and memory of this process so far. */
final class ProcessUsage {

    private static final Instant LOADED = Instant.now();

    // proc(5): field 22 of the line, the 20th behind the program's name; in USER_HZ
    private static final int STARTED_FIELD = 19;
    private static final double TICKS_PER_SECOND = 100;

    private ProcessUsage() {}

    /** Seconds since the process was started. */
    static double seconds() {
        try {
            // the system tells both in time since it was started; ProcessHandle's start is off by up to a second
            String stat = Files.readString(Path.of("/proc/self/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            double started = Long.parseLong(fields[STARTED_FIELD]) / TICKS_PER_SECOND;
            return Double.parseDouble(Files.readString(Path.of("/proc/uptime")).split(" ")[0]) - started;
        } catch (IOException notLinux) {
            Instant start = ProcessHandle.current().info().startInstant().orElse(LOADED);
            return Duration.between(start, Instant.now()).toNanos() * 1e-9;
        }
    }

    /** Processor seconds of all threads since the process was started; 0 where the system does not tell. */
    static double cpuSeconds() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos() * 1e-9;
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
