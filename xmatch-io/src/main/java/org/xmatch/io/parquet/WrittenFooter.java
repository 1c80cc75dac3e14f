package org.xmatch.io.parquet;

import org.apache.parquet.format.ColumnOrder;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.TypeDefinedOrder;
import org.apache.parquet.format.Util;
import org.xmatch.io.storage.AtomicFile;
import org.xmatch.io.table.Field;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The first and last bytes of a Parquet file. Stateless and thread-safe. */
final class WrittenFooter {

    // the form readers parse to know the writers with faulty statistics
    private static final String CREATED_BY = "xmatch version 0.1.0 (build 0.1.0)";
    // 2: logical types beyond the converted ones may occur
    private static final int FORMAT_VERSION = 2;

    private WrittenFooter() {}

    /** Refuses columns that readers could not tell apart, and files without any. */
    static void requireColumns(List<Field> fields) {
        if (fields.isEmpty()) {
            throw new IllegalArgumentException("a Parquet file needs at least one column");
        }
        Set<String> names = new HashSet<>();
        for (Field field : fields) {
            if (!names.add(field.name())) {
                throw new IllegalArgumentException("two columns are named '" + field.name()
                        + "': rename one, as by a suffix");
            }
        }
    }

    /** A footer; key-value metadata is sorted by key, so that equal maps give equal bytes. */
    static FileMetaData of(List<Field> fields, Map<String, String> metadata, List<RowGroup> rowGroups, long rows) {
        FileMetaData footer = new FileMetaData(FORMAT_VERSION, WrittenSchema.of(fields), rows, rowGroups);
        footer.setCreated_by(CREATED_BY);
        footer.setColumn_orders(Collections.nCopies(WrittenSchema.leafCount(fields),
                ColumnOrder.TYPE_ORDER(new TypeDefinedOrder())));
        for (Map.Entry<String, String> entry : new TreeMap<>(metadata).entrySet()) {
            footer.addToKey_value_metadata(new KeyValue(entry.getKey()).setValue(entry.getValue()));
        }
        return footer;
    }

    /** Writes the bytes every Parquet file starts with. */
    static void writeMagic(AtomicFile file) {
        file.write(ByteBuffer.wrap("PAR1".getBytes(StandardCharsets.US_ASCII)));
    }

    /** Writes the footer, its length and the bytes every Parquet file ends with; returns the footer's bytes. */
    static byte[] write(FileMetaData footer, AtomicFile file) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            Util.writeFileMetaData(footer, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] bytes = out.toByteArray();
        file.write(bytes, 0, bytes.length);
        ByteBuffer length = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
        file.write(length.putInt(bytes.length).flip());
        writeMagic(file);
        return bytes;
    }
}
