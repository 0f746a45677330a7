package io.leat.runtime.platform;

import java.io.IOException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Directories that the files of a query must be in: it reads and writes nothing elsewhere, whatever {@code ..} and links lead to. Names are
 * looked up when they are used; a program of this machine that changes links at that moment is not what this guards against. Immutable,
 * safe from any thread.
 */
public final class Roots {
    /** No roots: files may be anywhere. */
    public static final Roots ANYWHERE = new Roots(Disk.system(), List.of());

    private final Disk disk;
    /** As they are when links are followed. */
    private final List<Path> directories;

    private Roots(Disk disk, List<Path> directories) {
        this.disk = disk;
        this.directories = List.copyOf(directories);
    }

    /**
     * These directories and all below them.
     *
     * @throws IOException if one is none, or may not be looked at
     */
    public static Roots of(Disk disk, List<Path> directories) throws IOException {
        if (directories.isEmpty()) {
            throw new IllegalArgumentException("no roots");
        }
        List<Path> real = new ArrayList<>();
        for (Path each : directories) {
            real.add(disk.realPath(each));
            if (!disk.isDirectory(each)) {
                throw new NotDirectoryException(each.toString());
            }
        }
        return new Roots(disk, real);
    }

    /** Whether files must be in some directory. */
    public boolean areSet() {
        return !directories.isEmpty();
    }

    /** Whether a file with this path, which may not be there yet, is in one of the directories. */
    public boolean contain(Path path) {
        if (!areSet()) {
            return true;
        }
        try {
            Path real = real(path);
            return directories.stream().anyMatch(real::startsWith);
        } catch (IOException e) {
            return false; // nobody may know where it is
        }
    }

    /** Follows the links of what is there of a path; of the rest, which is not there, {@code ..} leads back. */
    private Path real(Path path) throws IOException {
        Path whole = path.toAbsolutePath();
        Path there = whole;
        while (!disk.exists(there)) {
            there = there.getParent();
        }
        int names = there.getNameCount();
        Path real = disk.realPath(there);
        return names == whole.getNameCount()
                ? real
                : real.resolve(whole.subpath(names, whole.getNameCount())).normalize();
    }

    /** A disk on which nothing but these directories, and one that the job has for itself, can be reached; the whole one if none are set. */
    public Disk confine(Disk whole, List<Path> own) throws IOException {
        if (!areSet()) {
            return whole;
        }
        List<Path> all = new ArrayList<>(directories);
        for (Path each : own) {
            all.add(real(each));
        }
        return new ConfinedDisk(whole, new Roots(disk, all));
    }

    /** The directories, for a message. */
    @Override
    public String toString() {
        return directories.stream().map(Path::toString).collect(Collectors.joining(", "));
    }
}
