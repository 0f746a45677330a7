package io.leat.runtime.connector.file;

import io.leat.runtime.connector.RowCount;
import io.leat.runtime.connector.SinkContext;
import io.leat.runtime.connector.file.log.EntryAuthor;
import io.leat.runtime.connector.file.log.LogWriter;
import io.leat.runtime.connector.file.log.LoggedFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes rows of a run without state to a table with a log: what was written since the last entry becomes the next one when it is old or large
 * enough at the end of an epoch, and at the end. A run that is started again writes its rows again, under a name of its own.
 */
final class LogSink extends PartsSink {
    private final LogWriter writer;
    private long entries;
    private long files;
    private long rows;

    private LogSink(SinkContext context, TableDirectory directory) {
        super(context, directory);
        this.writer = directory.beginLog(run);
    }

    static LogSink open(SinkContext context, TablePath path) {
        try {
            LogSink sink = new LogSink(context, TableDirectory.open(context, path));
            Leftovers.remove(
                    context.platform(),
                    sink.directory.staging(),
                    Leftovers.ABANDONED_MICROS,
                    name -> LogWriter.isDraft(name)
                            || RunName.isPart(name) && !sink.writer.log().names(name));
            return sink;
        } catch (IOException e) {
            throw FileErrors.writing(path.text(), e);
        }
    }

    @Override
    protected void publish() throws IOException {
        List<LoggedFile> added = new ArrayList<>();
        for (StagedFile part : parts.complete()) {
            added.add(LoggedFile.of(part.path().getFileName().toString(), part.rows(), part.bytes(), part.checksum()));
            rows += part.rows();
        }
        // They may be in an entry as soon as one is tried, whatever is heard of it.
        parts.complete().clear();
        if (added.isEmpty()) {
            writer.completeList();
            return;
        }
        context.platform().disk().sync(directory.staging());
        EntryAuthor author = new EntryAuthor(run.text(), context.table(), ++entries, 0, "");
        while (!writer.append(author, added)) {
            // Another writer had the number: the next one is as good.
        }
        writer.complete();
        files += added.size();
    }

    @Override
    public String summary() {
        return RowCount.text(rows) + " in " + files + (files == 1 ? " file of " : " files of ") + directory.shown();
    }

    @Override
    public void close() {
        parts.discard();
    }
}
