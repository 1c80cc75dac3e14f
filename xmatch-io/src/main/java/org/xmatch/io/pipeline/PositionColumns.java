package org.xmatch.io.pipeline;

import java.util.Optional;

/**
 * Where a catalog keeps its positions.
 *
 * @param ra name of the right ascension column, degrees
 * @param dec name of the declination column, degrees
 * @param healpix name of the spatial index column, if there is one
 * @param healpixOrder order of the spatial index
 */
record PositionColumns(String ra, String dec, Optional<String> healpix, int healpixOrder) {}
