package org.xmatch.io.storage;

import org.xmatch.io.StorageException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A remote file fetched whole into a temporary one, for servers that know no ranges. */
final class WholeFile {

    private final RemoteName name;
    private final FileChannel channel;
    private final long size;

    private WholeFile(RemoteName name, FileChannel channel, long size) {
        this.name = name;
        this.channel = channel;
        this.size = size;
    }

    /**
     * Stores a body.
     *
     * @param length its bytes, or -1
     * @throws IOException when it ends early
     */
    static WholeFile receive(RemoteName name, InputStream body, long length, ReadCounters counters)
            throws IOException {
        FileChannel channel = temporary(name);
        long size = 0;
        try {
            byte[] buffer = new byte[256 << 10];
            int count;
            while ((count = body.readNBytes(buffer, 0, buffer.length)) > 0) {
                store(name, channel, ByteBuffer.wrap(buffer, 0, count));
                size += count;
            }
            if (length >= 0 && size != length) {
                throw new IOException("the body ended after " + size + " of " + length + " bytes");
            }
            return new WholeFile(name, channel, size);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        } finally {
            counters.add(size);
        }
    }

    private static FileChannel temporary(RemoteName name) {
        try {
            Path path = Files.createTempFile("xmatch-", ".part");
            return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE,
                    StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException e) {
            throw noRoom(name, e);
        }
    }

    private static void store(RemoteName name, FileChannel channel, ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw noRoom(name, e);
        }
    }

    private static StorageException noRoom(RemoteName name, IOException e) {
        return new StorageException(name.toString(), "the server of " + name + " sends whole files only, and this one"
                + " cannot be stored in the temporary folder " + System.getProperty("java.io.tmpdir") + ": " + e
                + "; free space there, or name another with XMATCH_JAVA_OPTS=-Djava.io.tmpdir=FOLDER", e);
    }

    long size() {
        return size;
    }

    void read(long offset, byte[] into, int at, int length) {
        ByteBuffer buffer = ByteBuffer.wrap(into, at, length);
        try {
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, offset + buffer.position() - at) < 0) {
                    throw new StorageException(name.toString(), name + " ends at byte " + size
                            + ", before the end of the range " + offset + ".." + (offset + length));
                }
            }
        } catch (IOException e) {
            throw new StorageException(name.toString(), "cannot read the temporary copy of " + name + ": " + e, e);
        }
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new StorageException(name.toString(), "cannot remove the temporary copy of " + name + ": " + e, e);
        }
    }
}
