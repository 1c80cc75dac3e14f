package org.xmatch.io.hats;

import org.xmatch.core.healpix.HealpixPixel;
import org.xmatch.io.CatalogFormatException;
import org.xmatch.io.StorageException;
import org.xmatch.io.parquet.ParquetFile;
import org.xmatch.io.storage.Location;
import org.xmatch.io.storage.RangeSource;
import org.xmatch.io.table.Field;
import org.xmatch.io.table.FieldMetadata;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * A HATS catalog opened for reading: properties, partition list and schema, no rows yet.
 * <p>
 * Immutable and thread-safe.
 */
public final class HatsCatalog {

    /** Columns of older catalogs that repeat where a row is stored; {@code margin_} ones in margins. */
    public static final Set<String> BOOKKEEPING =
            Set.of("Norder", "Dir", "Npix", "margin_Norder", "margin_Dir", "margin_Npix");

    /** The usual spatial index column, of order 29. */
    public static final String SPATIAL_INDEX = "_healpix_29";

    // A larger _metadata is not fetched for its schema alone.
    private static final int MOST_METADATA = 4 << 20;
    private static final Set<String> TYPES = Set.of("object", "source", "association", "margin", "map", "index");

    private final Location root;
    private final HatsProperties properties;
    private final List<HealpixPixel> partitions;
    private final List<Field> columns;
    private final Map<String, String> schemaMetadata;
    private final Optional<HatsCatalog> defaultMargin;

    private HatsCatalog(Location root, HatsProperties properties, List<HealpixPixel> partitions,
            List<Field> columns, Map<String, String> schemaMetadata, Optional<HatsCatalog> defaultMargin) {
        this.root = root;
        this.properties = properties;
        this.partitions = partitions;
        this.columns = List.copyOf(columns);
        this.schemaMetadata = schemaMetadata;
        this.defaultMargin = defaultMargin;
    }

    /** Whether a catalog's or collection's properties file is at this location. */
    public static boolean isCatalog(Location root) {
        return root.resolve(HatsPaths.PROPERTIES).isFile() || root.resolve(HatsPaths.OLD_PROPERTIES).isFile()
                || root.resolve(HatsPaths.COLLECTION_PROPERTIES).isFile()
                || root.resolve(HatsPaths.HIPSCAT_INFO).isFile();
    }

    /**
     * Opens a catalog, or a collection's main catalog with its default margin.
     *
     * @throws CatalogFormatException saying what is missing, expected and found
     */
    public static HatsCatalog open(Location root) {
        announce(root);
        Optional<HatsProperties> single =
                HatsProperties.read(root, HatsPaths.PROPERTIES, HatsPaths.OLD_PROPERTIES);
        if (single.isPresent()) {
            return openSingle(root, single.get(), Optional.empty());
        }
        Optional<HatsProperties> collection = HatsProperties.read(root, HatsPaths.COLLECTION_PROPERTIES);
        if (collection.isPresent()) {
            return openCollection(root, collection.get());
        }
        if (root.resolve(HatsPaths.HIPSCAT_INFO).isFile()) {
            throw new CatalogFormatException(root.toString(), root + " is a hipscat catalog, the format before"
                    + " HATS: convert it with hats-import first");
        }
        throw new CatalogFormatException(root.toString(), root + " is no HATS catalog: it holds no "
                + HatsPaths.PROPERTIES + ", " + HatsPaths.OLD_PROPERTIES + " or "
                + HatsPaths.COLLECTION_PROPERTIES + root.refusal().map(refusal -> "; " + refusal).orElse(""));
    }

    /** Says that the catalog here will be opened: a server is asked at once for all that may be read. */
    public static void announce(Location root) {
        root.announce(List.of(HatsPaths.PROPERTIES, HatsPaths.OLD_PROPERTIES, HatsPaths.COLLECTION_PROPERTIES,
                HatsPaths.PARTITION_INFO, HatsPaths.DATASET + "/" + HatsPaths.COMMON_METADATA));
    }

    /** Opens a margin catalog. */
    public static HatsCatalog openMargin(Location root) {
        HatsCatalog margin = open(root);
        if (!margin.type().equals("margin")) {
            throw new CatalogFormatException(root.toString(), root + " is a catalog of type " + margin.type()
                    + ", not a margin");
        }
        return margin;
    }

