package org.xmatch.io.parquet;

import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SortingColumn;
import org.jspecify.annotations.Nullable;
import org.xmatch.io.storage.AtomicFile;
import org.xmatch.io.table.Column;
import org.xmatch.io.table.Field;
import org.xmatch.io.table.Table;
import org.xmatch.io.table.TableSink;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Writes one Parquet file: zstd, page index, column chunks with statistics.
 * <p>
 * Where row groups and pages end follows from the rows, whatever the batches, so the bytes depend on the rows
 * alone. Rows are copied into slices of a row group, whose columns are encoded in parallel on the
 * executor while the next slice fills; compressed pages stay in memory until their row group is
 * whole. Writes to a temporary name beside the target; one thread at a time.
 */
public final class ParquetSink implements TableSink {

    // enough for tasks of milliseconds, little enough to stay near the processor's caches
    private static final int SLICE_ROWS = 1 << 17;
    // Of wide rows fewer, as two slices are in memory: it ends with the page in which it gets as large, and
    // where a page would be larger still, in the midst of it.
    private static final long SLICE_BYTES = 8 << 20;
    private static final long MOST_SLICE_BYTES = 10 << 20;
    private static final int STEP_ROWS = 1 << 10;

    private final AtomicFile file;
    private final boolean summed;
    private final List<Field> fields;
    private final Map<String, String> metadata;
    private final WriteBuffers buffers;
    private final boolean ownsBuffers;
    private final boolean ownsFile;
    private final RowGroupEncoder encoder;
    private final int rowGroupRows;
    private final long rowGroupBytes;
    private final int pageRows;
    private final int sliceRows;
    private List<Column> filling;
    private List<Column> encoding;
    private int rowsInSlice;
    private int rowsInSlicesBefore;
    private boolean usable = true;
    private @Nullable WrittenFile written;

    private ParquetSink(AtomicFile file, boolean summed, List<Field> fields, ParquetWriteOptions options,
            List<SortingColumn> sorting, Map<String, String> metadata, Executor executor, WriteBuffers buffers,
            boolean ownsBuffers, boolean ownsFile) {
        this.file = file;
        this.summed = summed;
        this.fields = fields;
        this.metadata = metadata;
        this.buffers = buffers;
        this.ownsBuffers = ownsBuffers;
        this.ownsFile = ownsFile;
        this.encoder = new RowGroupEncoder(file, fields, options, sorting, executor, buffers);
        this.rowGroupRows = options.rowGroupRows();
        this.rowGroupBytes = options.rowGroupBytes();
        this.pageRows = options.pageRows();
        long pages = Math.max(1, SLICE_ROWS / options.pageRows());
        this.sliceRows = (int) Math.min(rowGroupRows, pages * options.pageRows());
        this.filling = fields.stream().map(buffers.columns()::take).toList();
        this.encoding = fields.stream().map(buffers.columns()::take).toList();
    }

    /**
     * @param target the file that {@link #commit()} makes, replacing what is there
     * @param fields columns, in order
     * @param metadata key-value metadata of the footer
     * @param executor runs the encoding tasks; {@code Runnable::run} for none
     * @throws org.xmatch.io.StorageException when no file can be made there
     */
    public static ParquetSink create(Path target, List<Field> fields, ParquetWriteOptions options,
            Map<String, String> metadata, Executor executor) {
        return create(() -> AtomicFile.create(target), false, fields, options, metadata, executor, new WriteBuffers(), true,
                true);
    }

    /**
     * The same for one of many files, summed and {@linkplain AtomicFile#createSummed not forced to the disk yet}.
     *
     * @param buffers of all these files; stay the caller's
     */
    public static ParquetSink createSummed(Path target, List<Field> fields, ParquetWriteOptions options,
            Map<String, String> metadata, Executor executor, WriteBuffers buffers) {
        return create(() -> AtomicFile.createSummed(target), true, fields, options, metadata, executor, buffers, false, true);
    }

    /**
     * Writes behind what a file holds already: a reader for whom the file ends where this ends finds one Parquet file.
     *
     * @param file stays the caller's, to commit
     * @param buffers stay the caller's
     */
    public static ParquetSink append(AtomicFile file, List<Field> fields, ParquetWriteOptions options,
            Executor executor, WriteBuffers buffers) {
        return create(() -> file, false, fields, options, Map.of(), executor, buffers, false, false);
    }

    private static ParquetSink create(Supplier<AtomicFile> opened, boolean summed, List<Field> fields,
            ParquetWriteOptions options, Map<String, String> metadata, Executor executor, WriteBuffers buffers,
            boolean ownsBuffers, boolean ownsFile) {
        List<Field> columns = List.copyOf(fields);
        WrittenFooter.requireColumns(columns);
        WrittenSchema.of(columns);
        List<SortingColumn> sorting = sorting(columns, options.sortedBy());
        Map<String, String> pairs = new HashMap<>(metadata);
        AtomicFile file = opened.get();
        try {
            WrittenFooter.writeMagic(file);
            return new ParquetSink(file, summed, columns, options, sorting, pairs, executor, buffers, ownsBuffers, ownsFile);
        } catch (RuntimeException | Error e) {
            if (ownsFile) {
                file.close();
            }
            throw e;
        }
    }

    private static List<SortingColumn> sorting(List<Field> fields, List<String> sortedBy) {
        List<String> names = fields.stream().map(Field::name).toList();
        List<SortingColumn> sorting = new ArrayList<>();
        for (String name : sortedBy) {
            int index = names.indexOf(name);
            if (index < 0) {
                throw new IllegalArgumentException("the rows cannot be sorted by '" + name
                        + "': the columns are " + String.join(", ", names));
            }
            if (fields.get(index).isNested()) {
                throw new IllegalArgumentException("the rows cannot be sorted by '" + name + "', which is nested");
            }
            sorting.add(new SortingColumn(WrittenSchema.leafCount(fields.subList(0, index)), false, false));
        }
        return sorting;
    }

