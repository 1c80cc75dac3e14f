package org.xmatch.io.pipeline;

import org.xmatch.core.healpix.HealpixPixel;
import org.xmatch.core.healpix.PixelRanges;
import org.xmatch.core.margin.MarginPixels;
import org.xmatch.io.StorageException;
import org.xmatch.io.parquet.WrittenFile;
import org.xmatch.io.storage.AtomicFile;
import org.xmatch.io.storage.DiskFlusher;
import org.xmatch.io.storage.Folders;
import org.xmatch.io.storage.OutputLock;
import org.xmatch.io.storage.ScratchFolder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The folder {@code .<name>.unfinished} beside a catalog that a job makes: the catalog as far as it
 * is, what the job is to do, the units it has finished and the state of the files it reads. It
 * outlives a job that fails or is killed, for a later one to go on. One job at a time.
 */
final class JobFolder implements AutoCloseable {

    private static final String JOB = "job.properties";
    private static final String UNITS = "units.csv";
    private static final String LEAVES = "inputs.csv";
    private static final String FAILED = "failed.txt";
    private static final String CATALOG = "catalog";
    private static final String REPLACED = "replaced";
    private static final String SCRATCH = "scratch";

    private final Path target;
    private final Path folder;
    private final OutputLock lock;
    private final JobDescription description;
    private final Map<HealpixPixel, FinishedUnit> finished;
    private final Map<HealpixPixel, WrittenFile> written;
    private final boolean placed;

    private JobFolder(Path target, OutputLock lock, JobDescription description,
            Map<HealpixPixel, FinishedUnit> finished, Map<HealpixPixel, WrittenFile> written, boolean placed) {
        this.target = target;
        this.folder = of(target);
        this.lock = lock;
        this.description = description;
        this.finished = finished;
        this.written = written;
        this.placed = placed;
    }

    static Path of(Path target) {
        return target.toAbsolutePath().normalize().resolveSibling("." + target.getFileName() + ".unfinished");
    }

    /** What an unfinished job beside a catalog to be has done, if there is one. */
    static Optional<UnfinishedJob> look(Path target) {
        Path folder = of(target);
        return Files.exists(folder.resolve(JOB)) && Files.exists(folder.resolve(CATALOG))
                ? Optional.of(new UnfinishedJob(folder, UnitJournal.read(folder.resolve(UNITS)).size()))
                : Optional.empty();
    }

