package org.xmatch.jmh.data;

import org.xmatch.io.sample.SampleCatalogs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The tutorial's catalogs, made up once for all forks, in a process of its own: a fork that should be
 * cold must not have run any of xmatch's code. Stateless and thread-safe.
 */
public final class TutorialCatalogs {

    private static final long SEED = 1;

    private static final List<String> NAMES = SampleCatalogs.NAMES;

    private TutorialCatalogs() {}

    /** Makes the catalogs: {@code TutorialCatalogs FOLDER ROWS}. */
    public static void main(String[] args) {
        SampleCatalogs.write(SampleCatalogs.Sky.KEPLER, Long.parseLong(args[1]), SEED, Path.of(args[0]),
                Runtime.getRuntime().availableProcessors());
    }

    /**
     * The folder with {@code ztf}, {@code ps1} and {@code ps1_10arcs} of that many rows: below the one
     * that the environment variable {@code XMATCH_JMH_CATALOGS} names, else below the system's for
     * temporary files; made once for each build of the benchmarks' jar.
     */
    public static Path folder(long rows) {
        String named = System.getenv("XMATCH_JMH_CATALOGS");
        Path parent = named != null ? Path.of(named) : Path.of(System.getProperty("java.io.tmpdir"));
        Path folder = parent.resolve("xmatch-jmh-" + build() + "-" + rows + "-rows");
        if (!NAMES.stream().allMatch(name -> Files.isDirectory(folder.resolve(name)))) {
            make(folder, rows);
        }
        return folder;
    }

    private static long build() {
        try {
            return Files.getLastModifiedTime(Path.of(TutorialCatalogs.class.getProtectionDomain().getCodeSource()
                    .getLocation().toURI())).to(TimeUnit.SECONDS);
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException("cannot tell which build of the benchmarks this is", e);
        }
    }

    /** Makes the catalogs in a folder, in a process of its own. */
    public static void make(Path folder, long rows) {
        try {
            Files.createDirectories(folder);
            int status = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                    System.getProperty("java.class.path"), TutorialCatalogs.class.getName(), folder.toString(),
                    Long.toString(rows)).inheritIO().start().waitFor();
            if (status != 0) {
                throw new IllegalStateException("catalogs of " + rows + " rows could not be made in " + folder
                        + ", exit status " + status + ": remove the folder and try again");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while catalogs were made in " + folder, e);
        }
    }
}
