package org.xmatch.jmh.data;

import org.xmatch.core.match.Algorithm;
import org.xmatch.core.match.MatchOptions;
import org.xmatch.core.match.MatchResult;
import org.xmatch.core.match.Matcher;
import org.xmatch.core.sky.SkyPoints;
import org.xmatch.jmh.BenchmarkSky;
import org.xmatch.jmh.MatchBenchmark;
import org.xmatch.jmh.gate.EqualAnswers;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Writes what {@link MatchBenchmark} matches, and its pairs, for programs in other languages.
 * <p>
 * {@code java -cp xmatch-jmh/target/xmatch-jmh.jar org.xmatch.jmh.data.SkyExport FOLDER SKY ROWS NEIGHBORS}
 * <p>
 * - {@code left_ra.f64}, {@code left_dec.f64}, {@code right_ra.f64}, {@code right_dec.f64}: degrees,
 * one little-endian double a row
 * - {@code left.i32}, {@code right.i32}, {@code sep.f64}: matched rows and their separation in arcsec,
 * within 1 arcsec, by left row, then separation
 * - {@code sky.json}: the arguments
 * - {@code SHA256SUMS}: checksums of the arrays, as {@code sha256sum -c} reads them, written last
 * <p>
 * All algorithms are run first; nothing is written when their pairs differ. With {@code NEIGHBORS} 1
 * the reference algorithm takes part too; with more, the trees and the default do.
 */
public final class SkyExport {

    private static final int BUFFER_BYTES = 1 << 16;

    private final Path folder;
    private final StringBuilder checksums = new StringBuilder();

    private SkyExport(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] args) throws IOException {
        if (args.length != 4) {
            throw new IllegalArgumentException("say FOLDER SKY ROWS NEIGHBORS, got " + String.join(" ", args));
        }
        new SkyExport(Path.of(args[0])).write(BenchmarkSky.valueOf(args[1]), Integer.parseInt(args[2]), args[3]);
    }

    private void write(BenchmarkSky sky, int rows, String neighbors) throws IOException {
        BenchmarkSky.Sample sample = sky.sample(rows);
        MatchOptions options = MatchBenchmark.options("tile", neighbors);
        MatchResult pairs = Matcher.match(sample.left(), sample.right(), options);
        for (Algorithm algorithm : Algorithm.values()) {
            if (algorithm != Algorithm.TILE) {
                EqualAnswers.require(sky + ", " + rows + " rows, tile against " + algorithm.id(), pairs,
                        Matcher.match(sample.left(), sample.right(), options.withAlgorithm(algorithm)));
            }
        }
        Files.createDirectories(folder);
        Files.deleteIfExists(folder.resolve("SHA256SUMS"));
        points("left", sample.left());
        points("right", sample.right());
        ints("left.i32", pairs.leftRow(), pairs.size());
        ints("right.i32", pairs.rightRow(), pairs.size());
        doubles("sep.f64", pairs.separationArcsec(), pairs.size());
        Files.writeString(folder.resolve("sky.json"), "{\"sky\": \"" + sky + "\", \"rows\": \"" + rows
                + "\", \"neighbors\": \"" + neighbors + "\"}\n");
        Files.writeString(folder.resolve("SHA256SUMS"), checksums);
        System.out.println(folder + ": " + sample.left().size() + " x " + sample.right().size() + " rows, "
                + pairs.size() + " pairs, the same by every algorithm");
    }

    private void points(String side, SkyPoints points) throws IOException {
        doubles(side + "_ra.f64", points.ra(), points.size());
        doubles(side + "_dec.f64", points.dec(), points.size());
    }

    private void doubles(String name, double[] values, int size) throws IOException {
        write(name, size, Double.BYTES, (buffer, i) -> buffer.putDouble(values[i]));
    }

    private void ints(String name, int[] values, int size) throws IOException {
        write(name, size, Integer.BYTES, (buffer, i) -> buffer.putInt(values[i]));
    }

    /** Puts one value into a buffer. */
    private interface Value {
        void put(ByteBuffer buffer, int i);
    }

    private void write(String name, int size, int bytes, Value value) throws IOException {
        MessageDigest digest = sha256();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try (OutputStream out = new DigestOutputStream(Files.newOutputStream(folder.resolve(name)), digest)) {
            for (int i = 0; i < size; i++) {
                if (buffer.remaining() < bytes) {
                    out.write(buffer.array(), 0, buffer.position());
                    buffer.clear();
                }
                value.put(buffer, i);
            }
            out.write(buffer.array(), 0, buffer.position());
        }
        checksums.append(HexFormat.of().formatHex(digest.digest())).append("  ").append(name).append('\n');
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
