package org.xmatch.io.pipeline;

import org.xmatch.io.parquet.PageDecoder;
import org.xmatch.io.storage.ScratchFolder;
import org.xmatch.io.table.Field;
import org.xmatch.io.table.Table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Collects tables whose rows have keys, and hands the rows on in the order of those. What is more than the memory it is
 * given waits in files: each the rows of one fill in order, merged in the end by ranges of keys. One thread.
 */
final class RowReorder implements AutoCloseable {

    private static final int KEY_BYTES = 8;
    // So many are merged to one, of the same times merged, so that rows are written anew only as often as there are levels.
    private static final int RUNS_MERGED = 64;
    private static final int FEWEST_BLOCK_ROWS = 128;

    private final ScratchFolder scratch;
    private final long mostBytes;
    private final KeyedRows rows = new KeyedRows();
    private final List<SortedRun> runs = new ArrayList<>();
    private List<Field> fields = List.of();
    private long bytes; // of rows
    private long allBytes;
    private long allRows;
    private int blockRows;
    private long blockBytes;

    /** Takes rows in order. */
    interface Taker {
        void take(Table table, long[] keys);
    }

    private record Block(SortedRun run, long firstKey) {}

    /**
     * @param mostBytes of rows held in memory, about
     */
    RowReorder(ScratchFolder scratch, long mostBytes) {
        this.scratch = scratch;
        this.mostBytes = mostBytes;
    }

    /** Takes a copy of a table; its row {@code i} has key {@code rowKeys[i]}, not negative. */
    void add(Table table, long[] rowKeys) {
        long more = table.bytes() + KEY_BYTES * (long) table.rows();
        if (rows.size() > 0 && bytes + more > mostBytes) {
            spill();
        }
        fields = table.fields();
        rows.add(table, rowKeys, 0, table.rows());
        bytes += more;
        allBytes += more;
        allRows += table.rows();
    }

    /** Hands on all rows by key, those of one key in the order they came, in batches that fit the memory too. */
    void drainTo(int mostRows, Taker taker) {
        double fitting = mostBytes / 4.0 * allRows / Math.max(1, allBytes);
        int batchRows = (int) Math.max(1, Math.min(mostRows, fitting));
        if (runs.isEmpty()) {
            handOn(batchRows, taker);
            return;
        }
        if (rows.size() > 0) {
            spill();
        }
        merge(runs, batchRows, taker);
    }

    private void spill() {
        if (runs.isEmpty()) {
            long rowBytes = Math.max(1, bytes / rows.size());
            blockRows = (int) Math.max(FEWEST_BLOCK_ROWS,
                    Math.min(SortedRun.MOST_BLOCK_ROWS, mostBytes / RUNS_MERGED / rowBytes));
            blockBytes = blockRows * rowBytes;
        }
        runs.add(write(0, writer -> handOn(blockRows, writer)));
        rows.clear();
        bytes = 0;
        int level = 0;
        while (runs.size() >= RUNS_MERGED && runs.get(runs.size() - RUNS_MERGED).level() == level) {
            // the last ones, which are neighbours: rows of one key stay in order
            List<SortedRun> last = runs.subList(runs.size() - RUNS_MERGED, runs.size());
            SortedRun merged = write(++level, writer -> merge(last, blockRows, writer));
            last.forEach(SortedRun::close);
            last.clear();
            runs.add(merged);
        }
    }

    private SortedRun write(int level, Consumer<Taker> source) {
        try (SortedRun.Writer writer = new SortedRun.Writer(scratch.newFile(), fields, level)) {
            source.accept(writer::add);
            return writer.finish();
        }
    }

    private void merge(List<SortedRun> merged, int batchRows, Taker taker) {
        List<Block> blocks = new ArrayList<>();
        for (SortedRun run : merged) {
            run.firstKeys().forEach(key -> blocks.add(new Block(run, key)));
        }
        blocks.sort(Comparator.comparingLong(Block::firstKey)); // stable: those of a run stay in order
        // once as read, once in order
        int together = (int) Math.max(1, mostBytes / 2 / blockBytes);
        try (PageDecoder decoder = new PageDecoder()) {
            for (int from = 0; from < blocks.size(); from += together) {
                int end = Math.min(from + together, blocks.size());
                blocks.subList(from, end).forEach(block -> block.run().load(decoder));
                // of keys below, all rows have been read
                long endKey = end < blocks.size() ? blocks.get(end).firstKey() : Long.MAX_VALUE;
                merged.forEach(run -> run.moveTo(rows, endKey));
                handOn(batchRows, taker);
                rows.clear();
            }
        }
    }

    private void handOn(int batchRows, Taker taker) {
        int[] order = rows.order();
        for (int from = 0; from < order.length; from += batchRows) {
            int count = Math.min(batchRows, order.length - from);
            taker.take(rows.table(order, from, count), rows.keys(order, from, count));
        }
    }

    /** Removes the files. */
    @Override
    public void close() {
        runs.forEach(SortedRun::close);
        runs.clear();
    }
}
