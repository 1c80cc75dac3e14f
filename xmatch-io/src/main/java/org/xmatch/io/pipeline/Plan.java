package org.xmatch.io.pipeline;

import org.xmatch.core.align.PartitionAlignment;
import org.xmatch.core.align.PartitionGroup;
import org.xmatch.core.healpix.HealpixPixel;
import org.xmatch.core.healpix.PixelRanges;
import org.xmatch.core.match.MatchOptions;
import org.xmatch.core.region.Cone;
import org.xmatch.io.hats.HatsWriter;
import org.xmatch.io.table.Field;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything a worker needs to know of a job. Immutable and thread-safe.
 *
 * @param left catalog searched for
 * @param right catalog searched in
 * @param margin the right catalog's margin, where it reaches as far as the radius
 * @param rightPartitions the right catalog's partitions, to find neighbours among
 * @param marginPartitions the margin's partitions
 * @param cone the region of left rows, or empty for all
 * @param leftRegion order-29 pixels that hold all left rows wanted
 * @param rightRegion order-29 pixels that hold all right rows within the radius of those
 * @param groups units of work, in sky order
 * @param options what counts as a match
 * @param columns the result's columns
 * @param leftPositions where left positions are
 * @param rightPositions where right positions are
 * @param skyOrder whether the result's rows ascend by the spatial index, which is their first column, unit by
 *     unit; else they are in the order of the left rows
 */
record Plan(Side left, Side right, Optional<Side> margin, PartitionList rightPartitions,
        PartitionList marginPartitions, Optional<Cone> cone, PixelRanges leftRegion, PixelRanges rightRegion,
        List<PartitionGroup> groups, MatchOptions options, OutputColumns columns,
        PositionColumns leftPositions, PositionColumns rightPositions, boolean skyOrder) {

    // Positions may be stored coarser than the spatial index was computed from: float32 takes a right ascension near
    // 360 degrees to 0.055 arcsec of its place, on either side.
    static final double ROUNDING_ARCSEC = 0.2;

    /** How far from a left row's pixel, arcsec, the pixel of a right row within the radius may be. */
    double reachArcsec() {
        return reachArcsec(options);
    }

    /** The same, and how far a margin has to reach. */
    static double reachArcsec(MatchOptions options) {
        return options.radiusArcsec() + ROUNDING_ARCSEC;
    }

    /** Order-29 pixels that hold all left rows wanted of an input. */
    static PixelRanges leftRegion(CatalogInput left) {
        return left.cone().map(cone -> cone.coverage(ROUNDING_ARCSEC)).orElse(PixelRanges.ALL_SKY);
    }

    /** Order-29 pixels that hold all right rows within the radius of those. */
    static PixelRanges rightRegion(CatalogInput left, MatchOptions options) {
        return left.cone().map(cone -> cone.coverage(reachArcsec(options))).orElse(PixelRanges.ALL_SKY);
    }

    /** Whether left rows have a spatial index that can be taken as the result's. */
    boolean storedIndex() {
        return leftPositions.healpix().isPresent() && leftPositions.healpixOrder() == HealpixPixel.MAX_ORDER;
    }

    /** The columns of the result's tables. */
    List<Field> tableFields() {
        return skyOrder
                ? Stream.concat(Stream.of(HatsWriter.INDEX), columns.result().stream()).toList() : columns.result();
    }

    static Plan of(CatalogInput leftInput, CatalogInput rightInput, MatchOptions options,
            OutputColumns columns, boolean skyOrder) {
        Side left = leftInput.side();
        Side right = rightInput.side();
        Optional<Side> margin = rightInput.marginSide(options);
        PixelRanges leftRegion = leftRegion(leftInput);
        PixelRanges rightRegion = rightRegion(leftInput, options);
        PartitionList rightPartitions = new PartitionList(right.partitions());
        List<HealpixPixel> leftPixels = new PartitionList(left.partitions()).overlapping(leftRegion);
        List<PartitionGroup> groups =
                PartitionAlignment.groups(leftPixels, rightPartitions.overlapping(rightRegion));
        return new Plan(left, right, margin, rightPartitions,
                new PartitionList(margin.map(Side::partitions).orElse(List.of())), leftInput.cone(), leftRegion, rightRegion,
                groups, options, columns, leftInput.positionColumns(), rightInput.positionColumns(), skyOrder);
    }
}
