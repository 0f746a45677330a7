package io.leat.runtime.connector.file;

import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import io.leat.runtime.connector.RowCount;
import io.leat.runtime.connector.SinkContext;
import io.leat.runtime.platform.Disk;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Writes rows to parts in a directory. A part grows in {@code _staging} and is renamed into the directory when it is old or large
 * enough at the end of an epoch, and at the end. If the directory holds this result only, the parts of earlier runs go when the
 * first part of this one comes.
 */
final class DirectorySink extends PartsSink {
    private final Disk disk;
    private boolean replaced;
    private int visibleParts;
    private long visibleRows;
    private String lastPart;

    private DirectorySink(SinkContext context, TableDirectory directory) {
        super(context, directory);
        this.disk = context.platform().disk();
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

    /** Moves everything written so far to where it is seen. */
    @Override
    protected void publish() throws IOException {
        if (context.replace() && !replaced) {
            removeEarlierRuns();
        }
        while (!parts.complete().isEmpty()) {
            show(parts.complete().peek());
            parts.complete().remove();
        }
        disk.sync(directory.root());
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
        parts.discard();
        if (parts.hasBegun()) {
            directory.removeStaging();
        }
    }
}
