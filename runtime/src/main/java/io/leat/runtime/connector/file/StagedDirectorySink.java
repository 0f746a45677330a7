package io.leat.runtime.connector.file;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import io.leat.runtime.connector.RowCount;
import io.leat.runtime.connector.SinkContext;
import io.leat.runtime.connector.StagedPart;
import io.leat.runtime.connector.StagedSink;
import io.leat.runtime.connector.file.log.EntryAuthor;
import io.leat.runtime.connector.file.log.LogWriter;
import io.leat.runtime.connector.file.log.TableLog;
import io.leat.runtime.platform.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Writes rows to parts in a directory that are seen when their epoch is decided: each epoch that has rows has parts of its own. They grow
 * in {@code _staging} under the number 0, and get the number of their epoch when they are shown.
 */
final class StagedDirectorySink implements StagedSink {
    private final SinkContext context;
    private final Disk disk;
    private final TableDirectory directory;
    private final Run run;
    private final String suffix;
    private final GrowingParts parts;
    private final boolean logged;
    private long sealedParts;
    private long sealedRows;

    private StagedDirectorySink(SinkContext context, TableDirectory directory, Run run) {
        this.context = context;
        this.disk = context.platform().disk();
        this.directory = directory;
        this.run = run;
        this.logged = FileOptions.hasLog(context.options());
        this.suffix = FileOptions.writing(context.options()).suffix();
        this.parts = new GrowingParts(
                context, directory, number -> EpochName.of(run, 0, number).text(suffix));
    }

    static StagedDirectorySink open(SinkContext context, TablePath path, Run run) {
        if (path.isOneFile(context.platform().disk())) {
            throw new ConnectorException(
                    Kind.CONFIGURATION,
                    "'" + path.text()
                            + "' is one file, which cannot grow epoch by epoch: with a state directory, write "
                            + context.table() + " to a directory, which is a path without a suffix");
        }
        try {
            StagedDirectorySink sink = new StagedDirectorySink(context, TableDirectory.open(context, path), run);
            if (sink.logged) {
                sink.beginLog();
            } else {
                sink.refuseOthers();
                sink.removeLeftovers(name -> false);
            }
            return sink;
        } catch (IOException e) {
            throw FileErrors.writing(path.text(), e);
        }
    }

    /**
     * What is seen of this job must be decided. A job without a past does not begin behind rows of another one that kept its state: that
     * would be the same job, whose state is lost. A result of one query begins behind no rows at all.
     */
    private void refuseOthers() throws IOException {
        for (Path entry : disk.list(directory.root())) {
            String name = entry.getFileName().toString();
            Optional<EpochName> part = EpochName.parse(name);
            boolean own = part.isPresent() && part.get().job().equals(run.job());
            if (own && part.get().epoch() > run.decided()) {
                throw new ConnectorException(
                        Kind.CONFIGURATION,
                        "'" + entry + "' is of a later epoch than " + run.decided()
                                + ", the last one that the state directory knows: it is an older copy. Put back the"
                                + " latest one, or start anew with another state directory and another table directory");
            }
            boolean other = context.replace() ? RunName.isPart(name) : part.isPresent() && run.decided() == 0;
            if (other && !own) {
                throw new ConnectorException(
                        Kind.CONFIGURATION,
                        "'" + directory.shown() + "' holds rows of another run, such as '" + name
                                + "', and this one begins without state: go on with the state directory of that run,"
                                + " remove its rows, or choose another table directory");
            }
        }
    }

    /** The same where a log says who wrote what. */
    private void beginLog() throws IOException {
        TableLog log =
                directory.beginLog(RunName.create(context.platform().clock())).log();
        for (EntryAuthor last : log.authors()) {
            boolean own = last.job().equals(run.job());
            if (own && last.epoch() > run.decided()) {
                throw new ConnectorException(
                        Kind.CONFIGURATION,
                        "the log of '" + directory.shown() + "' has epoch " + last.epoch() + " of this job, and "
                                + run.decided()
                                + " is the last one that the state directory knows: it is an older copy."
                                + " Put back the latest one, or start anew with another state directory and another table"
                                + " directory");
            }
            if (!own && last.keepsState() && run.decided() == 0 && !FileOptions.mayAppend(context.options())) {
                throw new ConnectorException(
                        Kind.CONFIGURATION,
                        "'" + directory.shown() + "' holds rows of another run, job " + last.job()
                                + ", and this one begins without state: go on with the state directory of that run,"
                                + " choose another table directory, or say 'log.append' = 'true' if it is another job");
            }
        }
        removeLeftovers(log::names);
        Leftovers.remove(context.platform(), directory.staging(), Leftovers.ABANDONED_MICROS, LogWriter::isDraft);
    }

    /**
     * What older starts staged is shown by now, or not decided, and never will be: their rooms are taken away.
     *
     * @param counts whether a file counts, wherever it is
     */
    private void removeLeftovers(Predicate<String> counts) throws IOException {
        if (!disk.isDirectory(directory.staging())) {
            return;
        }
        for (Path entry : disk.list(directory.staging())) {
            boolean left = EpochName.parse(entry.getFileName().toString())
                    .filter(part -> part.job().equals(run.job()) && part.generation() < run.generation())
                    .isPresent();
            if (left && !counts.test(entry.getFileName().toString())) {
                disk.delete(entry);
            }
        }
    }

    @Override
    public void write(Batch batch) {
        parts.write(batch);
    }

    @Override
    public void endEpoch(long epoch) {
        // The end of an epoch for operators; rows are sealed when all workers have come to it.
    }

    @Override
    public void finish() {
        // Sealed with the last epoch.
    }

    @Override
    public List<StagedPart> seal(long epoch) {
        try {
            parts.completeOpen();
            List<StagedPart> sealed = new ArrayList<>();
            for (StagedFile file : parts.complete()) {
                String name = EpochName.of(run, epoch, (int) sealedParts++).text(suffix);
                Path target = directory.root().resolve(name);
                sealed.add(new StagedPart(
                        run.sink(),
                        sealed(file, name),
                        Optional.of(target),
                        file.rows(),
                        file.bytes(),
                        file.checksum()));
                sealedRows += file.rows();
            }
            if (!sealed.isEmpty()) {
                disk.sync(directory.staging());
                parts.complete().clear();
            }
            return sealed;
        } catch (IOException e) {
            throw FileErrors.writing(directory.shown(), e);
        }
    }

    /** Where a file waits. An entry names it before it is moved: there it has its name already. */
    private Path sealed(StagedFile file, String name) throws IOException {
        if (!logged) {
            return file.path();
        }
        Path place = directory.staging().resolve(name);
        disk.move(file.path(), place);
        return place;
    }

    @Override
    public String summary() {
        return RowCount.text(sealedRows) + " in " + sealedParts + (sealedParts == 1 ? " file of " : " files of ")
                + directory.shown();
    }

    @Override
    public void close() {
        parts.discard();
        if (!logged) { // other writers of the log may be about to put something there
            directory.removeStaging();
        }
    }
}
