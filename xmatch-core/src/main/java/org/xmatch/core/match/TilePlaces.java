package org.xmatch.core.match;

/** Chooses tiles for left positions, of orders that hold a good number of right rows. */
final class TilePlaces {

    // Right rows looked at for a tile, those of blocks that only touch it included; those likely to be in it.
    private static final int MOST_ROWS = 7000;
    private static final int MOST_LIKELY = 2400;
    private static final int FEW_ROWS = 300;
    private static final int SOME_ROWS = 128;
    // times as many as are likely to be in the tile
    private static final double MANY_IN_VAIN = 2.5;
    // Where the radius is too large for smaller tiles.
    private static final int MOST_ROWS_OF_ALL = 1 << 21;

    private final TileFrame tile;
    private final BlockTree blocks;
    private int order = TileFrame.USUAL_ORDER;
    private int lowestOrder = TileFrame.MIN_ORDER;
    private boolean isSmallest;
    private long placed;

    TilePlaces(TileFrame tile, BlockTree blocks) {
        this.tile = tile;
        this.blocks = blocks;
    }

    /** Tiles so far. */
    long placed() {
        return placed;
    }

    void reset() {
        order = TileFrame.USUAL_ORDER;
        lowestOrder = TileFrame.MIN_ORDER;
        placed = 0;
    }

    /** Whether no smaller tile than the last one serves. */
    boolean isSmallest() {
        return isSmallest;
    }

    /** The next tile has to be smaller than the last one, if possible. */
    void requireSmaller() {
        lowestOrder = order + 1;
    }

    /**
     * Places the tile of a position, and finds the blocks of right rows that touch it.
     *
     * @param ra degrees, {@code [0, 360]}
     * @return the number of blocks; -1 where no tile serves
     */
    int place(double ra, double dec) {
        placed++;
        int smaller = TileFrame.MAX_ORDER;
        int larger = lowestOrder;
        lowestOrder = TileFrame.MIN_ORDER;
        order = Math.max(order, larger);
        boolean isPlaced = tile.place(ra, dec, order);
        while (!isPlaced && order > TileFrame.MIN_ORDER) {
            // too large a radius for the tile, or else too close to a pole for any tile
            smaller = --order;
            isPlaced = tile.place(ra, dec, order);
        }
        isSmallest = order < larger || order == TileFrame.MAX_ORDER;
        if (!isPlaced) {
            order = TileFrame.USUAL_ORDER;
            return -1;
        }
        int found = find();
        while (found < 0 && order < smaller) {
            larger = order + 1;
            if (!tile.place(ra, dec, order + 1)) {
                // The smaller tile is too small for the radius: more rows, then.
                tile.place(ra, dec, order);
                break;
            }
            order++;
            found = find();
        }
        while (found >= 0 && order > larger) {
            int rows = blocks.foundRows();
            double likelyRows = blocks.likelyRows();
            boolean areFew = likelyRows < FEW_ROWS;
            if (!areFew && rows < MANY_IN_VAIN * likelyRows) {
                break;
            }
            int foundLarger = tile.place(ra, dec, order - 1) ? find() : -1;
            double likelyLarger = blocks.likelyRows();
            // only empty sky would make the cells too wide
            boolean isBetter = areFew ? likelyLarger > likelyRows || likelyRows < 1 || rows < SOME_ROWS
                    : blocks.foundRows() * likelyRows < rows * likelyLarger;
            if (foundLarger < 0 || !isBetter) {
                tile.place(ra, dec, order);
                found = find();
                break;
            }
            order--;
            found = foundLarger;
        }
        return found >= 0 ? found : blocks.find(tile, MOST_ROWS_OF_ALL);
    }

    /** The number of blocks that touch the tile; -1 for too many rows. */
    private int find() {
        int found = blocks.find(tile, MOST_ROWS);
        return blocks.likelyRows() > MOST_LIKELY ? -1 : found;
    }
}
