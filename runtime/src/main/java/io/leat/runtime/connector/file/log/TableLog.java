package io.leat.runtime.connector.file.log;

import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import io.leat.runtime.platform.Disk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the log of a table says, read up to some entry: the files that count, in the order in which they were added. It grows by {@link #next};
 * entries are never changed, so that what was read stays true. One thread.
 *
 * <p>In {@code _log} there are {@code 0000000000.json}, which says whose log it is, entries under their numbers from 1 on, and every so many
 * entries one file with all before, so that nobody need begin at 1.
 */
public final class TableLog {
    private static final String DIRECTORY = "_log";
    private static final String STAGING = "_staging";
    private static final String DIGITS = "%010d";
    private static final Pattern FILE = Pattern.compile("(\\d{10})(\\.all)?\\.json");
    private static final int FORM = 1;

    private final Disk disk;
    private final Path root;
    private final String id;
    private final List<LoggedFile> files = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    /** The last entry of each job and each of its sinks. */
    private final Map<List<String>, EntryAuthor> authors = new LinkedHashMap<>();

    private long version;

    /**
     * What the log is.
     *
     * @param form of all its files; one more with each change that an older program cannot read
     * @param id that no other table has
     */
    record Birth(int form, String id) {
        byte[] toBytes() {
            return new LogText.Writer().put("table", this).toBytes();
        }

        static Birth of(String id) {
            return new Birth(FORM, id);
        }
    }

    private TableLog(Disk disk, Path root, String id) {
        this.disk = disk;
        this.root = root;
        this.id = id;
    }

    /** Whether a directory is that of a table with a log. */
    public static boolean isIn(Disk disk, Path directory) {
        return disk.exists(directory.resolve(DIRECTORY));
    }

    /**
     * Reads the log of a table up to its end; empty if none was begun.
     *
     * @throws ConnectorException if it is damaged
     */
    public static Optional<TableLog> open(Disk disk, Path root) {
        Path place = root.resolve(DIRECTORY);
        try {
            long highest = 0;
            long all = 0;
            if (disk.exists(place)) {
                for (Path file : disk.list(place)) {
                    Matcher name = FILE.matcher(file.getFileName().toString());
                    if (name.matches()) {
                        long number = Long.parseLong(name.group(1));
                        highest = Math.max(highest, number);
                        all = name.group(2) == null ? all : Math.max(all, number);
                    }
                }
            }
            Optional<byte[]> birth = bytes(disk, file(root, 0));
            if (birth.isEmpty()) {
                if (highest > 0) {
                    throw LogText.damaged(file(root, 0), "is gone");
                }
                return Optional.empty();
            }
            TableLog log = new TableLog(disk, root, id(file(root, 0), birth.get()));
            if (all > 0) {
                log.begin(all);
            }
            log.toEnd();
            if (log.version < highest) {
                throw LogText.damaged(file(root, log.version + 1), "is gone: there are later entries");
            }
            return Optional.of(log);
        } catch (IOException e) {
            throw failure(place, e);
        }
    }

    private static String id(Path file, byte[] bytes) {
        LogText text = LogText.read(file, bytes);
        Birth birth = text.get("table", Birth.class);
        if (birth.form() != FORM) {
            throw text.unknown("the form is " + birth.form() + ", and this program reads " + FORM);
        }
        return birth.id();
    }

    private void begin(long all) {
        Path file = allFile(root, all);
        AllEntries entries = AllEntries.read(file, bytes(disk, file).orElseThrow(), all);
        entries.authors().forEach(this::add);
        entries.files().forEach(each -> add(file, each));
        version = all;
    }

    /** Reads all entries that there are by now. */
    public void toEnd() {
        while (next()) {
            // The entries say what is new.
        }
    }

    /**
     * Reads the entry behind the last one that was read; false if there is none yet.
     *
     * @throws ConnectorException if it is damaged
     */
    public boolean next() {
        Path file = file(root, version + 1);
        Optional<byte[]> bytes = bytes(disk, file);
        if (bytes.isEmpty()) {
            return false;
        }
        LogEntry entry = LogEntry.read(file, bytes.get(), version + 1);
        add(entry.author());
        entry.files().forEach(each -> add(file, each));
        version++;
        return true;
    }

    private void add(EntryAuthor author) {
        authors.put(List.of(author.job(), author.sink()), author);
    }

    private void add(Path from, LoggedFile file) {
        if (!names.add(file.path())) {
            throw LogText.damaged(from, "adds '" + file.path() + "' once more");
        }
        files.add(file);
    }

    /** What no other table is called, even at the same place. */
    public String id() {
        return id;
    }

    /** The number of the last entry that was read; 0 for none. */
    public long version() {
        return version;
    }

    /** The files that count, in the order in which they were added. */
    public List<LoggedFile> files() {
        return Collections.unmodifiableList(files);
    }

    public boolean names(String file) {
        return names.contains(file);
    }

    /** The last entry of a sink of a job. */
    public Optional<EntryAuthor> last(String job, String sink) {
        return Optional.ofNullable(authors.get(List.of(job, sink)));
    }

    /** The last entry of each sink of each job. */
    public List<EntryAuthor> authors() {
        return List.copyOf(authors.values());
    }

    /** Where a file of the table is, once its writer has moved it there. */
    public Path place(LoggedFile file) {
        return root.resolve(file.path());
    }

    /** Where a file of the table waits, which counts as soon as its entry is there, and is moved behind that. */
    public Path staged(LoggedFile file) {
        return staging(root).resolve(file.path());
    }

    /** Where files wait that nobody looks at. */
    public static Path staging(Path root) {
        return root.resolve(STAGING);
    }

    /** Where the log of a table is. */
    public static Path directory(Path root) {
        return root.resolve(DIRECTORY);
    }

    static Path file(Path root, long version) {
        return directory(root).resolve(String.format(DIGITS, version) + ".json");
    }

    static Path allFile(Path root, long version) {
        return directory(root).resolve(String.format(DIGITS, version) + ".all.json");
    }

    private static Optional<byte[]> bytes(Disk disk, Path file) {
        try (InputStream in = disk.read(file)) {
            return Optional.of(in.readAllBytes());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    static ConnectorException failure(Path file, IOException e) {
        return new ConnectorException(Kind.IO, "cannot read or write '" + file + "': " + Disk.reason(e), e);
    }
}
