package org.xmatch.io.table;

import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.types.pojo.Schema;
import org.xmatch.io.StorageException;
import org.xmatch.io.storage.AtomicFile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes an Arrow IPC file, a record batch per 65,536 rows at most. One thread at a time. */
public final class ArrowSink implements TableSink {

    private static final int BATCH_ROWS = 1 << 16;

    private final AtomicFile file;
    private final BufferAllocator allocator = new RootAllocator();
    private final VectorSchemaRoot root;
    private final ArrowFileWriter writer;
    private final Map<String, String> footer = new TreeMap<>();

    private ArrowSink(AtomicFile file, Schema schema) {
        this.file = file;
        this.root = VectorSchemaRoot.create(schema, allocator);
        this.writer = new ArrowFileWriter(root, null, file, footer);
    }

    /**
     * A sink to a file that appears under its name when committed.
     *
     * @param notes what is told of the columns
     * @param metadata of the schema
     */
    public static ArrowSink create(Path target, List<Field> fields, FieldMetadata notes, Map<String, String> metadata) {
        AtomicFile file = AtomicFile.create(target);
        try {
            ArrowSink sink = new ArrowSink(file, ArrowSchemas.of(fields, notes, metadata));
            sink.writer.start();
            return sink;
        } catch (IOException e) {
            file.close();
            throw new StorageException(target.toString(), "cannot write " + target + ": " + e, e);
        } catch (RuntimeException | Error e) {
            file.close();
            throw e;
        }
    }

    @Override
    public void write(Table batch) {
        for (int from = 0; from < batch.rows(); from += BATCH_ROWS) {
            int to = Math.min(batch.rows(), from + BATCH_ROWS);
            for (int i = 0; i < batch.columns().size(); i++) {
                ArrowVectors.fill(root.getVector(i), batch.columns().get(i), from, to);
            }
            root.setRowCount(to - from);
            try {
                writer.writeBatch();
            } catch (IOException e) {
                throw failure(e);
            }
        }
    }

    /** Adds to the metadata of the file's footer: the schema is written before the rows. */
    @Override
    public void annotate(Map<String, String> more) {
        footer.putAll(more);
    }

    @Override
    public void commit() {
        try {
            writer.end();
        } catch (IOException e) {
            throw failure(e);
        }
        file.commit();
    }

    @Override
    public void close() {
        // not the writer: closing that one would end the file
        root.close();
        allocator.close();
        file.close();
    }

    private StorageException failure(IOException e) {
        return new StorageException(file.target().toString(), "cannot write " + file.target() + ": " + e, e);
    }
}
