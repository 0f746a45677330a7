package io.leat.runtime.connector.jdbc;

import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import io.leat.runtime.connector.DecidedEpoch;
import io.leat.runtime.connector.EpochApplier;
import io.leat.runtime.connector.SinkContext;
import io.leat.runtime.connector.StagedPart;
import io.leat.runtime.connector.jdbc.EpochTable.Written;
import io.leat.runtime.platform.Disk;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Writes the rows of a decided epoch in one transaction, which also says in {@link EpochTable} that they are there. Where the answer to the
 * commit is lost, the next try finds that out: it looks there first.
 */
final class JdbcApplier implements EpochApplier {
    private final Disk disk;
    private final JdbcOptions options;
    private final SinkTable table;
    private final EpochTable epochs;
    private final Database database;
    private final PendingRows pending;
    private boolean begun;

    JdbcApplier(SinkContext context, String sink) {
        this.disk = context.platform().disk();
        this.options = JdbcOptions.of(context.options());
        this.table = SinkTable.of(context, options);
        this.epochs = new EpochTable(options, table, sink);
        this.database = Database.writing(context.table(), options, context.platform());
        this.pending = new PendingRows(table, context.allocator());
    }

    @Override
    public void apply(DecidedEpoch epoch, List<StagedPart> parts) {
        if (parts.isEmpty() && !epoch.again()) {
            return;
        }
        if (!begun) {
            database.run(epochs::create);
            database.run(connection -> epochs.begin(connection, epoch.job()));
            begun = true;
        }
        database.transact(connection -> {
            write(connection, epoch, parts);
            return null;
        });
        parts.forEach(this::delete);
    }

    private void write(Connection connection, DecidedEpoch epoch, List<StagedPart> parts) throws SQLException {
        epochs.lock(connection, epoch.job());
        Written written = epochs.read(connection, epoch.job()).orElseThrow();
        if (!isWritten(written, epoch) && !parts.isEmpty()) {
            if (epoch.shown()) {
                throw diverged(
                        written,
                        epoch,
                        "which was written: it is an older copy of the database, or somebody has changed '"
                                + options.epochs() + "'");
            }
            for (StagedPart part : parts) {
                write(connection, part, epoch);
            }
            epochs.write(connection, epoch.job(), new Written(epoch.epoch(), epoch.hash()));
        }
    }

    private boolean isWritten(Written written, DecidedEpoch epoch) {
        if (written.epoch() == epoch.epoch()) {
            if (!written.hash().equals(epoch.hash())) {
                throw diverged(written, epoch, "which has the hash " + epoch.hash());
            }
            return true;
        }
        boolean sameChain = written.epoch() == 0 || epoch.chain().holds(written.epoch(), written.hash());
        if (!sameChain) {
            throw diverged(written, epoch, "which has another past");
        }
        return written.epoch() > epoch.epoch();
    }

    private ConnectorException diverged(Written written, DecidedEpoch epoch, String what) {
        return new ConnectorException(
                Kind.CONFIGURATION,
                "table " + table.name() + ": by '" + options.epochs() + "' the database has epoch " + written.epoch()
                        + (written.hash().isEmpty() ? "" : " with the hash " + written.hash())
                        + " of job " + epoch.job() + ", and the state directory has epoch " + epoch.epoch() + ", "
                        + what
                        + ". Put back the database and the state directory that belong together");
    }

    private void write(Connection connection, StagedPart part, DecidedEpoch epoch) throws SQLException {
        pending.clear();
        try {
            part.check(disk);
            SpoolFile.read(disk, part.staged(), table, (goes, packed) -> {
                pending.add(goes, packed);
                if (pending.size() >= options.flushRows()) {
                    flush(connection);
                }
            });
            flush(connection);
        } catch (NoSuchFileException e) {
            throw new ConnectorException(
                    Kind.IO,
                    "'" + part.staged() + "' with " + part.rows() + " rows of epoch " + epoch.epoch()
                            + ", which is decided and not in the database yet, is gone: put it back",
                    e);
        } catch (IOException e) {
            throw new ConnectorException(Kind.IO, "cannot read '" + part.staged() + "': " + Disk.reason(e), e);
        }
    }

    private void flush(Connection connection) throws SQLException {
        pending.write(connection, database.timeoutSeconds());
        pending.clear();
    }

    /** What cannot be deleted goes with the leftovers of this start. */
    private void delete(StagedPart part) {
        try {
            disk.delete(part.staged());
        } catch (IOException e) {
            // As above.
        }
    }

    @Override
    public void close() {
        pending.close();
        database.close();
    }
}
