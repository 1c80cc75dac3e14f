package org.xmatch.cli;

import org.xmatch.io.StorageException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The tutorial's benchmark file: one line for each run. */
final class BenchmarkRecord {

    private static final String HEADER = "Ncpus,Nrows,Nworkers,time,Nrows_out,updated";
    private static final DateTimeFormatter UPDATED = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private final Path path;

    BenchmarkRecord(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    /** Fails before any work if a line cannot be appended. */
    void requireUsable() {
        OutputPath.requireParent(path);
        try {
            if (Files.exists(path) && Files.size(path) > 0) {
                String first = Files.readAllLines(path).get(0);
                if (!first.equals(HEADER)) {
                    throw new StorageException(path.toString(), path + " is no benchmark file: its first line is '"
                            + first + "', not '" + HEADER + "'; name another with --results");
                }
            }
        } catch (IOException e) {
            throw new StorageException(path.toString(), "cannot read " + path + ": " + e, e);
        }
    }

    /** Appends one run. */
    void append(long rows, String workers, double seconds, long rowsOut) {
        String line = String.format(Locale.ROOT, "%d,%d,%s,%.6f,%.1f,%s%n",
                Runtime.getRuntime().availableProcessors(), rows, workers, seconds, (double) rowsOut,
                LocalDateTime.now().format(UPDATED));
        try {
            boolean fresh = !Files.exists(path) || Files.size(path) == 0;
            Files.writeString(path, (fresh ? HEADER + System.lineSeparator() : "") + line,
                    StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new StorageException(path.toString(), "cannot append to " + path + ": " + e, e);
        }
    }
}
