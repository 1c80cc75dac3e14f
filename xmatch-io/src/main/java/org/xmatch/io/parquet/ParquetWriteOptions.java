package org.xmatch.io.parquet;

import java.util.List;

/**
 * How to lay out a Parquet file.
 *
 * @param rowGroupRows most rows in a row group
 * @param pageRows most rows in a page
 * @param zstdLevel -7..22; below 0 quicker and larger
 * @param sortedBy columns the rows ascend by, for the footer; may be empty
 */
public record ParquetWriteOptions(int rowGroupRows, int pageRows, int zstdLevel, List<String> sortedBy) {

    public static final ParquetWriteOptions DEFAULT = new ParquetWriteOptions(1_000_000, 20_000, 1, List.of());

    /** For results of a job, which is to end soon. */
    public static final ParquetWriteOptions RESULT = DEFAULT.withZstdLevel(-3);

    public ParquetWriteOptions {
        sortedBy = List.copyOf(sortedBy);
        if (rowGroupRows < 1 || pageRows < 1) {
            throw new IllegalArgumentException("row groups and pages need at least one row");
        }
        if (zstdLevel < -7 || zstdLevel > 22) {
            throw new IllegalArgumentException("zstd level must be -7..22, got " + zstdLevel);
        }
    }

    /** The text a record has by itself, which the JVM would make in each process (ADR 0005). */
    @Override
    public String toString() {
        return "ParquetWriteOptions[rowGroupRows=" + rowGroupRows + ", pageRows=" + pageRows + ", zstdLevel="
                + zstdLevel + ", sortedBy=" + sortedBy + "]";
    }

    public ParquetWriteOptions withZstdLevel(int level) {
        return new ParquetWriteOptions(rowGroupRows, pageRows, level, sortedBy);
    }

    public ParquetWriteOptions withSortedBy(String... columns) {
        return new ParquetWriteOptions(rowGroupRows, pageRows, zstdLevel, List.of(columns));
    }
}
