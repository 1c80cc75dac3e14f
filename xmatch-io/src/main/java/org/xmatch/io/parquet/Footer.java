package org.xmatch.io.parquet;

import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.SchemaElement;
import org.jspecify.annotations.Nullable;
import org.xmatch.io.CatalogFormatException;
import org.xmatch.io.storage.RangeSource;
import shaded.parquet.org.apache.thrift.TBase;
import shaded.parquet.org.apache.thrift.TException;
import shaded.parquet.org.apache.thrift.protocol.TField;
import shaded.parquet.org.apache.thrift.protocol.TProtocolException;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * The footer of a Parquet file: schema and row groups. What it says of a column chunk stays encoded
 * until it is asked for: of a thousand columns a match needs a few. Immutable and thread-safe.
 */
final class Footer {

    private static final String ENCRYPTED_MAGIC = "PARE";
    /** Bytes read first from a file's end: the footer of most files, so that one read opens them. */
    static final int TAIL_BYTES = RangeSource.SMALL_BYTES;
    private static final int MOST_BYTES = 1 << 30;

    // numbers of the fields of FileMetaData and RowGroup in parquet.thrift
    private static final int SCHEMA = 2;
    private static final int ROW_GROUPS = 4;
    private static final int KEY_VALUES = 5;
    private static final int COLUMNS = 1;
    private static final int NUM_ROWS = 3;

    private final String location;
    private final byte[] bytes;
    private List<SchemaElement> schema = List.of();
    private List<Group> groups = List.of();
    private Map<String, String> keyValues = Map.of();

    /** A row group: its rows, where in the footer its column chunks begin, and those that were asked for. */
    private static final class Group {

        private long rows = -1;
        private int[] chunksAt = {};
        private AtomicReferenceArray<ColumnChunk> chunks = new AtomicReferenceArray<>(0);
    }

    private Footer(String location, byte[] bytes) {
        this.location = location;
        this.bytes = bytes;
    }

    static Footer read(RangeSource source) {
        String location = source.location();
        long size = source.size();
        if (size < 12) {
            throw new CatalogFormatException(location, location + " is not a Parquet file: it has " + size
                    + " bytes, the shortest has 12");
        }
        int tail = (int) Math.min(TAIL_BYTES, size);
        byte[] bytes = new byte[tail];
        source.read(size - tail, bytes, 0, tail);
        requireMagic(source, bytes);
        long length = (bytes[tail - 8] & 0xffL) | (bytes[tail - 7] & 0xffL) << 8 | (bytes[tail - 6] & 0xffL) << 16
                | (bytes[tail - 5] & 0xffL) << 24;
        if (length > size - 12 || length > MOST_BYTES) {
            throw new CatalogFormatException(location, location + " is damaged: its footer is said to take "
                    + length + " bytes of the file's " + size + "; fetch it again");
        }
        byte[] encoded;
        if (length <= tail - 8) {
            encoded = Arrays.copyOfRange(bytes, tail - 8 - (int) length, tail - 8);
        } else {
            int missing = (int) length - (tail - 8);
            encoded = new byte[(int) length];
            source.read(size - 8 - length, encoded, 0, missing);
            System.arraycopy(bytes, 0, encoded, missing, tail - 8);
        }
        Footer footer = new Footer(location, encoded);
        try {
            footer.parse();
        } catch (TException | RuntimeException e) {
            throw new CatalogFormatException(location, location + " is damaged: its footer, bytes "
                    + (size - 8 - length) + ".." + (size - 8) + ", cannot be read; fetch it again", e);
        }
        return footer;
    }

