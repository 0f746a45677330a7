package io.leat.runtime.local;

import io.leat.runtime.platform.Random;
import io.leat.runtime.window.Windowing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Says which partition of a worker is read next: of a stream the one with the lowest watermark, of a bounded source one after the other. A
 * partition that is ahead of others, on whichever worker, waits for them if it is further ahead than its table allows, or if the memory for
 * state is tight: what comes of it would only be kept until they have come as far.
 */
final class NextPartition {
    private final List<PartitionScan> partitions;
    private final boolean stream;
    private final Optional<Duration> maxDrift;
    private final WatermarkBoard board;
    private final StateMemory memory;
    private final boolean oneLog;
    private final Optional<Random> schedule;
    private int turn;

    /**
     * @param partitions of the worker, to which more may come
     * @param oneLog whether a partition is read to its end before the next one
     * @param schedule to draw the next one from; empty for the usual order
     */
    NextPartition(
            List<PartitionScan> partitions,
            ScanPlan plan,
            WatermarkBoard board,
            StateMemory memory,
            boolean oneLog,
            Optional<Random> schedule) {
        this.partitions = partitions;
        this.stream = plan.spec().stream();
        this.maxDrift = plan.settings().maxDrift();
        this.board = board;
        this.memory = memory;
        this.oneLog = oneLog;
        this.schedule = schedule;
    }

    /** Whether any one may be next, by lot. */
    boolean isDrawn() {
        return schedule.isPresent();
    }

    /** One that has not ended, of which there must be some; null if it has to wait for others. */
    PartitionScan choose() {
        if (oneLog) {
            return partitions.stream()
                    .filter(each -> !each.isEnded() && !each.stands())
                    .findFirst()
                    .orElseThrow();
        }
        PartitionScan next = schedule.isPresent() ? any(schedule.get()) : inTurn();
        return stream && isAhead(next) ? null : next;
    }

    private PartitionScan any(Random random) {
        List<PartitionScan> open =
                partitions.stream().filter(each -> !each.isEnded()).toList();
        return open.get((int) Math.floorMod(random.nextLong(), (long) open.size()));
    }

    /** The one with the lowest watermark; in turns where they are equal. */
    private PartitionScan inTurn() {
        PartitionScan lowest = null;
        for (int i = 0; i < partitions.size(); i++) {
            int index = stream ? (turn + i) % partitions.size() : i;
            PartitionScan each = partitions.get(index);
            boolean quiet = each.isSilent();
            if (each.isEnded()) {
                continue;
            }
            boolean better = lowest == null
                    || lowest.isSilent() && !quiet
                    || quiet == lowest.isSilent() && each.watermark() < lowest.watermark();
            if (better) {
                lowest = each;
            }
        }
        turn++;
        // Silent partitions are asked now and then, or they would never speak again.
        if (turn % partitions.size() == 0 && stream) {
            PartitionScan other = partitions.get(turn / partitions.size() % partitions.size());
            return other.isEnded() ? lowest : other;
        }
        return lowest;
    }

    /** Nobody waits for one that has nothing to be read: it may not come for long, and falls idle in its own time. */
    private boolean isAhead(PartitionScan partition) {
        boolean tight = memory.isTight();
        if (maxDrift.isEmpty() && !tight || partition.isSilent()) {
            return false;
        }
        long drift = tight ? 0 : maxDrift.get().toNanos() / 1_000;
        return Windowing.minus(partition.watermark(), drift) > board.leastToRead(partition.slot());
    }
}