    @Override
    public void write(Table batch) {
        requireUsable();
        requireFields(batch);
        usable = false;
        int from = 0;
        while (from < batch.rows()) {
            int end = Math.min(sliceRows, rowGroupRows - rowsInSlicesBefore);
            int endOfPage = Math.min(end, rowsInSlice - rowsInSlice % pageRows + pageRows);
            int endOfStep = Math.min(endOfPage, rowsInSlice - rowsInSlice % STEP_ROWS + STEP_ROWS);
            int count = Math.min(endOfStep - rowsInSlice, batch.rows() - from);
            if (from == 0 || rowsInSlice == 0) {
                reserve(Math.min(end - rowsInSlice, batch.rows() - from), batch);
            }
            for (int i = 0; i < filling.size(); i++) {
                filling.get(i).appendRange(batch.columns().get(i), from, from + count);
            }
            from += count;
            rowsInSlice += count;
            if (rowsInSlice == end || rowsInSlice == endOfStep
                    && sliceBytes() >= (rowsInSlice == endOfPage ? SLICE_BYTES : MOST_SLICE_BYTES)) {
                encodeSlice();
                if (rowsInSlicesBefore == rowGroupRows || encoder.encodedBytes() >= rowGroupBytes) {
                    endEncodedRowGroup();
                }
            }
        }
        usable = true;
    }

    /** Ends the current row group, so that the next row starts another. */
    public void endRowGroup() {
        requireUsable();
        usable = false;
        if (rowsInSlice > 0) {
            encodeSlice();
        }
        endEncodedRowGroup();
        usable = true;
    }

    @Override
    public void annotate(Map<String, String> more) {
        metadata.putAll(more);
    }

    @Override
    public void commit() {
        endRowGroup();
        usable = false;
        encoder.await();
        List<RowGroup> rowGroups = encoder.writeIndexes();
        long rows = rowGroups.stream().mapToLong(RowGroup::getNum_rows).sum();
        byte[] footer = WrittenFooter.write(WrittenFooter.of(fields, metadata, rowGroups, rows), file);
        if (ownsFile) {
            file.commit();
        }
        written = new WrittenFile(file.target(), file.position(), rows, rowGroups.size(),
                summed ? OptionalLong.of(file.checksum()) : OptionalLong.empty(), footer);
    }

    /** The file that {@link #commit()} made. */
    public WrittenFile written() {
        if (written == null) {
            throw new IllegalStateException(file.target() + " is not committed");
        }
        return written;
    }

    @Override
    public void close() {
        usable = false;
        try {
            encoder.close();
            buffers.columns().giveBack(filling);
            buffers.columns().giveBack(encoding);
            filling = List.of();
            encoding = List.of();
            if (ownsBuffers) {
                buffers.close();
            }
        } finally {
            if (ownsFile) {
                file.close();
            }
        }
    }

    /** Makes room for so many more rows of a batch, or as many of them as a slice may have: growing step by step copies. */
    private void reserve(int most, Table batch) {
        long rowBytes = Math.max(1, batch.bytes() / batch.rows());
        int more = (int) Math.min(most, MOST_SLICE_BYTES / rowBytes + STEP_ROWS);
        for (int i = 0; i < filling.size(); i++) {
            Column column = filling.get(i);
            column.reserve(rowsInSlice + more);
            if (column.field().physical() == Field.Physical.BYTE_ARRAY) {
                long bytes = (long) batch.columns().get(i).offsets()[batch.rows()] * more / batch.rows();
                column.reserveBytes((int) Math.min(column.offsets()[rowsInSlice] + bytes, MOST_SLICE_BYTES));
            }
        }
    }

    private long sliceBytes() {
        long bytes = 0;
        for (Column column : filling) {
            bytes += column.valueBytes();
        }
        return bytes;
    }

    private void encodeSlice() {
        // returns when the slice before is done, whose columns are the next to fill
        encoder.encode(filling, rowsInSlice);
        List<Column> free = encoding;
        encoding = filling;
        filling = free;
        filling.forEach(Column::clear);
        rowsInSlicesBefore += rowsInSlice;
        rowsInSlice = 0;
    }

    private void endEncodedRowGroup() {
        encoder.endRowGroup();
        rowsInSlicesBefore = 0;
    }

    private void requireUsable() {
        if (!usable) {
            throw new IllegalStateException(file.target()
                    + " takes no more rows: it is committed or closed, or writing to it failed");
        }
    }

    private void requireFields(Table batch) {
        List<Column> columns = batch.columns();
        if (columns.size() != fields.size()) {
            throw new IllegalArgumentException("a batch of " + columns.size() + " columns for "
                    + file.target() + ", which has " + fields.size());
        }
        for (int i = 0; i < columns.size(); i++) {
            Field field = fields.get(i);
            Column column = columns.get(i);
            if (!column.field().withNullable(field.nullable()).equals(field)) {
                throw new IllegalArgumentException("column " + i + " of a batch for " + file.target()
                        + " is " + column.field() + ", not " + field);
            }
            if (!field.nullable() && PlainWriter.nullCount(column, 0, column.size()) > 0) {
                throw new IllegalArgumentException("column '" + field.name() + "' of " + file.target()
                        + " was declared without nulls, and a batch has some");
            }
        }
    }
}