    /**
     * Begins a job, or takes up one that was not finished.
     *
     * @param now the job asked for
     * @param leaves the files it will read
     * @param radiusArcsec as far as a unit reads beyond its pixel
     * @throws StorageException when another job writes there, something else is there, or the unfinished
     *     job is another
     */
    static JobFolder open(Path target, JobDescription now, InputLeaves leaves, double radiusArcsec,
            HatsOutputOptions options) {
        Path place = target.toAbsolutePath().normalize();
        OutputLock lock = OutputLock.of(place);
        try {
            Path folder = of(place);
            if (Files.exists(folder.resolve(REPLACED)) && !Files.exists(place)) {
                Folders.rename(folder.resolve(REPLACED), place); // killed between the two renames
            }
            boolean pinned = Files.exists(folder.resolve(JOB));
            boolean placed = pinned && !Files.exists(folder.resolve(CATALOG));
            if (pinned && options.resume()) {
                return resume(place, lock, now, leaves, radiusArcsec, placed);
            }
            int done = pinned && !placed ? UnitJournal.read(folder.resolve(UNITS)).size() : 0;
            if (done > 0 && !options.overwrite()) {
                throw new StorageException(target.toString(), "a job to write " + target + " was not finished; the "
                        + done + " units of work it had done are in " + folder + ": go on with --resume, or start anew with --overwrite");
            }
            ReplaceableCatalog.require(place, options.overwrite());
            Folders.delete(folder);
            Folders.create(folder.resolve(CATALOG).resolve("dataset"));
            leaves.write(folder.resolve(LEAVES));
            now.write(folder.resolve(JOB));
            return new JobFolder(place, lock, now, Map.of(), Map.of(), false);
        } catch (RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    private static JobFolder resume(Path target, OutputLock lock, JobDescription now, InputLeaves leaves,
            double radiusArcsec, boolean placed) {
        Path folder = of(target);
        JobDescription pinned = JobDescription.read(folder.resolve(JOB));
        List<String> differences = pinned.differencesTo(now);
        if (!differences.isEmpty()) {
            throw new StorageException(target.toString(), "cannot go on with the job in " + folder + ": "
                    + String.join("; ", differences)
                    + ". Give the inputs and options it was begun with, or start anew with --overwrite");
        }
        Map<HealpixPixel, FinishedUnit> finished = UnitJournal.read(folder.resolve(UNITS));
        Map<HealpixPixel, WrittenFile> written = Map.of();
        if (!placed) {
            if (!pinned.overwrite()) {
                ReplaceableCatalog.require(target, false);
            }
            InputLeaves before = InputLeaves.read(folder.resolve(LEAVES));
            List<String> changed = before.differencesTo(leaves);
            requireRepaired(folder, changed, before, leaves);
            for (String path : changed) {
                InputLeaves.Leaf leaf = leaves.byPath().getOrDefault(path, before.byPath().get(path));
                finished.keySet().removeIf(unit -> reads(unit, leaf.pixel(), radiusArcsec));
            }
            written = LeafCheck.keepWhole(folder.resolve(CATALOG), finished);
            UnitJournal.begin(folder.resolve(UNITS), finished.values()).close();
            leaves.write(folder.resolve(LEAVES));
        }
        return new JobFolder(target, lock, pinned, finished, written, placed);
    }

    /** Only files that the job failed at may have changed since it began. */
    private static void requireRepaired(Path folder, List<String> changed, InputLeaves before, InputLeaves now) {
        Set<String> failed = failures(folder);
        List<String> others = changed.stream().filter(path -> !failed.contains(path)).toList();
        if (!others.isEmpty()) {
            String path = others.get(0);
            throw new StorageException(path, "cannot go on with the job in " + folder + ": " + path + " was "
                    + before.stateOf(path) + " when the job began and is " + now.stateOf(path)
                    + (others.size() > 1 ? ", and " + (others.size() - 1) + " more files changed" : "")
                    + ". Put the files back, or start anew with --overwrite");
        }
    }

    private static Set<String> failures(Path folder) {
        Path file = folder.resolve(FAILED);
        try {
            return Files.exists(file) ? new HashSet<>(Files.readAllLines(file)) : Set.of();
        } catch (IOException e) {
            throw new StorageException(file.toString(), "cannot read " + file + ": " + e, e);
        }
    }

    /** Whether a unit may read rows of a leaf: one over it, or within the radius of it. */
    private static boolean reads(HealpixPixel unit, HealpixPixel leaf, double radiusArcsec) {
        PixelRanges around = MarginPixels.border(unit, radiusArcsec).union(PixelRanges.ofPixel(unit));
        return around.overlaps(leaf.first29(), leaf.end29());
    }

    /** The job as it was pinned when it began. */
    JobDescription description() {
        return description;
    }

    /** Units finished by earlier runs, their leaves checked. */
    Map<HealpixPixel, FinishedUnit> finished() {
        return finished;
    }

    /** The leaves of those that have one. */
    Map<HealpixPixel, WrittenFile> written() {
        return written;
    }

    /** Whether an earlier run was killed when the catalog had its name already: nothing is left to do. */
    boolean isPlaced() {
        return placed;
    }

    /** Where the catalog is made. */
    Path catalog() {
        return folder.resolve(CATALOG);
    }

    /** For what a run does not find room for in memory. */
    ScratchFolder scratch() {
        return ScratchFolder.at(folder.resolve(SCRATCH));
    }

    UnitJournal journal() {
        return UnitJournal.begin(folder.resolve(UNITS), finished.values());
    }

    /** Notes files that units failed at, which may be repaired before a later run. */
    void addFailures(Collection<String> paths) {
        Set<String> all = new TreeSet<>(failures(folder));
        paths.forEach(path -> all.add(InputLeaves.absolute(path)));
        byte[] bytes = all.stream().map(path -> path + "\n").collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
        try (AtomicFile out = AtomicFile.create(folder.resolve(FAILED))) {
            out.write(bytes, 0, bytes.length);
            out.commit();
        }
    }

    /** Gives the catalog, which is whole, its name; a catalog of that name goes. */
    void place() {
        if (!placed) {
            ReplaceableCatalog.require(target, description.overwrite());
            Path replaced = folder.resolve(REPLACED);
            boolean replaces = Files.exists(target);
            if (replaces) {
                Folders.rename(target, replaced);
            }
            try {
                Folders.rename(catalog(), target);
            } catch (RuntimeException e) {
                if (replaces) {
                    Folders.rename(replaced, target);
                }
                throw e;
            }
            DiskFlusher.forceFolder(target.getParent());
        }
        Folders.delete(folder);
    }

    /** Lets other jobs write there; a folder in which no unit is finished is removed. */
    @Override
    public void close() {
        try (lock) {
            if (!placed && Files.exists(catalog()) && UnitJournal.read(folder.resolve(UNITS)).isEmpty()) {
                Folders.delete(folder);
            }
        }
    }
}
