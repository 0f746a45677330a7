package io.leat.runtime.epoch;

import io.leat.runtime.connector.Hashes;
import io.leat.runtime.platform.Disk;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The files of state in a state directory. No name is ever given twice, and no file changed. */
public final class SavedStates {
    private static final String BASE = "BASE";
    private static final String DELTA = "DELTA";
    private static final String MERGING = ".merging";
    private static final String MERGED = ".merged";
    private static final int BUFFER_BYTES = 64 << 10;

    private final Path root;
    private final Disk disk;
    private final StateFiles files;
    /** Names of files that are merged into here. */
    private final Set<String> inUse = ConcurrentHashMap.newKeySet();

    SavedStates(Path root, Disk disk) {
        this.root = root;
        this.disk = disk;
        this.files = new StateFiles(disk);
    }

    List<Path> directories() {
        return List.of(root.resolve(BASE), root.resolve(DELTA));
    }

    public Path path(StateFile file) {
        return root.resolve(file.name());
    }

    /**
     * Begins the file of the state at the end of an epoch that is not decided yet.
     *
     * @param whole whether it has everything; otherwise what is different from the file before it
     */
    public Writing create(Attempt attempt, boolean whole) {
        return create((whole ? BASE : DELTA) + "/" + attempt);
    }

    /**
     * Begins a file that will have all that others have. Until it is {@linkplain #adopt adopted}, nobody refers to it, and {@link #clean} leaves
     * it alone for as long as it is in use here.
     *
     * @param attempt the epoch that is running
     */
    public Writing merge(Attempt attempt) {
        String name = BASE + "/" + attempt + MERGING;
        inUse.add(name);
        return create(name, false);
    }

    private Writing create(String name) {
        return create(name, true);
    }

    private Writing create(String name, boolean keepsName) {
        Path path = root.resolve(name);
        try {
            return new Writing(name, path, keepsName, new HashedOutput(disk.create(path)));
        } catch (IOException e) {
            throw StateException.of(path, "written", e);
        }
    }

    /** Makes what was merged a file of an attempt that is about to be prepared. */
    public StateFile adopt(StateFile merged, Attempt attempt) {
        StateFile adopted = new StateFile(BASE + "/" + attempt + MERGED, merged.bytes(), merged.hash());
        Path to = path(adopted);
        try {
            disk.move(path(merged), to);
            disk.sync(to.getParent());
        } catch (IOException e) {
            throw StateException.of(to, "made", e);
        }
        inUse.remove(merged.name());
        return adopted;
    }

    /** Gives a file up that was to be merged. What cannot be deleted now is deleted by a later start. */
    public void giveUp(String name) {
        inUse.remove(name);
        try {
            disk.delete(root.resolve(name));
        } catch (IOException e) {
            // As above: nobody refers to it.
        }
    }

    /** A file that is written. One thread. */
    public final class Writing implements AutoCloseable {
        private final String name;
        private final Path path;
        private final boolean keepsName;
        private final HashedOutput out;

        private Writing(String name, Path path, boolean keepsName, HashedOutput out) {
            this.name = name;
            this.path = path;
            this.keepsName = keepsName;
            this.out = out;
        }

        public String name() {
            return name;
        }

        public Path path() {
            return path;
        }

        public OutputStream out() {
            return out;
        }

        /** Completes the file, so that it survives a loss of power; the name of one that is merged does when it is adopted. */
        public StateFile complete() {
            try {
                out.close();
                disk.sync(path);
                if (keepsName) {
                    disk.sync(path.getParent());
                }
                return new StateFile(name, out.bytes(), out.hash());
            } catch (IOException e) {
                throw StateException.of(path, "written", e);
            }
        }

        /** Leaves the file as it is: nobody refers to it. */
        @Override
        public void close() {
            try {
                out.close();
            } catch (IOException e) {
                // What was not completed does not count.
            }
        }
    }

    /** Begins to read a file, which is checked on the way. */
    public Checked check(StateFile file) {
        Path path = path(file);
        try {
            return new Checked(path, file, disk.read(path));
        } catch (IOException e) {
            throw StateException.of(path, "read", e);
        }
    }

    /** A file that is read from its beginning to its end. One thread. */
    public static final class Checked extends InputStream {
        private final MessageDigest digest = Hashes.digest();
        private final Path path;
        private final StateFile file;
        private final InputStream in;
        private long length;

        private Checked(Path path, StateFile file, InputStream in) {
            this.path = path;
            this.file = file;
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int count) throws IOException {
            int read = in.read(into, offset, count);
            if (read > 0) {
                digest.update(into, offset, read);
                length += read;
            }
            return read;
        }

        /**
         * Reads what is left.
         *
         * @throws StateException if the file is not what was written
         */
        public void finish() {
            byte[] buffer = new byte[BUFFER_BYTES];
            try {
                while (read(buffer, 0, buffer.length) >= 0) {
                    continue; // the digest takes it
                }
            } catch (IOException e) {
                throw StateException.of(path, "read", e);
            }
            if (length != file.bytes()) {
                throw StateException.damaged(path, "it ends at byte " + length + " and not at " + file.bytes());
            }
            String hash = Hashes.of(digest);
            if (!hash.equals(file.hash())) {
                throw StateException.damaged(
                        path, "bytes 0 to " + length + " have the SHA-256 " + hash + " and not " + file.hash());
            }
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    /** Some bytes of a file. */
    public byte[] read(StateFile file, long position, int length) {
        byte[] bytes = new byte[length];
        Path path = path(file);
        try (Disk.ReadFile in = disk.open(path)) {
            int read = in.read(position, ByteBuffer.wrap(bytes));
            if (read < length) {
                throw StateException.damaged(path, "it ends at byte " + (position + read));
            }
            return bytes;
        } catch (IOException e) {
            throw StateException.of(path, "read", e);
        }
    }

    /**
     * Writes files down in another directory.
     *
     * @throws StateException if one of them is not what was written
     */
    List<StateFile> copy(List<StateFile> from, SavedStates to, Attempt attempt) {
        List<StateFile> copies = new ArrayList<>();
        for (StateFile file : from) {
            String kind = file.name().substring(0, file.name().indexOf('/') + 1);
            try (Checked in = check(file);
                    Writing out = to.create(kind + attempt + "." + copies.size())) {
                in.transferTo(out.out());
                in.finish();
                copies.add(out.complete());
            } catch (IOException e) {
                throw StateException.of(path(file), "copied", e);
            }
        }
        return copies;
    }

    /**
     * Deletes files of epochs that are decided, and of attempts at them that were not.
     *
     * @param kept names of files that stay
     */
    void clean(long decided, Set<String> kept) {
        for (Path directory : directories()) {
            for (Path path : files.list(directory)) {
                String name = StateFiles.name(path);
                long epoch = StateFiles.number(name.replaceFirst("-.*", "")).orElse(Long.MAX_VALUE);
                String full = StateFiles.name(directory) + "/" + name;
                if (epoch <= decided && !kept.contains(full) && !inUse.contains(full)) {
                    files.delete(path);
                }
            }
        }
    }
}
