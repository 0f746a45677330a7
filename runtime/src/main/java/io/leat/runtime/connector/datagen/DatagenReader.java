package io.leat.runtime.connector.datagen;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.connector.SourceReader;
import io.leat.runtime.platform.Clock;
import java.util.List;

/** Makes the rows of one partition, no faster than asked. */
final class DatagenReader implements SourceReader.Rows {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int BYTES_PER_POLL = 4 << 20;

    private final int partition;
    private final int partitions;
    private final List<GeneratedColumn> columns;
    private final Clock clock;
    private final double rowsPerNano;
    private final int rowsPerPoll;
    private final long silentFrom;
    private final long silentTo;
    private final long end;
    private boolean started;
    private long startNanos;
    /** The row that this run began with. */
    private long firstOfRun;

    private boolean wasSilent;
    /** The row of the partition that comes next. */
    private long next;

    DatagenReader(DatagenOptions options, int partition, long rows, List<GeneratedColumn> columns, Clock clock) {
        this.partition = partition;
        this.partitions = options.partitions();
        this.columns = columns;
        this.clock = clock;
        this.rowsPerNano = options.rowsPerSecond() / NANOS_PER_SECOND / partitions;
        int bytes = columns.stream().mapToInt(GeneratedColumn::bytes).sum();
        this.rowsPerPoll = Math.max(1, BYTES_PER_POLL / Math.max(1, bytes));
        boolean fallsSilent =
                options.silence().partition() == partition && options.silence().after() < rows;
        this.silentFrom = fallsSilent ? options.silence().after() : Long.MAX_VALUE;
        this.silentTo = fallsSilent ? silentFrom + options.silence().rows() : Long.MAX_VALUE;
        // The rows left out come later, so that there are as many as promised.
        this.end =
                fallsSilent && rows != Long.MAX_VALUE ? rows + options.silence().rows() : rows;
    }

    @Override
    public Status poll(Batch batch) {
        if (next >= end) {
            return Status.END;
        }
        long due = dueRows();
        if (next == silentFrom && !isOver(due)) {
            return Status.CAUGHT_UP;
        }
        long until = Math.min(Math.min(due, end), next < silentFrom ? silentFrom : Long.MAX_VALUE);
        int rows = (int) Math.min(until - next, Math.min(rowsPerPoll, batch.capacity()));
        if (rows <= 0) {
            return Status.PENDING;
        }
        long firstNumber = next * partitions + partition;
        for (GeneratedColumn column : columns) {
            column.fill(batch, rows, next, firstNumber, partitions);
        }
        batch.rows(rows);
        next += rows;
        return Status.DATA;
    }

    /** Ends the silence when its time is over; without a rate that is when it was noticed once. */
    private boolean isOver(long due) {
        if (!wasSilent || due < silentTo) {
            wasSilent = true;
            return false;
        }
        next = silentTo;
        return true;
    }

    /** Up to which row the time has come. */
    private long dueRows() {
        if (rowsPerNano == 0) {
            return Long.MAX_VALUE;
        }
        if (!started) {
            started = true;
            startNanos = clock.nanos();
        }
        return firstOfRun + (long) ((clock.nanos() - startNanos) * rowsPerNano);
    }

    @Override
    public void seek(String from) {
        next = Long.parseLong(from);
        firstOfRun = next;
    }

    @Override
    public String position() {
        return Long.toString(next);
    }

    @Override
    public long remaining() {
        return end == Long.MAX_VALUE ? -1 : end - next;
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
