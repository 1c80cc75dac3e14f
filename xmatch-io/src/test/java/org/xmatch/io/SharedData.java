package org.xmatch.io;

import org.junit.jupiter.api.Assumptions;

import java.nio.file.Files;
import java.nio.file.Path;

/** Catalogs that are not in the project: in the folder of the system property {@code xmatch.shared}. */
public final class SharedData {

    private SharedData() {}

    /** A file or folder there; skips the test where it is absent. */
    public static Path path(String relative) {
        Path path = Path.of(System.getProperty("xmatch.shared", "../../shared")).resolve("data").resolve(relative);
        Assumptions.assumeTrue(Files.exists(path), () -> path + " is not here: set -Dxmatch.shared=FOLDER to run this test");
        return path.toAbsolutePath().normalize();
    }
}
