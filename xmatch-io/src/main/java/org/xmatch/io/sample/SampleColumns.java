package org.xmatch.io.sample;

import org.xmatch.io.hats.HatsWriter;
import org.xmatch.io.table.Column;
import org.xmatch.io.table.Field;
import org.xmatch.io.table.Table;

import java.util.List;
import java.util.stream.Stream;

/** Fills the columns of a survey: every value follows from the seed and the row's number. Not thread-safe. */
abstract class SampleColumns {

    private final List<Field> fields;
    private final long seed;
    private long state;

    SampleColumns(List<Field> columns, long seed) {
        this.fields = Stream.concat(Stream.of(HatsWriter.INDEX), columns.stream()).toList();
        this.seed = SampleSources.mix(seed);
    }

    /** The rows {@code order[from .. end)}. */
    final Table batch(SampleRows rows, int[] order, int from, int end) {
        List<Column> columns = fields.stream().map(Column::new).toList();
        columns.forEach(column -> column.reserve(end - from));
        for (int i = from; i < end; i++) {
            int row = order[i];
            state = SampleSources.mix(seed ^ rows.ids[row]);
            columns.get(0).longs()[i - from] = rows.pixels[row];
            fill(columns, i - from, rows.ids[row], rows.ras[row], rows.decs[row]);
        }
        columns.forEach(column -> column.setSize(end - from));
        return new Table(columns, end - from);
    }

    /** Sets row {@code at} of the columns behind the index. */
    abstract void fill(List<Column> columns, int at, long id, double ra, double dec);

    /** Uniform in [0, 1). */
    final double uniform() {
        return SampleSources.unit(next());
    }

    final int uniform(int from, int end) {
        return from + (int) ((next() >>> 33) * (end - from) >>> 31);
    }

    /** About normal: the sum of four uniform numbers. */
    final double normal(double mean, double sigma) {
        long bits = next();
        double sum = (bits & 0xffff) + (bits >>> 16 & 0xffff) + (bits >>> 32 & 0xffff) + (bits >>> 48);
        return mean + sigma * (sum / 65_536 - 2) * Math.sqrt(3);
    }

    /** Above 0 with a tail: the smaller error bars of a survey. */
    final double positive(double scale) {
        double u = uniform();
        return scale * (0.2 + u * u / (1.001 - u));
    }

    private long next() {
        state += 0x9E3779B97F4A7C15L;
        return SampleSources.mix(state);
    }

}
