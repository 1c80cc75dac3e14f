package org.xmatch.io.pipeline;

import org.xmatch.io.table.Table;

import java.util.ArrayList;
import java.util.List;

/**
 * What has been handed on of a unit that may have to be done again: the second time only what comes after it is. From
 * the same files a unit comes to the same tables each time; only their rows are counted here. One thread.
 */
final class HandedOn implements UnitWorker.Output {

    private final UnitWorker.Output out;
    private final List<Integer> rows = new ArrayList<>(); // of each table
    private int table;

    HandedOn(UnitWorker.Output out) {
        this.out = out;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** The unit begins, for the first time or again. */
    void begin() {
        table = 0;
    }

    @Override
    public void accept(Table next, int[] tableRows) {
        if (table < rows.size()) {
            require(next.rows() == rows.get(table));
        } else {
            out.accept(next, tableRows);
            rows.add(next.rows());
        }
        table++;
    }

    /** The unit is done. */
    void end() {
        require(table == rows.size());
    }

    private void require(boolean isSame) {
        if (!isSame) {
            throw new IllegalStateException("a unit done again has other rows than those handed on before, from table "
                    + table + " of " + rows.size() + " on: its files have changed; start the job again");
        }
    }
}
