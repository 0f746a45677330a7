package io.leat.compiler.simulation;

import io.leat.compiler.simulation.DiskNode.OfDirectory;
import io.leat.compiler.simulation.DiskNode.OfFile;
import io.leat.compiler.simulation.UnsyncedEntries.Edit;
import io.leat.runtime.platform.Disk;
import io.leat.runtime.platform.Random;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A disk in memory that loses with the power what {@link Disk} does not promise to keep: bytes behind the last sync of a file, and names behind
 * the last sync of their directory. One thread at a time.
 */
final class SimulatedDisk implements Disk {
    private final OfDirectory root = new OfDirectory();
    private final UnsyncedEntries unsynced = new UnsyncedEntries();
    private final Set<DiskNode> locked = new HashSet<>();

    /** The power goes, and comes back. Who wrote here must be gone. */
    void losePower(Random random) {
        unsynced.lose(random);
        settle(root, random);
        locked.clear();
    }

    private static void settle(OfDirectory directory, Random random) {
        directory.forgetWhatIsNotDurable();
        for (DiskNode node : directory.entries().values()) {
            if (node instanceof OfDirectory inner) {
                settle(inner, random);
            } else if (node instanceof OfFile file && file.unsynced() > 0) {
                int kept = random.chance(0.3) ? file.unsynced() : random.nextInt(file.unsynced() + 1);
                file.cut(kept, random.chance(0.3) ? random.nextInt(kept + 1) : 0);
            }
        }
    }

    /** Everything that is there now survives. */
    void syncAll() {
        syncAll(root);
    }

    private void syncAll(OfDirectory directory) {
        unsynced.sync(directory);
        directory.entries().values().forEach(node -> {
            if (node instanceof OfDirectory inner) {
                syncAll(inner);
            } else if (node instanceof OfFile file) {
                file.sync();
            }
        });
    }

    private DiskNode find(Path path) {
        DiskNode node = root;
        for (Path name : path.toAbsolutePath().normalize()) {
            if (!(node instanceof OfDirectory directory)) {
                return null;
            }
            node = directory.entries().get(name.toString());
            if (node == null) {
                return null;
            }
        }
        return node;
    }

    private DiskNode get(Path path) throws NoSuchFileException {
        DiskNode node = find(path);
        if (node == null) {
            throw new NoSuchFileException(path.toString());
        }
        return node;
    }

    private OfFile file(Path path) throws IOException {
        if (get(path) instanceof OfFile file) {
            return file;
        }
        throw new IOException(path + " is a directory");
    }

    private OfDirectory directory(Path path) throws IOException {
        if (get(path) instanceof OfDirectory directory) {
            return directory;
        }
        throw new NotDirectoryException(path.toString());
    }

    /** The directory that a new name goes to. */
    private OfDirectory parentOfNew(Path path) throws IOException {
        OfDirectory parent = parent(path);
        if (parent.entries().containsKey(name(path))) {
            throw new FileAlreadyExistsException(path.toString());
        }
        return parent;
    }

    private OfDirectory parent(Path path) throws IOException {
        return directory(path.toAbsolutePath().getParent());
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }

    @Override
    public boolean exists(Path path) {
        return find(path) != null;
    }

    @Override
    public boolean isDirectory(Path path) {
        return find(path) instanceof OfDirectory;
    }

    @Override
    public boolean isFile(Path path) {
        return find(path) instanceof OfFile;
    }

    @Override
    public List<Path> list(Path directory) throws IOException {
        return directory(directory).entries().keySet().stream()
                .map(directory::resolve)
                .toList();
    }

    @Override
    public long size(Path path) throws IOException {
        return get(path) instanceof OfFile file ? file.size() : 0;
    }

    /** Files here have no times. */
    @Override
    public long modifiedMicros(Path path) throws IOException {
        get(path);
        return 0;
    }

    @Override
    public Path realPath(Path path) throws IOException {
        get(path);
        return path.toAbsolutePath().normalize();
    }

    @Override
    public ReadFile open(Path path) throws IOException {
        return new Reading(file(path));
    }

    @Override
    public InputStream read(Path path) throws IOException {
        OfFile file = file(path);
        return new ByteArrayInputStream(file.bytes(), 0, file.size());
    }

    @Override
    public OutputStream create(Path path) throws IOException {
        OfFile file = new OfFile();
        unsynced.apply(new Edit(parentOfNew(path), name(path), file));
        return new Writing(file);
    }

    @Override
    public void sync(Path path) throws IOException {
        if (get(path) instanceof OfFile file) {
            file.sync();
        } else {
            unsynced.sync(directory(path));
        }
    }

    /** A sync that fails: of what a file has that was not synced before nothing will be durable, even if the next sync says so. */
    void failSync(Path path) {
        if (find(path) instanceof OfFile file) {
            file.failSync();
        }
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        DiskNode node = get(from);
        if (find(to) instanceof OfDirectory there && !there.entries().isEmpty()) {
            throw new DirectoryNotEmptyException(to.toString());
        }
        unsynced.apply(new Edit(parent(from), name(from), null), new Edit(parent(to), name(to), node));
    }

    @Override
    public void delete(Path path) throws IOException {
        DiskNode node = find(path);
        if (node instanceof OfDirectory directory && !directory.entries().isEmpty()) {
            throw new DirectoryNotEmptyException(path.toString());
        }
        if (node != null) {
            unsynced.apply(new Edit(parent(path), name(path), null));
        }
    }

    @Override
    public void createDirectory(Path directory) throws IOException {
        unsynced.apply(new Edit(parentOfNew(directory), name(directory), new OfDirectory()));
    }

    @Override
    public void link(Path file, Path name) throws IOException {
        unsynced.apply(new Edit(parentOfNew(name), name(name), file(file)));
    }

    @Override
    public Optional<Closeable> lock(Path path) throws IOException {
        if (!exists(path)) {
            create(path).close();
        }
        DiskNode node = get(path);
        return locked.add(node) ? Optional.of(() -> locked.remove(node)) : Optional.empty();
    }

    @Override
    public Path temporaryFile(String prefix) {
        throw new UnsupportedOperationException("nothing here asks for a file of its own");
    }

    @Override
    public InputStream standardInput() {
        return InputStream.nullInputStream();
    }

    @Override
    public OutputStream standardOutput() {
        return OutputStream.nullOutputStream();
    }

    private static final class Writing extends OutputStream {
        private final OfFile file;

        Writing(OfFile file) {
            this.file = file;
        }

        @Override
        public void write(int value) {
            file.append(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            file.append(bytes, offset, length);
        }
    }

    private record Reading(OfFile file) implements ReadFile {
        @Override
        public long size() {
            return file.size();
        }

        @Override
        public int read(long position, ByteBuffer into) {
            int length = (int) Math.max(0, Math.min(into.remaining(), file.size() - position));
            if (length > 0) {
                into.put(file.bytes(), (int) position, length);
            }
            return length;
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
