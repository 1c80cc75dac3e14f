package org.xmatch.io.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xmatch.core.match.Algorithm;
import org.xmatch.core.match.MatchOptions;
import org.xmatch.io.CatalogFormatException;
import org.xmatch.io.sample.SampleCatalogs;

import java.nio.file.Path;
import java.util.List;

/** One checksum for the same pairs, another for others. */
class PairChecksumTest {

    @TempDir
    private Path folder;

    private Path match(String name, int threads, double radius, boolean reversed) {
        CatalogInput left = CatalogInput.open(folder.resolve("ztf").toString()).withColumns(List.of("oid"));
        CatalogInput right = CatalogInput.open(folder.resolve("ps1").toString()).withColumns(List.of("objID"));
        Path out = folder.resolve(name);
        CrossMatch.of(reversed ? right : left, reversed ? left : right, new MatchOptions(radius, 0, MatchOptions.ALL,
                Algorithm.TILE)).withThreads(threads).writeTo(out, ResultFormat.PARQUET);
        return out;
    }

    @Test
    void tellsSamePairsFromOthers() {
        SampleCatalogs.write(SampleCatalogs.Sky.KEPLER, 2000, 4, folder, 2);
        String pairs = PairChecksum.of(match("one.parquet", 1, 1, false), "oid_ztf", "objID_ps1");

        assertThat(PairChecksum.of(match("two.parquet", 2, 1, false), "oid_ztf", "objID_ps1")).isEqualTo(pairs);
        // all pairs, the other way round: another order
        assertThat(PairChecksum.of(match("back.parquet", 2, 1, true), "oid_ztf", "objID_ps1")).isEqualTo(pairs);
        assertThat(PairChecksum.of(match("near.parquet", 1, 0.9, false), "oid_ztf", "objID_ps1")).isNotEqualTo(pairs);
        assertThatThrownBy(() -> PairChecksum.of(folder.resolve("one.parquet"), "oid", "objID_ps1"))
                .isInstanceOf(CatalogFormatException.class).hasMessageContaining("'oid'");
    }
}