    private static void requireMagic(RangeSource source, byte[] tail) {
        String location = source.location();
        String magic = new String(tail, tail.length - 4, 4, StandardCharsets.ISO_8859_1);
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
                            + source.size() + "; fetch it again"
                    : location + " is not a Parquet file: it begins with '" + printable(begins)
                            + "', a Parquet file with 'PAR1'");
        }
    }

    private static String printable(String text) {
        return text.replaceAll("[^\\x20-\\x7e]", "?");
    }

    private void parse() throws TException {
        ThriftBytes in = new ThriftBytes(bytes, 0, bytes.length);
        boolean hasRowGroups = false;
        in.beginStruct();
        for (TField field = in.field(); field.type != ThriftBytes.STOP; field = in.field()) {
            if (field.id == SCHEMA && field.type == ThriftBytes.LIST) {
                schema = elements(in, SchemaElement::new);
            } else if (field.id == ROW_GROUPS && field.type == ThriftBytes.LIST) {
                hasRowGroups = true;
                groups = groups(in);
            } else if (field.id == KEY_VALUES && field.type == ThriftBytes.LIST) {
                Map<String, String> pairs = new LinkedHashMap<>();
                for (KeyValue pair : elements(in, KeyValue::new)) {
                    pairs.put(pair.getKey(), pair.isSetValue() ? pair.getValue() : "");
                }
                keyValues = pairs;
            } else {
                in.skip(field.type);
            }
        }
        in.endStruct();
        if (!hasRowGroups || schema.isEmpty()) {
            throw new TProtocolException(TProtocolException.INVALID_DATA, "no schema or no list of row groups");
        }
    }

    private static <T extends TBase<?, ?>> List<T> elements(ThriftBytes in, Supplier<T> empty) throws TException {
        int count = in.list(ThriftBytes.STRUCT);
        List<T> read = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            read.add(in.read(empty.get()));
        }
        return read;
    }

    private List<Group> groups(ThriftBytes in) throws TException {
        int count = in.list(ThriftBytes.STRUCT);
        List<Group> read = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Group group = new Group();
            in.beginStruct();
            for (TField field = in.field(); field.type != ThriftBytes.STOP; field = in.field()) {
                if (field.id == COLUMNS && field.type == ThriftBytes.LIST) {
                    group.chunksAt = new int[in.list(ThriftBytes.STRUCT)];
                    group.chunks = new AtomicReferenceArray<>(group.chunksAt.length);
                    for (int chunk = 0; chunk < group.chunksAt.length; chunk++) {
                        group.chunksAt[chunk] = in.position();
                        in.skip(ThriftBytes.STRUCT);
                    }
                } else if (field.id == NUM_ROWS && field.type == ThriftBytes.I64) {
                    group.rows = in.int64();
                } else {
                    in.skip(field.type);
                }
            }
            in.endStruct();
            read.add(group);
        }
        return read;
    }

    /** The schema's elements, depth first, the root included. */
    List<SchemaElement> schema() {
        return schema;
    }

    /** Key-value metadata. */
    Map<String, String> keyValues() {
        return keyValues;
    }

    int rowGroupCount() {
        return groups.size();
    }

    /** Rows of a row group as the footer says; negative where it does not. */
    long rows(int rowGroup) {
        return groups.get(rowGroup).rows;
    }

    /** Number of column chunks of a row group. */
    int chunkCount(int rowGroup) {
        return groups.get(rowGroup).chunksAt.length;
    }

    /** What is said of a column chunk; not to be changed. */
    ColumnChunk chunk(int rowGroup, int leaf) {
        Group group = groups.get(rowGroup);
        ColumnChunk known = group.chunks.get(leaf);
        if (known != null) {
            return known;
        }
        try {
            ColumnChunk chunk = new ThriftBytes(bytes, group.chunksAt[leaf], bytes.length).read(new ColumnChunk());
            group.chunks.set(leaf, chunk);
            return chunk;
        } catch (TException | RuntimeException e) {
            throw damaged("what its footer says of column chunk " + leaf + " of row group " + rowGroup
                    + " cannot be read", e);
        }
    }

    private CatalogFormatException damaged(String what, @Nullable Throwable cause) {
        return new CatalogFormatException(location, location + " is damaged: " + what + "; fetch the file again",
                cause);
    }
}
