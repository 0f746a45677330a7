package io.leat.runtime.local;

import io.leat.runtime.decode.UnknownFields;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a job did, while it runs or after it.
 *
 * @param sources what became of the rows of each source, tables in memory apart
 * @param statements what became of the rows that each statement read, by rank of the statement
 * @param deliveries a line per table that was written
 * @param openWindows slices of event time whose windows had not closed when the job stopped, with the groups in them
 * @param notes what else the user should know, a sentence each
 * @param epochs where each worker stood when its last epoch ended
 * @param drained whether the job was stopped before its sources ended
 */
public record JobReport(
        List<SourceReport> sources,
        Map<Integer, RowCounts> statements,
        List<String> deliveries,
        OpenWindows openWindows,
        List<String> notes,
        List<EpochRecord> epochs,
        boolean drained) {
    public JobReport {
        sources = List.copyOf(sources);
        statements = Collections.unmodifiableMap(new TreeMap<>(statements));
        deliveries = List.copyOf(deliveries);
        notes = List.copyOf(notes);
        epochs = List.copyOf(epochs);
    }

    /**
     * @param samples the first rejected rows, with the reason
     * @param unknownFields how often records had names that no column has
     * @param expired the first ranges of records that were gone before they were read, with their partitions
     * @param expiredRecords how many records those and all other ranges had, as their offsets say
     */
    public record SourceReport(
            String table,
            RowCounts counts,
            List<String> samples,
            UnknownFields.Counts unknownFields,
            List<String> expired,
            long expiredRecords) {
        public SourceReport {
            samples = List.copyOf(samples);
            expired = List.copyOf(expired);
        }
    }

    /**
     * State that was discarded.
     *
     * @param entries rows, groups and whatever else operators kept; none where all input has ended
     */
    public record OpenWindows(long slices, long groups, long entries) {}
}
