package io.leat.compiler.explain;

import io.leat.compiler.physical.Bound;
import io.leat.compiler.physical.PhysicalOperator;
import io.leat.compiler.physical.PhysicalOperator.BuildTable;
import io.leat.compiler.physical.PhysicalOperator.CombineGroups;
import io.leat.compiler.physical.PhysicalOperator.Deliver;
import io.leat.compiler.physical.PhysicalOperator.EmitGroups;
import io.leat.compiler.physical.PhysicalOperator.EvaluateWindows;
import io.leat.compiler.physical.PhysicalOperator.FilterByClock;
import io.leat.compiler.physical.PhysicalOperator.FormSessions;
import io.leat.compiler.physical.PhysicalOperator.GroupSessions;
import io.leat.compiler.physical.PhysicalOperator.JoinStreams;
import io.leat.compiler.physical.PhysicalOperator.RankRows;
import io.leat.compiler.physical.PhysicalOperator.SettleRows;
import io.leat.compiler.physical.PhysicalOperator.SortRows;
import io.leat.compiler.physical.PhysicalPlan;
import io.leat.compiler.physical.SourceRead;
import io.leat.grammar.source.Origin;
import io.leat.grammar.source.SourceText;
import io.leat.runtime.job.NodeSpec.JoinBound;
import io.leat.runtime.job.SinkSpec;
import io.leat.runtime.job.Telling;
import io.leat.runtime.type.Schema.Leaf;
import java.util.ArrayList;
import java.util.List;

/** What a job keeps, how large an entry is, and what frees it. */
final class StateText {
    static final String AT_END = "bounded by its input; freed at the end of it";

    private final PhysicalPlan plan;
    private final SourceText source;
    private final Lines out;

    StateText(PhysicalPlan plan, SourceText source, Lines out) {
        this.plan = plan;
        this.source = source;
        this.out = out;
    }

    void write() {
        boolean any = false;
        for (SourceRead read : plan.sources()) {
            any |= changelog(read);
        }
        for (PhysicalPlan.Phase phase : plan.phases()) {
            for (PhysicalOperator operator : phase.operators()) {
                any |= write(operator);
            }
        }
        if (!any) {
            out.add(0, "no state: rows pass through");
        }
    }

    /** What is kept to know what a record of a changelog does. */
    private boolean changelog(SourceRead read) {
        if (!read.table().comesAndGoes()) {
            return false;
        }
        boolean keyed = read.table().changelog().get().keyed();
        out.add(
                0,
                "source " + read.table().name() + ": one entry per "
                        + (keyed ? "key, its last row" : "different row that is there"));
        out.add(1, keyed ? "freed when the row of the key is deleted" : "freed when the row is taken back");
        int first = read.schema().firstLeaf(read.table().changelog().get().op() ? 1 : 0);
        List<Leaf> leaves = read.schema().leaves();
        List<Leaf> row = leaves.subList(first, leaves.size());
        List<Leaf> keys = new ArrayList<>();
        if (keyed) {
            for (int column : read.table().primaryKey()) {
                int position = read.columns().indexOf(column);
                keys.addAll(leaves.subList(
                        read.schema().firstLeaf(position), read.schema().firstLeaf(position + 1)));
            }
        }
        String bytes = KeyedBytes.ofLog(keys, row);
        out.add(1, "entry of " + bytes + (keyed ? "" : ", and 8 bytes for how often it is there"));
        return true;
    }

    private boolean write(PhysicalOperator operator) {
        if (operator instanceof EmitGroups emit) {
            new GroupStateText(this, out).write(emit);
        } else if (operator instanceof CombineGroups combine) {
            out.add(
                    0,
                    combine.id() + " groups of " + combine.aggregation().id()
                            + " before they move: one entry per group and slice of each worker");
            out.add(1, "bounded: 2048 and those of a batch; freed at each watermark and at the end of each epoch");
        } else if (operator instanceof BuildTable build) {
            out.add(0, build.id() + " static table: one entry per row, in memory");
            out.add(
                    1,
                    build.refresh() == 0
                            ? "bounded by its input; kept until the job ends"
                            : "bounded by its input; read again every " + Durations.text(build.refresh())
                                    + ", and kept until no worker sees it");
            GroupStateText.layout(build.layout(), out);
        } else if (operator instanceof JoinStreams join) {
            join(join);
        } else if (operator instanceof RankRows rank) {
            new PartitionStateText(this, out).write(rank);
        } else if (operator instanceof EvaluateWindows over) {
            new PartitionStateText(this, out).write(over);
        } else if (operator instanceof FormSessions sessions) {
            sessions(sessions);
        } else if (operator instanceof FilterByClock filter) {
            clockFilter(filter);
        } else if (operator instanceof GroupSessions sessions) {
            new GroupStateText(this, out).write(sessions);
        } else if (operator instanceof SettleRows settle) {
            out.add(0, settle.id() + " rows that come and go: one entry per different row");
            out.add(1, AT_END + ", and when the row goes");
        } else if (operator instanceof SortRows sort) {
            sort(sort);
        } else {
            return operator instanceof Deliver deliver && deliver(deliver);
        }
        return true;
    }

