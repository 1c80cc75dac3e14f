package org.xmatch.io.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;

class AtomicFileTest {

    private static final int LONG = 80 << 20; // several times forced to the disk on the way

    @TempDir
    private Path folder;

    @Test
    void aLongFileIsWhole() throws IOException {
        byte[] bytes = new byte[1 << 20];
        new Random(1).nextBytes(bytes);
        Path target = folder.resolve("long");

        try (AtomicFile file = AtomicFile.create(target)) {
            for (int written = 0; written < LONG; written += bytes.length) {
                file.write(bytes, 0, bytes.length);
            }
            file.commit();
        }

        byte[] read = Files.readAllBytes(target);
        assertThat(read).hasSize(LONG);
        assertThat(Arrays.equals(read, LONG - bytes.length, LONG, bytes, 0, bytes.length)).isTrue();
        assertThat(names()).containsExactly("long");
    }

    @Test
    void aLongFileThatIsNotCommittedLeavesNothing() throws IOException {
        try (AtomicFile file = AtomicFile.create(folder.resolve("long"))) {
            for (int written = 0; written < LONG; written += 1 << 20) {
                file.write(new byte[1 << 20], 0, 1 << 20);
            }
        }

        assertThat(names()).isEmpty();
    }

    private String[] names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(path -> path.getFileName().toString()).toArray(String[]::new);
        }
    }
}
