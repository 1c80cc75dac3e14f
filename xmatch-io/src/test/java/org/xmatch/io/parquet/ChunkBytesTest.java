package org.xmatch.io.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xmatch.io.storage.Location;
import org.xmatch.io.storage.RangeSource;
import org.xmatch.io.storage.ReadCounters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

class ChunkBytesTest {

    private static final int START = 1000;

    @TempDir
    private Path folder;

    private final Random random = new Random(12);
    private final ReadCounters counters = new ReadCounters();
    private final byte[] file = new byte[6 << 20];

    private RangeSource local() throws IOException {
        random.nextBytes(file);
        return Location.of(Files.write(folder.resolve("chunk"), file).toString(), counters).open();
    }

    private void requireSame(ChunkBytes bytes, int at, int count) {
        int from = bytes.require(at, count);
        byte[] found = new byte[count];
        bytes.buffer().get(from, found);
        assertThat(found).as("%d bytes at %d", count, at).isEqualTo(Arrays.copyOfRange(file, START + at, START + at + count));
    }

    /** Pages of all sizes, each asked for after its header, or passed over. */
    @ParameterizedTest
    @ValueSource(ints = {300, 100_000, 900_000, 3 << 20})
    void givesTheBytesOfTheFile(int mostBytes) throws IOException {
        try (RangeSource source = local(); PageDecoder decoder = new PageDecoder()) {
            for (int attempt = 0; attempt < 10; attempt++) {
                int length = file.length - START - random.nextInt(1000);
                ChunkBytes bytes = ChunkBytes.of(source, START, length, decoder);
                for (int at = 0; at < length;) {
                    requireSame(bytes, at, Math.min(20, length - at));
                    int page = Math.min(1 + random.nextInt(mostBytes), length - at);
                    if (random.nextInt(3) > 0) {
                        requireSame(bytes, at, page);
                    }
                    at += page;
                }
            }
        }
    }

    @Test
    void doesNotReadBytesTwice() throws IOException {
        try (RangeSource source = local(); PageDecoder decoder = new PageDecoder()) {
            int length = file.length - START;
            ChunkBytes bytes = ChunkBytes.of(source, START, length, decoder);
            for (int at = 0; at < length; at += 70_000) {
                requireSame(bytes, at, Math.min(70_000, length - at));
            }
            assertThat(counters.bytes()).isEqualTo(length);
            assertThat(counters.requests()).isEqualTo(1);
        }
    }

    @Test
    void readsLittleOfPagesPassedOver() throws IOException {
        try (RangeSource source = local(); PageDecoder decoder = new PageDecoder()) {
            int length = file.length - START;
            ChunkBytes bytes = ChunkBytes.of(source, START, length, decoder);
            for (int at = 0; at < length; at += 500_000) {
                requireSame(bytes, at, Math.min(100, length - at));
            }
            assertThat(counters.bytes()).isLessThan(length / 10);
        }
    }
}
