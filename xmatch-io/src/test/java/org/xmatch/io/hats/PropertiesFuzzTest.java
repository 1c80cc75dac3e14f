package org.xmatch.io.hats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xmatch.io.CatalogFormatException;
import org.xmatch.io.FuzzRun;
import org.xmatch.io.Mutation;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Damaged properties files and partition lists end in what they say or in a message that names the file. */
class PropertiesFuzzTest {

    private static final byte[] PROPERTIES = """
            #HATS catalog
            obs_collection=small_sky
            dataproduct_type=object
            hats_nrows=131
            hats_col_ra=ra
            hats_col_dec=dec
            hats_cols_default=id ra, dec;mag\\u00e9 \\
              lc.mjd
            hats_col_healpix=_healpix_29
            hats_col_healpix_order=29
            hats_margin_threshold=10.0
            hats_npix_suffix=.parquet
            """.getBytes(StandardCharsets.UTF_8);

    private static final byte[] PARTITIONS = """
            Norder,Npix,num_rows
            1,44,42
            1,45,29
            "2",188,12
            29,3458764513820540927,1
            """.getBytes(StandardCharsets.UTF_8);

    @Test
    void survivesDamagedProperties() throws Exception {
        FuzzRun run = new FuzzRun();
        run.run(30_000, 4 << 20, (seed, note) -> {
            Mutation mutation = new Mutation(seed);
            byte[] damaged = mutation.of(PROPERTIES, 0);
            note.says(mutation.toString());
            HatsProperties properties = HatsProperties.parse(FuzzRun.LOCATION, new String(damaged, StandardCharsets.UTF_8));
            properties.list(HatsProperties.DEFAULT_COLUMNS);
            properties.requireLong(HatsProperties.ROWS);
            properties.requireDouble(HatsProperties.MARGIN_THRESHOLD);
            List.of(HatsProperties.NAME, HatsProperties.TYPE, HatsProperties.RA).forEach(properties::require);
        });
        assertThat(run.refused()).isGreaterThan(100);
        assertThat(run.results()).isGreaterThan(100);
    }

    @Test
    void survivesDamagedPartitionLists() throws Exception {
        FuzzRun run = new FuzzRun();
        run.run(30_000, 4 << 20, (seed, note) -> {
            Mutation mutation = new Mutation(seed);
            byte[] damaged = mutation.of(PARTITIONS, 0);
            note.says(mutation.toString());
            PartitionInfo.parse(FuzzRun.LOCATION, new String(damaged, StandardCharsets.UTF_8));
        });
        assertThat(run.refused()).isGreaterThan(100);
        assertThat(run.results()).isGreaterThan(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", ",", ",,\n,,", "Norder,Npix", "Npix,Norder\n"})
    void aListOfNoPartitionsIsEmptyOrNamed(String text) {
        try {
            assertThat(PartitionInfo.parse(FuzzRun.LOCATION, text)).isEmpty();
        } catch (CatalogFormatException e) {
            assertThat(e).hasMessageContaining(FuzzRun.LOCATION);
        }
    }
}