    private static HatsCatalog openCollection(Location root, HatsProperties collection) {
        Location main = root.resolve(collection.require(HatsProperties.PRIMARY));
        announce(main);
        collection.find(HatsProperties.DEFAULT_MARGIN).ifPresent(name -> announce(root.resolve(name)));
        HatsProperties properties = HatsProperties.read(main, HatsPaths.PROPERTIES, HatsPaths.OLD_PROPERTIES)
                .orElseThrow(() -> new CatalogFormatException(collection.location(), collection.location()
                        + " names the main catalog " + main + ", which has no " + HatsPaths.PROPERTIES));
        Optional<HatsCatalog> margin =
                collection.find(HatsProperties.DEFAULT_MARGIN).map(name -> openMargin(root.resolve(name)));
        return openSingle(main, properties, margin);
    }

    private static HatsCatalog openSingle(Location root, HatsProperties properties,
            Optional<HatsCatalog> defaultMargin) {
        String type = properties.require(HatsProperties.TYPE);
        if (!TYPES.contains(type)) {
            throw new CatalogFormatException(properties.location(), "property " + HatsProperties.TYPE + " of "
                    + properties.location() + " must be one of " + TYPES + ", is '" + type + "'");
        }
        if (type.equals("index")) {
            throw new CatalogFormatException(root.toString(), root + " is an index, which has no positions:"
                    + " open the catalog it belongs to");
        }
        properties.require(HatsProperties.NAME);
        if (type.equals("margin")) {
            properties.requireDouble(HatsProperties.MARGIN_THRESHOLD);
        }
        List<HealpixPixel> partitions = PartitionInfo.read(root);
        String suffix = properties.find(HatsProperties.NPIX_SUFFIX).orElse(HatsPaths.DEFAULT_SUFFIX);
        try (ParquetFile schema = openSchema(root, partitions, suffix)) {
            return new HatsCatalog(root, properties, partitions, schema.columns(), schema.keyValueMetadata(),
                    defaultMargin);
        }
    }

    private static ParquetFile openSchema(Location root, List<HealpixPixel> partitions, String suffix) {
        Location dataset = root.resolve(HatsPaths.DATASET);
        Optional<RangeSource> common = dataset.resolve(HatsPaths.COMMON_METADATA).loadIfPresent();
        if (common.isPresent()) {
            return ParquetFile.open(common.get());
        }
        Optional<RangeSource> metadata = dataset.resolve(HatsPaths.METADATA).openIfPresent();
        if (metadata.isPresent()) {
            // a leaf has the same schema in fewer bytes
            boolean leaf = metadata.get().isRemote() && metadata.get().size() > MOST_METADATA && !partitions.isEmpty();
            if (!leaf) {
                return ParquetFile.open(metadata.get());
            }
            metadata.get().close();
        }
        if (partitions.isEmpty()) {
            throw new CatalogFormatException(root.toString(), root + " has neither a schema ("
                    + dataset.resolve(HatsPaths.COMMON_METADATA) + ") nor partitions");
        }
        return ParquetFile.open(openFirst(root, partitions.get(0), suffix));
    }

    private static RangeSource openFirst(Location root, HealpixPixel pixel, String suffix) {
        List<Location> files = files(root, pixel, suffix);
        return open(root, pixel, files.get(0));
    }

    /** {@code obs_collection}. */
    public String name() {
        return properties.require(HatsProperties.NAME);
    }

    /** {@code dataproduct_type}: object, source, margin, association or map. */
    public String type() {
        return properties.require(HatsProperties.TYPE);
    }

    public Location root() {
        return root;
    }

    /** All properties as in the file, unescaped. */
    public Map<String, String> properties() {
        return properties.asMap();
    }

    /** {@code hats_nrows}. */
    public long rowCount() {
        return properties.requireLong(HatsProperties.ROWS);
    }

    /** Right ascension, degrees. */
    public String raColumn() {
        return properties.require(HatsProperties.RA);
    }

    /** Declination, degrees. */
    public String decColumn() {
        return properties.require(HatsProperties.DEC);
    }

    /** {@code hats_cols_default}, or empty. */
    public List<String> defaultColumns() {
        return properties.list(HatsProperties.DEFAULT_COLUMNS);
    }

    /** The spatial index column that the properties or the schema name. */
    public Optional<String> healpixColumn() {
        return declaredHealpixColumn()
                .or(() -> Optional.of(SPATIAL_INDEX).filter(this::isIndexColumn));
    }

    private Optional<String> declaredHealpixColumn() {
        return properties.find(HatsProperties.HEALPIX).filter(this::isIndexColumn);
    }

    private boolean isIndexColumn(String name) {
        return columns.stream().anyMatch(field -> field.name().equals(name)
                && (field.physical() == Field.Physical.INT64 || field.physical() == Field.Physical.INT32));
    }

