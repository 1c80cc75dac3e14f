package org.xmatch.io.pipeline;

import org.xmatch.core.match.MatchResult;
import org.xmatch.io.hats.HatsWriter;
import org.xmatch.io.parquet.PageDecoder;
import org.xmatch.io.pipeline.StageClock.Stage;
import org.xmatch.io.table.Column;
import org.xmatch.io.table.Field;
import org.xmatch.io.table.Table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Fetches the columns of matched rows. Keeps its work arrays; one thread. */
final class PairColumns {

    private final Plan plan;
    private final StageClock clock;
    private final PageDecoder decoder;
    private final RowGather gather = new RowGather();
    private final List<Field> fields;

    PairColumns(Plan plan, StageClock clock, PageDecoder decoder) {
        this.plan = plan;
        this.clock = clock;
        this.decoder = decoder;
        this.fields = plan.tableFields();
    }

    /**
     * A table of the plan's columns, one row a pair.
     *
     * @param leftRows row of {@code left} of each pair
     */
    Table of(MatchResult matches, int[] leftRows, UnitRows left, UnitRows right) {
        long started = System.nanoTime();
        List<Column> columns = new ArrayList<>();
        int pairs = matches.size();
        if (plan.skyOrder()) {
            long[] index = new long[pairs];
            for (int i = 0; i < pairs; i++) {
                index[i] = left.pixels()[leftRows[i]];
            }
            columns.add(Column.ofLongs(HatsWriter.INDEX, index, pairs));
        }
        gather.prepare(left, leftRows, pairs);
        for (Field field : plan.columns().left()) {
            Column values = fetch(left, plan.leftPositions(), field);
            columns.add(values.as(fields.get(columns.size())));
        }
        gather.prepare(right, matches.rightRow(), pairs);
        for (Field field : plan.columns().right()) {
            Column values = fetch(right, plan.rightPositions(), field);
            columns.add(values.as(fields.get(columns.size())));
        }
        double[] separations = Arrays.copyOf(matches.separationArcsec(), pairs);
        columns.add(Column.ofDoubles(fields.get(columns.size()), separations, pairs));
        clock.add(Stage.GATHER, started);
        return new Table(columns, pairs);
    }

    private Column fetch(UnitRows rows, PositionColumns positions, Field field) {
        boolean floating = field.physical() == Field.Physical.DOUBLE || field.physical() == Field.Physical.FLOAT;
        if (floating && field.name().equals(positions.ra())) {
            return gather.coordinates(rows.ra(), field);
        }
        if (floating && field.name().equals(positions.dec())) {
            return gather.coordinates(rows.dec(), field);
        }
        return gather.read(field.name(), field, decoder);
    }
}
