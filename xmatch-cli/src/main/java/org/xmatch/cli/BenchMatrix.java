package org.xmatch.cli;

import com.google.gson.JsonObject;
import org.xmatch.io.StorageException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Measures the configurations of a benchmark that have no record yet; reports all records there are. */
final class BenchMatrix {

    private final Path folder;
    private final int repeats;
    private final BenchRecords store;
    private final BenchProcess process;
    private final PageCache pages;

    /**
     * @param folder for records, figures and plots
     * @param identity what tells the catalogs from others
     * @param jobOptions further options of crossmatch, parted by blanks
     * @param repeats runs of each configuration
     */
    BenchMatrix(Path folder, BenchCatalogs catalogs, String identity, String jobOptions, int repeats) {
        this.folder = folder;
        this.repeats = repeats;
        this.store = new BenchRecords(folder.resolve("records"), new Xmatch.Version().getVersion()[0] + ", " + identity
                + (jobOptions.isEmpty() ? "" : ", " + jobOptions), MachineFacts.ofThisMachine());
        this.process = new BenchProcess(folder.resolve("run"), catalogs,
                jobOptions.isEmpty() ? List.of() : List.of(jobOptions.split("\\s+")));
        List<String> places = new ArrayList<>(List.of(catalogs.ztf(), catalogs.ps1()));
        catalogs.margin().ifPresent(places::add);
        this.pages = new PageCache(places);
    }

    /**
     * Runs what has no record yet, and writes figures and plots of all records.
     *
     * @param recorded figures of others, to plot beside
     * @param recordedName whose they are
     * @return whether every run succeeded and all gave the same pairs
     */
    boolean run(List<BenchConfiguration> matrix, List<BenchmarkRecord.Line> recorded, String recordedName) {
        boolean complete = runAll(matrix);
        BenchReport report = new BenchReport(folder, store.all(matrix.get(0).format()), recorded, recordedName);
        report.write();
        return report.pairsAgree() && complete;
    }

    private boolean runAll(List<BenchConfiguration> matrix) {
        boolean complete = true;
        for (BenchConfiguration configuration : matrix) {
            if (store.find(configuration, repeats).isPresent()) {
                System.err.println("xmatch: " + configuration + ": recorded before");
                continue;
            }
            try {
                measure(configuration);
            } catch (StorageException e) {
                System.err.println("xmatch: " + configuration + ": " + e.getMessage().replaceAll("\\s*\\R\\s*", " "));
                complete = false;
            }
        }
        return complete;
    }

    private void measure(BenchConfiguration configuration) {
        boolean cold = configuration.cache() == BenchConfiguration.Cache.COLD;
        if (!cold) {
            process.run(configuration); // fills the cache
        }
        Optional<String> coldBy = Optional.empty();
        List<JsonObject> runs = new ArrayList<>();
        for (int i = 0; i < repeats; i++) {
            if (cold) {
                coldBy = pages.drop();
                if (coldBy.isEmpty()) {
                    throw new StorageException(folder.toString(), "a cold page cache is not possible here: no permission to"
                            + " write /proc/sys/vm/drop_caches, and no GNU dd");
                }
            }
            runs.add(process.run(configuration));
        }
        JsonObject record = store.write(configuration, coldBy, runs);
        System.err.printf(Locale.ROOT, "xmatch: %s: %.2f s, %,d pairs, %,.0f MB%n", configuration,
                record.get("median_seconds").getAsDouble(), BenchRecords.lastRun(record).get("rows_out").getAsLong(),
                BenchRecords.peakRssBytes(record) * 1e-6);
    }
}
