package org.xmatch.core.match;

/** Chooses tiles for left positions, of orders that hold a good number of right rows. */
final class TilePlaces {

    // Right rows looked at for a tile, those of blocks that only touch it included: most of them are in it where blocks
    // are tiles, half of them or fewer elsewhere.
    private static final int MOST_ROWS = 3520;
    private static final int FEW_ROWS = 640;
    private static final int SOME_ROWS = 128;
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
        int found = blocks.find(tile, MOST_ROWS);
        while (found < 0 && order < smaller) {
            larger = order + 1;
            if (!tile.place(ra, dec, order + 1)) {
                // The smaller tile is too small for the radius: more rows, then.
                tile.place(ra, dec, order);
                break;
            }
            order++;
            found = blocks.find(tile, MOST_ROWS);
        }
        int rows = blocks.foundRows();
        while (found >= 0 && rows < FEW_ROWS && order > larger) {
            if (!tile.place(ra, dec, order - 1)) {
                tile.place(ra, dec, order);
                break;
            }
            int likelyRows = blocks.likelyRows();
            int foundLarger = blocks.find(tile, MOST_ROWS);
            if (foundLarger < 0 || blocks.likelyRows() <= likelyRows && rows >= SOME_ROWS) {
                // too many, or only empty sky, which would make the cells too wide
                tile.place(ra, dec, order);
                found = blocks.find(tile, MOST_ROWS);
                break;
            }
            order--;
            found = foundLarger;
            rows = blocks.foundRows();
        }
        return found >= 0 ? found : blocks.find(tile, MOST_ROWS_OF_ALL);
    }
}
