package org.xmatch.io.storage;

import org.xmatch.io.StorageException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A file or folder on a local disk. */
final class LocalLocation implements Location {

    private final Path path;
    private final Storage storage;
    private final ReadCounters counters;

    LocalLocation(Path path, Storage storage, ReadCounters counters) {
        this.path = path;
        this.storage = storage;
        this.counters = counters;
    }

    @Override
    public Location resolve(String relative) {
        return Location.isUri(relative)
                ? storage.locate(relative, counters)
                : new LocalLocation(path.resolve(relative), storage, counters);
    }

    @Override
    public String name() {
        Path name = path.toAbsolutePath().normalize().getFileName();
        return name == null ? "" : name.toString();
    }

    @Override
    public boolean isRemote() {
        return false;
    }

    @Override
    public boolean isFile() {
        return Files.isRegularFile(path);
    }

    @Override
    public Optional<String> state() {
        try {
            BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
            return Optional.of(found.size() + " bytes of " + found.lastModifiedTime());
        } catch (NoSuchFileException e) {
            return Optional.of("missing");
        } catch (IOException e) {
            throw new StorageException(path.toString(), "cannot look at " + path + ": " + e, e);
        }
    }

    @Override
    public RangeSource open() {
        LocalRangeSource file = LocalRangeSource.open(path, counters);
        if (file.size() > RangeSource.SMALL_BYTES) {
            return file;
        }
        try (file) {
            byte[] bytes = new byte[(int) file.size()];
            file.read(0, bytes, 0, bytes.length);
            return new BytesSource(file.location(), bytes);
        }
    }

    @Override
    public Optional<RangeSource> openIfPresent() {
        return isFile() ? Optional.of(open()) : Optional.empty();
    }

    @Override
    public void announce(List<String> children) {}

    @Override
    public Optional<String> refusal() {
        return Optional.empty();
    }

    @Override
    public Optional<byte[]> readIfPresent() {
        if (!isFile()) {
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
            return entries.map(entry -> entry.getFileName() + (Files.isDirectory(entry) ? "/" : ""))
                    .sorted().toList();
        } catch (IOException e) {
            throw new StorageException(path.toString(), "cannot list the folder " + path + ": " + e, e);
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
