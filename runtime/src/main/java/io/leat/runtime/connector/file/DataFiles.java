package io.leat.runtime.connector.file;

import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import io.leat.runtime.connector.file.log.TableLog;
import io.leat.runtime.platform.Disk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** Finds the files that a path stands for. */
final class DataFiles {
    /** By the bytes of their UTF-8 text, so that the order is the same everywhere. */
    private static final Comparator<Path> BY_TEXT =
            Comparator.comparing(path -> path.toString().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

    /** How much longer a text is than what it is packed into, often. */
    private static final int TIMES_PACKED = 4;

    private DataFiles() {}

    /** Whether a name in a directory is none of data: a marker, a file being written, a hidden file. */
    static boolean isHidden(String name) {
        return name.startsWith("_") || name.startsWith(".");
    }

    /** The files, in their order; none for a directory without data. */
    static List<Path> find(Disk disk, TablePath table) {
        try {
            List<Path> roots;
            if (disk.exists(table.path()) || table.glob().isEmpty()) {
                roots = List.of(table.path()); // brackets in the name of a file that exists are no pattern
            } else {
                roots = table.glob().get().find(disk);
            }
            Set<Path> files = new TreeSet<>(BY_TEXT);
            for (Path root : roots) {
                collect(disk, root, files);
            }
            if (roots.isEmpty() || (files.isEmpty() && !disk.exists(roots.get(0)))) {
                throw missing(table);
            }
            return List.copyOf(files);
        } catch (IOException e) {
            throw FileErrors.reading(table.text(), e);
        }
    }

    /**
     * About how many bytes the files have as text.
     *
     * @param columnar whether they are compressed inside
     * @return empty if there are none, or they cannot be looked at
     */
    static OptionalLong bytes(Disk disk, TablePath table, boolean columnar) {
        long sum = 0;
        try {
            for (Path file : find(disk, table)) {
                boolean packed = columnar || Compression.of(file) != Compression.NONE;
                sum += disk.isFile(file) ? disk.size(file) * (packed ? TIMES_PACKED : 1) : 0;
            }
        } catch (IOException | ConnectorException e) {
            // Whoever reads them says what is wrong.
            return OptionalLong.empty();
        }
        return sum == 0 ? OptionalLong.empty() : OptionalLong.of(sum);
    }

    static ConnectorException missing(TablePath table) {
        String what = table.glob().isPresent() ? "no file matches '" : "there is no file '";
        return new ConnectorException(Kind.INPUT_MISSING, what + table.text() + "'");
    }

    private static void collect(Disk disk, Path root, Set<Path> files) throws IOException {
        if (!disk.isDirectory(root)) {
            if (disk.exists(root)) {
                files.add(root);
            }
            return;
        }
        for (Path directory : directories(disk, root)) {
            if (TableLog.isIn(disk, directory)) {
                throw TableDirectory.withLog(directory.toString());
            }
            for (Path entry : visible(disk, directory)) {
                if (!disk.isDirectory(entry)) {
                    files.add(entry);
                }
            }
        }
    }

    /** The directory and those in it, however deep. */
    static List<Path> directories(Disk disk, Path root) throws IOException {
        List<Path> directories = new ArrayList<>();
        if (disk.isDirectory(root)) {
            collectDirectories(disk, root, new HashSet<>(), directories);
        }
        return directories;
    }

    private static void collectDirectories(Disk disk, Path at, Set<Path> above, List<Path> directories)
            throws IOException {
        Path real = disk.realPath(at);
        if (!above.add(real)) {
            return; // a link back to a directory that we are in
        }
        directories.add(at);
        for (Path entry : visible(disk, at)) {
            if (disk.isDirectory(entry)) {
                collectDirectories(disk, entry, above, directories);
            }
        }
        above.remove(real);
    }

    private static List<Path> visible(Disk disk, Path directory) throws IOException {
        return disk.list(directory).stream()
                .filter(entry -> !isHidden(entry.getFileName().toString()))
                .toList();
    }
}
