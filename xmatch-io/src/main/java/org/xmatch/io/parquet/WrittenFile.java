package org.xmatch.io.parquet;

import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Util;
import org.xmatch.io.CatalogFormatException;
import org.xmatch.io.StorageException;
import org.xmatch.io.XMatchException;
import org.xmatch.io.storage.LocalSum;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.OptionalLong;

/** A file that a {@link ParquetSink} committed. Immutable and thread-safe. */
public final class WrittenFile {

    private final Path path;
    private final long bytes;
    private final long rows;
    private final int rowGroups;
    private final OptionalLong checksum;
    // encoded: of ten thousand files it takes a tenth of the memory
    private final byte[] footer;

    WrittenFile(Path path, long bytes, long rows, int rowGroups, OptionalLong checksum, byte[] footer) {
        this.path = path;
        this.bytes = bytes;
        this.rows = rows;
        this.rowGroups = rowGroups;
        this.checksum = checksum;
        this.footer = footer;
    }

    /**
     * A file that a job before this one committed, all its bytes read and summed.
     *
     * @throws CatalogFormatException when it is no whole Parquet file
     * @throws StorageException when it cannot be read
     */
    public static WrittenFile reopen(Path path) {
        try (FileChannel channel = FileChannel.open(path)) {
            long size = channel.size();
            ByteBuffer tail = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
            channel.read(tail, Math.max(0, size - 8));
            long length = tail.getInt(0);
            if (size < 12 || length < 0 || length > size - 12) {
                throw new CatalogFormatException(path.toString(), path + " is no whole Parquet file");
            }
            ByteBuffer encoded = ByteBuffer.allocate((int) length);
            while (encoded.hasRemaining()) {
                if (channel.read(encoded, size - 8 - length + encoded.position()) < 0) {
                    throw new CatalogFormatException(path.toString(), path + " was cut short while it was read");
                }
            }
            FileMetaData footer = decode(encoded.array());
            return new WrittenFile(path, size, footer.getNum_rows(), footer.getRow_groupsSize(),
                    OptionalLong.of(LocalSum.of(channel)), encoded.array());
        } catch (IOException e) {
            throw new StorageException(path.toString(), "cannot read " + path + ": " + e, e);
        } catch (RuntimeException e) {
            throw e instanceof XMatchException ? e
                    : new CatalogFormatException(path.toString(), path + " has a damaged footer: " + e, e);
        }
    }

    private static FileMetaData decode(byte[] footer) throws IOException {
        return Util.readFileMetaData(new ByteArrayInputStream(footer));
    }

    public Path path() {
        return path;
    }

    /** Length of the file. */
    public long bytes() {
        return bytes;
    }

    public long rows() {
        return rows;
    }

    public int rowGroups() {
        return rowGroups;
    }

    /** CRC-32C of the file, unless it was written without. */
    public OptionalLong checksum() {
        return checksum;
    }

    FileMetaData footer() {
        try {
            return decode(footer);
        } catch (IOException e) {
            throw new CatalogFormatException(path.toString(), path + " has a damaged footer: " + e, e);
        }
    }
}
