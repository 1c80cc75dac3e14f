package org.xmatch.io.pipeline;

import org.xmatch.core.healpix.HealpixPixel;
import org.xmatch.io.StorageException;
import org.xmatch.io.storage.AtomicFile;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The units that a job has finished, a line each, appended when the unit's leaf has its name.
 * <p>
 * What a killed process wrote is not lost, and after a power failure the leaves are checked against
 * their lines, so lines are not forced to the disk. Thread-safe.
 */
final class UnitJournal implements AutoCloseable {

    private final Path file;
    private final OutputStream out;

    private UnitJournal(Path file, OutputStream out) {
        this.file = file;
        this.out = out;
    }

    /** The units in a journal, by pixel; none where it is not there. A line cut short is passed over. */
    static Map<HealpixPixel, FinishedUnit> read(Path file) {
        Map<HealpixPixel, FinishedUnit> units = new LinkedHashMap<>();
        if (!Files.exists(file)) {
            return units;
        }
        try {
            List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
            lines.forEach(line -> FinishedUnit.parse(line).ifPresent(unit -> units.put(unit.pixel(), unit)));
            return units;
        } catch (IOException e) {
            throw new StorageException(file.toString(), "cannot read " + file + ": " + e, e);
        }
    }

    /** Begins a journal that has these units, in place of what is there. */
    static UnitJournal begin(Path file, Collection<FinishedUnit> units) {
        StringBuilder text = new StringBuilder();
        units.forEach(unit -> text.append(unit.line()).append('\n'));
        byte[] bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
        try (AtomicFile whole = AtomicFile.create(file)) {
            whole.write(bytes, 0, bytes.length);
            whole.commit();
        }
        try {
            return new UnitJournal(file, Files.newOutputStream(file, StandardOpenOption.APPEND));
        } catch (IOException e) {
            throw new StorageException(file.toString(), "cannot write " + file + ": " + e, e);
        }
    }

    synchronized void add(FinishedUnit unit) {
        try {
            out.write((unit.line() + "\n").getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new StorageException(file.toString(), "cannot append to " + file + ": " + e + "; free space", e);
        }
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new StorageException(file.toString(), "cannot close " + file + ": " + e, e);
        }
    }
}
