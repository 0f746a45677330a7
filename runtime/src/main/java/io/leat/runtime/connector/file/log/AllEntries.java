package io.leat.runtime.connector.file.log;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What all entries up to one say together.
 *
 * @param authors the last entry of each sink of each job
 * @param files in the order in which they were added
 */
record AllEntries(long version, List<EntryAuthor> authors, List<LoggedFile> files) {
    private static final String ALL = "all";
    private static final String LAST = "last";

    AllEntries {
        authors = List.copyOf(authors);
        files = List.copyOf(files);
    }

    /** The first line. */
    private record Head(long version) {}

    byte[] toBytes() {
        LogText.Writer text = new LogText.Writer().put(ALL, new Head(version));
        authors.forEach(author -> text.put(LAST, author));
        LogEntry.put(text, files);
        return text.toBytes();
    }

    static AllEntries read(Path file, byte[] bytes, long version) {
        LogText text = LogText.read(file, bytes);
        long said = text.get(ALL, Head.class).version();
        if (said != version) {
            throw LogText.damaged(file, "says that it is of entry " + said);
        }
        List<EntryAuthor> authors = new ArrayList<>();
        while (text.isNext(LAST)) {
            authors.add(text.get(LAST, EntryAuthor.class));
        }
        return new AllEntries(version, authors, LogEntry.files(text));
    }
}
