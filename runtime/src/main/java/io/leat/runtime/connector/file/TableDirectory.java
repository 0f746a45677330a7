package io.leat.runtime.connector.file;

import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import io.leat.runtime.connector.SinkContext;
import io.leat.runtime.platform.Disk;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A directory that rows are written to, with a place in it for files that nobody looks at yet.
 *
 * @param shown how it is called in messages
 */
record TableDirectory(Disk disk, String shown, Path root) {
    private static final String STAGING = "_staging";

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
        directory.refuseForeignStaging();
        if (context.replace()) {
            directory.refuseOtherData();
        }
        return directory;
    }

    Path staging() {
        return root.resolve(STAGING);
    }

    /** A place in the staging directory, which is made if it is gone. */
    Path stage(String name) throws IOException {
        disk.createDirectories(staging());
        refuseForeignStaging();
        return staging().resolve(name);
    }

    /** What is removed or written in the staging place must not be somewhere else. */
    private void refuseForeignStaging() throws IOException {
        if (disk.exists(staging()) && !disk.realPath(staging()).equals(staging())) {
            throw new ConnectorException(
                    Kind.CONFIGURATION,
                    "'" + shown + "/" + STAGING
                            + "' leads out of its directory; remove it or choose another directory");
        }
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
