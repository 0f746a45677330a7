package io.leat.runtime.connector.file;

import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import io.leat.runtime.connector.SinkContext;
import io.leat.runtime.connector.file.log.LogWriter;
import io.leat.runtime.connector.file.log.TableLog;
import io.leat.runtime.platform.Disk;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A directory that rows are written to, with a place in it for files that nobody looks at yet.
 *
 * @param shown how it is called in messages
 */
record TableDirectory(Disk disk, String shown, Path root) {
    /** The directory of a table; it is made if there is none. */
    static TableDirectory open(SinkContext context, TablePath path) throws IOException {
        Disk disk = context.platform().disk();
        if (disk.exists(path.path()) && !disk.isDirectory(path.path())) {
            throw new ConnectorException(
                    Kind.CONFIGURATION,
                    "'" + path.text() + "' is a file, but without a suffix such as .json it must be a directory");
        }
        disk.createDirectories(path.path());
        TableDirectory directory = new TableDirectory(disk, path.path().toString(), disk.realPath(path.path()));
        directory.refuseForeign(TableLog.staging(directory.root));
        if (FileOptions.hasLog(context.options())) {
            directory.refuseWithoutLog(context);
        } else if (TableLog.isIn(disk, directory.root)) {
            throw withLog(directory.shown);
        }
        if (context.replace()) {
            directory.refuseOtherData();
        }
        return directory;
    }

    Path staging() {
        return TableLog.staging(root);
    }

    /** A place in the staging directory, which is made if it is gone. */
    Path stage(String name) throws IOException {
        disk.createDirectories(staging());
        refuseForeign(staging());
        return staging().resolve(name);
    }

    /** What is removed or written in a place of this directory must not be somewhere else. */
    private void refuseForeign(Path place) throws IOException {
        if (disk.exists(place) && !disk.realPath(place).equals(place)) {
            throw new ConnectorException(
                    Kind.CONFIGURATION,
                    "'" + shown + "/" + place.getFileName()
                            + "' leads out of its directory; remove it or choose another directory");
        }
    }

    /** Files that were there before the log would count for those who list the directory, and for nobody else. */
    private void refuseWithoutLog(SinkContext context) throws IOException {
        refuseForeign(TableLog.directory(root));
        if (context.replace()) {
            throw new ConnectorException(
                    Kind.CONFIGURATION,
                    "'" + shown + "' has a log, which only grows: it cannot hold the result of one query only. Write "
                            + context.table() + " with INSERT INTO, or without 'log'");
        }
        if (TableLog.isIn(disk, root)) {
            return;
        }
        for (Path entry : disk.list(root)) {
            String name = entry.getFileName().toString();
            if (!DataFiles.isHidden(name)) {
                throw new ConnectorException(
                        Kind.CONFIGURATION,
                        "'" + shown + "' has files such as '" + name
                                + "' and no log: choose a new directory, or leave out 'log' = 'true'");
            }
        }
    }

    /** A directory with a log is used as one without. */
    static ConnectorException withLog(String directory) {
        return new ConnectorException(
                Kind.CONFIGURATION,
                "'" + directory + "' has a log, which says what counts in it: declare the table with 'log' = 'true'");
    }

    /** Takes up the log, which is begun if there is none. */
    LogWriter beginLog(RunName unique) {
        return LogWriter.begin(disk, root, unique.text());
    }

    private void refuseOtherData() throws IOException {
        for (Path entry : disk.list(root)) {
            String name = entry.getFileName().toString();
            if (!DataFiles.isHidden(name) && (disk.isDirectory(entry) || !RunName.isPart(name))) {
                throw new ConnectorException(
                        Kind.CONFIGURATION,
                        "'" + shown + "' is to hold the result of one query only, but has '" + name
                                + "', which no query of this kind wrote; remove it or choose another directory");
            }
        }
    }

    void removeStaging() {
        try {
            disk.delete(staging());
        } catch (IOException e) {
            // It is not empty: another run is writing there.
        }
    }
}
