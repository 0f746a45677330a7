package io.leat.runtime.connector.file.log;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An entry of a log: files that count from now on.
 *
 * @param version its number, from 1
 */
record LogEntry(long version, EntryAuthor author, List<LoggedFile> files) {
    private static final String ENTRY = "entry";
    private static final String ADD = "add";

    LogEntry {
        files = List.copyOf(files);
    }

    /** The first line of an entry. */
    private record Head(long version, EntryAuthor by) {}

    byte[] toBytes() {
        LogText.Writer text = new LogText.Writer().put(ENTRY, new Head(version, author));
        put(text, files);
        return text.toBytes();
    }

    /** Takes the bytes of an entry apart. */
    static LogEntry read(Path file, byte[] bytes, long version) {
        LogText text = LogText.read(file, bytes);
        Head head = text.get(ENTRY, Head.class);
        if (head.version() != version || head.by() == null) {
            throw LogText.damaged(file, "says that it is entry " + head.version());
        }
        return new LogEntry(version, head.by(), files(text));
    }

    /** The files in all lines that are left. */
    static List<LoggedFile> files(LogText text) {
        List<LoggedFile> files = new ArrayList<>();
        while (!text.isAtEnd()) {
            files.add(text.get(ADD, LoggedFile.class));
        }
        return files;
    }

    static void put(LogText.Writer text, List<LoggedFile> files) {
        files.forEach(file -> text.put(ADD, file));
    }
}
