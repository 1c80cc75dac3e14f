package org.xmatch.io.sample;

import org.xmatch.io.table.Column;
import org.xmatch.io.table.Field;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Columns of a ZTF object, as in the catalog of the tutorial; no science in the values. Not thread-safe. */
final class ZtfColumns extends SampleColumns {

    static final List<Field> FIELDS = List.of(Field.ofLong("oid"), Field.ofDouble("ra"), Field.ofDouble("dec"),
            Field.ofString("filtercode"), Field.ofInt("fieldid", 16), Field.ofInt("ccdid", 8),
            Field.ofInt("nobs", 32), Field.ofInt("ngoodobs", 32), Field.ofFloat("refmag"),
            Field.ofFloat("refmagerr"), Field.ofFloat("meanmag"), Field.ofFloat("magrms"), Field.ofFloat("chisq"),
            Field.ofFloat("astrometricrms"));

    private static final long FIRST_OID = 600_000_000_000_000L;
    private static final byte[][] FILTERS = {"zg".getBytes(StandardCharsets.US_ASCII),
        "zr".getBytes(StandardCharsets.US_ASCII), "zi".getBytes(StandardCharsets.US_ASCII)};

    ZtfColumns(long seed) {
        super(FIELDS, seed);
    }

    @Override
    void fill(List<Column> columns, int at, long id, double ra, double dec) {
        columns.get(1).longs()[at] = FIRST_OID + id;
        columns.get(2).doubles()[at] = ra;
        columns.get(3).doubles()[at] = dec;
        Column filter = columns.get(4);
        byte[] code = FILTERS[(int) (id & 3) % FILTERS.length];
        int offset = filter.offsets()[at];
        filter.reserveBytes(offset + code.length);
        System.arraycopy(code, 0, filter.bytes(), offset, code.length);
        filter.offsets()[at + 1] = offset + code.length;
        int observations = uniform(20, 1500);
        double magnitude = normal(19, 1.5);
        columns.get(5).ints()[at] = uniform(700, 760);
        columns.get(6).ints()[at] = uniform(1, 17);
        columns.get(7).ints()[at] = observations;
        columns.get(8).ints()[at] = observations - uniform(0, 20);
        columns.get(9).floats()[at] = (float) magnitude;
        columns.get(10).floats()[at] = (float) positive(0.02);
        columns.get(11).floats()[at] = (float) normal(magnitude, 0.05);
        columns.get(12).floats()[at] = (float) positive(0.03);
        columns.get(13).floats()[at] = (float) positive(1);
        columns.get(14).floats()[at] = (float) positive(0.04);
    }
}
