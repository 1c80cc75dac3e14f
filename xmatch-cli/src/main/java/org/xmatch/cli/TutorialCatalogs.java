package org.xmatch.cli;

import org.xmatch.io.StorageException;
import org.xmatch.io.sample.SampleCatalogs;
import org.xmatch.io.storage.Folders;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The tutorial's made-up catalogs in a folder, made anew unless those there are the ones asked for. */
final class TutorialCatalogs {

    private static final List<String> NAMES = List.of("ztf", "ps1", "ps1_10arcs");

    private final Path folder;
    private final Path stamp;

    TutorialCatalogs(Path folder) {
        this.folder = folder;
        this.stamp = folder.resolve("catalogs.txt");
    }

    String ztf() {
        return folder.resolve(NAMES.get(0)).toString();
    }

    String ps1() {
        return folder.resolve(NAMES.get(1)).toString();
    }

    String margin() {
        return folder.resolve(NAMES.get(2)).toString();
    }

    /** Makes the catalogs, unless they are there: the stamp file, written last, says for what. */
    void make(long rows, long seed, int threads) {
        String wanted = "kepler rows=" + rows + " seed=" + seed + " version=1\n";
        try {
            boolean stamped = Files.isRegularFile(stamp);
            if (stamped && Files.readString(stamp).equals(wanted)) {
                return;
            }
            for (String name : NAMES) {
                if (Files.exists(folder.resolve(name)) && !stamped
                        && !Files.exists(folder.resolve(name + ".unfinished"))) {
                    throw new StorageException(folder.toString(), folder.resolve(name) + " exists and was not made"
                            + " by this command: name another folder with --out");
                }
            }
            for (String name : NAMES) {
                Files.writeString(folder.resolve(name + ".unfinished"), "");
            }
            Files.deleteIfExists(stamp);
            for (String name : NAMES) {
                Folders.delete(folder.resolve(name));
            }
            System.err.println("xmatch: making catalogs of about " + rows + " left rows in " + folder);
            SampleCatalogs.write(SampleCatalogs.Sky.KEPLER, rows, seed, folder, threads);
            Files.writeString(stamp, wanted);
            for (String name : NAMES) {
                Files.deleteIfExists(folder.resolve(name + ".unfinished"));
            }
        } catch (IOException e) {
            throw new StorageException(folder.toString(), "cannot make catalogs in " + folder + ": " + e, e);
        }
    }
}
