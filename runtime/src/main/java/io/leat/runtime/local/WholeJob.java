package io.leat.runtime.local;

import io.leat.runtime.job.JobGraph.PhaseSpec;
import io.leat.runtime.job.NodeSpec;
import io.leat.runtime.state.Restorable;
import io.leat.runtime.state.SectionReader;
import io.leat.runtime.state.SectionWriter;
import io.leat.runtime.state.StateReader;
import io.leat.runtime.state.StateWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;

/** What a job keeps beside its workers: counts, what earlier phases left, and results that wait for their turn. */
final class WholeJob implements Restorable {
    private final JobContext context;
    private final Counts ended;
    private final Counts running;
    private final Map<Integer, VerdictLog> logs;
    private final List<String> deliveries;
    private IntUnaryOperator sources = IntUnaryOperator.identity();
    private IntUnaryOperator statements = IntUnaryOperator.identity();

    /** Counts by source and by statement. */
    record Counts(Map<Integer, RowCounts> ofSources, Map<Integer, RowCounts> ofStatements) {
        private void save(SectionWriter out) {
            save(ofSources, out);
            save(ofStatements, out);
        }

        private static void save(Map<Integer, RowCounts> counts, SectionWriter out) {
            out.putInt(counts.size());
            counts.forEach((key, each) -> {
                out.putInt(key);
                each.save(out);
            });
        }
    }

    WholeJob(JobContext context, Counts ended, Counts running, Map<Integer, VerdictLog> logs, List<String> deliveries) {
        this.context = context;
        this.ended = ended;
        this.running = running;
        this.logs = logs;
        this.deliveries = deliveries;
    }

    /** Takes over what a query kept in which sources and statements had other numbers, or were others. */
    WholeJob of(QueryChange change) {
        sources = change::source;
        statements = change::statement;
        return this;
    }

    /** The tables that phases before this one built. */
    private static void forEachTable(JobContext context, int phase, Consumer<NodeSpec.Build> visitor) {
        List<PhaseSpec> phases = context.job().graph().phases();
        for (PhaseSpec each : phases.subList(0, phase)) {
            for (NodeSpec node : each.nodes()) {
                if (node instanceof NodeSpec.Build build) {
                    visitor.accept(build);
                }
            }
        }
    }

    /** Saves what tables of ended phases hold. */
    static void saveTables(JobContext context, int phase, SnapshotBuilder snapshot) {
        forEachTable(context, phase, build -> table(context, build).save(snapshot.writer(build.id(), 0)));
    }

    static void restoreTables(JobContext context, int phase, SavedJob saved) {
        forEachTable(context, phase, build -> {
            if (context.refreshed().find(build.id()).isEmpty()) {
                context.staticTables().put(build.id(), context.newStaticTable(build));
            }
            saved.restore(build.id(), 0, 1, table(context, build));
        });
    }

    private static Restorable table(JobContext context, NodeSpec.Build build) {
        Optional<RefreshedTable> refreshed = context.refreshed().find(build.id());
        return refreshed.isPresent() ? refreshed.get() : context.staticTables().get(build.id());
    }

    @Override
    public void save(StateWriter out) {
        SectionWriter whole = out.whole();
        whole.entry();
        ended.save(whole);
        running.save(whole);
        whole.putInt(deliveries.size());
        deliveries.forEach(whole::putText);
        context.findings().saveSamples(whole);
        whole.putInt(logs.size());
        logs.forEach((source, log) -> {
            whole.putInt(source);
            log.save(whole);
        });
        context.memory().save(context.allocator(), out.of("memory").whole());
        context.results().save(context.allocator(), out.of("results").whole());
        context.findings().save(out);
    }

    /** Counts of what is there no more are forgotten. */
    private static void restore(SectionReader whole, Map<Integer, RowCounts> counts, IntUnaryOperator numbers) {
        for (int left = whole.getInt(); left > 0; left--) {
            int number = numbers.applyAsInt(whole.getInt());
            RowCounts each = number < 0 ? new RowCounts() : counts.computeIfAbsent(number, key -> new RowCounts());
            each.restore(whole);
        }
    }

    /** The counts of sources, by number, in a section that {@link #save} wrote. */
    static Map<Integer, RowCounts> readSources(SectionReader whole) {
        Map<Integer, RowCounts> sources = new TreeMap<>();
        whole.next();
        for (int i = 0; i < 2; i++) { // of phases that have ended, and of the one that runs
            restore(whole, sources, IntUnaryOperator.identity());
            restore(whole, new TreeMap<>(), IntUnaryOperator.identity());
        }
        return sources;
    }

    @Override
    public void restore(StateReader in) {
        in.whole(whole -> {
            whole.next();
            for (Counts counts : List.of(ended, running)) {
                restore(whole, counts.ofSources(), sources);
                restore(whole, counts.ofStatements(), statements);
            }
            for (int left = whole.getInt(); left > 0; left--) {
                deliveries.add(whole.getText());
            }
            context.findings().restoreSamples(whole, sources);
            for (int left = whole.getInt(); left > 0; left--) {
                logs.get(whole.getInt()).restore(whole);
            }
        });
        in.of("memory")
                .whole(whole -> context.memory().restore(context.job().graph().sinks(), context.allocator(), whole));
        in.of("results").whole(whole -> context.results().restore(context.allocator(), whole));
        context.findings().restore(in, sources);
    }
}
