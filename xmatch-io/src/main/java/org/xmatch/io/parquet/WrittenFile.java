package org.xmatch.io.parquet;

import org.apache.parquet.format.FileMetaData;

import java.nio.file.Path;

/** A file that a {@link ParquetSink} committed. Immutable and thread-safe. */
public final class WrittenFile {

    private final Path path;
    private final long bytes;
    private final FileMetaData footer;

    WrittenFile(Path path, long bytes, FileMetaData footer) {
        this.path = path;
        this.bytes = bytes;
        this.footer = footer;
    }

    public Path path() {
        return path;
    }

    /** Length of the file. */
    public long bytes() {
        return bytes;
    }

    public long rows() {
        return footer.getNum_rows();
    }

    public int rowGroups() {
        return footer.getRow_groupsSize();
    }

    FileMetaData footer() {
        return footer;
    }
}
