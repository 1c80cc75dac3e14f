package org.xmatch.io.parquet;

import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Util;
import org.xmatch.io.CatalogFormatException;
import org.xmatch.io.storage.RangeSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Finds and reads the footer of a Parquet file. Stateless. */
final class Footer {

    /** First and last bytes of a Parquet file. */
    static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

    private static final String ENCRYPTED_MAGIC = "PARE";
    // Holds the footer of most files, so that one read opens them.
    private static final int TAIL_BYTES = 64 << 10;

    private Footer() {}

    static FileMetaData read(RangeSource source) {
        String location = source.location();
        long size = source.size();
        if (size < 12) {
            throw new CatalogFormatException(location, location + " is not a Parquet file: it has " + size
                    + " bytes, the shortest has 12");
        }
        int tail = (int) Math.min(TAIL_BYTES, size);
        byte[] bytes = new byte[tail];
        source.read(size - tail, bytes, 0, tail);
        String magic = new String(bytes, tail - 4, 4, StandardCharsets.ISO_8859_1);
        if (magic.equals(ENCRYPTED_MAGIC)) {
            throw new CatalogFormatException(location, location + " is encrypted, which this program does not"
                    + " read: decrypt the file first");
        }
        if (!magic.equals("PAR1")) {
            byte[] head = new byte[4];
            source.read(0, head, 0, 4);
            String begins = new String(head, StandardCharsets.ISO_8859_1);
            throw new CatalogFormatException(location, begins.equals("PAR1")
                    ? location + " is cut short: it begins as a Parquet file and has no footer at its end, byte "
                            + size + "; fetch it again"
                    : location + " is not a Parquet file: it begins with '" + printable(begins)
                            + "', a Parquet file with 'PAR1'");
        }
        long length = (bytes[tail - 8] & 0xffL) | (bytes[tail - 7] & 0xffL) << 8 | (bytes[tail - 6] & 0xffL) << 16
                | (bytes[tail - 5] & 0xffL) << 24;
        if (length > size - 12 || length > Integer.MAX_VALUE - 64) {
            throw new CatalogFormatException(location, location + " is damaged: its footer is said to take "
                    + length + " bytes of the file's " + size + "; fetch it again");
        }
        byte[] footer = bytes;
        int at = tail - 8 - (int) length;
        if (at < 0) {
            footer = new byte[(int) length];
            at = 0;
            source.read(size - 8 - length, footer, 0, (int) length);
        }
        try {
            return Util.readFileMetaData(new ByteArrayInputStream(footer, at, (int) length));
        } catch (IOException | RuntimeException e) {
            throw new CatalogFormatException(location, location + " is damaged: its footer, bytes "
                    + (size - 8 - length) + ".." + (size - 8) + ", cannot be read; fetch it again", e);
        }
    }

    private static String printable(String text) {
        return text.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
