package org.xmatch.io.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.airlift.compress.lz4.Lz4Compressor;
import org.apache.parquet.format.CompressionCodec;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

/** The codec LZ4 of old files, which no writer at hand makes any more. */
class PageDecoderTest {

    private final byte[] data = data();

    private static byte[] data() {
        byte[] data = new byte[5000];
        Random random = new Random(2);
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) random.nextInt(4);
        }
        return data;
    }

    private static byte[] compressed(byte[] raw) {
        Lz4Compressor compressor = new Lz4Compressor();
        byte[] out = new byte[compressor.maxCompressedLength(raw.length)];
        return Arrays.copyOf(out, compressor.compress(raw, 0, raw.length, out, 0, out.length));
    }

    private byte[] decompress(byte[] in) throws IOException {
        try (PageDecoder decoder = new PageDecoder()) {
            byte[] out = new byte[data.length];
            decoder.decompress(CompressionCodec.LZ4, ByteBuffer.wrap(in), 0, in.length, out, 0, out.length);
            return out;
        }
    }

    @Test
    void readsLz4BlocksThatHadoopFramed() throws IOException {
        ByteBuffer framed = ByteBuffer.allocate(20_000);
        for (int from : new int[] {0, 2000, 4000}) {
            byte[] raw = Arrays.copyOfRange(data, from, Math.min(data.length, from + 2000));
            byte[] block = compressed(raw);
            framed.putInt(raw.length).putInt(block.length).put(block);
        }

        assertThat(decompress(Arrays.copyOf(framed.array(), framed.position()))).isEqualTo(data);
    }

    @Test
    void readsLz4BlocksWithoutAFrame() throws IOException {
        assertThat(decompress(compressed(data))).isEqualTo(data);
    }

    @Test
    void refusesAFrameThatLiesOfItsLength() {
        byte[] block = compressed(data);
        byte[] framed = ByteBuffer.allocate(block.length + 8).putInt(data.length - 1).putInt(block.length).put(block).array();

        assertThatThrownBy(() -> decompress(framed)).isInstanceOfAny(IOException.class, RuntimeException.class);
    }
}
