package org.xmatch.io.hats;

import org.xmatch.core.healpix.HealpixPixel;
import org.xmatch.io.storage.Location;
import org.xmatch.io.table.Field;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A HATS catalog opened for reading: properties, partition list and schema, no rows yet.
 * <p>
 * Immutable and thread-safe.
 */
public final class HatsCatalog {

    private HatsCatalog() {}

    /** Whether a catalog's or collection's properties file is at this location. */
    public static boolean isCatalog(Location root) {
        throw new UnsupportedOperationException("contract only");
    }

    /**
     * Opens a catalog, or a collection's main catalog with its default margin.
     *
     * @throws org.xmatch.io.CatalogFormatException saying what is missing, expected and found
     */
    public static HatsCatalog open(Location root) {
        throw new UnsupportedOperationException("contract only");
    }

    /** {@code obs_collection}. */
    public String name() {
        throw new UnsupportedOperationException("contract only");
    }

    /** {@code dataproduct_type}: object, source, margin, association, map. */
    public String type() {
        throw new UnsupportedOperationException("contract only");
    }

    public Location root() {
        throw new UnsupportedOperationException("contract only");
    }

    /** All properties as in the file, unescaped. */
    public Map<String, String> properties() {
        throw new UnsupportedOperationException("contract only");
    }

    /** {@code hats_nrows}. */
    public long rowCount() {
        throw new UnsupportedOperationException("contract only");
    }

    public String raColumn() {
        throw new UnsupportedOperationException("contract only");
    }

    public String decColumn() {
        throw new UnsupportedOperationException("contract only");
    }

    /** {@code hats_cols_default}, or empty. */
    public List<String> defaultColumns() {
        throw new UnsupportedOperationException("contract only");
    }

    /** The spatial index column that the properties or the schema name. */
    public Optional<String> healpixColumn() {
        throw new UnsupportedOperationException("contract only");
    }

    /** Order of the spatial index column, usually 29. */
    public int healpixOrder() {
        throw new UnsupportedOperationException("contract only");
    }

    /** {@code hats_margin_threshold}, arcsec, of a margin catalog; else 0. */
    public double marginThresholdArcsec() {
        throw new UnsupportedOperationException("contract only");
    }

    /** Pixels of the partitions, sky order, none overlapping. */
    public List<HealpixPixel> partitions() {
        throw new UnsupportedOperationException("contract only");
    }

    /** Flat columns of the catalog's schema, in its order, bookkeeping columns included. */
    public List<Field> fields() {
        throw new UnsupportedOperationException("contract only");
    }

    /** Names of columns that are not flat. */
    public List<String> nestedNames() {
        throw new UnsupportedOperationException("contract only");
    }

    /** The files of a partition: one, or all those of a directory leaf, by name. */
    public List<Location> files(HealpixPixel pixel) {
        throw new UnsupportedOperationException("contract only");
    }

    /** The collection's default margin, where this catalog was opened through a collection that has one. */
    public Optional<HatsCatalog> defaultMargin() {
        throw new UnsupportedOperationException("contract only");
    }
}
