package io.leat.runtime.epoch;

import io.leat.runtime.connector.Hashes;
import io.leat.runtime.platform.Disk;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The files of state in a state directory. No name is ever given twice, and no file changed. One thread at a time. */
public final class SavedStates {
    private static final String BASE = "BASE";
    private static final String DELTA = "DELTA";

    private final Path root;
    private final Disk disk;
    private final StateFiles files;

    /** Writes the bytes of a file. */
    public interface Content {
        void write(OutputStream out) throws IOException;
    }

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
     * Writes down the state at the end of an epoch that is not decided yet.
     *
     * @param whole whether it has everything; otherwise what is different from the file before it
     */
    public StateFile write(Attempt attempt, boolean whole, Content content) {
        return write((whole ? BASE : DELTA) + "/" + attempt, content);
    }

    private StateFile write(String name, Content content) {
        Path path = root.resolve(name);
        try {
            HashedOutput written = files.write(path, content);
            return new StateFile(name, written.bytes(), written.hash());
        } catch (IOException e) {
            throw StateException.of(path, "written", e);
        }
    }

    /**
     * Reads a file once.
     *
     * @throws StateException if it is not what was written
     */
    public void check(StateFile file) {
        Path path = path(file);
        MessageDigest digest = Hashes.digest();
        long length = 0;
        byte[] buffer = new byte[64 << 10];
        try (InputStream in = disk.read(path)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
                length += read;
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

    /**
     * Writes files down in another directory.
     *
     * @throws StateException if one of them is not what was written
     */
    List<StateFile> copy(List<StateFile> from, SavedStates to, Attempt attempt) {
        List<StateFile> copies = new ArrayList<>();
        for (StateFile file : from) {
            check(file);
            String kind = file.name().substring(0, file.name().indexOf('/') + 1);
            copies.add(to.write(kind + attempt + "." + copies.size(), out -> {
                try (InputStream in = open(file)) {
                    in.transferTo(out);
                }
            }));
        }
        return copies;
    }

    public InputStream open(StateFile file) throws IOException {
        return disk.read(path(file));
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
                if (epoch <= decided && !kept.contains(StateFiles.name(directory) + "/" + name)) {
                    files.delete(path);
                }
            }
        }
    }
}
