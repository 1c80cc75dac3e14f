package org.xmatch.io.pipeline;

import org.xmatch.core.match.MatchResult;
import org.xmatch.io.hats.CatalogFiles;
import org.xmatch.io.parquet.PageDecoder;
import org.xmatch.io.pipeline.StageClock.Stage;
import org.xmatch.io.table.Column;
import org.xmatch.io.table.ColumnPool;
import org.xmatch.io.table.Field;
import org.xmatch.io.table.Table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Fetches the columns of matched rows. Keeps its work arrays; one thread. */
final class PairColumns {

    /** Most rows of a table. */
    static final int TABLE_ROWS = ColumnPool.MOST_ROWS;

    private final Plan plan;
    private final StageClock clock;
    private final PageDecoder decoder;
    private final ColumnPool pool;
    private final RowGather gather = new RowGather();
    private final List<Field> fields;

    /** @param pool where columns come from; whoever gets the tables may give them back there */
    PairColumns(Plan plan, StageClock clock, PageDecoder decoder, ColumnPool pool) {
        this.plan = plan;
        this.clock = clock;
        this.decoder = decoder;
        this.pool = pool;
        this.fields = plan.tableFields();
    }

    /**
     * Tables of the plan's columns, one row a pair, {@link #TABLE_ROWS} rows each and the last the rest.
     *
     * @param firstPair first of the pairs that are wanted
     * @param pairs how many
     * @param leftRows row of {@code left} of each of these
     * @param gap rows between two that are wanted, below which all of them are read
     */
    List<Table> of(MatchResult matches, int firstPair, int pairs, int[] leftRows, UnitRows left, UnitRows right,
            int gap) {
        long started = System.nanoTime();
        List<List<Column>> columns = new ArrayList<>();
        if (plan.skyOrder()) {
            columns.add(index(left.pixels(), leftRows, pairs));
        }
        gather.prepare(left, leftRows, pairs, gap);
        for (Field field : plan.columns().left()) {
            columns.add(fetch(left, plan.leftPositions(), field, empty(fields.get(columns.size()), pairs)));
        }
        gather.prepare(right, firstPair == 0 ? matches.rightRow()
                : Arrays.copyOfRange(matches.rightRow(), firstPair, firstPair + pairs), pairs, gap);
        for (Field field : plan.columns().right()) {
            columns.add(fetch(right, plan.rightPositions(), field, empty(fields.get(columns.size()), pairs)));
        }
        columns.add(separations(matches, firstPair, pairs, fields.get(columns.size())));
        List<Table> tables = new ArrayList<>();
        for (int at = 0; at < pairs; at += TABLE_ROWS) {
            int table = tables.size();
            tables.add(new Table(columns.stream().map(parts -> parts.get(table)).toList(), rows(at, pairs)));
        }
        clock.add(Stage.GATHER, started);
        return tables;
    }

    private static int rows(int at, int pairs) {
        return Math.min(TABLE_ROWS, pairs - at);
    }

    /** Columns without rows, one for each table. */
    private List<Column> empty(Field field, int pairs) {
        List<Column> parts = new ArrayList<>();
        for (int at = 0; at < pairs; at += TABLE_ROWS) {
            parts.add(pool.take(field));
        }
        return parts;
    }

    private List<Column> index(long[] pixels, int[] leftRows, int pairs) {
        List<Column> parts = empty(CatalogFiles.INDEX, pairs);
        for (int part = 0; part < parts.size(); part++) {
            int at = part * TABLE_ROWS;
            Column column = parts.get(part);
            column.reserve(rows(at, pairs));
            column.setSize(rows(at, pairs));
            long[] to = column.longs();
            for (int i = 0; i < column.size(); i++) {
                to[i] = pixels[leftRows[at + i]];
            }
        }
        return parts;
    }

    private List<Column> separations(MatchResult matches, int firstPair, int pairs, Field field) {
        List<Column> parts = empty(field, pairs);
        for (int part = 0; part < parts.size(); part++) {
            int at = part * TABLE_ROWS;
            Column column = parts.get(part);
            column.reserve(rows(at, pairs));
            column.setSize(rows(at, pairs));
            System.arraycopy(matches.separationArcsec(), firstPair + at, column.doubles(), 0, column.size());
        }
        return parts;
    }

    private List<Column> fetch(UnitRows rows, PositionColumns positions, Field field, List<Column> into) {
        boolean floating = field.physical() == Field.Physical.DOUBLE || field.physical() == Field.Physical.FLOAT;
        if (floating && field.name().equals(positions.ra())) {
            gather.coordinates(rows.ra(), into, TABLE_ROWS);
        } else if (floating && field.name().equals(positions.dec())) {
            gather.coordinates(rows.dec(), into, TABLE_ROWS);
        } else {
            gather.read(field.name(), field, decoder, into, TABLE_ROWS);
        }
        return into;
    }
}
