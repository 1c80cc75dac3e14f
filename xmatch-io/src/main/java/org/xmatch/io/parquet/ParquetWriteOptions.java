package org.xmatch.io.parquet;

import java.util.List;

/**
 * How to lay out a Parquet file.
 *
 * @param rowGroupRows most rows in a row group
 * @param rowGroupBytes a row group ends soon after it has as many, compressed: they are in memory until it is written
 * @param pageRows most rows in a page
 * @param zstdLevel -7..22; below 0 quicker and larger
 * @param sortedBy columns the rows ascend by, for the footer; may be empty
 * @param packsDifferences whether 64-bit integers may be DELTA_BINARY_PACKED, where that is smaller
 */
public record ParquetWriteOptions(int rowGroupRows, long rowGroupBytes, int pageRows, int zstdLevel,
        List<String> sortedBy, boolean packsDifferences) {

    public static final ParquetWriteOptions DEFAULT = new ParquetWriteOptions(1_000_000, 20_000, 1, List.of());

    /** For results of a job, which is to end soon: differences are packed more quickly than integers are compressed. */
    public static final ParquetWriteOptions RESULT =
            DEFAULT.withRowGroupBytes(16 << 20).withZstdLevel(-3).withPackedDifferences(true);

    public ParquetWriteOptions {
        sortedBy = List.copyOf(sortedBy);
        if (rowGroupRows < 1 || rowGroupBytes < 1 || pageRows < 1) {
            throw new IllegalArgumentException("row groups and pages need at least one row");
        }
        if (zstdLevel < -7 || zstdLevel > 22) {
            throw new IllegalArgumentException("zstd level must be -7..22, got " + zstdLevel);
        }
    }

    /** Row groups of any number of bytes, without packed differences. */
    public ParquetWriteOptions(int rowGroupRows, int pageRows, int zstdLevel, List<String> sortedBy) {
        this(rowGroupRows, Long.MAX_VALUE, pageRows, zstdLevel, sortedBy, false);
    }

    /** The text a record has by itself, which the JVM would make in each process (ADR 0005). */
    @Override
    public String toString() {
        return "ParquetWriteOptions[rowGroupRows=" + rowGroupRows + ", rowGroupBytes=" + rowGroupBytes + ", pageRows="
                + pageRows + ", zstdLevel=" + zstdLevel + ", sortedBy=" + sortedBy + ", packsDifferences=" + packsDifferences + "]";
    }

    public ParquetWriteOptions withZstdLevel(int level) {
        return new ParquetWriteOptions(rowGroupRows, rowGroupBytes, pageRows, level, sortedBy, packsDifferences);
    }

    public ParquetWriteOptions withRowGroupBytes(long bytes) {
        return new ParquetWriteOptions(rowGroupRows, bytes, pageRows, zstdLevel, sortedBy, packsDifferences);
    }

    public ParquetWriteOptions withSortedBy(String... columns) {
        return new ParquetWriteOptions(rowGroupRows, rowGroupBytes, pageRows, zstdLevel, List.of(columns),
                packsDifferences);
    }

    public ParquetWriteOptions withPackedDifferences(boolean value) {
        return new ParquetWriteOptions(rowGroupRows, rowGroupBytes, pageRows, zstdLevel, sortedBy, value);
    }
}
