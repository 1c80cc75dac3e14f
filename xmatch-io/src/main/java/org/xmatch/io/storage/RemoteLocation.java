package org.xmatch.io.storage;

import java.util.List;
import java.util.Optional;

/** A file or folder on a server. */
final class RemoteLocation implements Location {

    private final RemoteFiles files;
    private final RemoteName name;

    RemoteLocation(RemoteFiles files, RemoteName name) {
        this.files = files;
        this.name = name;
    }

    @Override
    public Location resolve(String relative) {
        return Location.isUri(relative) ? files.locate(relative) : files.locate(name.resolve(relative));
    }

    @Override
    public String name() {
        return name.last();
    }

    @Override
    public boolean isRemote() {
        return true;
    }

    @Override
    public boolean isFile() {
        Optional<RangeSource> file = openIfPresent();
        file.ifPresent(RangeSource::close);
        return file.isPresent();
    }

    @Override
    public Optional<String> state() {
        return Optional.empty();
    }

    @Override
    public RangeSource open() {
        return files.open(name);
    }

    @Override
    public Optional<RangeSource> openIfPresent() {
        return files.openIfPresent(name);
    }

    @Override
    public Optional<byte[]> readIfPresent() {
        return files.readIfPresent(name);
    }

    @Override
    public void announce(List<String> children) {
        children.forEach(child -> files.announce(name.resolve(child)));
    }

    @Override
    public List<String> list() {
        return files.list(name);
    }

    @Override
    public Optional<String> refusal() {
        return files.refusal(name);
    }

    @Override
    public String toString() {
        return name.toString();
    }
}
