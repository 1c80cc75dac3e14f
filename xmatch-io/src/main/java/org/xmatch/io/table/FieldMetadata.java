package org.xmatch.io.table;

import org.apache.arrow.flatbuf.KeyValue;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.flatbuf.Type;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a file says of its columns besides their types: units, descriptions and the like, as Arrow's
 * field metadata. Immutable and thread-safe.
 *
 * @param byPath values by key, by column; of a part of a nested column by names with points between
 */
public record FieldMetadata(Map<String, Map<String, String>> byPath) {

    /** Key of a Parquet file's metadata under which writers of the Arrow family keep their schema. */
    public static final String ARROW_SCHEMA = "ARROW:schema";

    public static final FieldMetadata NONE = new FieldMetadata(Map.of());

    private static final int MOST_FIELDS = 100_000;
    private static final int MOST_DEPTH = 64;
    // set by readers of Parquet, true of the file read only
    private static final String FIELD_ID = "PARQUET:field_id";

    public FieldMetadata {
        byPath = Map.copyOf(byPath);
    }

    public boolean isEmpty() {
        return byPath.isEmpty();
    }

    /**
     * Of a Parquet file with this key-value metadata. It is only told on, no value depends on it: where it
     * cannot be understood there is none.
     */
    public static FieldMetadata ofParquet(Map<String, String> keyValues) {
        String encoded = keyValues.get(ARROW_SCHEMA);
        if (encoded == null) {
            return NONE;
        }
        Map<String, Map<String, String>> found = new TreeMap<>();
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(encoded)).order(ByteOrder.LITTLE_ENDIAN);
            bytes.position(bytes.getInt(0) == -1 ? 8 : 4); // behind the length, and in newer files a mark
            Message message = Message.getRootAsMessage(bytes);
            if (message.headerType() == MessageHeader.Schema && message.header(new Schema()) instanceof Schema schema) {
                int[] fields = {0};
                for (int i = 0; i < schema.fieldsLength(); i++) {
                    collect(schema.fields(i), "", schema.fields(i).name(), 0, fields, found);
                }
            }
        } catch (RuntimeException notArrow) {
            return NONE;
        }
        return found.isEmpty() ? NONE : new FieldMetadata(found);
    }

    /** @param name of the field, or for the element of a list, which has none, of the list */
    private static void collect(org.apache.arrow.flatbuf.Field field, String path, String name, int depth, int[] fields,
            Map<String, Map<String, String>> into) {
        if (++fields[0] > MOST_FIELDS || depth > MOST_DEPTH) {
            throw new IllegalArgumentException("more fields than a catalog has");
        }
        Map<String, String> values = new TreeMap<>();
        for (int i = 0; name.equals(field.name()) && i < field.customMetadataLength(); i++) {
            KeyValue pair = field.customMetadata(i);
            if (!FIELD_ID.equals(pair.key())) {
                values.put(pair.key(), pair.value() == null ? "" : pair.value());
            }
        }
        if (!values.isEmpty()) {
            into.put(path + name, Map.copyOf(values));
        }
        boolean list = field.typeType() == Type.List || field.typeType() == Type.LargeList
                || field.typeType() == Type.FixedSizeList;
        for (int i = 0; i < field.childrenLength(); i++) {
            org.apache.arrow.flatbuf.Field child = field.children(i);
            collect(child, list ? path : path + name + ".", list ? name : child.name(), depth + 1, fields, into);
        }
    }

    /**
     * Of a result's columns, which have other names.
     *
     * @param from columns this speaks of
     * @param to the same columns in the result
     */
    public FieldMetadata renamed(List<Field> from, List<Field> to) {
        Map<String, Map<String, String>> renamed = new TreeMap<>();
        for (int i = 0; i < from.size(); i++) {
            String name = from.get(i).name();
            String result = to.get(i).name();
            byPath.forEach((path, values) -> {
                if (path.equals(name) || path.startsWith(name + ".")) {
                    renamed.put(result + path.substring(name.length()), values);
                }
            });
        }
        return new FieldMetadata(renamed);
    }

    /** Of these columns and others. */
    public FieldMetadata and(FieldMetadata others) {
        Map<String, Map<String, String>> all = new TreeMap<>(byPath);
        all.putAll(others.byPath);
        return new FieldMetadata(all);
    }

    /** For the key-value metadata of a Parquet file of these columns; empty where there is nothing to tell. */
    public Map<String, String> toParquet(List<Field> fields) {
        return isEmpty() ? Map.of() : Map.of(ARROW_SCHEMA, ArrowSchemas.encoded(fields, this));
    }
}
