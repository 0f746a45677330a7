package io.leat.runtime.local;

import java.util.List;

/**
 * What a worker's epoch was, as far as the rows alone do not say: with it and the same rows, a run can be repeated from the end of the
 * epoch.
 *
 * @param number of the epoch
 * @param worker from 0
 * @param clockMicros the clock value of the epoch, in microseconds since 1970-01-01T00:00Z
 * @param partitions where each partition of the worker stood at the end
 * @param raises what silent partitions and new ones did in it, in order
 * @param tables which versions of refreshed tables it saw
 */
public record EpochRecord(
        long number,
        int worker,
        long clockMicros,
        List<PartitionState> partitions,
        List<Raise> raises,
        List<TableState> tables) {
    public EpochRecord {
        partitions = List.copyOf(partitions);
        raises = List.copyOf(raises);
        tables = List.copyOf(tables);
    }

    /**
     * Where a partition stood.
     *
     * @param position where reading would go on, as its reader writes it
     * @param watermark behind the last row read, in microseconds; the smallest {@code long} before the first
     */
    public record PartitionState(String table, String partition, String position, long watermark, boolean ended) {}

    /**
     * Which reading of a refreshed table was looked into.
     *
     * @param version 1 for what was read before the first row
     */
    public record TableState(String table, int version) {}

    /**
     * A silent partition took over the watermark of the others, or one that appeared began with it.
     *
     * @param position of its next row, the first one that is judged by the new watermark
     */
    public record Raise(String table, String partition, String position, long watermark) {}
}
