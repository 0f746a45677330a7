package io.leat.runtime.connector.file.log;

import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.platform.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What files a log has, by their names: entries, and files with all entries up to one.
 *
 * @param highest the last entry there is, alone or with all before; 0 for none
 * @param alls up to which entry there are files with all
 */
record LogNames(long highest, NavigableSet<Long> alls) {
    private static final String DIRECTORY = "_log";
    private static final String DIGITS = "%010d";
    private static final Pattern FILE = Pattern.compile("(\\d{10})(\\.all)?\\.json");

    /** The files of a log as they are now; none where there is no directory. */
    static LogNames list(Disk disk, Path root) {
        NavigableSet<Long> alls = new TreeSet<>();
        long highest = 0;
        for (Path file : files(disk, root)) {
            Matcher name = FILE.matcher(file.getFileName().toString());
            if (name.matches()) {
                long version = Long.parseLong(name.group(1));
                highest = Math.max(highest, version);
                if (name.group(2) != null) {
                    alls.add(version);
                }
            }
        }
        return new LogNames(highest, alls);
    }

    private static List<Path> files(Disk disk, Path root) {
        Path place = directory(root);
        try {
            return disk.exists(place) ? disk.list(place) : List.of();
        } catch (IOException e) {
            throw TableLog.failure(place, e);
        }
    }

    /** Up to which entry the newest file has all; 0 for none. */
    long newestAll() {
        return alls.isEmpty() ? 0 : alls.last();
    }

    /**
     * Deletes what nobody needs to begin with: all that stands in the file before the newest one with all, too. Two of them stay, so
     * that who has just listed the names finds what they saw.
     *
     * @throws ConnectorException if that does not work
     */
    static void clean(Disk disk, Path root) {
        NavigableSet<Long> alls = list(disk, root).alls();
        if (alls.size() < 2) {
            return;
        }
        long needed = alls.lower(alls.last());
        for (Path file : files(disk, root)) {
            Matcher name = FILE.matcher(file.getFileName().toString());
            if (!name.matches()) {
                continue;
            }
            long version = Long.parseLong(name.group(1));
            boolean all = name.group(2) != null;
            if (all ? version < needed : version > 0 && version <= needed) {
                try {
                    disk.delete(file);
                } catch (IOException e) {
                    throw TableLog.failure(file, e);
                }
            }
        }
    }

    static Path directory(Path root) {
        return root.resolve(DIRECTORY);
    }

    static Path file(Path root, long version) {
        return directory(root).resolve(String.format(DIGITS, version) + ".json");
    }

    static Path allFile(Path root, long version) {
        return directory(root).resolve(String.format(DIGITS, version) + ".all.json");
    }
}
