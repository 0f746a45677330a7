package io.leat.runtime.connector;

import io.leat.runtime.platform.Disk;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Another disk, for those who change some of what it does. Directories are created step by step, through this one. */
public abstract class ForwardingDisk implements Disk {
    private final Disk disk;

    protected ForwardingDisk(Disk disk) {
        this.disk = disk;
    }

    @Override
    public boolean exists(Path path) {
        return disk.exists(path);
    }

    @Override
    public boolean isDirectory(Path path) {
        return disk.isDirectory(path);
    }

    @Override
    public boolean isFile(Path path) {
        return disk.isFile(path);
    }

    @Override
    public List<Path> list(Path directory) throws IOException {
        return disk.list(directory);
    }

    @Override
    public long size(Path path) throws IOException {
        return disk.size(path);
    }

    @Override
    public long modifiedMicros(Path path) throws IOException {
        return disk.modifiedMicros(path);
    }

    @Override
    public Path realPath(Path path) throws IOException {
        return disk.realPath(path);
    }

    @Override
    public ReadFile open(Path path) throws IOException {
        return disk.open(path);
    }

    @Override
    public InputStream read(Path path) throws IOException {
        return disk.read(path);
    }

    @Override
    public OutputStream create(Path path) throws IOException {
        return disk.create(path);
    }

    @Override
    public void sync(Path path) throws IOException {
        disk.sync(path);
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        disk.move(from, to);
    }

    @Override
    public void delete(Path path) throws IOException {
        disk.delete(path);
    }

    @Override
    public void createDirectory(Path directory) throws IOException {
        disk.createDirectory(directory);
    }

    @Override
    public void link(Path file, Path name) throws IOException {
        disk.link(file, name);
    }

    @Override
    public Optional<Closeable> lock(Path file) throws IOException {
        return disk.lock(file);
    }

    @Override
    public Path temporaryFile(String prefix) throws IOException {
        return disk.temporaryFile(prefix);
    }

    @Override
    public InputStream standardInput() {
        return disk.standardInput();
    }

    @Override
    public OutputStream standardOutput() {
        return disk.standardOutput();
    }
}
