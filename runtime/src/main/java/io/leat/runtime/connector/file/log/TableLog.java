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

/**
 * What the log of a table says, read up to some entry: the files that count, in the order in which they were added. It grows by {@link #next};
 * entries are never changed, so that what was read stays true. One thread.
 *
 * <p>In {@code _log} there are {@code 0000000000.json}, which says whose log it is, entries under their numbers from 1 on, and every so many
 * entries one file with all before. Readers begin with the newest one, and what is in the one before it is deleted.
 */
public final class TableLog {
    private static final String STAGING = "_staging";
    /** Since it was 2, entries are deleted that a later file has. Programs that do not know that write logs of form 1, too. */
    private static final int FORM = 2;

    private static final int OLDEST_FORM = 1;
    /** Of so many looks for an entry that is not there, one is for what came instead of it. */
    private static final int LOOK_EVERY = 32;

    private final Disk disk;
    private final Path root;
    private final Birth birth;
    private final List<LoggedFile> files = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    /** The last entry of each job and each of its sinks. */
    private final Map<List<String>, EntryAuthor> authors = new LinkedHashMap<>();

    private long version;
    /** The last entry of which a file with all before is known. */
    private long all;

    private int misses;

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

    private TableLog(Disk disk, Path root, Birth birth) {
        this.disk = disk;
        this.root = root;
        this.birth = birth;
    }

    /** Whether a directory is that of a table with a log. */
    public static boolean isIn(Disk disk, Path directory) {
        return disk.exists(LogNames.directory(directory));
    }

    /**
     * Reads the log of a table up to its end; empty if none was begun.
     *
     * @throws ConnectorException if it is damaged
     */
    public static Optional<TableLog> open(Disk disk, Path root) {
        LogNames names = LogNames.list(disk, root);
        Optional<byte[]> birth = bytes(disk, LogNames.file(root, 0));
        if (birth.isEmpty()) {
            if (names.highest() > 0) {
                throw LogText.damaged(LogNames.file(root, 0), "is gone");
            }
            return Optional.empty();
        }
        TableLog log = new TableLog(disk, root, birth(LogNames.file(root, 0), birth.get()));
        log.takeAll();
        log.toEnd();
        if (log.version < names.highest()) {
            throw LogText.damaged(LogNames.file(root, log.version + 1), "is gone: there are later entries");
        }
        return Optional.of(log);
    }

    private static Birth birth(Path file, byte[] bytes) {
        LogText text = LogText.read(file, bytes);
        Birth birth = text.get("table", Birth.class);
        if (birth.form() < OLDEST_FORM || birth.form() > FORM) {
            throw text.unknown("the form is " + birth.form() + ", and this program reads up to " + FORM);
        }
        return birth;
    }

    /** Reads all entries that there are by now. */
    public void toEnd() {
        boolean more = true;
        while (more) {
            List<LogEntry> entries = new ArrayList<>();
            for (Optional<LogEntry> next = entry(version + 1);
                    next.isPresent();
                    next = entry(version + 1 + entries.size())) {
                entries.add(next.get());
            }
            more = isOvertaken();
            if (!more) {
                entries.forEach(this::add);
            }
        }
    }

    /**
     * Reads what is behind the last entry that was read: the next one, or, if whoever asks has stood still so long that it was deleted, the
     * next ones up to some later one. False if there is none yet.
     *
     * @throws ConnectorException if it is damaged
     */
    public boolean next() {
        Optional<LogEntry> entry = entry(version + 1);
        if (entry.isEmpty()) {
            return misses++ % LOOK_EVERY == 0 && isOvertaken();
        }
        // Behind entries that were deleted their numbers can be taken once more, by who has stood still. Such an entry
        // counts for nobody.
        if (!isOvertaken()) {
            add(entry.get());
        }
        return true;
    }

    private Optional<LogEntry> entry(long number) {
        Path file = LogNames.file(root, number);
        return bytes(disk, file).map(bytes -> LogEntry.read(file, bytes, number));
    }

    private void add(LogEntry entry) {
        Path file = LogNames.file(root, entry.version());
        add(entry.author());
        entry.files().forEach(each -> add(file, each));
        version = entry.version();
    }

    /** Whether entries behind the last one that was read may be gone. Then all are taken from the newest file that has them. */
    private boolean isOvertaken() {
        return isCleaned() && takeAll();
    }

    /** Goes on behind the newest file with all, if it goes beyond the last entry that was read; whether it does. */
    private boolean takeAll() {
        while (true) {
            long newest = LogNames.list(disk, root).newestAll();
            if (newest <= version) {
                return false;
            }
            Path file = LogNames.allFile(root, newest);
            Optional<byte[]> bytes = bytes(disk, file);
            if (bytes.isEmpty()) {
                continue; // there is a newer one by now
            }
            AllEntries entries = AllEntries.read(file, bytes.get(), newest);
            List<LoggedFile> all = entries.files();
            if (all.size() < files.size() || !all.subList(0, files.size()).equals(files)) {
                throw LogText.damaged(file, "has not the files that were read before");
            }
            entries.authors().forEach(this::add);
            all.subList(files.size(), all.size()).forEach(each -> add(file, each));
            version = newest;
            hasAll(newest);
            return true;
        }
    }

    /** There is a file with all entries up to this one. */
    void hasAll(long entry) {
        all = Math.max(all, entry);
    }

    /** How many entries are behind the last one of which a file with all before is known. */
    long entriesBehindAll() {
        return version - all;
    }

    /** Whether entries are deleted that nobody needs any more: not while programs may use the log that do not know of it. */
    boolean isCleaned() {
        return birth.form() > OLDEST_FORM;
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
        return birth.id();
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
        return LogNames.directory(root);
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
