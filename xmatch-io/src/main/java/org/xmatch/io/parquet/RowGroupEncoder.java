package org.xmatch.io.parquet;

import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SortingColumn;
import org.apache.parquet.format.Util;
import org.xmatch.io.StorageException;
import org.xmatch.io.storage.AtomicFile;
import org.xmatch.io.table.Column;
import org.xmatch.io.table.Field;
import org.xmatch.io.table.LeafColumn;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/**
 * Encodes slices of a row group, a task per leaf column, and writes the row group when it is whole.
 * <p>
 * The caller goes on while a slice is encoded. Waiting for a slice, it runs the tasks that no thread
 * has begun, so an executor that is busy with the caller's own work can't block it. One thread at a
 * time; the tasks touch only what is theirs.
 */
final class RowGroupEncoder implements AutoCloseable {

    private final AtomicFile file;
    private final Executor executor;
    private final List<SortingColumn> sorting;
    private final List<ChunkEncoder> encoders = new ArrayList<>();
    private final WriteBuffers buffers;
    private final List<EncodedBytes> pages = new ArrayList<>();
    private final List<RowGroup> rowGroups = new ArrayList<>();
    private final List<List<ChunkEncoder.Written>> chunks = new ArrayList<>();
    private List<FutureTask<Void>> running = List.of();
    private long rows;
    private long encodedBytes;
    private boolean last;
    private volatile boolean cancelled;

    RowGroupEncoder(AtomicFile file, List<Field> fields, ParquetWriteOptions options,
            List<SortingColumn> sorting, Executor executor, WriteBuffers buffers) {
        this.file = file;
        this.executor = executor;
        this.sorting = sorting;
        this.buffers = buffers;
        for (Field field : fields) {
            if (field.isNested()) {
                LeafColumn.of(field.node()).forEach(leaf -> encoders.add(new ChunkEncoder(leaf, options, takePages())));
            } else {
                encoders.add(new ChunkEncoder(field, options, takePages()));
            }
        }
    }

    private EncodedBytes takePages() {
        EncodedBytes taken = buffers.takePages();
        pages.add(taken);
        return taken;
    }

    /**
     * Starts to encode a slice, whose columns the tasks read until the next call of this object
     * returns. Waits for the slice before.
     */
    void encode(List<Column> slice, int sliceRows) {
        await();
        encodedBytes = 0;
        for (EncodedBytes encoded : pages) {
            encodedBytes += encoded.size();
        }
        List<FutureTask<Void>> tasks = new ArrayList<>(encoders.size());
        for (Column column : slice) {
            if (column.field().isNested()) {
                for (LeafColumn leaf : column.leaves()) {
                    ChunkEncoder encoder = encoders.get(tasks.size());
                    tasks.add(new FutureTask<>(() -> encode(work -> encoder.encode(leaf, work)), null));
                }
            } else {
                ChunkEncoder encoder = encoders.get(tasks.size());
                tasks.add(new FutureTask<>(() -> encode(work -> encoder.encode(column, work)), null));
            }
        }
        running = tasks;
        rows += sliceRows;
        for (FutureTask<Void> task : tasks) {
            executor.execute(task);
        }
    }

    /** Bytes of the row group that the slices before the one being encoded take. */
    long encodedBytes() {
        return encodedBytes;
    }

    /** Says that the slice being encoded is the last of the row group. */
    void endRowGroup() {
        last = rows > 0;
    }

    /** Waits for the slice being encoded; writes the row group if it was the last one. */
    void await() {
        for (FutureTask<Void> task : running) {
            task.run();
            try {
                task.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StorageException(file.target().toString(), "writing " + file.target()
                        + " was interrupted; nothing is left behind under that name", e);
            } catch (ExecutionException e) {
                throw failure(e.getCause());
            }
        }
        running = List.of();
        if (last) {
            last = false;
            writeRowGroup();
        }
    }

    /** Writes column and offset indexes of all row groups, and returns these. */
    List<RowGroup> writeIndexes() {
        ByteArrayOutputStream index = new ByteArrayOutputStream();
        try {
            for (List<ChunkEncoder.Written> rowGroup : chunks) {
                for (ChunkEncoder.Written written : rowGroup) {
                    if (written.columnIndex().isPresent()) {
                        index.reset();
                        Util.writeColumnIndex(written.columnIndex().get(), index);
                        written.chunk().setColumn_index_offset(file.position());
                        written.chunk().setColumn_index_length(index.size());
                        file.write(index.toByteArray(), 0, index.size());
                    }
                }
            }
            for (List<ChunkEncoder.Written> rowGroup : chunks) {
                for (ChunkEncoder.Written written : rowGroup) {
                    index.reset();
                    Util.writeOffsetIndex(written.offsetIndex(), index);
                    written.chunk().setOffset_index_offset(file.position());
                    written.chunk().setOffset_index_length(index.size());
                    file.write(index.toByteArray(), 0, index.size());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rowGroups;
    }

    /** Hands back the buffers, once no task uses them. */
    @Override
    public void close() {
        cancelled = true;
        boolean interrupted = Thread.interrupted();
        for (FutureTask<Void> task : running) {
            interrupted |= awaitQuietly(task);
        }
        running = List.of();
        buffers.giveBack(pages);
        pages.clear();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean awaitQuietly(FutureTask<Void> task) {
        boolean interrupted = false;
        while (true) {
            try {
                task.run();
                task.get();
                return interrupted;
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException | CancellationException e) {
                // the file is given up, and whoever gave it up has the first failure
                return interrupted;
            }
        }
    }

    private void encode(Consumer<EncoderWork> task) {
        if (cancelled) {
            return;
        }
        EncoderWork work = buffers.takeWork();
        try {
            task.accept(work);
        } finally {
            buffers.giveBack(work);
        }
    }

    private void writeRowGroup() {
        long position = file.position();
        long uncompressed = 0;
        List<ChunkEncoder.Written> written = new ArrayList<>(encoders.size());
        List<ColumnChunk> columns = new ArrayList<>(encoders.size());
        for (ChunkEncoder encoder : encoders) {
            ChunkEncoder.Written chunk = encoder.writeTo(file);
            written.add(chunk);
            columns.add(chunk.chunk());
            uncompressed += chunk.chunk().getMeta_data().getTotal_uncompressed_size();
        }
        RowGroup rowGroup = new RowGroup(columns, uncompressed, rows);
        rowGroup.setFile_offset(position);
        rowGroup.setTotal_compressed_size(file.position() - position);
        if (rowGroups.size() <= Short.MAX_VALUE) {
            rowGroup.setOrdinal((short) rowGroups.size());
        }
        if (!sorting.isEmpty()) {
            rowGroup.setSorting_columns(sorting);
        }
        rowGroups.add(rowGroup);
        chunks.add(written);
        rows = 0;
    }

    private RuntimeException failure(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return new StorageException(file.target().toString(), "cannot write " + file.target()
                + ": encoding a column failed: " + cause.getMessage(), cause);
    }
}
