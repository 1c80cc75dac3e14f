package org.xmatch.io.sample;

import java.nio.file.Path;

/**
 * Generates a ZTF-like left catalog, a Pan-STARRS-like right one and its 10 arcsec margin as HATS.
 * Same options, same bytes. Stateless and thread-safe.
 */
public final class SampleCatalogs {

    /** Kind of sky. */
    public enum Sky {
        KEPLER, ALLSKY
    }

    private SampleCatalogs() {}

    /**
     * Writes {@code out/ztf}, {@code out/ps1} and {@code out/ps1_10arcs}.
     *
     * @param rows left rows in the tutorial's cone (KEPLER) or in all (ALLSKY)
     */
    public static void write(Sky sky, long rows, long seed, Path out, int threads) {
        throw new UnsupportedOperationException("contract only");
    }
}
