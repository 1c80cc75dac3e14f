package org.xmatch.io.pipeline;

import org.xmatch.io.table.Table;

import java.util.Optional;

/** What came out of one unit of work. Owned by whoever receives it. */
final class UnitResult {

    private final Optional<Table> table;
    private final int[] tableRows;
    private final MatchCounts counts;

    UnitResult(Optional<Table> table, int[] tableRows, MatchCounts counts) {
        this.table = table;
        this.tableRows = tableRows;
        this.counts = counts;
    }

    /** The matched rows, unless they were only counted or there are none. */
    Optional<Table> table() {
        return table;
    }

    /** Row of the plain left file for each row of the table; empty when the left catalog is HATS. */
    int[] tableRows() {
        return tableRows;
    }

    MatchCounts counts() {
        return counts;
    }
}