    /**
     * What frees what is kept for as long as rows are there.
     *
     * @param fewer what bounds it otherwise, to be said before that nothing frees it
     * @param fix what would free it
     */
    String freed(Bound bound, String fewer, Origin at, String fix) {
        return switch (bound) {
            case INPUT -> AT_END;
            case CLOCK -> "freed as rows leave, when the clock reaches the moments that they go by";
            case NOTHING -> fewer + unbounded(at, fix);
        };
    }

    /** That nothing frees what an operator keeps, where it stands, and what would. */
    private String unbounded(Origin at, String fix) {
        return "W1001 at " + source.line(at.start()) + ":" + source.column(at.start()) + ": nothing frees it; " + fix;
    }

    private void join(JoinStreams join) {
        if (join.bound().isPresent() && join.bound().get() instanceof JoinBound.AsOf asOf) {
            AsOfStateText.write(join, asOf, out);
        } else if (join.bound().isPresent() && join.bound().get() instanceof JoinBound.Lookup lookup) {
            LookupText.write(join, lookup, out);
        } else {
            new JoinStateText(this, out).write(join);
        }
    }

    /** What frees rows of a session, or what is known of it. */
    static String freed(long gap) {
        return "freed when the watermark passes the end of its session, " + Durations.text(gap)
                + " behind the last row of it";
    }

    private void sessions(FormSessions sessions) {
        out.add(0, sessions.id() + " sessions: one entry per row, by key and time");
        out.add(1, freed(sessions.gap()));
        List<Leaf> leaves = sessions.schema().leaves();
        int first = sessions.schema().firstLeaf(sessions.keys());
        String bytes = KeyedBytes.keyAndRow(leaves.subList(0, first), true, leaves.subList(first, leaves.size() - 1));
        out.add(1, "entry of " + bytes + ", and 8 bytes for how often the row came");
        out.add(1, "timer of 8 bytes and the key, one for each time of it");
    }

    private void clockFilter(FilterByClock filter) {
        List<Leaf> leaves = filter.output().leaves();
        List<Leaf> row = leaves.subList(1, leaves.size());
        if (!filter.from().isEmpty()) {
            out.add(
                    0,
                    filter.id()
                            + " rows that wait for the clock: one entry per different row, by the moment at which it comes");
            out.add(1, "freed when the clock reaches that moment");
            out.add(1, "entry of " + KeyedBytes.timed(2, row) + ", and 8 bytes for how often the row came");
        }
        if (!filter.until().isEmpty()) {
            out.add(0, filter.id() + " rows that leave: one entry per different row, by the moment at which it goes");
            out.add(1, "freed when the clock reaches that moment, or when the row is taken back");
            out.add(1, "entry of " + KeyedBytes.timed(1, row) + ", and 8 bytes for how often the row came");
        }
    }

    private void sort(SortRows sort) {
        String bound = sort.limit() < 0
                ? "bounded by its input"
                : "bounded: the first " + (sort.limit() + sort.offset()) + " rows";
        out.add(0, sort.id() + " sort: rows in memory");
        out.add(1, bound + "; freed at the end of the input");
    }

    /** Changes that are summed up before they are written. */
    private boolean deliver(Deliver deliver) {
        SinkSpec sink = plan.sinks().get(deliver.sink());
        if (sink.telling() != Telling.NET_CHANGES && !sink.pauses().any()) {
            return false;
        }
        String told = sink.pauses().any()
                ? "when they are told, every " + Durations.text(sink.pauses().everyMicros())
                : "at the end of each epoch";
        out.add(0, deliver.id() + " changes for " + sink.name() + ": one entry per row that came or went, on the heap");
        out.add(1, "freed " + told + "; beyond 64 MiB, new rows are written before it");
        return true;
    }
}
