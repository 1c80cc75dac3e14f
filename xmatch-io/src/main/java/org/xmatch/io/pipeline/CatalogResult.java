package org.xmatch.io.pipeline;

import org.xmatch.core.match.MatchOptions;
import org.xmatch.io.StorageException;
import org.xmatch.io.UnitFailedException;
import org.xmatch.io.XMatchException;
import org.xmatch.io.hats.CatalogFiles;
import org.xmatch.io.hats.HatsDescription;
import org.xmatch.io.parquet.ParquetWriteOptions;
import org.xmatch.io.storage.Program;
import org.xmatch.io.storage.ScratchFolder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A cross-match's result as a HATS catalog, one leaf for each unit of work that has rows. Immutable.
 *
 * @param left catalog searched for
 * @param right catalog searched in
 * @param options what counts as a match
 * @param suffixes of column names
 * @param columns of the result
 */
record CatalogResult(CatalogInput left, CatalogInput right, MatchOptions options, Suffixes suffixes,
        OutputColumns columns) {

    /** Runs the units of a job, given what makes their sinks from what runs the encoding, and a place for itself. */
    interface Units {
        MatchSummary run(Function<Executor, CatalogSinks> sinks, ScratchFolder scratch);
    }

    /**
     * Writes the catalog.
     *
     * @throws IllegalArgumentException when the result has no positions
     * @throws StorageException when the place cannot be written to, or there is nothing to go on with
     */
    MatchSummary write(Path target, HatsOutputOptions how, Units units) {
        Provenance provenance = Provenance.of(left, right, options, suffixes);
        String ra = resultName(left.positionColumns().ra());
        String dec = resultName(left.positionColumns().dec());
        requireNoInput(target);
        JobDescription job = new JobDescription(Instant.now().truncatedTo(ChronoUnit.SECONDS), how.overwrite(),
                facts(provenance));
        InputLeaves leaves = InputLeaves.of(left, right, options);
        try (JobFolder folder = JobFolder.open(target, job, leaves, options.radiusArcsec(), how)) {
            HatsDescription description = new HatsDescription(left.name() + "_x_" + right.name(), ra, dec, 0, null, 0,
                    Optional.of(folder.description().created()), Map.of("hats_builder", Program.NAME + " "
                            + Program.VERSION));
            return write(folder, description, provenance, units);
        }
    }

    private MatchSummary write(JobFolder folder, HatsDescription description, Provenance provenance, Units units) {
        AtomicReference<CatalogSinks> sinks = new AtomicReference<>();
        Map<String, String> metadata = new HashMap<>(provenance.ofFile());
        metadata.putAll(columns.told(left, right).toParquet(Stream.concat(Stream.of(CatalogFiles.INDEX),
                columns.result().stream()).toList()));
        try {
            MatchSummary done = units.run(encoder -> {
                sinks.set(new CatalogSinks(folder, new CatalogFiles(folder.catalog(), description, columns.result(),
                        ParquetWriteOptions.RESULT, metadata, encoder)));
                return sinks.get();
            }, folder.scratch());
            Map<String, String> properties = new HashMap<>(provenance.ofCatalog());
            properties.putAll(Provenance.ofCatalog(done.counts()));
            metadata.putAll(Provenance.ofFile(done.counts()));
            sinks.get().commit(properties, metadata);
            return done;
        } catch (RuntimeException e) {
            try {
                folder.addFailures(places(e));
            } catch (StorageException alsoFull) {
                e.addSuppressed(alsoFull); // what the job failed at is what the user has to know
            }
            throw e;
        } finally {
            if (sinks.get() != null) {
                sinks.get().close();
            }
        }
    }

    /** What makes this job this one. */
    private Map<String, String> facts(Provenance provenance) {
        Map<String, String> facts = new HashMap<>(provenance.facts());
        facts.put("left_state", left.state());
        facts.put("right_state", right.state());
        right.margin().ifPresent(margin -> facts.put("right_margin_state", margin.state()));
        facts.put("columns", columns.result().toString());
        facts.put("layout", ParquetWriteOptions.RESULT.toString());
        return facts;
    }

    private String resultName(String leftName) {
        for (int i = 0; i < columns.left().size(); i++) {
            if (columns.left().get(i).name().equals(leftName)) {
                return columns.result().get(i).name();
            }
        }
        throw new IllegalArgumentException("a HATS catalog has the positions of its rows, and '" + leftName
                + "' is not among the left columns: name it in --left-columns, or write another format");
    }

    private void requireNoInput(Path target) {
        for (CatalogInput input : List.of(left, right)) {
            requireApart(target, input.location(), input.isRemote());
        }
        right.margin().ifPresent(margin -> requireApart(target, margin.root().toString(), margin.root().isRemote()));
    }

    private static void requireApart(Path target, String input, boolean remote) {
        if (remote) {
            return;
        }
        try {
            Path parent = target.toAbsolutePath().normalize().getParent();
            if (parent == null || !Files.isDirectory(parent)) {
                throw new StorageException(target.toString(), "cannot write " + target + ": there is no folder " + parent);
            }
            Path to = Files.exists(target) ? target.toRealPath() : parent.toRealPath().resolve(target.getFileName());
            Path from = Path.of(input).toRealPath();
            if (to.startsWith(from) || from.startsWith(to)) {
                throw new StorageException(target.toString(), target + " is, holds or lies in the input " + input
                        + ": name another place");
            }
        } catch (IOException e) {
            throw new StorageException(target.toString(), "cannot tell whether " + target + " lies in " + input + ": "
                    + e, e);
        }
    }

    /** The files that a failure and its causes name. */
    private static Set<String> places(Throwable failure) {
        Set<String> places = new LinkedHashSet<>();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof XMatchException known) {
                places.add(known.location());
            }
            if (cause instanceof UnitFailedException units) {
                units.failures().values().forEach(other -> places.addAll(places(other)));
            }
        }
        return places;
    }
}
