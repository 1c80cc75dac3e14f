package org.xmatch.io.pipeline;

import org.xmatch.core.match.MatchOptions;
import org.xmatch.core.region.Cone;
import org.xmatch.io.CatalogFormatException;
import org.xmatch.io.StorageException;
import org.xmatch.io.hats.HatsCatalog;
import org.xmatch.io.storage.Location;
import org.xmatch.io.storage.ReadCounters;
import org.xmatch.io.storage.Storage;
import org.xmatch.io.table.Field;
import org.xmatch.io.table.FieldMetadata;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A catalog opened for a cross-match, and what is wanted of it: columns, region, margin.
 * <p>
 * It is a HATS catalog or collection, or one plain CSV or Parquet file. The {@code with} methods
 * return changed copies. Immutable and thread-safe; holds no open file.
 */
public final class CatalogInput {

    private static final List<List<String>> POSITION_NAMES = List.of(
            List.of("ra", "dec"), List.of("ra_deg", "dec_deg"), List.of("raj2000", "dej2000"));
    private static final String SPATIAL_INDEX = "_healpix_29";

    private final Location location;
    private final Storage storage;
    private final ReadCounters counters;
    private final Optional<HatsCatalog> hats;
    private final Optional<HatsCatalog> margin;
    private final Optional<PlainFile> plain;
    private final List<Field> fields;
    private final Optional<List<String>> columns;
    private final Optional<String> raColumn;
    private final Optional<String> decColumn;
    private final Optional<Cone> cone;

    private CatalogInput(Location location, Storage storage, ReadCounters counters, Optional<HatsCatalog> hats,
            Optional<HatsCatalog> margin, Optional<PlainFile> plain, List<Field> fields,
            Optional<List<String>> columns, Optional<String> raColumn, Optional<String> decColumn,
            Optional<Cone> cone) {
        this.location = location;
        this.storage = storage;
        this.counters = counters;
        this.hats = hats;
        this.margin = margin;
        this.plain = plain;
        this.fields = fields;
        this.columns = columns;
        this.raColumn = raColumn;
        this.decColumn = decColumn;
        this.cone = cone;
    }

    /**
     * Opens a HATS root, or a plain file ending in {@code .csv}, {@code .parquet}, {@code .parq} or
     * {@code .pq}.
     *
     * @throws CatalogFormatException when it is no catalog that can be read
     * @throws StorageException when nothing is there
     */
    public static CatalogInput open(String pathOrUri) {
        return open(pathOrUri, Storage.standard());
    }

    /** Opens a catalog reached through this storage. */
    public static CatalogInput open(String pathOrUri, Storage storage) {
        return open(pathOrUri, storage, new ReadCounters());
    }

    /**
     * The two catalogs of a cross-match.
     *
     * @param left searched for
     * @param right searched in
     */
    public record Pair(CatalogInput left, CatalogInput right) {}

