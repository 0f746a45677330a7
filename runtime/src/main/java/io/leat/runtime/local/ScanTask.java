package io.leat.runtime.local;

import io.leat.runtime.batch.Batch;
import io.leat.runtime.connector.SourceReader;
import io.leat.runtime.connector.SourceReader.Status;
import io.leat.runtime.decode.RecordChunk;
import io.leat.runtime.pipeline.SourceRows;
import io.leat.runtime.platform.Clock;
import io.leat.runtime.platform.Random;
import io.leat.runtime.state.Restorable;
import io.leat.runtime.state.SectionWriter;
import io.leat.runtime.state.StateReader;
import io.leat.runtime.state.StateWriter;
import io.leat.runtime.window.Windowing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the partitions of a source that belong to one worker and leads their rows through the pipelines: decode, complete, move the
 * watermark, process, count. Which is read next, {@link NextPartition} says. A step takes no more rows than fit into a batch, so that an
 * epoch may end behind any of them.
 */
final class ScanTask implements Restorable, AutoCloseable {
    private final ScanPlan plan;
    private final List<PartitionScan> partitions;
    private final Optional<GainedPartitions> gained;
    private final WatermarkBoard board;
    private final Clock clock;
    private final SourceBatch rows;
    private final Batch spare;
    private final Verdicts verdicts;
    private final EventTimes times;
    /** What the rows of a changelog say of each other; null for rows that only come. */
    private final ChangelogReader changelog;

    private final List<EpochRecord.Raise> raises = new ArrayList<>();
    private final NextPartition next;
    /** The partition whose chunk still holds records; null if there is none. */
    private PartitionScan begun;

    private long announced = Windowing.NEVER;
    private boolean stopped;
    /** Whether nobody wants more rows, in this run or any other. */
    private boolean done;
    /** Where partitions that appear begin. */
    private long start = Windowing.NEVER;
    /** Whether the watermark is to be told before the first row. */
    private boolean restored;

    /**
     * @param gained opens what the source gains later; empty if it gains nothing
     * @param changelog for rows that come and go; null for rows that only come
     * @param memory that the job takes
     * @param schedule says which partition is read next; empty for the usual order
     */
    ScanTask(
            ScanPlan plan,
            List<PartitionScan> partitions,
            Optional<GainedPartitions> gained,
            WatermarkBoard board,
            Clock clock,
            Batch batch,
            Batch spare,
            EventTimes times,
            Verdicts verdicts,
            ChangelogReader changelog,
            StateMemory memory,
            Optional<Random> schedule) {
        this.plan = plan;
        this.partitions = new ArrayList<>(partitions);
        this.gained = gained;
        this.board = board;
        this.clock = clock;
        this.changelog = changelog;
        this.rows = new SourceBatch(batch, changelog != null && changelog.takesTombstones());
        this.spare = spare;
        this.times = times;
        this.verdicts = verdicts;
        this.next = new NextPartition(
                this.partitions, plan, board, memory, changelog != null && changelog.isOneLog(), schedule);
    }

    /** An epoch begins. */
    void now(long wallMicros) {
        if (gained.isPresent() && !hasRead()) {
            takeGained(gained.get());
        }
        times.now(wallMicros);
        plan.pipelines().forEach(pipeline -> pipeline.now(wallMicros));
    }

    /**
     * Partitions that have appeared begin with the watermark that was told of the others: none of their rows is behind what was done by it, and
     * until they speak or are silent for long enough they hold it where it is.
     */
    private void takeGained(GainedPartitions source) {
        long start = least();
        for (PartitionScan each : source.open(start)) {
            raises.add(each.raise(plan.spec().table(), start));
            partitions.add(each);
        }
    }