    /** Order of the spatial index column, usually 29. */
    public int healpixOrder() {
        if (declaredHealpixColumn().isEmpty() || properties.find(HatsProperties.HEALPIX_ORDER).isEmpty()) {
            return HealpixPixel.MAX_ORDER;
        }
        long order = properties.requireLong(HatsProperties.HEALPIX_ORDER);
        if (order < 0 || order > HealpixPixel.MAX_ORDER) {
            throw new CatalogFormatException(properties.location(), "property " + HatsProperties.HEALPIX_ORDER
                    + " of " + properties.location() + " must be 0..29, is " + order);
        }
        return (int) order;
    }

    /** {@code hats_margin_threshold}, arcsec, of a margin catalog; else 0. */
    public double marginThresholdArcsec() {
        return type().equals("margin") ? properties.requireDouble(HatsProperties.MARGIN_THRESHOLD) : 0;
    }

    /** Pixels of the partitions, sky order, none overlapping. */
    public List<HealpixPixel> partitions() {
        return partitions;
    }

    /** Flat columns of the catalog's schema, in its order, bookkeeping columns included. */
    public List<Field> fields() {
        return columns.stream().filter(field -> !field.isNested()).toList();
    }

    /** All columns of the catalog's schema, in its order. */
    public List<Field> columns() {
        return columns;
    }

    /** What the catalog tells of its columns besides their types. */
    public FieldMetadata fieldMetadata() {
        return FieldMetadata.ofParquet(schemaMetadata);
    }

    /** Names of columns that are not flat. */
    public List<String> nestedNames() {
        return columns.stream().filter(Field::isNested).map(Field::name).toList();
    }

    /**
     * Opens the files of a partition: one, or all those of a directory leaf, by name. The caller closes
     * them.
     *
     * @throws StorageException when one is missing
     */
    public List<RangeSource> openFiles(HealpixPixel pixel) {
        List<RangeSource> opened = new ArrayList<>();
        try {
            for (Location file : files(root, pixel,
                    properties.find(HatsProperties.NPIX_SUFFIX).orElse(HatsPaths.DEFAULT_SUFFIX))) {
                opened.add(open(root, pixel, file));
            }
            return opened;
        } catch (RuntimeException e) {
            opened.forEach(RangeSource::close);
            throw e;
        }
    }

    /** Path and state of each file of a partition, where they are on a disk; none on a server. */
    public Map<String, String> fileStates(HealpixPixel pixel) {
        if (root.isRemote()) {
            return Map.of();
        }
        Map<String, String> states = new LinkedHashMap<>();
        for (Location file : files(root, pixel,
                properties.find(HatsProperties.NPIX_SUFFIX).orElse(HatsPaths.DEFAULT_SUFFIX))) {
            states.put(file.toString(), file.state().orElse(""));
        }
        return states;
    }

    /** Changes when the properties, the partition list or the schema do. */
    public String state() {
        CRC32C sum = new CRC32C();
        for (Object part : List.of(new TreeMap<>(properties.asMap()), partitions, columns)) {
            sum.update(part.toString().getBytes(StandardCharsets.UTF_8));
        }
        return Long.toHexString(sum.getValue());
    }

    private static List<Location> files(Location root, HealpixPixel pixel, String suffix) {
        String leaf = HatsPaths.leaf(pixel);
        if (!suffix.equals("/") && !suffix.equals("\\")) {
            return List.of(root.resolve(leaf + suffix));
        }
        Location folder = root.resolve(leaf);
        List<Location> files = folder.list().stream()
                .filter(name -> !name.startsWith("_") && !name.startsWith(".") && !name.endsWith("/"))
                .map(folder::resolve).toList();
        if (files.isEmpty()) {
            throw new StorageException(folder.toString(), "partition " + pixel + " of " + root
                    + " has no files in " + folder + ": the catalog is incomplete; fetch it again");
        }
        return files;
    }

    private static RangeSource open(Location root, HealpixPixel pixel, Location file) {
        return file.openIfPresent().orElseThrow(() -> new StorageException(file.toString(), "partition " + pixel
                + " of " + root + " is listed, but " + file + " is missing: the catalog is incomplete; fetch it again"
                + file.refusal().map(refusal -> "; " + refusal).orElse("")));
    }

    /** The collection's default margin, where this catalog was opened through a collection that has one. */
    public Optional<HatsCatalog> defaultMargin() {
        return defaultMargin;
    }
}
