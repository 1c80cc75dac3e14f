package org.xmatch.io.hats;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a catalog's properties file says that its rows do not.
 *
 * @param name of the catalog
 * @param raColumn right ascension, degrees
 * @param decColumn declination, degrees
 * @param maxRows most rows in a partition that the tiling allowed; 0: those of the largest partition
 * @param primary for a margin, its main catalog as a path relative to the margin or a URI; else null
 * @param marginArcsec for a margin, the distance up to which it is complete; else 0
 * @param created when the catalog was made; else when it is completed
 * @param more further properties
 */
public record HatsDescription(String name, String raColumn, String decColumn, long maxRows,
        @Nullable String primary, double marginArcsec, Optional<Instant> created,
        Map<String, String> more) {

    public HatsDescription {
        more = Map.copyOf(more);
        if ((primary == null) != (marginArcsec == 0) || marginArcsec < 0) {
            throw new IllegalArgumentException("a margin has a main catalog and a width above 0, any other has neither");
        }
    }

    /** Of a catalog of objects. */
    public static HatsDescription ofObjects(String name, String raColumn, String decColumn, long maxRows) {
        return new HatsDescription(name, raColumn, decColumn, maxRows, null, 0, Optional.empty(), Map.of());
    }

    /** Of the margin of a catalog that is so described. */
    public HatsDescription marginOf(String marginName, String mainCatalog, double arcsec) {
        return new HatsDescription(marginName, raColumn, decColumn, maxRows, mainCatalog, arcsec, created, more);
    }
}
