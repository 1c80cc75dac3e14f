package org.xmatch.io.pipeline;

import org.xmatch.io.table.Column;
import org.xmatch.io.table.Table;

import java.util.Arrays;
import java.util.List;

/**
 * What has been handed on of a unit that may have to be done again: the second time only what comes after it is. From
 * the same files a unit comes to the same rows each time, in tables that may end elsewhere; rows are only counted here.
 * One thread.
 */
final class HandedOn implements UnitWorker.Output {

    private final UnitWorker.Output out;
    private long handedOn; // rows
    private long passing; // of these, still to come again

    HandedOn(UnitWorker.Output out) {
        this.out = out;
    }

    boolean isEmpty() {
        return handedOn == 0;
    }

    /** The unit begins, for the first time or again. */
    void begin() {
        passing = handedOn;
    }

    @Override
    public void accept(Table next, int[] tableRows) {
        int from = (int) Math.min(passing, next.rows());
        passing -= from;
        if (from == next.rows()) {
            return;
        }
        int end = next.rows();
        out.accept(from == 0 ? next : rows(next, from), tableRows.length == 0 ? tableRows
                : Arrays.copyOfRange(tableRows, from, end));
        handedOn += end - from;
    }

    private static Table rows(Table table, int from) {
        List<Column> columns = table.columns().stream().map(column -> {
            Column rest = new Column(column.field());
            rest.appendRange(column, from, table.rows());
            return rest;
        }).toList();
        return new Table(columns, table.rows() - from);
    }

    /** The unit is done. */
    void end() {
        if (passing > 0) {
            throw new IllegalStateException("a unit done again has " + (handedOn - passing) + " rows, fewer than the "
                    + handedOn + " handed on before: its files have changed; start the job again");
        }
    }
}
