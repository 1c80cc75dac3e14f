package org.xmatch.cli;

import org.xmatch.io.StorageException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** The tutorial's benchmark file: one line for each run. */
final class BenchmarkRecord {

    private static final String HEADER = "Ncpus,Nrows,Nworkers,time,Nrows_out,updated";
    private static final String TUTORIAL = "tutorial-recorded.csv";

    /** How a line says when its run was. */
    static final DateTimeFormatter UPDATED = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private final Path path;

    /**
     * One run.
     *
     * @param cpus processors of the machine
     * @param rows left rows asked for
     * @param workers {@code default}, {@code scale} or their number
     * @param seconds it took
     * @param rowsOut pairs; NaN where not recorded
     * @param updated when
     */
    record Line(int cpus, long rows, String workers, double seconds, double rowsOut, String updated) {

        private static Line parse(String text, String place) {
            String[] parts = text.split(",", -1);
            try {
                return new Line(Integer.parseInt(parts[0]), Long.parseLong(parts[1]), parts[2],
                        Double.parseDouble(parts[3]), parts[4].isEmpty() ? Double.NaN : Double.parseDouble(parts[4]),
                        parts[5]);
            } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
                throw new StorageException(place, "'" + text + "' in " + place + " is no run: a line is " + HEADER, e);
            }
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%d,%d,%s,%.6f,%.1f,%s", cpus, rows, workers, seconds, rowsOut, updated);
        }
    }

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

    /** The tutorial's own figures: LSDB on S3, on servers of 2, 4, 16 and 128 processors. */
    static List<Line> tutorial() {
        try (InputStream in = BenchmarkRecord.class.getResourceAsStream(TUTORIAL)) {
            if (in == null) {
                throw new AssertionError(TUTORIAL + " is in the jar");
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList(), TUTORIAL);
        } catch (IOException e) {
            throw new StorageException(TUTORIAL, "cannot read " + TUTORIAL + ": " + e, e);
        }
    }

    /** All runs in the file. */
    List<Line> read() {
        requireUsable();
        try {
            return parse(Files.readAllLines(path), path.toString());
        } catch (IOException e) {
            throw new StorageException(path.toString(), "cannot read " + path + ": " + e, e);
        }
    }

    private static List<Line> parse(List<String> lines, String place) {
        return lines.stream().skip(1).filter(line -> !line.isBlank()).map(line -> Line.parse(line, place)).toList();
    }

    /** Writes the file anew with these runs. */
    void write(List<Line> lines) {
        StringBuilder text = new StringBuilder(HEADER).append(System.lineSeparator());
        lines.forEach(line -> text.append(line).append(System.lineSeparator()));
        try {
            Files.writeString(path, text);
        } catch (IOException e) {
            throw new StorageException(path.toString(), "cannot write " + path + ": " + e, e);
        }
    }

    /** Appends one run that ends now. */
    void append(long rows, String workers, double seconds, long rowsOut) {
        Line line = new Line(Runtime.getRuntime().availableProcessors(), rows, workers, seconds, rowsOut,
                LocalDateTime.now().format(UPDATED));
        try {
            boolean fresh = !Files.exists(path) || Files.size(path) == 0;
            Files.writeString(path, (fresh ? HEADER + System.lineSeparator() : "") + line + System.lineSeparator(),
                    StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new StorageException(path.toString(), "cannot append to " + path + ": " + e, e);
        }
    }
}
