package org.xmatch.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.xmatch.io.StorageException;
import org.xmatch.io.pipeline.PairChecksum;
import org.xmatch.io.sample.KeplerField;
import org.xmatch.io.storage.Folders;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Runs the tutorial's cross-match in a process of its own, as a user would, and tells what it took. */
final class BenchProcess {

    private static final String LAUNCHER = "XMATCH_LAUNCHER";

    private final Path folder;
    private final BenchCatalogs catalogs;
    private final List<String> more;

    /**
     * @param folder for the result and the process's output, which are removed again
     * @param more further options of crossmatch
     */
    BenchProcess(Path folder, BenchCatalogs catalogs, List<String> more) {
        this.folder = folder;
        this.catalogs = catalogs;
        this.more = more;
    }

    /** The command that starts this program: its launcher, else this process's own JVM, options and class path. */
    static List<String> program() {
        String launcher = System.getenv(LAUNCHER);
        if (launcher != null && Files.isExecutable(Path.of(launcher))) {
            return List.of(launcher);
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Xmatch.class.getName()));
        return command;
    }

    /**
     * Runs once.
     *
     * @return the process's summary, with seconds as seen from outside, bytes written, and the checksum of the pairs
     * @throws StorageException when the process failed, with what it said
     */
    JsonObject run(BenchConfiguration configuration) {
        Path result = folder.resolve("result" + (configuration.format().equals("hats") ? "" : "." + configuration.format()));
        Path summary = folder.resolve("summary.json");
        Path said = folder.resolve("said.txt");
        try {
            Files.createDirectories(folder);
            Folders.delete(result);
            List<String> command = command(configuration, result, summary);
            LocalDateTime date = LocalDateTime.now();
            long started = System.nanoTime();
            Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
            int status = process.waitFor();
            double seconds = (System.nanoTime() - started) * 1e-9;
            String text = Files.readString(said, StandardCharsets.UTF_8).strip();
            if (status != 0) {
                throw new StorageException(folder.toString(), "the run ended with status " + status + ": "
                        + (text.isEmpty() ? "it was killed, or said nothing" : text));
            }
            JsonObject run = JsonParser.parseString(Files.readString(summary)).getAsJsonObject();
            run.addProperty("process_seconds", seconds);
            run.addProperty("date", BenchmarkRecord.UPDATED.format(date));
            run.addProperty("bytes_written", size(result));
            if (List.of("parquet", "hats").contains(configuration.format())) {
                run.addProperty("pairs_checksum", PairChecksum.of(result, "oid_ztf", "objID_ps1"));
            }
            return run;
        } catch (IOException e) {
            throw new StorageException(folder.toString(), "cannot run a benchmark in " + folder + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            try {
                Folders.delete(folder);
            } catch (StorageException left) {
                System.err.println("xmatch: " + left.getMessage());
            }
        }
    }

    private List<String> command(BenchConfiguration configuration, Path result, Path summary) {
        List<String> command = new ArrayList<>(program());
        command.add("crossmatch");
        command.addAll(catalogs.arguments());
        command.addAll(List.of("--radius", "1", "--left-columns", "oid,ra,dec",
                "--right-columns", "objName,objID,raMean,decMean", "--suffixes", "_ztf,_ps1",
                "--threads", configuration.workers(), "--format", configuration.format(),
                "--summary", summary.toString()));
        if (!configuration.format().equals("count")) {
            command.addAll(List.of("--out", result.toString()));
        }
        if (configuration.rows() != -1) {
            command.addAll(List.of("--cone", String.format(Locale.ROOT, "%s,%s,%s", KeplerField.CENTER_RA,
                    KeplerField.CENTER_DEC, KeplerField.radiusArcsec(configuration.rows()))));
        }
        command.addAll(more);
        return command;
    }

    private static long size(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return 0;
        }
        long bytes = 0;
        try (Stream<Path> found = Files.walk(tree)) {
            for (Path path : found.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(path);
            }
        }
        return bytes;
    }
}
