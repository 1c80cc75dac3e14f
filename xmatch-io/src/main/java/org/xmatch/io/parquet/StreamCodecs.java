package org.xmatch.io.parquet;

import org.brotli.dec.BrotliInputStream;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/**
 * Codecs whose decompressors are streams. Apart from others, as a class that hands one stream on as another has it
 * loaded in each process that checks or links this class, needed or not. Stateless.
 */
final class StreamCodecs {

    private StreamCodecs() {}

    /** Decompresses into the array; returns the number of bytes, one more than asked for if there are more. */
    static int gzip(byte[] in, int at, int length, byte[] out, int outAt, int outLength) throws IOException {
        return all(new GZIPInputStream(new ByteArrayInputStream(in, at, length)), out, outAt, outLength);
    }

    /** Likewise. */
    static int brotli(byte[] in, int at, int length, byte[] out, int outAt, int outLength) throws IOException {
        return all(new BrotliInputStream(new ByteArrayInputStream(in, at, length)), out, outAt, outLength);
    }

    private static int all(InputStream stream, byte[] out, int outAt, int outLength) throws IOException {
        try (stream) {
            int done = stream.readNBytes(out, outAt, outLength);
            return done == outLength && stream.read() >= 0 ? done + 1 : done;
        }
    }
}
