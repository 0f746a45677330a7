package io.leat.runtime.connector.file.log;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.platform.Disk;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Adds entries to the log of a table. Any number of writers, here and in other processes, may do so at once: the next number is given once.
 * One thread.
 *
 * <p>Files wait in the staging place until their entry is there, and only then get their names: whoever lists the directory never sees one
 * that does not count, and who reads the log looks in both places. Whoever comes by moves what a writer that was killed has left.
 */
public final class LogWriter {
    /** After so many entries there is one file with all of them; or after one for so many files, so that it does not cost more and more. */
    static final int ALL_EVERY = 20;

    private static final int FILES_FOR_AN_ENTRY = 100;
    private static final int ALL_AFTER = 1_000;
    /** The list of files is written anew when it lacks one of so many. */
    private static final int LISTED = 1_000;

    private static final String FILES = "_files.csv";
    private static final Pattern DRAFT = Pattern.compile("log-[0-9a-z]{14,20}");

    private final Disk disk;
    private final Path root;
    private final Path draft;
    private final TableLog log;
    /** How many files of the table are known to be at their place. */
    private int placed;
    /** How many of them the list names; less than 0 if that is not known. */
    private int listed = -1;

    private LogWriter(Disk disk, Path root, Path draft, TableLog log) {
        this.disk = disk;
        this.root = root;
        this.draft = draft;
        this.log = log;
    }

    /**
     * Takes up the log of a table; empty if there is none.
     *
     * @param unique a text of digits and small letters that no other writer has
     */
    public static Optional<LogWriter> open(Disk disk, Path root, String unique) {
        return TableLog.open(disk, root).map(log -> {
            LogWriter writer = new LogWriter(disk, root, draft(root, unique), log);
            writer.takeUp();
            return writer;
        });
    }

    /** As above, where a log is begun if there is none. */
    public static LogWriter begin(Disk disk, Path root, String unique) {
        return open(disk, root, unique).orElseGet(() -> {
            try {
                disk.createDirectories(TableLog.directory(root));
                link(
                        disk,
                        draft(root, unique),
                        LogNames.file(root, 0),
                        TableLog.Birth.of(unique).toBytes());
                disk.sync(root);
            } catch (IOException e) {
                throw TableLog.failure(TableLog.directory(root), e);
            }
            return open(disk, root, unique).orElseThrow();
        });
    }

    private static Path draft(Path root, String unique) {
        return TableLog.staging(root).resolve("log-" + unique);
    }

    /** Whether a file that waits was meant for a log, of a writer that was killed if it is old. */
    public static boolean isDraft(String name) {
        return DRAFT.matcher(name).matches();
    }

    /** The log as far as it was read. */
    public TableLog log() {
        return log;
    }

    /**
     * Adds the next entry: its files, which wait in the staging place and are durable, count from then on. False if somebody else had the
     * number; their entry was read, and the caller decides anew.
     *
     * @throws ConnectorException if it is not known whether it was added
     */
    public boolean append(EntryAuthor author, List<LoggedFile> files) {
        LogEntry entry = new LogEntry(log.version() + 1, author, files);
        boolean linked = link(disk, draft, LogNames.file(root, entry.version()), entry.toBytes());
        log.next();
        // Who has stood still may have got a number that is free again: then the log, as it was read now, does not have
        // the files.
        boolean added = linked && files.stream().allMatch(file -> log.names(file.path()));
        if (added) {
            writeAll();
        }
        return added;
    }

    /** When there are enough entries, one file has all of them, and what it makes superfluous goes. */
    private void writeAll() {
        if (!isDue()) {
            return;
        }
        log.hasAll(LogNames.list(disk, root).newestAll());
        if (!isDue()) {
            return; // another writer has done it
        }
        AllEntries all = new AllEntries(
                log.version(),
                log.authors().stream().filter(EntryAuthor::keepsState).toList(),
                log.files());
        link(disk, draft, LogNames.allFile(root, log.version()), all.toBytes());
        log.hasAll(log.version());
        if (log.isCleaned()) {
            LogNames.clean(disk, root);
        }
    }

    private boolean isDue() {
        int after = Math.min(ALL_AFTER, log.files().size() / FILES_FOR_AN_ENTRY);
        return log.entriesBehindAll() >= Math.max(ALL_EVERY, after);
    }

    /**
     * Moves the files of all entries that were read to their places, and says in {@code _files.csv} that they are there: at once, or, if there
     * are very many, when some have come together, and when {@link #completeList} is called.
     */
    public void complete() {
        complete(LISTED);
    }

    /** Has {@code _files.csv} name all files, when no more are expected soon. */
    public void completeList() {
        if (listed < log.files().size()) {
            log.toEnd();
            complete(Integer.MAX_VALUE);
        }
    }

    /**
     * @param of the list is written when it lacks one of so many files
     */
    private void complete(int of) {
        try {
            long lacking = of;
            boolean behind = true;
            while (behind) {
                for (LoggedFile file : log.files().subList(placed, log.files().size())) {
                    move(file);
                }
                disk.sync(root);
                placed = log.files().size();
                if (listed < 0 || lacking * (placed - listed) >= placed) {
                    write(disk, draft, list().getBytes(StandardCharsets.UTF_8));
                    disk.move(draft, root.resolve(FILES));
                    listed = placed;
                    // Who wrote an entry meanwhile may have written the list before this one did.
                    lacking = Integer.MAX_VALUE;
                }
                behind = log.next();
                log.toEnd();
            }
        } catch (IOException e) {
            throw TableLog.failure(root, e);
        }
    }

    /** What a writer has left that was killed behind its entry. */
    private void takeUp() {
        try {
            Path staging = TableLog.staging(root);
            if (disk.isDirectory(staging)) {
                for (Path file : disk.list(staging)) {
                    if (!log.names(file.getFileName().toString())) {
                        continue;
                    }
                    if (disk.exists(root.resolve(file.getFileName()))) {
                        disk.delete(file);
                    } else {
                        move(file, root.resolve(file.getFileName()));
                    }
                }
            }
            placed = log.files().size();
            complete();
        } catch (IOException e) {
            throw TableLog.failure(root, e);
        }
    }

    private void move(LoggedFile file) throws IOException {
        if (!disk.exists(log.place(file))) {
            move(log.staged(file), log.place(file));
        }
    }

    private void move(Path staged, Path place) throws IOException {
        try {
            disk.move(staged, place);
        } catch (NoSuchFileException e) {
            // Somebody else has moved it; or it is gone, which who reads it is told.
        }
    }

    private String list() throws IOException {
        StringWriter text = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
            csv.writeRecord("path", "rows", "bytes");
            for (LoggedFile file : log.files()) {
                csv.writeRecord(file.path(), Long.toString(file.rows()), Long.toString(file.bytes()));
            }
        }
        return text.toString();
    }

    /** Gives a file its name, with all that is in it, if nobody has it; whether that was done. */
    private static boolean link(Disk disk, Path draft, Path name, byte[] bytes) {
        try {
            write(disk, draft, bytes);
            try {
                disk.link(draft, name);
            } catch (FileAlreadyExistsException e) {
                return false;
            } finally {
                disk.delete(draft);
            }
            disk.sync(name.getParent());
            return true;
        } catch (IOException e) {
            throw TableLog.failure(name, e);
        }
    }

    private static void write(Disk disk, Path file, byte[] bytes) throws IOException {
        if (!disk.isDirectory(file.getParent())) {
            disk.createDirectories(file.getParent());
        }
        disk.delete(file);
        try (OutputStream out = disk.create(file)) {
            out.write(bytes);
        }
        disk.sync(file);
    }
}
