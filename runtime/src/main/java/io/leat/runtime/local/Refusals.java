package io.leat.runtime.local;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.connector.SourceReader;
import io.leat.runtime.decode.RecordChunk;
import io.leat.runtime.decode.RecordDecoder;
import io.leat.runtime.decode.RejectReason;
import io.leat.runtime.job.SourceSpec;
import io.leat.runtime.local.SourceBatch.BrokenRecord;
import io.leat.runtime.window.Windowing;
import java.util.List;

/**
 * Hands the late and rejected rows of a scan to those who asked for them, and keeps the first few as samples. Belongs to one worker.
 */
final class Refusals implements AutoCloseable {
    /** Instead of a statement: whichever it was. */
    static final int ALL = -1;
    /** What is kept of a record that is too large: enough to see what it is. */
    private static final int KEPT_OF_TOO_LARGE_BYTES = 64 << 10;

    private final String table;
    private final Findings findings;
    private final RejectSamples samples;
    private final boolean endsAtUnknownField;
    private final List<SideOutput> late;
    private final List<SideOutput> rejected;

    /** Where a refused row stood, and the watermark before it. */
    private record Place(String partition, long offset, long watermark) {}

    Refusals(SourceSpec spec, Findings findings, List<SideOutput> late, List<SideOutput> rejected) {
        this.table = spec.table();
        this.endsAtUnknownField = spec.decoding()
                .filter(decoding ->
                        decoding.value().setting("unknown-fields", "ignore").equals("fail"))
                .isPresent();
        this.findings = findings;
        this.samples = findings.samples();
        this.late = late;
        this.rejected = rejected;
    }

    /** Whether somebody asked for the late rows of all statements. */
    boolean wantsLate() {
        return late.stream().anyMatch(output -> output.statement() == ALL);
    }

    /** A record became no row of the source, for whatever statement. {@code index} is its place among the broken ones. */
    void brokenRecord(PartitionScan partition, SourceBatch rows, int index, RecordChunk chunk) {
        BrokenRecord record = rows.brokenRecords().get(index);
        int origin = record.origin();
        Place place = new Place(
                partition.partition().name(), chunk.offset(origin), watermarkBefore(partition, rows, record.row()));
        int length = Math.max(0, chunk.length(origin));
        int bytes = length > RecordDecoder.MAX_RECORD_BYTES ? KEPT_OF_TOO_LARGE_BYTES : length;
        samples.add(place.partition(), place.offset(), record.reason());
        if (endsAtUnknownField && record.why() == RejectReason.UNKNOWN_FIELD) {
            throw RejectLimitException.unknownField(
                    table + ", " + place.partition() + " at " + place.offset() + ": " + record.reason());
        }
        for (SideOutput output : rejected) {
            add(output, null, 0, record.reason(), chunk.address(origin), bytes, place);
        }
    }

    /** Records were gone before they were read: a row stands for all of them, which are in no count of rows. */
    void expired(PartitionScan partition, SourceReader.Gap gap) {
        String name = partition.partition().name();
        findings.expired().add(new ExpiredRecords.Range(name, gap.from(), gap.to()));
        Place place = new Place(name, gap.from(), partition.watermark());
        String reason =
                "DATA_EXPIRED: records " + gap.from() + " to " + gap.to() + " were deleted before they were read";
        for (SideOutput output : rejected) {
            add(output, null, 0, reason, 0, 0, place);
        }
    }

    /** A row turned out to be no row of the source, for whatever statement. */
    void excludedRow(PartitionScan partition, SourceBatch rows, int row, RecordChunk chunk) {
        Place place = place(partition, rows, row, chunk);
        samples.add(place.partition(), place.offset(), rows.reason(row));
        for (SideOutput output : rejected) {
            addRow(output, partition, rows, row, chunk, rows.reason(row), place);
        }
    }

    /** Some statement rejected a row. */
    void rejected(PartitionScan partition, SourceBatch rows, int row, RecordChunk chunk) {
        Place place = place(partition, rows, row, chunk);
        samples.add(place.partition(), place.offset(), rows.reason(row));
        rejectedBy(ALL, partition, rows, row, chunk);
    }

    void rejectedBy(int statement, PartitionScan partition, SourceBatch rows, int row, RecordChunk chunk) {
        send(rejected, statement, partition, rows, row, chunk, rows.reason(row));
    }

    void lateFor(int statement, PartitionScan partition, SourceBatch rows, int row, RecordChunk chunk) {
        send(late, statement, partition, rows, row, chunk, "LATE");
    }

    private static void send(
            List<SideOutput> outputs,
            int statement,
            PartitionScan partition,
            SourceBatch rows,
            int row,
            RecordChunk chunk,
            String reason) {
        for (SideOutput output : outputs) {
            if (output.statement() == statement) {
                addRow(output, partition, rows, row, chunk, reason, place(partition, rows, row, chunk));
            }
        }
    }

    private static void addRow(
            SideOutput output,
            PartitionScan partition,
            SourceBatch rows,
            int row,
            RecordChunk chunk,
            String reason,
            Place place) {
        if (partition.decoder() == null) {
            add(output, rows.batch(), row, reason, 0, 0, place);
        } else {
            int origin = rows.origin(row);
            add(output, rows.batch(), row, reason, chunk.address(origin), chunk.length(origin), place);
        }
    }

    private static void add(
            SideOutput output, Batch batch, int row, String reason, long raw, int rawBytes, Place place) {
        output.add(batch, row, reason, raw, rawBytes, place.partition(), place.offset(), place.watermark());
    }

    /** Rows that were never records have their rank for an offset. */
    private static Place place(PartitionScan partition, SourceBatch rows, int row, RecordChunk chunk) {
        long offset = partition.decoder() == null ? rows.rank(row) : chunk.offset(rows.origin(row));
        return new Place(partition.partition().name(), offset, watermarkBefore(partition, rows, row));
    }

    private static long watermarkBefore(PartitionScan partition, SourceBatch rows, int row) {
        return rows.watermarks() == null ? partition.watermark() : rows.watermarks()[row];
    }

    /** Hands on the rows collected so far. */
    void flush() {
        late.forEach(SideOutput::flush);
        rejected.forEach(SideOutput::flush);
    }

    /** Late and rejected rows have no event time of their own: their takers only learn when there will be no more. */
    void watermark(long watermark) {
        if (watermark == Windowing.END) {
            late.forEach(output -> output.outputs().watermark(watermark));
            rejected.forEach(output -> output.outputs().watermark(watermark));
        }
    }

    @Override
    public void close() {
        late.forEach(SideOutput::close);
        rejected.forEach(SideOutput::close);
    }
}
