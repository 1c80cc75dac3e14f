package org.xmatch.io.pipeline;

import org.xmatch.io.parquet.PageDecoder;
import org.xmatch.io.parquet.ParquetFile;
import org.xmatch.io.parquet.ParquetSink;
import org.xmatch.io.parquet.ParquetWriteOptions;
import org.xmatch.io.parquet.RowRanges;
import org.xmatch.io.parquet.WriteBuffers;
import org.xmatch.io.storage.AtomicFile;
import org.xmatch.io.storage.Location;
import org.xmatch.io.storage.RangeSource;
import org.xmatch.io.storage.ReadCounters;
import org.xmatch.io.storage.ScratchFolder;
import org.xmatch.io.table.Column;
import org.xmatch.io.table.Field;
import org.xmatch.io.table.Table;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Rows in order of their keys in a file, which are read back in blocks. A block is a Parquet file of its own within
 * the file: what is known of the others in memory is little. One thread.
 */
final class SortedRun implements AutoCloseable {

    /** Rows of a block, at most. */
    static final int MOST_BLOCK_ROWS = 1 << 14;

    // quickly written: it is read once
    private static final ParquetWriteOptions LAYOUT =
            new ParquetWriteOptions(MOST_BLOCK_ROWS, MOST_BLOCK_ROWS, -5, List.of());

    private final Path path;
    private final RangeSource source;
    private final List<Field> fields;
    private final int level;
    private final Deque<Stored> stored;
    private final Deque<Loaded> loaded = new ArrayDeque<>();

    /** Where a block ends in the file, and its least key. */
    private record Stored(long end, long firstKey) {}

    private static final class Loaded {
        private final Table table;
        private final long[] keys;
        private int taken;

        private Loaded(Table table, long[] keys) {
            this.table = table;
            this.keys = keys;
        }
    }

    private SortedRun(Path path, List<Field> fields, int level, Deque<Stored> stored) {
        this.path = path;
        this.source = Location.of(path.toString(), new ReadCounters()).open();
        this.fields = fields;
        this.level = level;
        this.stored = stored;
    }

    /** Takes rows in order. */
    static final class Writer implements AutoCloseable {

        private final Path path;
        private final int level;
        private final AtomicFile file;
        private final List<Field> fields;
        private final WriteBuffers buffers = new WriteBuffers();
        private final Deque<Stored> stored = new ArrayDeque<>();

        /** @param level how many times its rows have been merged */
        Writer(Path path, List<Field> fields, int level) {
            this.path = path;
            this.level = level;
            this.file = AtomicFile.createSummed(path); // not to be forced to the disk
            this.fields = Stream.concat(Stream.of(key(fields)), fields.stream()).toList();
        }

        private static Field key(List<Field> fields) {
            String name = "key";
            while (fields.stream().map(Field::name).anyMatch(name::equals)) {
                name += "_";
            }
            return Field.ofLong(name);
        }

        /** Appends a block: at least one row, keys ascending, none below those before. */
        void add(Table table, long[] keys) {
            List<Column> columns = new ArrayList<>(List.of(Column.ofLongs(fields.get(0), keys, keys.length)));
            columns.addAll(table.columns());
            try (ParquetSink sink = ParquetSink.append(file, fields, LAYOUT, Runnable::run, buffers)) {
                sink.write(new Table(columns, keys.length));
                sink.commit();
            }
            stored.add(new Stored(file.position(), keys[0]));
        }

        SortedRun finish() {
            file.commit();
            return new SortedRun(path, fields, level, stored);
        }

        @Override
        public void close() {
            file.close();
            buffers.close();
        }
    }

    /** How many times its rows have been merged. */
    int level() {
        return level;
    }

    /** The least key of each block that is not read yet. */
    LongStream firstKeys() {
        return stored.stream().mapToLong(Stored::firstKey);
    }

    /** Reads the next block. */
    void load(PageDecoder decoder) {
        ParquetFile file = ParquetFile.open(new Beginning(source, stored.remove().end()));
        RowRanges all = RowRanges.all(file.rowCount(0));
        List<Column> columns = new ArrayList<>();
        for (Field field : fields) {
            Column column = new Column(field);
            file.read(0, field.name(), all, column, decoder);
            columns.add(column);
        }
        long[] keys = Arrays.copyOf(columns.remove(0).longs(), all.rows());
        loaded.add(new Loaded(new Table(columns, all.rows()), keys));
    }

    /** A file up to the end of a block. */
    private record Beginning(RangeSource whole, long size) implements RangeSource {

        @Override
        public String location() {
            return whole.location();
        }

        @Override
        public void read(long offset, byte[] into, int at, int length) {
            whole.read(offset, into, at, length);
        }

        @Override
        public void close() {
            // the whole stays open
        }
    }

    /** Moves rows that were read and have keys below {@code end} to {@code into}. */
    void moveTo(KeyedRows into, long end) {
        while (!loaded.isEmpty()) {
            Loaded block = loaded.peek();
            int to = block.taken;
            while (to < block.keys.length && block.keys[to] < end) {
                to++;
            }
            into.add(block.table, block.keys, block.taken, to);
            block.taken = to;
            if (to < block.keys.length) {
                return;
            }
            loaded.remove();
        }
    }

    /** Removes the file. */
    @Override
    public void close() {
        source.close();
        ScratchFolder.delete(path);
    }
}
