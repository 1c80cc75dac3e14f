package org.xmatch.io.parquet;

import org.apache.parquet.format.Encoding;
import org.xmatch.io.CatalogFormatException;
import org.xmatch.io.table.Column;
import org.xmatch.io.table.Field;

/** Decodes the values of a page by its encoding. One thread. */
final class PageValues {

    /** Indices looked up before the next are unpacked: few enough to stay in the processor's first cache. */
    private static final int BLOCK = 256;

    private final ChunkPlace place;
    private final PageDecoder decoder;

    PageValues(ChunkPlace place, PageDecoder decoder) {
        this.place = place;
        this.decoder = decoder;
    }

    /** Appends {@code count} values found at {@code [at, end)}. */
    void append(Encoding encoding, byte[] data, int at, int end, int count, Column into) {
        switch (encoding) {
            case PLAIN -> PlainValues.append(data, at, end, count, into);
            case PLAIN_DICTIONARY, RLE_DICTIONARY -> {
                if (!decoder.dictionary().isPresent()) {
                    throw new IndexOutOfBoundsException("the page needs a dictionary and the chunk has none");
                }
                lookUp(data, at, end, count, into);
            }
            case RLE -> booleans(data, at, end, count, into);
            case DELTA_BINARY_PACKED -> differences(data, at, end, count, into);
            case DELTA_LENGTH_BYTE_ARRAY -> DeltaValues.appendLengthsThenBytes(data, at, end, count, into);
            case DELTA_BYTE_ARRAY -> DeltaValues.appendPrefixed(data, at, end, count, into);
            case BYTE_STREAM_SPLIT -> SplitValues.append(data, at, end, count, into);
            default -> throw new CatalogFormatException(place.location(), "column '" + place.field().name() + "' of "
                    + place.location() + " is encoded as " + encoding + ", which this program does not read:"
                    + " rewrite the file");
        }
    }

    private void lookUp(byte[] data, int at, int end, int count, Column into) {
        if (count == 0) {
            return;
        }
        PlainValues.requireBytes(1, at, end);
        RleValues values = new RleValues(data, at + 1, end, data[at], count);
        int[] indices = decoder.indices(BLOCK);
        int done = 0;
        while (done < count) {
            int found = values.next(BLOCK, indices);
            decoder.dictionary().append(indices, found, into);
            done += found;
        }
    }

    private void booleans(byte[] data, int at, int end, int count, Column into) {
        if (place.field().physical() != Field.Physical.BOOLEAN) {
            throw new IndexOutOfBoundsException("RLE does not fit " + place.field().physical());
        }
        int start = into.size();
        if (count > 0) {
            PlainValues.requireBytes(4, at, end);
            int[] values = decoder.indices(count + 8);
            RleValues.decode(data, at + 4, end, 1, count, values);
            for (int i = 0; i < count; i++) {
                into.bytes()[start + i] = (byte) values[i];
            }
        }
        into.setSize(start + count);
    }

    private void differences(byte[] data, int at, int end, int count, Column into) {
        int start = into.size();
        if (place.field().physical() == Field.Physical.INT64) {
            new DeltaValues(data, at, end).decode(count, into.longs(), start);
        } else if (place.field().physical() == Field.Physical.INT32) {
            long[] values = new DeltaValues(data, at, end).decode(count);
            for (int i = 0; i < count; i++) {
                into.ints()[start + i] = (int) values[i];
            }
        } else {
            throw new IndexOutOfBoundsException("DELTA_BINARY_PACKED does not fit " + place.field().physical());
        }
        into.setSize(start + count);
    }
}
