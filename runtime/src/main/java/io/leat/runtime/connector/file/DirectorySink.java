package io.leat.runtime.connector.file;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import io.leat.runtime.connector.RowCount;
import io.leat.runtime.connector.Sink;
import io.leat.runtime.connector.SinkContext;
import io.leat.runtime.connector.format.RowFormat;
import io.leat.runtime.platform.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes rows to parts in a directory. A part grows in {@code _staging} and is renamed into the directory when it is old or large
 * enough at the end of an epoch, and at the end. If the directory holds this result only, the parts of earlier runs go when the
 * first part of this one comes.
 */
final class DirectorySink implements Sink {
    private final SinkContext context;
    private final Disk disk;
    private final TableDirectory directory;
    private final RowFormat format;
    private final RunName run;
    private final long rolloverNanos;
    private final long partBytes;
    private final Deque<StagedFile> complete = new ArrayDeque<>();
    private StagedFile open;
    private long openedNanos;
    private int created;
    private boolean replaced;
    private int visibleParts;
    private long visibleRows;
    private String lastPart;

    private DirectorySink(SinkContext context, TableDirectory directory) {
        this.context = context;
        this.disk = context.platform().disk();
        this.directory = directory;
        this.format = FileOptions.writing(context.options());
        this.run = RunName.create(context.platform().clock());
        this.rolloverNanos = FileOptions.rolloverNanos(context.options());
        this.partBytes = FileOptions.partBytes(context.options());
    }

    static DirectorySink open(SinkContext context, TablePath path) {
        try {
            TableDirectory directory = TableDirectory.open(context, path);
            Leftovers.remove(
                    context.platform(),
                    directory.staging(),
                    context.replace() ? 0 : Leftovers.ABANDONED_MICROS,
                    RunName::isPart);
            return new DirectorySink(context, directory);
        } catch (IOException e) {
            throw FileErrors.writing(path.text(), e);
        }
    }

    @Override
    public void write(Batch batch) {
        if (batch.isEmpty()) {
            return;
        }
        try {
            if (open == null) {
                open = newPart();
            }
            open.write(batch);
            if (open.bytes() >= partBytes) {
                completePart();
            }
        } catch (IOException e) {
            throw FileErrors.writing(directory.shown(), e);
        }
    }

    private StagedFile newPart() throws IOException {
        Path place = directory.stage(run.part(created++, format.suffix()));
        StagedFile part = StagedFile.create(context, format, Compression.NONE, place);
        openedNanos = context.platform().clock().nanos();
        part.header();
        return part;
    }

    private void completePart() throws IOException {
        open.complete();
        complete.add(open);
        open = null;
    }

    @Override
    public void endEpoch(long epoch) {
        boolean due = open != null
                && (open.bytes() >= partBytes || context.platform().clock().nanos() - openedNanos >= rolloverNanos);
        if (due || !complete.isEmpty()) {
            publish();
        }
    }

    @Override
    public void finish() {
        publish();
    }

    /** Moves everything written so far to where it is seen. */
    private void publish() {
        try {
            if (open != null) {
                completePart();
            }
            if (context.replace() && !replaced) {
                removeEarlierRuns();
            }
            while (!complete.isEmpty()) {
                show(complete.peek());
                complete.remove();
            }
            disk.sync(directory.root());
        } catch (IOException e) {
            throw FileErrors.writing(directory.shown(), e);
        }
    }

    private void removeEarlierRuns() throws IOException {
        for (Path entry : disk.list(directory.root())) {
            String name = entry.getFileName().toString();
            if (RunName.isPart(name) && !run.owns(name)) {
                disk.delete(entry);
            }
        }
        replaced = true;
    }

    private void show(StagedFile part) throws IOException {
        String name = part.path().getFileName().toString();
        Path target = directory.root().resolve(name);
        if (disk.exists(target)) {
            throw new ConnectorException(Kind.IO, "'" + target + "' exists already; nothing was overwritten");
        }
        disk.move(part.path(), target);
        visibleParts++;
        visibleRows += part.rows();
        lastPart = name;
    }

    @Override
    public String summary() {
        String shown = directory.shown();
        String place = visibleParts == 1 ? shown + "/" + lastPart : shown;
        return RowCount.text(visibleRows) + " in " + (visibleParts > 1 ? visibleParts + " files of " : "") + place;
    }

    @Override
    public void close() {
        if (open != null) {
            open.discard();
            open = null;
        }
        complete.forEach(StagedFile::discard);
        complete.clear();
        if (created > 0) {
            directory.removeStaging();
        }
    }
}
