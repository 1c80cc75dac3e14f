package org.xmatch.io.hats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xmatch.core.healpix.HealpixPixel;
import org.xmatch.io.CatalogFormatException;
import org.xmatch.io.SharedData;
import org.xmatch.io.StorageException;
import org.xmatch.io.parquet.ParquetWriteOptions;
import org.xmatch.io.storage.Location;
import org.xmatch.io.storage.ReadCounters;
import org.xmatch.io.table.Field;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

class HatsCatalogTest {

    @TempDir
    private Path folder;

    private Path root;
    private TestCatalog catalog;

    @BeforeEach
    void writeCatalog() {
        Random random = new Random(1);
        double[] ra = random.doubles(500, 0, 360).toArray();
        double[] dec = random.doubles(500, -90, 90).toArray();
        catalog = TestCatalog.partition(ra, dec, 30, 4, false, random);
        root = folder.resolve("catalog");
        catalog.write(root, "stars", ParquetWriteOptions.DEFAULT);
    }

    private static HatsCatalog open(Path path) {
        return HatsCatalog.open(Location.of(path.toString(), new ReadCounters()));
    }

    private void edit(String file, String from, String to) throws IOException {
        String text = Files.readString(root.resolve(file));
        assertThat(text).contains(from);
        Files.writeString(root.resolve(file), text.replace(from, to));
    }

    @Test
    void readsWhatWasWritten() {
        HatsCatalog found = open(root);
        assertThat(found.name()).isEqualTo("stars");
        assertThat(found.rowCount()).isEqualTo(500);
        assertThat(found.raColumn()).isEqualTo("ra");
        assertThat(found.fields().stream().map(Field::name)).containsExactly("_healpix_29", "id", "ra", "dec");
        assertThat(found.partitions()).isSorted().hasSizeGreaterThan(12);
    }

    @Test
    void findsPartitionsWithoutTheList() throws IOException {
        List<HealpixPixel> partitions = open(root).partitions();
        Files.delete(root.resolve("partition_info.csv"));
        assertThat(open(root).partitions()).isEqualTo(partitions);
        Files.delete(root.resolve("dataset/_metadata"));
        assertThat(open(root).partitions()).isEqualTo(partitions);
        Files.delete(root.resolve("dataset/_common_metadata"));
        assertThat(open(root).fields()).hasSize(4);
    }

    @Test
    void takesEitherPropertiesFileAndEitherSpelling() throws IOException {
        Files.delete(root.resolve("hats.properties"));
        assertThat(open(root).name()).isEqualTo("stars");
        Files.writeString(root.resolve("properties"), "catalog_name=stars\ncatalog_type=object\ntotal_rows=500\n"
                + "ra_column=ra\ndec_column=dec\nhealpix_column=_healpix_29\nhealpix_order=29\n");
        HatsCatalog found = open(root);
        assertThat(found.name()).isEqualTo("stars");
        assertThat(found.rowCount()).isEqualTo(500);
        assertThat(found.decColumn()).isEqualTo("dec");
    }

    @Test
    void namesWhatIsWrong() throws IOException {
        edit("hats.properties", "hats_col_ra=ra\n", "");
        assertThatThrownBy(() -> open(root).raColumn()).isInstanceOf(CatalogFormatException.class)
                .hasMessageContaining("hats_col_ra").hasMessageContaining("hats.properties");
        edit("hats.properties", "dataproduct_type=object", "dataproduct_type=cube");
        assertThatThrownBy(() -> open(root)).isInstanceOf(CatalogFormatException.class).hasMessageContaining("cube");
        edit("hats.properties", "dataproduct_type=cube", "dataproduct_type=object");
        edit("partition_info.csv", "Norder,Npix", "Order,Pix");
        assertThatThrownBy(() -> open(root)).isInstanceOf(CatalogFormatException.class).hasMessageContaining("Norder");
        Files.writeString(root.resolve("partition_info.csv"), "Norder,Npix\n1,48\n");
        assertThatThrownBy(() -> open(root)).isInstanceOf(CatalogFormatException.class).hasMessageContaining("line 2");
        Files.writeString(root.resolve("partition_info.csv"), "Norder,Npix\n1,4\n2,16\n");
        assertThatThrownBy(() -> open(root)).isInstanceOf(CatalogFormatException.class).hasMessageContaining("overlap");
        assertThatThrownBy(() -> open(folder)).isInstanceOf(CatalogFormatException.class).hasMessageContaining("hats.properties");
    }

    @Test
    void neverReplacesOrLeavesHalfACatalog() throws IOException {
        assertThatThrownBy(() -> catalog.write(root, "other", ParquetWriteOptions.DEFAULT)).isInstanceOf(StorageException.class)
                .hasMessageContaining("exists");
        try (HatsWriter writer = HatsWriter.create(folder.resolve("half"), HatsDescription.ofObjects("half", "ra", "dec", 1),
                List.of(Field.ofDouble("ra"), Field.ofDouble("dec")), ParquetWriteOptions.DEFAULT, Runnable::run)) {
            writer.partition(new HealpixPixel(1, 3)).close();
            assertThat(folder.resolve("half")).doesNotExist();
        }
        try (var left = Files.list(folder)) {
            assertThat(left.map(path -> path.getFileName().toString())).containsExactly("catalog");
        }
    }

    @ParameterizedTest
    @CsvSource({"small_sky, 131, 1", "small_sky_npix_as_dir, 131, 1", "small_sky_order1_collection, 131, 4",
        "small_sky_source, 17161, 14", "small_sky_xmatch, 111, 3", "ps1_cone_small, 939, 1", "delve_cone_small, 85, 1"})
    void opensTheCatalogsOfTheReference(String name, long rows, int partitions) {
        HatsCatalog found = open(SharedData.path("lsdb/" + name));
        assertThat(found.rowCount()).isEqualTo(rows);
        assertThat(found.partitions()).hasSize(partitions);
    }

    @Test
    void findsACollectionsMargin() {
        HatsCatalog found = open(SharedData.path("hats/tycho2"));
        assertThat(found.rowCount()).isEqualTo(2_430_468);
        assertThat(found.defaultMargin().orElseThrow().marginThresholdArcsec()).isEqualTo(10);
        assertThat(found.defaultColumns()).isNotNull();
        HatsCatalog margin = found.defaultMargin().orElseThrow();
        assertThatThrownBy(() -> HatsCatalog.openMargin(found.root())).isInstanceOf(CatalogFormatException.class);
        assertThat(margin.type()).isEqualTo("margin");
    }
}
