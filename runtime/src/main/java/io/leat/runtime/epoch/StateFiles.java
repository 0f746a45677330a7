package io.leat.runtime.epoch;

import io.leat.runtime.platform.Disk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Files of a state directory that are written once, and directories of them. What fails is a {@link StateException} with the file's name. */
final class StateFiles {
    private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,17}");

    private final Disk disk;

    StateFiles(Disk disk) {
        this.disk = disk;
    }

    /** Writes a file that must not exist yet, so that it survives a loss of power; answers what knows its length and its hash. */
    HashedOutput write(Path file, byte[] bytes) throws IOException {
        HashedOutput out = new HashedOutput(disk.create(file));
        try (out) {
            out.write(bytes);
        }
        disk.sync(file);
        disk.sync(file.getParent());
        return out;
    }

    /** Makes an empty file, which may be lost with the power. */
    void mark(Path file) throws IOException {
        if (!disk.exists(file)) {
            disk.create(file).close();
        }
    }

    byte[] read(Path file) {
        try (InputStream in = disk.read(file)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw StateException.of(file, "read", e);
        }
    }

    void delete(Path file) {
        try {
            disk.delete(file);
        } catch (IOException e) {
            throw StateException.of(file, "deleted", e);
        }
    }

    Iterable<Path> list(Path directory) {
        try {
            return disk.list(directory);
        } catch (IOException e) {
            throw StateException.of(directory, "listed", e);
        }
    }

    /** Names of entries that are numbers. */
    TreeSet<Long> numbers(Path directory) {
        TreeSet<Long> numbers = new TreeSet<>();
        for (Path entry : list(directory)) {
            number(name(entry)).ifPresent(numbers::add);
        }
        return numbers;
    }

    static Optional<Long> number(String text) {
        return NUMBER.matcher(text).matches() ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }

    static String name(Path entry) {
        return entry.getFileName().toString();
    }
}
