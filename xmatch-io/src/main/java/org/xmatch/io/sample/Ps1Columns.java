package org.xmatch.io.sample;

import org.xmatch.io.table.Column;
import org.xmatch.io.table.Field;

import java.util.List;
import java.util.stream.Stream;

/** Columns of a Pan-STARRS object, as in the catalog of the tutorial; no science in the values. Not thread-safe. */
final class Ps1Columns extends SampleColumns {

    private static final List<String> BANDS = List.of("g", "r", "i", "z", "y");

    static final List<Field> FIELDS = Stream.concat(
            Stream.of(Field.ofString("objName"), Field.ofLong("objID"), Field.ofDouble("raMean"),
                    Field.ofDouble("decMean"), Field.ofDouble("raMeanErr"), Field.ofDouble("decMeanErr"),
                    Field.ofDouble("epochMean"), Field.ofInt("nDetections", 16), Field.ofInt("qualityFlag", 16)),
            BANDS.stream().flatMap(band -> Stream.of(Field.ofFloat(band + "MeanPSFMag"),
                    Field.ofFloat(band + "MeanPSFMagErr")))).toList();

    private static final long FIRST_ID = 161_000_000_000_000_000L;
    private static final int NAME_BYTES = 21;
    private static final float NO_MAGNITUDE = -999;

    Ps1Columns(long seed) {
        super(FIELDS, ~seed);
    }

    @Override
    void fill(List<Column> columns, int at, long id, double ra, double dec) {
        setName(columns.get(1), at, ra, dec);
        columns.get(2).longs()[at] = FIRST_ID + id / 4;
        columns.get(3).doubles()[at] = ra;
        columns.get(4).doubles()[at] = dec;
        columns.get(5).doubles()[at] = positive(0.01);
        columns.get(6).doubles()[at] = positive(0.01);
        columns.get(7).doubles()[at] = 55_200 + uniform() * 1500;
        columns.get(8).ints()[at] = uniform(1, 120);
        columns.get(9).ints()[at] = uniform(0, 128);
        double magnitude = normal(20, 1.6);
        for (int band = 0; band < BANDS.size(); band++) {
            boolean seen = uniform(0, 5) > 0;
            columns.get(10 + 2 * band).floats()[at] = seen ? (float) normal(magnitude - 0.3 * band, 0.3) : NO_MAGNITUDE;
            columns.get(11 + 2 * band).floats()[at] = seen ? (float) positive(0.02) : NO_MAGNITUDE;
        }
    }

    // PSO J290.6667+44.5000
    private static void setName(Column names, int at, double ra, double dec) {
        int offset = names.offsets()[at];
        names.reserveBytes(offset + NAME_BYTES);
        byte[] bytes = names.bytes();
        bytes[offset] = 'P';
        bytes[offset + 1] = 'S';
        bytes[offset + 2] = 'O';
        bytes[offset + 3] = ' ';
        bytes[offset + 4] = 'J';
        setDigits(bytes, offset + 5, 3, (int) (ra * 10_000));
        bytes[offset + 13] = (byte) (dec < 0 ? '-' : '+');
        setDigits(bytes, offset + 14, 2, (int) (Math.abs(dec) * 10_000));
        names.offsets()[at + 1] = offset + NAME_BYTES;
    }

    private static void setDigits(byte[] bytes, int offset, int whole, int tenThousandths) {
        int rest = tenThousandths;
        for (int i = offset + whole + 4; i >= offset; i--) {
            if (i == offset + whole) {
                bytes[i] = '.';
            } else {
                bytes[i] = (byte) ('0' + rest % 10);
                rest /= 10;
            }
        }
    }
}
