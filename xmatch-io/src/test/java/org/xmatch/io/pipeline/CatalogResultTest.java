package org.xmatch.io.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xmatch.core.align.PartitionGroup;
import org.xmatch.core.healpix.HealpixPixel;
import org.xmatch.core.match.MatchOptions;
import org.xmatch.io.CatalogFormatException;
import org.xmatch.io.StorageException;
import org.xmatch.io.UnitFailedException;
import org.xmatch.io.hats.HatsCatalog;
import org.xmatch.io.hats.HatsWriter;
import org.xmatch.io.hats.TestCatalog;
import org.xmatch.io.parquet.ParquetWriteOptions;
import org.xmatch.io.storage.Folders;
import org.xmatch.io.storage.OutputLock;
import org.xmatch.io.table.Column;
import org.xmatch.io.table.Field;
import org.xmatch.io.table.Table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Results as HATS catalogs: layout, resuming, and what stands in the way; units with made-up rows. */
class CatalogResultTest {

    private static final MatchOptions NEAREST = MatchOptions.nearestWithin(1);
    private static final HatsOutputOptions NEW = HatsOutputOptions.DEFAULT;
    private static final HatsOutputOptions RESUME = NEW.withResume(true);
    private static final HatsOutputOptions OVERWRITE = NEW.withOverwrite(true);
    /** Every twelfth of the sky is a unit; the last has no rows. */
    private static final List<PartitionGroup> UNITS = IntStream.range(0, 12)
            .mapToObj(base -> new HealpixPixel(0, base))
            .map(pixel -> new PartitionGroup(pixel, List.of(pixel), List.of(pixel))).toList();

    @TempDir
    private Path work;
    private Path target;
    private List<Integer> done;

    @BeforeEach
    void makeInputs() {
        target = work.resolve("pairs");
        writeInput("left", 7);
        writeInput("right", 8);
        done = new ArrayList<>();
    }

    private void writeInput(String name, int seed) {
        Random random = new Random(seed);
        double[] ra = random.doubles(300, 0, 360).toArray();
        double[] dec = random.doubles(300, -90, 90).toArray();
        TestCatalog.partition(ra, dec, 1000, 0, false, random).write(work.resolve(name), name, ParquetWriteOptions.DEFAULT);
    }

    private CatalogResult result(MatchOptions options) {
        CatalogInput left = CatalogInput.open(work.resolve("left").toString());
        CatalogInput right = CatalogInput.open(work.resolve("right").toString()).withColumns(List.of("id"));
        Suffixes suffixes = Suffixes.ofNames("left", "right", true);
        return new CatalogResult(left, right, options, suffixes,
                OutputColumns.of(left.resultFields(), right.resultFields(), suffixes));
    }

    /** Does the units up to one at which it fails. */
    private MatchSummary write(HatsOutputOptions how, int failsAt) {
        return result(NEAREST).write(target, how, units(failsAt));
    }

    private CatalogResult.Units units(int failsAt) {
        return (make, scratch) -> {
            UnitSinks sinks = make.apply(Runnable::run);
            MatchCounts counts = MatchCounts.ZERO;
            for (PartitionGroup unit : UNITS) {
                counts = counts.plus(sinks.finished(unit).orElseGet(() -> doUnit(sinks, unit, failsAt)));
            }
            return new MatchSummary(counts, Map.of(), 0, 0, 0, 0, 1, "tile");
        };
    }

    private MatchCounts doUnit(UnitSinks sinks, PartitionGroup unit, int failsAt) {
        int base = (int) unit.pixel().pixel();
        MatchCounts counts = new MatchCounts(100, base * 10, 0, 50, 0, base == 11 ? 0 : 2 * base + 2);
        try (UnitSink sink = sinks.open(unit)) {
            for (int part = 0; part < (base == 11 ? 0 : 2); part++) {
                sink.write(rows(unit.pixel(), part * (base + 1), base + 1));
            }
            if (base == failsAt) {
                throw new CatalogFormatException(leaf("left", base).toString(), "the page is corrupt");
            }
            sink.commit(counts);
        }
        done.add(base);
        return counts;
    }