    /**
     * Opens two catalogs, remote ones at the same time.
     *
     * @param margin of the right one, in place of its collection's
     */
    public static Pair openPair(String left, String right, Optional<String> margin, Storage storage) {
        if (!Location.isUri(left) && !Location.isUri(right)) {
            return new Pair(open(left, storage), openWithMargin(right, margin, storage));
        }
        CompletableFuture<CatalogInput> second =
                CompletableFuture.supplyAsync(() -> openWithMargin(right, margin, storage));
        CatalogInput first = open(left, storage);
        try {
            return new Pair(first, second.join());
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private static CatalogInput openWithMargin(String pathOrUri, Optional<String> margin, Storage storage) {
        ReadCounters counters = new ReadCounters();
        Optional<Location> place = margin.map(name -> Location.of(name, storage, counters));
        place.ifPresent(HatsCatalog::announce);
        CatalogInput main = open(pathOrUri, storage, counters);
        return place.isEmpty() ? main : main.withMargin(place.get());
    }

    private static CatalogInput open(String pathOrUri, Storage storage, ReadCounters counters) {
        Location location = Location.of(pathOrUri, storage, counters);
        // asking a server what is a file costs a request: there the name tells
        if (location.isRemote() ? PlainFile.isName(location) : location.isFile()) {
            PlainFile file = PlainFile.open(location);
            return new CatalogInput(location, storage, counters, Optional.empty(), Optional.empty(), Optional.of(file),
                    file.fields(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        }
        if (!location.isRemote() && !HatsCatalog.isCatalog(location)) {
            throw new CatalogFormatException(location.toString(), location + " is neither a HATS catalog (it"
                    + " holds no hats.properties, properties or collection.properties) nor a CSV or Parquet"
                    + " file: name the catalog's top folder, or one file");
        }
        HatsCatalog catalog = HatsCatalog.open(location);
        return new CatalogInput(location, storage, counters, Optional.of(catalog), catalog.defaultMargin(),
                Optional.empty(), catalog.columns(), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty());
    }

    /** What is told of its columns besides their types. */
    FieldMetadata fieldMetadata() {
        return plain.map(PlainFile::fieldMetadata).orElseGet(() -> hats.orElseThrow().fieldMetadata());
    }

    /** Changes when a plain file does, or what a catalog says of itself; leaves have states of their own. */
    String state() {
        return plain.map(PlainFile::state).orElseGet(() -> hats.orElseThrow().state());
    }

    /**
     * The columns wanted in the result, exactly these in this order; positions are not added. A part of a
     * nested column is named with points, as {@code lc.mjd}; parts of one column come together.
     */
    public CatalogInput withColumns(List<String> names) {
        if (new LinkedHashSet<>(names).size() != names.size()) {
            throw new IllegalArgumentException("a column is named twice in " + String.join(",", names));
        }
        selection().of(names);
        return new CatalogInput(location, storage, counters, hats, margin, plain, fields, Optional.of(List.copyOf(names)),
                raColumn, decColumn, cone);
    }

    /** The columns that hold positions, in degrees, in place of the ones found by themselves. */
    public CatalogInput withPositionColumns(Optional<String> ra, Optional<String> dec) {
        ra.ifPresent(this::requireField);
        dec.ifPresent(this::requireField);
        return new CatalogInput(location, storage, counters, hats, margin, plain, fields, columns, ra, dec, cone);
    }

    /** Only rows inside the cone, as a left catalog. */
    public CatalogInput withCone(Cone region) {
        return new CatalogInput(location, storage, counters, hats, margin, plain, fields, columns, raColumn, decColumn,
                Optional.of(region));
    }

    /** Another margin catalog than the collection's default. */
    public CatalogInput withMargin(String pathOrUri) {
        return withMargin(Location.of(pathOrUri, storage, counters));
    }

    private CatalogInput withMargin(Location place) {
        if (hats.isEmpty()) {
            throw new IllegalArgumentException(location + " is a plain file, which has no margin");
        }
        HatsCatalog other = HatsCatalog.openMargin(place);
        return new CatalogInput(location, storage, counters, hats, Optional.of(other), plain, fields, columns, raColumn,
                decColumn, cone);
    }

    /** No margin: border rows come from the neighbouring partitions. */
    public CatalogInput withoutMargin() {
        return new CatalogInput(location, storage, counters, hats, Optional.empty(), plain, fields, columns, raColumn,
                decColumn, cone);
    }

    /** {@code obs_collection} of the main catalog, or a plain file's name without extension. */
    public String name() {
        return hats.map(HatsCatalog::name).orElseGet(() -> plain.orElseThrow().name());
    }

    /** Where it is, for messages. */
    public String location() {
        return location.toString();
    }

    /** Whether a server is asked for it. */
    boolean isRemote() {
        return location.isRemote();
    }

    /** All flat columns, in schema order. */
    public List<Field> fields() {
        return fields.stream().filter(field -> !field.isNested()).toList();
    }

    /** Names of the columns that are not flat, in schema order. */
    public List<String> nestedNames() {
        return fields.stream().filter(Field::isNested).map(Field::name).toList();
    }

    /** The HATS catalog, unless this is a plain file. */
    public Optional<HatsCatalog> hats() {
        return hats;
    }

    /** The margin in use, if any. */
    public Optional<HatsCatalog> margin() {
        return margin;
    }

    /** The region it is cut to, if any. */
    public Optional<Cone> cone() {
        return cone;
    }

    /** What was read of it so far. */
    public ReadCounters counters() {
        return counters;
    }

    /**
     * The columns of the result: those asked for, else the catalog's default columns, else every
     * flat column but the spatial index and bookkeeping ones. Nested columns and parts of them are taken
     * where they are named, by the caller or the catalog's default columns.
     */
    public List<Field> resultFields() {
        if (columns.isPresent()) {
            return selection().of(columns.get());
        }
        Set<String> hidden = new LinkedHashSet<>();
        if (hats.isPresent()) {
            hidden.addAll(HatsCatalog.BOOKKEEPING);
            hats.get().healpixColumn().ifPresent(hidden::add);
        } else {
            hidden.add(SPATIAL_INDEX);
        }
        List<String> defaults = hats.map(HatsCatalog::defaultColumns).orElse(List.of());
        if (!defaults.isEmpty()) {
            return selection().ofThoseThere(defaults.stream().filter(name -> !hidden.contains(name)).toList());
        }
        return fields.stream().filter(field -> !field.isNested() && !hidden.contains(field.name())).toList();
    }

    /** Names of the columns that hold the position. */
    PositionColumns positionColumns() {
        String ra;
        String dec;
        if (hats.isPresent()) {
            ra = raColumn.orElseGet(() -> hats.get().raColumn());
            dec = decColumn.orElseGet(() -> hats.get().decColumn());
        } else if (raColumn.isPresent() && decColumn.isPresent()) {
            ra = raColumn.get();
            dec = decColumn.get();
        } else {
            List<String> found = findPositionColumns();
            ra = raColumn.orElse(found.get(0));
            dec = decColumn.orElse(found.get(1));
        }
        for (String name : List.of(ra, dec)) {
            Field field = requireField(name);
            if (!Degrees.isNumeric(field)) {
                throw new CatalogFormatException(location(), "column '" + name + "' of " + location + " is "
                        + field.physical() + ", not numbers: positions are degrees; name another column with"
                        + " --left-ra, --left-dec, --right-ra or --right-dec");
            }
        }
        return new PositionColumns(ra, dec, hats.flatMap(HatsCatalog::healpixColumn),
                hats.map(HatsCatalog::healpixOrder).orElse(29));
    }

    private List<String> findPositionColumns() {
        List<List<String>> found = new ArrayList<>();
        for (List<String> names : POSITION_NAMES) {
            List<String> ras = ignoringCase(names.get(0));
            List<String> decs = ignoringCase(names.get(1));
            for (String ra : ras) {
                for (String dec : decs) {
                    found.add(List.of(ra, dec));
                }
            }
        }
        if (found.size() == 1) {
            return found.get(0);
        }
        String names = String.join(", ", fields.stream().map(Field::name).toList());
        throw new CatalogFormatException(location(), (found.isEmpty()
                ? location + " has no columns ra and dec, ra_deg and dec_deg, or raj2000 and dej2000"
                : location + " has more than one pair of position columns: " + found)
                + "; name them with --left-ra and --left-dec, or --right-ra and --right-dec (columns: "
                + names + ")");
    }

    private List<String> ignoringCase(String name) {
        return fields.stream().map(Field::name).filter(name::equalsIgnoreCase).toList();
    }

    private ColumnSelection selection() {
        return new ColumnSelection(fields, location());
    }

    private Field requireField(String name) {
        return selection().require(name);
    }

    /** The main catalog as the pipeline reads it; reads a plain file's columns. */
    Side side() {
        PositionColumns positions = positionColumns();
        if (hats.isPresent()) {
            return new HatsSide(hats.get(), positions, storage);
        }
        List<Field> wanted = new ArrayList<>(List.of(requireField(positions.ra()), requireField(positions.dec())));
        wanted.addAll(resultFields());
        return new PlainSide(plain.orElseThrow().table(wanted), positions.ra(), positions.dec(), location());
    }

    /** The margin, if it holds all border rows that such a search needs. */
    Optional<HatsCatalog> marginFor(MatchOptions options) {
        return margin.filter(catalog -> catalog.marginThresholdArcsec() >= Plan.reachArcsec(options));
    }

    /** That margin as the pipeline reads it. */
    Optional<Side> marginSide(MatchOptions options) {
        return marginFor(options).map(catalog -> {
            PositionColumns main = positionColumns();
            for (String name : requiredOfMargin(main)) {
                if (catalog.columns().stream().noneMatch(field -> field.name().equals(name))) {
                    throw new CatalogFormatException(catalog.root().toString(), "margin " + catalog.root()
                            + " has no column '" + name + "' as " + location + " has: it was made from another"
                            + " catalog; name the right one with --right-margin, or none");
                }
            }
            return new HatsSide(catalog, new PositionColumns(main.ra(), main.dec(),
                    catalog.healpixColumn(), catalog.healpixOrder()), storage);
        });
    }

    private Set<String> requiredOfMargin(PositionColumns main) {
        Set<String> names = new LinkedHashSet<>(List.of(main.ra(), main.dec()));
        resultFields().forEach(field -> names.add(field.name()));
        return names;
    }
}
