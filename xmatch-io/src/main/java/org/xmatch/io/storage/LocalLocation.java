package org.xmatch.io.storage;

import org.xmatch.io.StorageException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A file or folder on a local disk. */
final class LocalLocation implements Location {

    private final Path path;
    private final ReadCounters counters;

    LocalLocation(Path path, ReadCounters counters) {
        this.path = path;
        this.counters = counters;
    }

    @Override
    public Location resolve(String relative) {
        return Location.isUri(relative)
                ? Location.of(relative, counters)
                : new LocalLocation(path.resolve(relative), counters);
    }

    @Override
    public String name() {
        Path name = path.toAbsolutePath().normalize().getFileName();
        return name == null ? "" : name.toString();
    }

    @Override
    public boolean isFile() {
        return Files.isRegularFile(path);
    }

    @Override
    public RangeSource open() {
        return LocalRangeSource.open(path, counters);
    }

    @Override
    public Optional<byte[]> readIfPresent() {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Files.readAllBytes(path);
            counters.add(bytes.length);
            return Optional.of(bytes);
        } catch (IOException e) {
            throw new StorageException(path.toString(), "cannot read " + path + ": " + e, e);
        }
    }

    @Override
    public List<String> list() {
        try (Stream<Path> entries = Files.list(path)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new StorageException(path.toString(), "cannot list the folder " + path + ": " + e, e);
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
