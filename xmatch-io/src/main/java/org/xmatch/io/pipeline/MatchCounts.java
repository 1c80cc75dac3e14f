package org.xmatch.io.pipeline;

/**
 * Rows seen and matched.
 *
 * @param rowsLeft left rows inside the region, matched or not
 * @param rowsLeftMatched left rows with at least one match
 * @param rowsLeftNoPosition left rows without a finite position, which match nothing
 * @param rowsRight rows of the right partitions under or around left rows, border rows counted once
 * @param rowsRightNoPosition right rows read without a finite position, which match nothing
 * @param rowsOut pairs
 */
public record MatchCounts(long rowsLeft, long rowsLeftMatched, long rowsLeftNoPosition, long rowsRight,
        long rowsRightNoPosition, long rowsOut) {

    static final MatchCounts ZERO = new MatchCounts(0, 0, 0, 0, 0, 0);

    MatchCounts plus(MatchCounts other) {
        return new MatchCounts(rowsLeft + other.rowsLeft, rowsLeftMatched + other.rowsLeftMatched,
                rowsLeftNoPosition + other.rowsLeftNoPosition, rowsRight + other.rowsRight,
                rowsRightNoPosition + other.rowsRightNoPosition, rowsOut + other.rowsOut);
    }
}
