package io.leat.runtime.connector.jdbc;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.batch.BytesResult;
import io.leat.runtime.connector.ConnectorException;
import io.leat.runtime.connector.ConnectorException.Kind;
import io.leat.runtime.connector.RowCount;
import io.leat.runtime.connector.SinkContext;
import io.leat.runtime.connector.StagedPart;
import io.leat.runtime.connector.StagedSink;
import io.leat.runtime.memory.Memory;
import io.leat.runtime.platform.Disk;
import io.leat.runtime.state.RowBytes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keeps the rows of an epoch in a file until it is decided; then {@link JdbcApplier} writes them. */
final class SpoolSink implements StagedSink {
    /** The generation that wrote it, which sink of the job, and a number. */
    private static final Pattern NAME = Pattern.compile("(\\d+)-\\d+-\\d+");

    private final SinkTable table;
    private final Disk disk;
    private final Run run;
    private final RowBytes arriving;
    private final BytesResult bytes;
    private SpoolFile open;
    private long files;
    private long rows;

    private SpoolSink(SinkTable table, SinkContext context, Run run) {
        this.table = table;
        this.disk = context.platform().disk();
        this.run = run;
        this.arriving = table.arriving();
        this.bytes = new BytesResult(context.allocator());
    }

    static SpoolSink open(SinkContext context, Run run) {
        JdbcOptions options = JdbcOptions.of(context.options());
        SinkTable table = SinkTable.of(context, options);
        JdbcSink.refuseReplacing(context);
        try (Database database = Database.writing(context.table(), options, context.platform());
                PendingRows columns = new PendingRows(table, context.allocator())) {
            columns.clear(); // made to see that each column can be written
            database.run(table::check);
            EpochTable epochs = new EpochTable(options, table, run.sink());
            database.run(epochs::create);
            database.run(connection -> epochs.refuseOthers(connection, run));
        }
        removeLeftovers(context.platform().disk(), run);
        return new SpoolSink(table, context, run);
    }

    /** What older starts left is written by now, or not decided, and never will be: their rooms are taken away. */
    private static void removeLeftovers(Disk disk, Run run) {
        try {
            for (Path file : disk.list(run.spool())) {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches() && Long.parseLong(name.group(1)) < run.generation()) {
                    disk.delete(file);
                }
            }
        } catch (IOException e) {
            throw failure(run.spool(), e);
        }
    }

    private static ConnectorException failure(Path path, IOException e) {
        return new ConnectorException(Kind.IO, "cannot write '" + path + "': " + Disk.reason(e), e);
    }

    @Override
    public void write(Batch batch) {
        try {
            if (open == null && !batch.isEmpty()) {
                String name = run.generation() + "-" + run.number() + "-" + files++;
                open = SpoolFile.create(disk, run.spool().resolve(name), table);
            }
            for (int row = 0; row < batch.rows(); row++) {
                bytes.clear();
                arriving.pack(batch, row, bytes);
                byte[] packed = Memory.toArray(bytes.address(), bytes.length());
                open.add(table.goes(batch, row), packed);
            }
            rows += batch.rows();
        } catch (IOException e) {
            throw failure(run.spool(), e);
        }
    }

    @Override
    public List<StagedPart> seal(long epoch) {
        if (open == null) {
            return List.of();
        }
        try {
            StagedPart part = open.complete(run);
            open = null;
            disk.sync(run.spool());
            return List.of(part);
        } catch (IOException e) {
            throw failure(run.spool(), e);
        }
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
    public String summary() {
        return RowCount.text(rows) + " in " + table.target();
    }

    @Override
    public void close() {
        bytes.close();
        if (open != null) {
            open.discard();
        }
    }
}
