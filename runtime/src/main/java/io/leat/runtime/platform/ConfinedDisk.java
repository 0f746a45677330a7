package io.leat.runtime.platform;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A disk of which only some directories can be reached. Whoever names anything else gets an {@link OutsideRootsException}, and does not
 * learn whether it is there. Standard streams and temporary files are those of the whole disk.
 */
final class ConfinedDisk implements Disk {
    private final Disk disk;
    private final Roots roots;

    ConfinedDisk(Disk disk, Roots roots) {
        this.disk = disk;
        this.roots = roots;
    }

    private Path inside(Path path) {
        if (!roots.contain(path)) {
            throw new OutsideRootsException(path);
        }
        return path;
    }

    /** For what is done to a name, and not to the file that it leads to: a link may be renamed and deleted, wherever it leads. */
    private Path itself(Path path) {
        Path parent = path.toAbsolutePath().getParent();
        boolean plain =
                path.getFileName() != null && !path.getFileName().toString().equals("..");
        if (!plain || parent == null || !roots.contain(parent)) {
            throw new OutsideRootsException(path);
        }
        return path;
    }

    @Override
    public boolean exists(Path path) {
        return disk.exists(inside(path));
    }

    @Override
    public boolean isDirectory(Path path) {
        return disk.isDirectory(inside(path));
    }

    @Override
    public boolean isFile(Path path) {
        return disk.isFile(inside(path));
    }

    @Override
    public List<Path> list(Path directory) throws IOException {
        return disk.list(inside(directory));
    }

    @Override
    public long size(Path path) throws IOException {
        return disk.size(inside(path));
    }

    @Override
    public long modifiedMicros(Path path) throws IOException {
        return disk.modifiedMicros(inside(path));
    }

    @Override
    public Path realPath(Path path) throws IOException {
        return disk.realPath(inside(path));
    }

    @Override
    public ReadFile open(Path path) throws IOException {
        return disk.open(inside(path));
    }

    @Override
    public InputStream read(Path path) throws IOException {
        return disk.read(inside(path));
    }

    @Override
    public OutputStream create(Path path) throws IOException {
        return disk.create(inside(path));
    }

    @Override
    public void sync(Path path) throws IOException {
        disk.sync(inside(path));
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        disk.move(itself(from), itself(to));
    }

    @Override
    public void delete(Path path) throws IOException {
        disk.delete(itself(path));
    }

    @Override
    public void createDirectory(Path directory) throws IOException {
        disk.createDirectory(inside(directory));
    }

    @Override
    public void link(Path file, Path name) throws IOException {
        disk.link(itself(file), itself(name));
    }

    @Override
    public Optional<Closeable> lock(Path file) throws IOException {
        return disk.lock(inside(file));
    }

    /** Directories above the roots are there, and are not this disk's to sync. */
    @Override
    public void createDirectories(Path directory) throws IOException {
        disk.createDirectories(inside(directory));
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
