package org.xmatch.jmh.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xmatch.core.sky.Separation;
import org.xmatch.jmh.BenchmarkSky;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

class SkyExportTest {

    @TempDir
    private Path folder;

    @Test
    void writesPositionsAndPairsWithChecksums() throws IOException, GeneralSecurityException {
        SkyExport.main(new String[] {folder.toString(), "RA_WRAP", "12000", "1"});

        ByteBuffer leftRa = read("left_ra.f64");
        ByteBuffer leftDec = read("left_dec.f64");
        ByteBuffer rightRa = read("right_ra.f64");
        ByteBuffer rightDec = read("right_dec.f64");
        assertThat(leftRa.remaining()).isEqualTo(12_000 * 8);
        assertThat(leftRa.getDouble(11_999 * 8)).isEqualTo(BenchmarkSky.RA_WRAP.sample(12_000).left().ra()[11_999]);
        ByteBuffer left = read("left.i32");
        ByteBuffer right = read("right.i32");
        ByteBuffer separation = read("sep.f64");
        assertThat(left.remaining()).isGreaterThan(40_000).isEqualTo(right.remaining());
        for (int i = 0; i < left.remaining() / 4; i++) {
            int l = 8 * left.getInt(4 * i);
            int r = 8 * right.getInt(4 * i);
            assertThat(Separation.arcsec(leftRa.getDouble(l), leftDec.getDouble(l), rightRa.getDouble(r), rightDec.getDouble(r)))
                    .isEqualTo(separation.getDouble(8 * i)).isLessThanOrEqualTo(1);
        }
        for (String line : Files.readAllLines(folder.resolve("SHA256SUMS"))) {
            byte[] bytes = Files.readAllBytes(folder.resolve(line.substring(66)));
            assertThat(line).startsWith(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        }
    }

    private ByteBuffer read(String name) throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(folder.resolve(name))).order(ByteOrder.LITTLE_ENDIAN);
    }
}
