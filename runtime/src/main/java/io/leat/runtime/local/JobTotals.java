package io.leat.runtime.local;

import io.leat.runtime.job.SourceSpec;
import io.leat.runtime.operator.AggregateOperator;
import io.leat.runtime.pipeline.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a job has done so far: rows by what became of them, what was delivered, and what was still open. Reports may be asked for from any thread. */
final class JobTotals {
    private final Map<Integer, RowCounts> ofSources = new TreeMap<>();
    private final Map<Integer, RowCounts> ofStatements = new TreeMap<>();
    private final List<String> deliveries = new ArrayList<>();
    private long openSlices;
    private long openGroups;
    private long openEntries;

    /** What the phases that have ended counted; to read and to restore. */
    WholeJob.Counts ended() {
        return new WholeJob.Counts(ofSources, ofStatements);
    }

    /** A line for each table that phases that have ended wrote. */
    List<String> deliveries() {
        return deliveries;
    }

    /** A phase has ended. */
    void ended(PhaseCounts counts) {
        add(counts.bySource(), ofSources);
        add(counts.byStatement(), ofStatements);
    }

    private static synchronized void add(Map<Integer, RowCounts> counts, Map<Integer, RowCounts> to) {
        counts.forEach(
                (key, each) -> to.computeIfAbsent(key, k -> new RowCounts()).addAll(each));
    }

    /** Counts what is left in operators at the end of a phase. */
    void leftOpen(List<Worker> workers) {
        for (Worker worker : workers) {
            for (Operator operator : worker.operators()) {
                openEntries += operator.entries();
                if (operator instanceof AggregateOperator aggregate) {
                    openSlices += aggregate.state().slices();
                    openGroups += aggregate.state().entries();
                }
            }
        }
    }

    /**
     * What the job has done so far.
     *
     * @param running what the phase has counted that is running
     */
    JobReport report(JobContext context, Optional<PhaseCounts> running, EpochLog epochs, boolean drained) {
        Map<Integer, RowCounts> sources = new TreeMap<>();
        Map<Integer, RowCounts> statements = new TreeMap<>();
        add(ofSources, sources);
        add(ofStatements, statements);
        running.ifPresent(now -> {
            add(now.bySource(), sources);
            add(now.byStatement(), statements);
        });
        List<JobReport.SourceReport> reports = new ArrayList<>();
        sources.forEach((source, counts) -> {
            SourceSpec spec = context.job().graph().sources().get(source);
            if (spec.connector().isPresent()) {
                Findings found = context.findings().of(source);
                reports.add(new JobReport.SourceReport(
                        spec.table(),
                        counts,
                        found.samples().all(),
                        found.unknownFields(),
                        found.expired().shown(),
                        found.expired().records()));
            }
        });
        return new JobReport(
                reports,
                statements,
                deliveries,
                new JobReport.OpenWindows(openSlices, openGroups, openEntries),
                context.notes().all(),
                epochs.last(),
                drained);
    }
}
