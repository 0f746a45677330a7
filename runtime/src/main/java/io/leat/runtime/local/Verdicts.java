package io.leat.runtime.local;

import io.leat.runtime.connector.SourceReader;
import io.leat.runtime.decode.RecordChunk;
import io.leat.runtime.local.SourceBatch.BrokenRecord;
import io.leat.runtime.pipeline.SourcePipeline;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Collects what the pipelines of a scan said of each row: counts it, for the job and for each statement, and names those that were
 * refused. Belongs to one worker.
 *
 * <p>Calling order for a batch: {@link #arrived}, {@link #refuse} if there is something to refuse, {@link #collect} when all pipelines
 * have seen it, {@link #judge}.
 */
final class Verdicts implements AutoCloseable {
    private static final int KINDS = 16;

    private final RowCounts counts;
    private final Map<Integer, RowCounts> byStatement;
    private final VerdictLog log;
    /** Whether no phase behind this one judges the rows, too. */
    private final boolean last;

    private final Refusals refusals;
    /** What pipelines see of a changelog; null where they see the rows themselves. */
    private final ToldChanges changes;

    private final int[] rowsByVerdict = new int[KINDS];
    private long arrived;
    private long judged;
    private byte[] merged = new byte[0];
    private byte[] ofStatement = new byte[0];
    private boolean anyRefused;
    private long refusedWindows;

    /**
     * @param byStatement the counts of each statement that reads the source
     */
    Verdicts(RowCounts counts, Map<Integer, RowCounts> byStatement, Refusals refusals) {
        this(counts, byStatement, null, true, refusals, null);
    }

    /**
     * @param log what other phases say of the rows; null if there is no other phase
     * @param last whether this phase is the last that judges the rows
     * @param changes what pipelines see of a changelog; null where they see the rows themselves
     */
    Verdicts(
            RowCounts counts,
            Map<Integer, RowCounts> byStatement,
            VerdictLog log,
            boolean last,
            Refusals refusals,
            ToldChanges changes) {
        this.changes = changes;
        this.counts = counts;
        this.byStatement = new TreeMap<>(byStatement);
        this.log = log;
        this.last = last;
        this.refusals = refusals;
    }

    /** Records without a value to read: read, and of no use to anybody. */
    void absent(int records) {
        if (records > 0) {
            counts.add(0, records);
            byStatement.values().forEach(each -> each.add(0, records));
        }
    }

    /** Records were gone before they were read, and the job goes on without them. */
    void expired(PartitionScan partition, SourceReader.Gap gap) {
        refusals.expired(partition, gap);
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
                if (isNewlyRejected(partition, rows.rankOfRecord(next))) {
                    refusals.brokenRecord(partition, rows, next, chunk);
                }
            }
            boolean excluded = row < rows.batch().rows() && rows.isExcluded(row);
            if (excluded && isNewlyRejected(partition, rows.rank(row))) {
                refusals.excludedRow(partition, rows, row, chunk);
            }
        }
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

    /** Takes the verdicts of all pipelines on the rows of a batch; true if the watermark before each row is wanted. */
    boolean collect(List<PipelineOperator> pipelines, int count) {
        if (merged.length < count) {
            merged = new byte[count];
        }
        Arrays.fill(merged, 0, count, (byte) 0);
        for (PipelineOperator pipeline : pipelines) {
            merge(pipeline.verdicts(), merged, count);
        }
        anyRefused = false;
        Arrays.fill(rowsByVerdict, 0);
        for (int row = 0; row < count; row++) {
            int verdict = merged[row];
            rowsByVerdict[verdict]++;
            anyRefused |= (verdict & (SourcePipeline.LATE | SourcePipeline.REJECTED)) != 0;
        }
        return anyRefused || tellsOfEarlier();
    }

    private void merge(byte[] verdicts, byte[] into, int count) {
        if (changes != null) {
            changes.fold(verdicts, into);
            return;
        }
        for (int row = 0; row < count; row++) {
            into[row] |= verdicts[row];
        }
    }

    /** Counts the rows of the batch whose verdicts were collected, and tells of those that were refused. */
    void judge(PartitionScan partition, SourceBatch rows, RecordChunk chunk, List<PipelineOperator> pipelines) {
        int count = rows.batch().rows();
        judged += count;
        if (log == null) {
            counts.addAll(rowsByVerdict);
        }
        if (log != null || anyRefused) {
            for (int row = 0; row < count; row++) {
                tell(partition, rows, row, chunk, merged[row]);
            }
        }
        countByStatement(partition, rows, chunk, pipelines, count);
        countRefusedWindows(pipelines);
    }

    /** Whether rows that were late in an earlier phase are told of by this one, which knows whether anybody has rejected them. */
    boolean tellsOfEarlier() {
        return log != null && last && refusals.wantsLate();
    }

    private void tell(PartitionScan partition, SourceBatch rows, int row, RecordChunk chunk, int verdict) {
        int before = log == null ? -1 : recount(partition, rows.rank(row), verdict);
        int all = before < 0 ? verdict : before | verdict;
        int news = before < 0 ? verdict : verdict & ~before;
        if ((news & SourcePipeline.REJECTED) != 0) {
            refusals.rejected(partition, rows, row, chunk);
        }
        if (last && (all & SourcePipeline.LATE) != 0 && (all & SourcePipeline.REJECTED) == 0) {
            refusals.lateFor(Refusals.ALL, partition, rows, row, chunk);
        }
    }

    private void countByStatement(
            PartitionScan partition, SourceBatch rows, RecordChunk chunk, List<PipelineOperator> pipelines, int count) {
        if (byStatement.size() == 1 && log == null && !anyRefused) {
            byStatement.values().forEach(each -> each.addAll(rowsByVerdict));
            return;
        }
        for (Map.Entry<Integer, RowCounts> statement : byStatement.entrySet()) {
            int number = statement.getKey();
            collectOf(number, pipelines, count);
            for (int row = 0; row < count; row++) {
                int verdict = ofStatement[row];
                statement.getValue().add(verdict, 1);
                if ((verdict & SourcePipeline.REJECTED) != 0) {
                    refusals.rejectedBy(number, partition, rows, row, chunk);
                } else if ((verdict & SourcePipeline.LATE) != 0) {
                    refusals.lateFor(number, partition, rows, row, chunk);
                }
            }
        }
    }

    private void collectOf(int statement, List<PipelineOperator> pipelines, int count) {
        if (ofStatement.length < count) {
            ofStatement = new byte[count];
        }
        Arrays.fill(ofStatement, 0, count, (byte) 0);
        for (PipelineOperator pipeline : pipelines) {
            if (pipeline.statements().contains(statement)) {
                merge(pipeline.verdicts(), ofStatement, count);
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

    /** Hands on the refused rows collected so far. */
    void flush() {
        refusals.flush();
    }

    void watermark(long watermark) {
        refusals.watermark(watermark);
    }

    @Override
    public void close() {
        refusals.close();
    }
}
