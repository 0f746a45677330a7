package io.leat.runtime.local;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.decode.RecordChunk;
import io.leat.runtime.decode.RecordDecoder;
import io.leat.runtime.local.SourceBatch.BrokenRecord;
import io.leat.runtime.pipeline.SourcePipeline;
import io.leat.runtime.window.Windowing;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Collects what the pipelines of a scan said of each row: counts it, for the job and for each statement, and hands late and rejected
 * rows to those who asked for them. Belongs to one worker.
 */
final class Verdicts implements AutoCloseable {
    private static final int KINDS = 16;
    private static final int ALL = -1;

    private final RowCounts counts;
    private final Map<Integer, RowCounts> byStatement;
    private final RejectSamples samples;
    private final VerdictLog log;
    private final List<SideOutput> late;
    private final List<SideOutput> rejected;
    private final int[] rowsByVerdict = new int[KINDS];
    private long arrived;
    private long judged;
    private byte[] merged = new byte[0];
    private byte[] ofStatement = new byte[0];
    private long refusedWindows;

    /** Where a refused record stood, and the watermark before it. */
    private record Place(PartitionScan partition, long offset, long watermark) {}

    /**
     * @param byStatement the counts of each statement that reads the source
     * @param log what other phases say of the rows; null if there is no other phase
     */
    Verdicts(
            RowCounts counts,
            Map<Integer, RowCounts> byStatement,
            RejectSamples samples,
            VerdictLog log,
            List<SideOutput> late,
            List<SideOutput> rejected) {
        this.counts = counts;
        this.byStatement = new TreeMap<>(byStatement);
        this.samples = samples;
        this.log = log;
        this.late = late;
        this.rejected = rejected;
    }

    /** Records without a value to read: read, and of no use to anybody. */
    void absent(int records) {
        if (records > 0) {
            counts.add(0, records);
            byStatement.values().forEach(each -> each.add(0, records));
        }
    }

    /** Rows and broken records came, which are all to be judged. */
    void arrived(int count) {
        arrived += count;
    }

    /**
     * Every row that was read is in one of the counts, once.
     *
     * @throws IllegalStateException if rows were lost or counted twice, which is a bug
     */
    void checkConservation() {
        if (judged != arrived) {
            throw new IllegalStateException(arrived + " rows were read, and " + judged + " were judged");
        }
    }

    /** Tells of broken records and excluded rows, in the order in which they were read. */
    void refuse(PartitionScan partition, SourceBatch rows, RecordChunk chunk) {
        List<BrokenRecord> records = rows.brokenRecords();
        int next = 0;
        for (int row = 0; row <= rows.batch().rows(); row++) {
            for (; next < records.size() && records.get(next).row() == row; next++) {
                refuseRecord(partition, rows, next, chunk);
            }
            if (row < rows.batch().rows() && rows.isExcluded(row)) {
                refuseRow(partition, rows, row, chunk);
            }
        }
    }

    private void refuseRecord(PartitionScan partition, SourceBatch rows, int index, RecordChunk chunk) {
        BrokenRecord record = rows.brokenRecords().get(index);
        if (isNewlyRejected(partition, rows.rankOfRecord(index))) {
            int origin = record.origin();
            Place place = new Place(partition, chunk.offset(origin), watermarkBefore(partition, rows, record.row()));
            rejectForAll(
                    null,
                    0,
                    record.reason(),
                    chunk.address(origin),
                    Math.max(0, Math.min(chunk.length(origin), RecordDecoder.MAX_RECORD_BYTES)),
                    place);
        }
    }

    private void refuseRow(PartitionScan partition, SourceBatch rows, int row, RecordChunk chunk) {
        if (isNewlyRejected(partition, rows.rank(row))) {
            boolean raw = partition.decoder() != null;
            int origin = rows.origin(row);
            Place place =
                    new Place(partition, offset(partition, rows, row, chunk), watermarkBefore(partition, rows, row));
            rejectForAll(
                    rows.batch(),
                    row,
                    rows.reason(row),
                    raw ? chunk.address(origin) : 0,
                    raw ? chunk.length(origin) : 0,
                    place);
        }
    }

    private static long watermarkBefore(PartitionScan partition, SourceBatch rows, int row) {
        return rows.watermarks() == null ? partition.watermark() : rows.watermarks()[row];
    }

    /** Counts a rejected row; true if no other phase rejected it before. */
    private boolean isNewlyRejected(PartitionScan partition, long rank) {
        judged++;
        byStatement.values().forEach(each -> each.add(SourcePipeline.REJECTED, 1));
        if (log == null) {
            counts.add(SourcePipeline.REJECTED, 1);
            return true;
        }
        int before = recount(partition, rank, SourcePipeline.REJECTED);
        return before < 0 || (before & SourcePipeline.REJECTED) == 0;
    }

    private int recount(PartitionScan partition, long rank, int verdict) {
        int before = log.add(partition.partition().index(), rank, verdict);
        if (before >= 0) {
            counts.add(before, -1);
        }
        counts.add(before < 0 ? verdict : before | verdict, 1);
        return before;
    }

