package io.leat.runtime.connector.file;

import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import io.leat.runtime.connector.DecidedEpoch;
import io.leat.runtime.connector.EpochApplier;
import io.leat.runtime.connector.SinkContext;
import io.leat.runtime.connector.StagedPart;
import io.leat.runtime.connector.file.log.EntryAuthor;
import io.leat.runtime.connector.file.log.LogWriter;
import io.leat.runtime.connector.file.log.LoggedFile;
import io.leat.runtime.platform.Disk;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Shows an epoch by the next entry of the table's log, which is added once: before each try the log is read to its end, and says whether this start,
 * or another one, has added it already.
 */
final class LogApplier implements EpochApplier {
    private final Disk disk;
    private final SinkContext context;
    private final TablePath path;
    private final String sink;
    private LogWriter writer;

    LogApplier(SinkContext context, TablePath path, String sink) {
        this.disk = context.platform().disk();
        this.context = context;
        this.path = path;
        this.sink = sink;
    }

    @Override
    public void apply(DecidedEpoch epoch, List<StagedPart> parts) {
        if (parts.isEmpty() && !epoch.again()) {
            completeList();
            return;
        }
        if (writer == null) {
            Optional<LogWriter> open = open();
            if (open.isEmpty() && parts.isEmpty()) {
                return; // nothing was ever written there
            }
            writer = open.orElseThrow(() -> new ConnectorException(
                    Kind.CONFIGURATION,
                    "'" + path.text() + "' has no log any more, and rows of epoch " + epoch.epoch()
                            + ", which is decided, belong there: put it back"));
        }
        EntryAuthor author = new EntryAuthor(epoch.job(), sink, epoch.epoch(), epoch.generation(), epoch.hash());
        writer.log().toEnd();
        while (!isAdded(epoch) && !parts.isEmpty()) {
            if (epoch.shown()) {
                throw diverged(epoch, "which was added: it is an older copy of the table");
            }
            parts.forEach(part -> check(part, epoch));
            // If somebody else had the number, it may have been with this epoch.
            writer.append(author, parts.stream().map(LogApplier::logged).toList());
        }
        writer.complete();
        parts.stream().filter(part -> !epoch.shown()).forEach(part -> refuseMissing(part, epoch));
    }

    private Optional<LogWriter> open() {
        try {
            TableDirectory directory = TableDirectory.open(context, path);
            return LogWriter.open(
                    disk,
                    directory.root(),
                    RunName.create(context.platform().clock()).text());
        } catch (IOException e) {
            throw FileErrors.writing(path.text(), e);
        }
    }

    private static LoggedFile logged(StagedPart part) {
        return LoggedFile.of(target(part).getFileName().toString(), part.rows(), part.bytes(), part.checksum());
    }

    private static Path target(StagedPart part) {
        return part.target().orElseThrow();
    }

    private boolean isAdded(DecidedEpoch epoch) {
        Optional<EntryAuthor> last = writer.log().last(epoch.job(), sink);
        if (last.isEmpty()) {
            return false;
        }
        EntryAuthor added = last.get();
        if (added.epoch() == epoch.epoch()) {
            if (!added.hash().equals(epoch.hash())) {
                throw diverged(epoch, "which has the hash " + epoch.hash());
            }
            return true;
        }
        if (!epoch.chain().holds(added.epoch(), added.hash())) {
            throw diverged(epoch, "which has another past");
        }
        return added.epoch() > epoch.epoch();
    }

    private ConnectorException diverged(DecidedEpoch epoch, String what) {
        String found = writer.log()
                .last(epoch.job(), sink)
                .map(added -> "epoch " + added.epoch() + " with the hash " + added.hash())
                .orElse("no epoch");
        return new ConnectorException(
                Kind.CONFIGURATION,
                "table " + context.table() + ": the log of '" + path.text() + "' has " + found + " of job "
                        + epoch.job()
                        + ", and the state directory has epoch " + epoch.epoch() + ", " + what
                        + ". Put back the table and the state directory that belong together");
    }

    /** What an entry names must be there before. Files that another process wrote are read. */
    private void check(StagedPart part, DecidedEpoch epoch) {
        try {
            if (epoch.again()) {
                part.check(disk);
            } else if (disk.size(part.staged()) != part.bytes()) {
                throw StagedPart.damaged(
                        part.staged(), "has " + disk.size(part.staged()) + " bytes and not " + part.bytes());
            }
        } catch (NoSuchFileException e) {
            refuseMissing(part, epoch); // another process may have been faster, and its entry is read next
        } catch (IOException e) {
            throw FileErrors.reading(part.staged().toString(), e);
        }
    }

    private void refuseMissing(StagedPart part, DecidedEpoch epoch) {
        Path target = target(part);
        if (!disk.exists(target)) {
            throw new ConnectorException(
                    Kind.IO,
                    "'" + target + "' with " + part.rows() + " rows of epoch " + epoch.epoch()
                            + ", which is decided, is gone, and '" + part.staged() + "' too: put one of them back");
        }
    }

    private void completeList() {
        if (writer != null) {
            writer.completeList();
        }
    }

    /** Every file is closed. */
    @Override
    public void close() {
        completeList();
    }
}