    private Table rows(HealpixPixel pixel, int from, int count) {
        List<Field> fields = result(NEAREST).columns().result();
        long[] index = new long[count];
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            index[i] = pixel.first29() + from + i;
            numbers[i] = from + i;
        }
        List<Column> columns = new ArrayList<>(List.of(Column.ofLongs(HatsWriter.INDEX, index, count)));
        for (Field field : fields) {
            columns.add(field.physical() == Field.Physical.INT64 ? Column.ofLongs(field, index, count)
                    : Column.ofDoubles(field, numbers, count));
        }
        return new Table(columns, count);
    }

    private Path leaf(String input, int base) {
        return work.resolve(input).resolve("dataset/Norder=0/Dir=0/Npix=" + base + ".parquet");
    }

    private Path folder() {
        return work.resolve(".pairs.unfinished");
    }

    private Path made(int base) {
        return folder().resolve("catalog/dataset/Norder=0/Dir=0/Npix=" + base + ".parquet");
    }

    /** Bytes of all files below a folder, by relative path. */
    private static Map<String, String> bytes(Path root) {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> found = Files.walk(root)) {
            for (Path path : found.filter(Files::isRegularFile).toList()) {
                files.put(root.relativize(path).toString(), HexFormat.of().formatHex(Files.readAllBytes(path)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    @Test
    void writesACatalogWithALeafForEachUnitThatHasRows() throws Exception {
        MatchSummary summary = write(NEW, -1);

        HatsCatalog catalog = CatalogInput.open(target.toString()).hats().orElseThrow();
        assertThat(catalog.partitions()).hasSize(11).doesNotContain(new HealpixPixel(0, 11));
        assertThat(catalog.rowCount()).isEqualTo(summary.counts().rowsOut());
        assertThat(catalog.raColumn()).isEqualTo("ra_left");
        assertThat(catalog.decColumn()).isEqualTo("dec_left");
        assertThat(catalog.name()).isEqualTo("left_x_right");
        assertThat(catalog.properties()).containsEntry("xmatch_radius_arcsec", "1.0")
                .containsEntry("xmatch_left", work.resolve("left").toString())
                .containsEntry("xmatch_rows_left", "1200").containsEntry("hats_max_rows", "22");
        assertThat(work).isDirectoryContaining("glob:**/pairs");
        try (Stream<Path> left = Files.list(work)) {
            assertThat(left.map(path -> path.getFileName().toString())).containsExactlyInAnyOrder("left", "right", "pairs");
        }
    }

    @Test
    void goesOnAfterAFailureToTheSameBytes() {
        write(NEW, -1);
        Map<String, String> undisturbed = bytes(target);
        undisturbed.keySet().removeIf(name -> name.endsWith("properties")); // they have the date
        Folders.delete(target);
        done.clear();
        for (int failsAt = 11; failsAt >= 0; failsAt -= 3) {
            int at = failsAt;
            assertThatThrownBy(() -> write(NEW, at)).isInstanceOf(CatalogFormatException.class);
            assertThat(target).doesNotExist();
            assertThat(UnfinishedJob.of(target)).hasValueSatisfying(job -> assertThat(job.finishedUnits()).isEqualTo(at));
            String date = pinnedDate();

            done.clear();
            write(RESUME, -1);

            assertThat(done).isEqualTo(IntStream.range(at, 12).boxed().toList());
            assertThat(bytes(target)).containsAllEntriesOf(undisturbed);
            assertThat(CatalogInput.open(target.toString()).hats().orElseThrow().properties().get("hats_creation_date"))
                    .isEqualTo(date.substring(0, 16) + "UTC");
            assertThat(folder()).doesNotExist();
            Folders.delete(target);
        }
    }

    private String pinnedDate() {
        return JobDescription.read(folder().resolve("job.properties")).created().toString();
    }

    @Test
    void keepsNothingOfAJobThatFinishedNoUnit() {
        assertThatThrownBy(() -> write(NEW, 0)).isInstanceOf(CatalogFormatException.class);
        assertThat(folder()).doesNotExist();
        assertThat(work.resolve(".pairs.lock")).doesNotExist();
    }

    @Test
    void beginsWhereThereIsNothingToResume() {
        write(RESUME, -1);
        assertThat(done).hasSize(12);
    }

    @Test
    void doesUnitsAgainWhoseLeavesAreNotAsTheyWereWritten() throws Exception {
        write(NEW, -1);
        Map<String, String> undisturbed = bytes(target);
        assertThatThrownBy(() -> write(OVERWRITE, 10)).isInstanceOf(CatalogFormatException.class);
        byte[] bytes = Files.readAllBytes(made(3));
        bytes[40] ^= 1; // same size, still a Parquet file
        Files.write(made(3), bytes);
        Files.delete(made(5));
        Files.write(made(6), new byte[] {1}, StandardOpenOption.APPEND);
        Files.write(made(7), new byte[2], StandardOpenOption.TRUNCATE_EXISTING);
        Files.createDirectories(made(7).resolveSibling("stray"));
        Files.write(made(7).resolveSibling("stray/file"), new byte[2]);
        Files.write(made(7).resolveSibling(".Npix=8.parquet.tmp-1"), new byte[2]);
        Files.writeString(folder().resolve("units.csv"), "0,9,20,111", StandardOpenOption.APPEND);
        done.clear();

        write(RESUME, -1);

        assertThat(done).containsExactly(3, 5, 6, 7, 10, 11);
        Map<String, String> resumed = bytes(target);
        assertThat(resumed.keySet()).isEqualTo(undisturbed.keySet());
        undisturbed.keySet().removeIf(name -> name.endsWith("properties"));
        assertThat(resumed).containsAllEntriesOf(undisturbed);
    }

    @Test
    void givesTheRowsOfTheOtherFormatsInTheOrderOfTheSky() {
        CrossMatch match = CrossMatch.of(result(NEAREST).left(), result(NEAREST).right(), MatchOptions.nearestWithin(7200));
        List<String> rows = new ArrayList<>();
        match.forEach(table -> addRows(table, rows));

        match.writeCatalog(target, NEW);

        List<String> inCatalog = new ArrayList<>();
        CrossMatch.of(CatalogInput.open(target.toString()), result(NEAREST).right(), MatchOptions.nearestWithin(7200))
                .forEach(table -> addRows(table, inCatalog));
        assertThat(rows).hasSizeGreaterThan(10);
        assertThat(inCatalog.stream().map(row -> row.substring(0, row.lastIndexOf('|', row.lastIndexOf('|') - 1))))
                .containsExactlyInAnyOrderElementsOf(rows);
    }

    private static void addRows(Table table, List<String> into) {
        for (int row = 0; row < table.rows(); row++) {
            StringBuilder text = new StringBuilder();
            for (Column column : table.columns()) {
                text.append(text.isEmpty() ? "" : "|").append(column.field().physical() == Field.Physical.INT64
                        ? column.longs()[row] : column.doubles()[row]);
            }
            into.add(text.toString());
        }
    }

    @Test
    void namesAUnitWithACorruptPageAndGoesOnWhenItIsRepaired() throws Exception {
        CrossMatch match = CrossMatch.of(result(NEAREST).left(), result(NEAREST).right(), MatchOptions.nearestWithin(7200));
        match.writeCatalog(target, NEW);
        Map<String, String> undisturbed = bytes(target);
        Folders.delete(target);
        byte[] whole = Files.readAllBytes(leaf("left", 4));
        byte[] corrupt = whole.clone();
        Arrays.fill(corrupt, 4, corrupt.length / 3, (byte) 0x55);
        Files.write(leaf("left", 4), corrupt);

        CrossMatch again = CrossMatch.of(result(NEAREST).left(), result(NEAREST).right(), MatchOptions.nearestWithin(7200));
        assertThatThrownBy(() -> again.writeCatalog(target, NEW.withKeepGoing(true)))
                .isInstanceOf(UnitFailedException.class).hasMessageContaining("1 of 12").hasMessageContaining("Npix=4.parquet");
        assertThat(UnfinishedJob.of(target)).hasValueSatisfying(job -> assertThat(job.finishedUnits()).isEqualTo(11));
        assertThat(target).doesNotExist();

        Files.write(leaf("left", 4), whole);
        again.writeCatalog(target, RESUME);

        Map<String, String> resumed = bytes(target);
        assertThat(resumed.keySet()).isEqualTo(undisturbed.keySet());
        undisturbed.keySet().removeIf(name -> name.endsWith("properties"));
        assertThat(resumed).containsAllEntriesOf(undisturbed);
    }

    @Test
    void keepsWhatItHasWhenTheDiskIsFull() throws Exception {
        write(NEW, -1);
        Map<String, String> undisturbed = bytes(target);
        undisturbed.keySet().removeIf(name -> name.endsWith("properties"));
        long needed = undisturbed.values().stream().mapToLong(hex -> hex.length() / 2).sum();
        for (double share : new double[] {0.1, 0.6, 0.95, 0.99, 1}) {
            long most = (long) (share * needed);
            try (FileSystem small = Jimfs.newFileSystem(Configuration.unix().toBuilder().setBlockSize(512).setMaxSize(most).build());
                    FileSystem large = Jimfs.newFileSystem(Configuration.unix())) {
                Path full = Files.createDirectory(small.getPath("/out")).resolve("pairs");
                assertThatThrownBy(() -> result(NEAREST).write(full, NEW, units(-1))).as("disk of %d bytes", most)
                        .isInstanceOf(StorageException.class).hasMessageContaining("ut of disk space")
                        .hasMessageNotContaining("failed.txt");
                assertThat(Files.exists(full)).isFalse();

                Path roomy = Files.createDirectory(large.getPath("/out")).resolve("pairs");
                copy(full.getParent(), roomy.getParent());
                done.clear();
                result(NEAREST).write(roomy, RESUME, units(-1));

                assertThat(bytes(roomy)).containsAllEntriesOf(undisturbed);
                assertThat(done).hasSizeLessThanOrEqualTo(share < 0.5 ? 12 : 11);
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> found = Files.walk(from)) {
            for (Path path : found.skip(1).toList()) {
                Path copy = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectory(copy);
                } else {
                    Files.write(copy, Files.readAllBytes(path));
                }
            }
        }
    }

    @Test
    void refusesToGoOnWithOtherOptions() {
        assertThatThrownBy(() -> write(NEW, 4)).isInstanceOf(CatalogFormatException.class);

        assertThatThrownBy(() -> result(MatchOptions.nearestWithin(2)).write(target, RESUME, units(-1)))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("radius_arcsec was 1.0, is 2.0").hasMessageContaining("--overwrite");
        assertThat(UnfinishedJob.of(target)).isPresent();
    }

    @Test
    void refusesToGoOnWhenAnInputChanged() throws Exception {
        assertThatThrownBy(() -> write(NEW, 4)).isInstanceOf(CatalogFormatException.class);
        Files.setLastModifiedTime(leaf("right", 9), FileTime.fromMillis(0));

        assertThatThrownBy(() -> write(RESUME, -1)).isInstanceOf(StorageException.class)
                .hasMessageContaining("Npix=9.parquet was ").hasMessageContaining("and is ");

        Files.writeString(work.resolve("left/hats.properties"), "t_max=1\n", StandardOpenOption.APPEND);
        assertThatThrownBy(() -> write(RESUME, -1)).isInstanceOf(StorageException.class)
                .hasMessageContaining("left_state was ");
    }

    @Test
    void goesOnWhenTheFileAUnitFailedAtIsRepaired() throws Exception {
        assertThatThrownBy(() -> write(NEW, 4)).isInstanceOf(CatalogFormatException.class);
        Files.setLastModifiedTime(leaf("left", 4), FileTime.fromMillis(0));
        done.clear();

        write(RESUME, -1);

        assertThat(done).contains(4, 5, 6, 7, 8, 9, 10, 11)
                .contains(0) // touches pixel 4, whose file changed after it was done
                .doesNotContain(2); // lies on the other side
    }

    @Test
    void doesNotStartOverAJobThatCanGoOnUnlessTold() {
        assertThatThrownBy(() -> write(NEW, 4)).isInstanceOf(CatalogFormatException.class);

        assertThatThrownBy(() -> write(NEW, -1)).isInstanceOf(StorageException.class)
                .hasMessageContaining("4 units").hasMessageContaining("--resume").hasMessageContaining("--overwrite");

        done.clear();
        write(OVERWRITE, -1);
        assertThat(done).hasSize(12);
    }

    @Test
    void replacesACatalogOnlyWhenToldAndWhenTheNewOneIsWhole() throws Exception {
        write(NEW, -1);
        String before = Files.readString(target.resolve("partition_info.csv"));

        assertThatThrownBy(() -> write(NEW, -1)).isInstanceOf(StorageException.class).hasMessageContaining("exists already");
        assertThatThrownBy(() -> write(OVERWRITE, 6)).isInstanceOf(CatalogFormatException.class);
        assertThat(target.resolve("partition_info.csv")).hasContent(before);

        write(RESUME, -1); // of a job that may overwrite
        assertThat(target.resolve("partition_info.csv")).hasContent(before);
        assertThat(folder()).doesNotExist();
    }

    @Test
    void replacesNothingButCatalogs() throws Exception {
        Files.createDirectories(target);
        Files.writeString(target.resolve("thesis.tex"), "");
        assertThatThrownBy(() -> write(OVERWRITE, -1)).isInstanceOf(StorageException.class).hasMessageContaining("no HATS");
        Files.writeString(target.resolve("hats.properties"), "");
        assertThatThrownBy(() -> write(OVERWRITE, -1)).isInstanceOf(StorageException.class).hasMessageContaining("thesis.tex");
        assertThat(target.resolve("thesis.tex")).exists();
    }

    @Test
    void writesNeitherOverNorIntoAnInput() {
        for (String place : List.of("left", "left/dataset", "left/new", ".")) {
            assertThatThrownBy(() -> result(NEAREST).write(work.resolve(place), OVERWRITE, units(-1)))
                    .as(place).isInstanceOf(StorageException.class).hasMessageContaining("the input");
        }
    }

    @Test
    void twoJobsNeverWriteTheSameCatalog() {
        try (OutputLock other = OutputLock.of(target)) {
            assertThat(other).isNotNull();
            assertThatThrownBy(() -> write(OVERWRITE, -1)).isInstanceOf(StorageException.class)
                    .hasMessageContaining("another job is writing");
        }
        write(NEW, -1);
    }

    @Test
    void finishesWhenKilledBetweenTheLastSteps() throws Exception {
        write(NEW, -1);
        Map<String, String> whole = bytes(target);
        assertThatThrownBy(() -> write(OVERWRITE, 6)).isInstanceOf(CatalogFormatException.class);
        // after the old catalog was moved away
        Files.move(target, folder().resolve("replaced"));
        write(RESUME, -1);
        assertThat(bytes(target).keySet()).isEqualTo(whole.keySet());

        // after the new one has its name
        assertThatThrownBy(() -> write(OVERWRITE, 6)).isInstanceOf(CatalogFormatException.class);
        Folders.delete(folder().resolve("catalog"));
        done.clear();
        write(RESUME, -1);
        assertThat(folder()).doesNotExist();
        assertThat(bytes(target).keySet()).isEqualTo(whole.keySet());
    }

    @Test
    void needsThePositionsOfLeftRows() {
        CatalogResult whole = result(NEAREST);
        CatalogInput left = whole.left().withColumns(List.of("id", "ra"));
        CatalogResult without = new CatalogResult(left, whole.right(), NEAREST, whole.suffixes(),
                OutputColumns.of(left.resultFields(), whole.right().resultFields(), whole.suffixes()));
        assertThatThrownBy(() -> without.write(target, NEW, units(-1))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'dec'");
    }
}
