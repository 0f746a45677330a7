package io.leat.runtime.local;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.connector.SourceReader;
import io.leat.runtime.connector.SourceTraits;
import io.leat.runtime.job.SourceSpec;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A partition whose rows, event times, come when a test wants them. */
final class ScriptedRows implements SourceReader.Rows {
    /** Event time in microseconds, and the number of the partition. */
    static final Schema SCHEMA = new Schema(
            List.of(Field.required("ts", new Type.TimestampType(6, true)), Field.required("partition", Type.BIGINT)));

    private final int partition;
    private final List<Long> times = new ArrayList<>();
    private Status otherwise = Status.CAUGHT_UP;
    private long read;

    /** A table of such partitions, which does not end. */
    static SourceSpec source(boolean stream) {
        return new SourceSpec(
                "t",
                Optional.of("test"),
                Map.of(),
                SCHEMA,
                SCHEMA,
                SourceTraits.End.UNBOUNDED,
                stream,
                Optional.empty(),
                Optional.empty(),
                -1,
                Optional.empty(),
                Map.of());
    }

    ScriptedRows(int partition) {
        this.partition = partition;
    }

    /** The next poll hands out this row, too. */
    void add(long time) {
        times.add(time);
    }

    /** Whether everything was handed out. */
    boolean isEmpty() {
        return times.isEmpty();
    }

    /** What a poll says when there are no rows. */
    void otherwise(Status status) {
        otherwise = status;
    }

    @Override
    public Status poll(Batch batch) {
        if (times.isEmpty()) {
            return otherwise;
        }
        for (long time : times) {
            batch.column(0).putLong(batch.rows(), time);
            batch.column(1).putLong(batch.rows(), partition);
            batch.rows(batch.rows() + 1);
        }
        read += times.size();
        times.clear();
        return Status.DATA;
    }

    @Override
    public void seek(String from) {
        read = Long.parseLong(from);
    }

    @Override
    public String position() {
        return Long.toString(read);
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
