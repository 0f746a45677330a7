package io.leat.runtime.connector.file;

import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import io.leat.runtime.connector.DecidedEpoch;
import io.leat.runtime.connector.EpochApplier;
import io.leat.runtime.connector.StagedPart;
import io.leat.runtime.platform.Disk;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Moves files of rows to where they are seen. Their names tell epochs apart, so that what is there already was moved before. */
final class MovingApplier implements EpochApplier {
    private final Disk disk;

    MovingApplier(Disk disk) {
        this.disk = disk;
    }

    @Override
    public void apply(DecidedEpoch epoch, List<StagedPart> parts) {
        Set<Path> directories = new LinkedHashSet<>();
        for (StagedPart part : parts) {
            Path target = part.target().orElseThrow();
            if (move(part, target, epoch.again())) {
                directories.add(target.getParent());
            } else if (!epoch.shown()) {
                throw new ConnectorException(
                        Kind.IO,
                        "'" + target + "' with " + part.rows() + " rows of epoch " + epoch.epoch()
                                + ", which is decided, is gone, and '" + part.staged() + "' too: put one of them back");
            }
            // Otherwise somebody has taken it away, or has moved the table and the state somewhere else.
        }
        directories.forEach(this::sync);
    }

    /**
     * False if the file is neither in the one place nor in the other.
     *
     * @param check whether to read it before: another process wrote it
     */
    private boolean move(StagedPart part, Path target, boolean check) {
        try {
            if (!disk.exists(target)) {
                if (check) {
                    part.check(disk);
                }
                disk.move(part.staged(), target);
            } else if (disk.size(target) != part.bytes()) {
                throw StagedPart.damaged(target, "has " + disk.size(target) + " bytes and not " + part.bytes());
            }
            return true;
        } catch (NoSuchFileException e) {
            return disk.exists(target); // another process was faster
        } catch (IOException e) {
            throw new ConnectorException(
                    Kind.IO, "'" + part.staged() + "' cannot be moved to '" + target + "': " + Disk.reason(e), e);
        }
    }

    private void sync(Path path) {
        try {
            disk.sync(path);
        } catch (IOException e) {
            throw FileErrors.writing(path.toString(), e);
        }
    }

    @Override
    public void close() {
        // Every file is closed.
    }
}
