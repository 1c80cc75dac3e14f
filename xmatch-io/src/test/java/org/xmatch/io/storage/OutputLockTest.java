package org.xmatch.io.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xmatch.io.StorageException;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;

class OutputLockTest {

    private static final int REFUSED = 3;

    @TempDir
    private Path folder;

    /** Tries to take the right to write an output, in a process of its own. */
    static final class Other {

        private Other() {}

        public static void main(String[] args) {
            try (OutputLock lock = OutputLock.of(Path.of(args[0]))) {
                System.out.println("locked " + lock.output());
            } catch (StorageException e) {
                System.exit(REFUSED);
            }
        }
    }

    private static int other(Path output) throws Exception {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path").replace(';', File.pathSeparatorChar), "-XX:TieredStopAtLevel=1",
                Other.class.getName(), output.toString()).redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
    }

    @Test
    void anotherProcessIsRefusedWhileItIsHeld() throws Exception {
        Path output = folder.resolve("pairs.hats");
        try (OutputLock lock = OutputLock.of(output)) {
            assertThat(lock.output()).isEqualTo(output);
            assertThat(other(output)).isEqualTo(REFUSED);
            assertThat(OutputLock.isFree(output)).isFalse();
            assertThatThrownBy(() -> OutputLock.of(folder.resolve("../" + folder.getFileName() + "/pairs.hats")))
                    .isInstanceOf(StorageException.class).hasMessageContaining("another job is writing");
            assertThat(other(output)).as("still held after another in this process was refused").isEqualTo(REFUSED);
        }
        assertThat(other(output)).isZero();
        Thread.currentThread().interrupt();
        assertThat(OutputLock.isFree(output)).isTrue();
        assertThat(Thread.interrupted()).isTrue();
        try (var left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void aFileLeftBehindLocksNobodyOut() throws Exception {
        Path output = folder.resolve("pairs.parquet");
        Files.writeString(folder.resolve(".pairs.parquet.lock"), "4711");
        assertThat(other(output)).isZero();
    }
}