    /** Reads a piece; true if there was one or something else moved. */
    boolean step() {
        if (restored) {
            restored = false;
            announce();
        }
        if (hasRead()) {
            boolean told = announce();
            plan.upToNow().hasRead();
            return told;
        }
        if (plan.isDone() && !verdicts.tellsOfEarlier()) {
            done = true;
            partitions.forEach(this::end);
            return announce();
        }
        PartitionScan partition = begun == null ? next.choose() : begun;
        if (partition == null) {
            return announce();
        }
        Status status = partition.holdsRecords() ? Status.DATA : poll(partition);
        boolean progress = true;
        switch (status) {
            case DATA -> {
                partition.spoke();
                work(partition);
            }
            case END -> end(partition);
            case UP_TO_NOW -> progress = stand(partition);
            case CAUGHT_UP -> progress = wait(partition);
            case PENDING -> {
                partition.spoke();
                progress = false;
            }
        }
        return announce() || progress;
    }

    /** What was there is read: a later run goes on, or the source ends here. */
    private boolean stand(PartitionScan partition) {
        if (plan.upToNow().pauses()) {
            partition.stand();
            return wait(partition);
        }
        end(partition);
        return true;
    }

    private void end(PartitionScan partition) {
        if (!partition.isEnded()) {
            begun = null;
            plan.upToNow().ended(partition.watermark());
            partition.end();
            board.ended(partition.slot());
        }
    }

    private Status poll(PartitionScan partition) {
        if (partition.reader() instanceof SourceReader.Records records) {
            Status status = records.poll(partition.chunk());
            Optional<SourceReader.Gap> gap = records.gap();
            if (gap.isPresent()) {
                verdicts.expired(partition, gap.get());
            }
            return status;
        }
        rows.reset(partition.nextRank());
        SourceReader.Rows reader = (SourceReader.Rows) partition.reader();
        Status status = reader.poll(rows.batch());
        reader.refused().forEach(refused -> rows.exclude(refused.row(), refused.reason()));
        return status;
    }

    private void work(PartitionScan partition) {
        if (partition.decoder() == null) {
            process(partition);
            return;
        }
        RecordChunk chunk = partition.chunk();
        rows.reset(partition.nextRank());
        partition.decoder().decode(chunk, rows.batch(), rows);
        partition.holdsRecords(!chunk.isExhausted());
        begun = partition.holdsRecords() && !next.isDrawn() ? partition : null;
        verdicts.absent(rows.absent());
        plan.decodeKeys(partition, chunk, rows);
        plan.fillMetadata(partition, chunk, rows);
        process(partition);
    }

    private void process(PartitionScan partition) {
        Batch batch = rows.batch();
        RecordChunk chunk = partition.chunk();
        times.complete(rows);
        if (changelog != null) {
            changelog.check(partition, rows);
        }
        if (rows.size() == 0) {
            return;
        }
        partition.passed(rows.size());
        verdicts.arrived(rows.size());
        long after = partition.watermark();
        if (plan.eventTime().isPresent() && plan.spec().stream()) {
            after = plan.eventTime().get().advance(rows, partition.watermark());
        }
        if (rows.hasRefused()) {
            rows.rankRows();
            verdicts.refuse(partition, rows, chunk);
            rows.removeExcluded(spare);
        }
        if (!batch.isEmpty()) {
            rows.fillPlaces(plan.spec(), partition.partition().index());
            SourceRows told = changelog == null ? rows : changelog.tell(partition, rows);
            for (PipelineOperator pipeline : plan.pipelines()) {
                pipeline.lane(partition.slot());
                pipeline.process(told);
            }
            if (verdicts.collect(plan.pipelines(), batch.rows()) && after != partition.watermark()) {
                plan.eventTime().ifPresent(time -> time.note(rows, partition.watermark()));
            }
            verdicts.judge(partition, rows, chunk, plan.pipelines());
        }
        partition.watermark(after);
        board.active(partition.slot(), partition.watermark());
    }

    /** Nothing came at the end of the partition: if that lasts, it must not hold back the others. */
    private boolean wait(PartitionScan partition) {
        long now = clock.nanos();
        if (!partition.isSilent()) {
            partition.fellSilent(now);
            board.silent(partition.slot());
            return false;
        }
        boolean idle =
                partition.silentNanos(now) >= plan.settings().idleTimeout().toNanos();
        if (!idle || !plan.spec().stream()) {
            return false;
        }
        board.idle(partition.slot());
        long raised = board.leastActive(partition.slot());
        if (raised <= partition.watermark()) {
            return false;
        }
        raises.add(partition.raise(plan.spec().table(), raised));
        return true;
    }