    /** Takes the verdicts of all pipelines on the rows of a batch. */
    void judge(PartitionScan partition, SourceBatch rows, RecordChunk chunk, List<PipelineOperator> pipelines) {
        int count = rows.batch().rows();
        judged += count;
        mergeAll(pipelines, count);
        boolean special = false;
        Arrays.fill(rowsByVerdict, 0);
        for (int row = 0; row < count; row++) {
            int verdict = merged[row];
            rowsByVerdict[verdict]++;
            special |= (verdict & (SourcePipeline.LATE | SourcePipeline.REJECTED)) != 0;
        }
        if (log == null) {
            counts.addAll(rowsByVerdict);
        }
        if (log != null || special) {
            for (int row = 0; row < count; row++) {
                tell(partition, rows, row, chunk, merged[row]);
            }
        }
        countByStatement(partition, rows, chunk, pipelines, count, special);
        countRefusedWindows(pipelines);
    }

    private void mergeAll(List<PipelineOperator> pipelines, int count) {
        if (merged.length < count) {
            merged = new byte[count];
        }
        Arrays.fill(merged, 0, count, (byte) 0);
        for (PipelineOperator pipeline : pipelines) {
            merge(pipeline.verdicts(), merged, count);
        }
    }

    private static void merge(byte[] verdicts, byte[] into, int count) {
        for (int row = 0; row < count; row++) {
            into[row] |= verdicts[row];
        }
    }

    private void tell(PartitionScan partition, SourceBatch rows, int row, RecordChunk chunk, int verdict) {
        int before = log == null ? -1 : recount(partition, rows.rank(row), verdict);
        int all = before < 0 ? verdict : before | verdict;
        int news = before < 0 ? verdict : verdict & ~before;
        if ((news & SourcePipeline.REJECTED) != 0) {
            samples.add(partition.partition().name(), offset(partition, rows, row, chunk), rows.reason(row));
            send(rejected, ALL, partition, rows, row, chunk, rows.reason(row));
        }
        if ((news & SourcePipeline.LATE) != 0 && (all & SourcePipeline.REJECTED) == 0) {
            send(late, ALL, partition, rows, row, chunk, "LATE");
        }
    }

    private void countByStatement(
            PartitionScan partition,
            SourceBatch rows,
            RecordChunk chunk,
            List<PipelineOperator> pipelines,
            int count,
            boolean special) {
        if (byStatement.size() == 1 && log == null && !special) {
            byStatement.values().forEach(each -> each.addAll(rowsByVerdict));
            return;
        }
        for (Map.Entry<Integer, RowCounts> statement : byStatement.entrySet()) {
            if (ofStatement.length < count) {
                ofStatement = new byte[count];
            }
            Arrays.fill(ofStatement, 0, count, (byte) 0);
            for (PipelineOperator pipeline : pipelines) {
                if (pipeline.statement() == statement.getKey()) {
                    merge(pipeline.verdicts(), ofStatement, count);
                }
            }
            for (int row = 0; row < count; row++) {
                int verdict = ofStatement[row];
                statement.getValue().add(verdict, 1);
                if ((verdict & SourcePipeline.REJECTED) != 0) {
                    send(rejected, statement.getKey(), partition, rows, row, chunk, rows.reason(row));
                } else if ((verdict & SourcePipeline.LATE) != 0) {
                    send(late, statement.getKey(), partition, rows, row, chunk, "LATE");
                }
            }
        }
    }

    private void countRefusedWindows(List<PipelineOperator> pipelines) {
        long total = 0;
        for (PipelineOperator pipeline : pipelines) {
            total += pipeline.refusedWindows();
        }
        counts.addRefusedWindows(total - refusedWindows);
        refusedWindows = total;
    }

    /** Hands a row to the side outputs of a statement, or to those of {@link #ALL} statements. */
    private static void send(
            List<SideOutput> outputs,
            int statement,
            PartitionScan partition,
            SourceBatch rows,
            int row,
            RecordChunk chunk,
            String reason) {
        boolean raw = partition.decoder() != null;
        int origin = rows.origin(row);
        for (SideOutput output : outputs) {
            if (output.statement() == statement) {
                output.add(
                        rows.batch(),
                        row,
                        reason,
                        raw ? chunk.address(origin) : 0,
                        raw ? chunk.length(origin) : 0,
                        partition.partition().name(),
                        offset(partition, rows, row, chunk),
                        watermarkBefore(partition, rows, row));
            }
        }
    }

    /** Where a row stands in its partition: for rows that were never records, their rank. */
    private static long offset(PartitionScan partition, SourceBatch rows, int row, RecordChunk chunk) {
        return partition.decoder() == null ? rows.rank(row) : chunk.offset(rows.origin(row));
    }

    /** Tells of what is no row of the source, for whatever statement. */
    private void rejectForAll(Batch rows, int row, String reason, long raw, int rawBytes, Place place) {
        String partition = place.partition().partition().name();
        samples.add(partition, place.offset(), reason);
        for (SideOutput output : rejected) {
            output.add(rows, row, reason, raw, rawBytes, partition, place.offset(), place.watermark());
        }
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