    /** Tells the pipelines the watermark of this worker's part of the source; true if it moved. */
    private boolean announce() {
        if (stopped) {
            return false;
        }
        long least = least();
        if (least == Windowing.END && holds()) {
            least = held();
        }
        if (least <= announced) {
            return false;
        }
        announced = least;
        verdicts.flush();
        plan.outputs().watermark(least);
        verdicts.watermark(least);
        return true;
    }

    /** Whether the watermark stays where it is although all partitions have ended, since a later run may find others. */
    private boolean holds() {
        return !done && plan.upToNow().holdsWhenEnded();
    }

    private long held() {
        return Math.max(Math.max(start, announced), plan.upToNow().furthest());
    }

    private long least() {
        long least = Windowing.END;
        for (PartitionScan partition : partitions) {
            least = Math.min(least, partition.watermark());
        }
        return least;
    }

    /**
     * Whether nothing comes from here any more, not even a watermark: every partition has ended, also where there is none, and that was told;
     * or reading was stopped.
     */
    boolean isEnded() {
        return stopped || hasRead() && announced == Windowing.END;
    }

    /** Whether every partition has ended or stands where a later run goes on, or reading was stopped. */
    private boolean hasRead() {
        if (stopped) {
            return true;
        }
        for (PartitionScan partition : partitions) {
            if (!partition.isEnded() && !partition.stands()) {
                return false;
            }
        }
        return true;
    }

    /** Reads no further. No watermark follows: what is open stays open. */
    void stop() {
        stopped = true;
    }

    void endEpoch() {
        if (changelog != null) {
            changelog.endEpoch();
        }
        verdicts.flush();
        verdicts.checkConservation();
    }

    /** Adds what there is to record of the epoch that ended. */
    void record(List<EpochRecord.PartitionState> states, List<EpochRecord.Raise> raisesOfEpoch) {
        String table = plan.spec().table();
        for (PartitionScan each : partitions) {
            states.add(each.state(table));
        }
        raisesOfEpoch.addAll(raises);
        raises.clear();
    }

    @Override
    public void save(StateWriter out) {
        SectionWriter whole = out.whole();
        long now = clock.nanos();
        long ended = least() == Windowing.END && holds() ? held() : Windowing.END;
        partitions.forEach(each -> each.save(whole, now, ended));
        if (changelog != null) {
            changelog.save(out.of("changelog"));
        }
    }

    /** Each partition goes on where it stood, whoever reads it now, and one that is new begins with the watermark of the others. */
    @Override
    public void restore(StateReader in) {
        Map<String, PartitionScan.Saved> saved = new HashMap<>();
        in.wholeOfAll(whole -> {
            while (whole.next()) {
                PartitionScan.Saved each = PartitionScan.Saved.read(whole);
                saved.put(each.partition(), each);
            }
        });
        boolean pauses = plan.upToNow().pauses();
        long least = pauses && saved.isEmpty() ? Windowing.NEVER : Windowing.END;
        for (PartitionScan.Saved each : saved.values()) {
            if (!each.ended() && !plan.partitions().contains(each.partition())) {
                throw new SnapshotException(
                        "partition '" + each.partition() + "' of " + plan.spec().table()
                                + " is gone, of which not everything had been read when the snapshot was made: bring it back, or start"
                                + " without the snapshot");
            }
            least = Math.min(least, each.watermark());
        }
        start = least;
        for (PartitionScan each : partitions) {
            each.restore(
                    saved.get(each.partition().name()), plan.spec().table(), least, changelog != null, clock.nanos());
            if (each.isEnded()) {
                board.ended(each.slot());
            } else {
                board.active(each.slot(), each.watermark());
            }
        }
        if (changelog != null) {
            changelog.restore(in.of("changelog"));
        }
        if (partitions.stream().allMatch(PartitionScan::isEnded)) {
            plan.upToNow().hadEnded();
        }
        restored = true;
    }

    @Override
    public void close() {
        partitions.forEach(PartitionScan::close);
        rows.close();
        spare.close();
        times.close();
        if (changelog != null) {
            changelog.close();
        }
        verdicts.close();
    }
}
