package io.leat.runtime.local;

import io.leat.runtime.job.JobGraph;
import io.leat.runtime.job.NodeSpec;
import io.leat.runtime.job.NodeSpec.JoinBound;
import io.leat.runtime.job.NodeSpec.SortKey;
import io.leat.runtime.job.OperatorPlan;
import io.leat.runtime.job.PartitionSpec;
import io.leat.runtime.job.SinkSpec;
import io.leat.runtime.job.SourceSpec;
import io.leat.runtime.job.SourceSpec.ChangelogSpec;
import io.leat.runtime.state.TableLayout;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import io.leat.runtime.window.Closing;
import io.leat.runtime.window.Windowing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a node keeps, field by field, in words: whatever would be read as something else is another field or another value. Names of columns
 * are not in it, since a column is what it was when it is renamed.
 */
final class SavedLayout {
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long MICROS_PER_MILLI = 1_000;

    private final Map<String, String> fields = new LinkedHashMap<>();

    private SavedLayout() {}

    /** Empty for a node that keeps nothing. */
    static Map<String, String> of(NodeSpec node, JobGraph graph, OperatorPlan plan) {
        SavedLayout layout = new SavedLayout();
        layout.describe(node, graph, plan);
        return layout.fields;
    }

    private void describe(NodeSpec node, JobGraph graph, OperatorPlan plan) {
        if (node instanceof NodeSpec.Scan scan) {
            source(graph.sources().get(scan.source()));
        } else if (node instanceof NodeSpec.MemoryScan scan) {
            put("rows of", graph.sources().get(scan.source()).table());
        } else if (node instanceof NodeSpec.Values values) {
            put("rows", values.rows().size());
        } else if (node instanceof NodeSpec.Aggregate aggregate) {
            put("windows", closing(aggregate.closing()));
            put("changes", aggregate.changes());
            groups(aggregate.layouts(), plan.calls());
        } else if (node instanceof NodeSpec.SessionGroups sessions) {
            put("gap", time(sessions.gap()));
            groups(sessions.layouts(), plan.calls());
        } else if (node instanceof NodeSpec.Sessions sessions) {
            put("gap", time(sessions.gap()));
            put("keys", sessions.keys());
            put("time", "column " + (sessions.timeColumn() + 1));
            columns("column", sessions.schema());
        } else if (node instanceof NodeSpec.Sort sort) {
            put("order", order(sort.keys()));
            put("limit", sort.limit() + " after " + sort.offset());
            columns("column", sort.schema());
        } else if (node instanceof NodeSpec.Limit limit) {
            put("limit", limit.limit() + " after " + limit.offset());
        } else if (node instanceof NodeSpec.Settle settle) {
            columns("column", settle.input());
        } else if (node instanceof NodeSpec.Rank rank) {
            partitions(rank.rows());
        } else if (node instanceof NodeSpec.Over over) {
            partitions(over.rows());
        } else if (node instanceof NodeSpec.Build build) {
            groups(List.of(build.layout()), List.of());
        } else if (node instanceof NodeSpec.StreamJoin join) {
            join(join);
        } else if (node instanceof NodeSpec.ClockFilter filter) {
            put("from", filter.from());
            put("until", filter.until());
            put("keys", filter.keys());
            columns("column", filter.schema());
        } else if (node instanceof NodeSpec.Deliver deliver) {
            SinkSpec sink = graph.sinks().get(deliver.sink());
            put("rows", sink.kind() == SinkSpec.Kind.PRINT ? "shown" : "of a table");
            if (sink.changes() || sink.pauses().any()) {
                put("told", sink.telling() + (sink.pauses().any() ? " after pauses" : ""));
                columns("column", sink.schema());
            }
        }
    }

    private void put(String field, Object value) {
        fields.put(field, String.valueOf(value));
    }

    /** The positions of its partitions say where they are, and rows that come and go are kept by key. */
    private void source(SourceSpec source) {
        put("rows of", source.table());
        put("event time", source.eventTime().isPresent() ? "yes" : "no");
        put("changes", source.changelog().map(SavedLayout::changes).orElse("no"));
        if (source.changelog().isPresent()) {
            columns("column", source.schema());
        }
    }

    private static String changes(ChangelogSpec changelog) {
        String rows = changelog.isVersions() ? "versions" : changelog.isKeyed() ? "by key" : "by row";
        return rows + (changelog.isKeyed() ? " " + changelog.key() : "") + (changelog.oneLog() ? ", one log" : "");
    }

    private void groups(List<TableLayout> layouts, List<String> calls) {
        for (int i = 0; i < layouts.size(); i++) {
            TableLayout layout = layouts.get(i);
            String of = i == 0 ? "" : "distinct values " + i + ", ";
            for (int key = 0; key < layout.keys().size(); key++) {
                put(of + "key " + (key + 1), type(layout.keys().get(key)));
            }
            for (int column = 0; column < layout.columns().size(); column++) {
                put(of + "column " + (column + 1), type(layout.columns().get(column)));
            }
            for (int slot = 0; slot < layout.accumulators().size(); slot++) {
                TableLayout.AccumulatorSlot accumulator = layout.accumulators().get(slot);
                String call = i == 0 && slot < calls.size() ? calls.get(slot) : accumulator.name();
                put(of + "aggregate " + (slot + 1), call + " in " + accumulator.width() + " bytes");
            }
        }
    }

    private static String type(TableLayout.ColumnSlot slot) {
        return slot.type().sql() + (slot.nullBit() < 0 ? " NOT NULL" : "");
    }

    private void partitions(PartitionSpec rows) {
        put("keys", rows.keys());
        put("order", order(rows.order()));
        put("windows", rows.windowed() ? "yes" : "no");
        put("changes", rows.changes() ? "yes" : "no");
        columns("column", rows.input());
    }

    private void join(NodeSpec.StreamJoin join) {
        put("join", join.kind());
        put("changes", join.atOnce() ? "yes" : "no");
        boolean asks = join.bound().filter(JoinBound.Lookup.class::isInstance).isPresent();
        // What is asked outside is not kept, and options may hold secrets.
        put(
                "pairs",
                asks ? "asked by key" : join.bound().map(SavedLayout::bound).orElse("of any time"));
        put("keys", join.left().keys());
        columns("left column", join.left().schema());
        columns("right column", join.right().schema());
    }

    private static String bound(JoinBound bound) {
        if (bound instanceof JoinBound.Distance distance) {
            return "of columns " + distance.left() + " and " + distance.right() + " from " + time(distance.from())
                    + " to " + time(distance.to());
        }
        if (bound instanceof JoinBound.AsOf asOf) {
            return "as of columns " + asOf.left() + " and " + asOf.right() + ", ties by " + asOf.ties();
        }
        return "of the same window";
    }

    private void columns(String field, Schema schema) {
        int number = 1;
        for (Field column : schema.fields()) {
            put(field + " " + number++, column.type().sql() + (column.nullable() ? "" : " NOT NULL"));
        }
    }

    private static String order(List<SortKey> keys) {
        return keys.stream()
                .map(key -> "column " + (key.column() + 1) + (key.descending() ? " DESC" : "")
                        + (key.nullsFirst() ? " NULLS FIRST" : ""))
                .collect(Collectors.joining(", "));
    }

    private static String closing(Closing closing) {
        if (closing instanceof Closing.BySlice slices) {
            Windowing windows = slices.windowing();
            String kind = windows.isCumulating() ? "cumulating" : windows.isTumbling() ? "tumbling" : "hopping";
            return kind + " of " + time(windows.size())
                    + (windows.isTumbling() ? "" : " every " + time(windows.slide()))
                    + (windows.offset() == 0 ? "" : " shifted by " + time(windows.offset()));
        }
        return closing instanceof Closing.ByEnd ? "by their end" : "none";
    }

    /** To the unit that says it without loss. */
    static String time(long micros) {
        if (micros == JoinBound.Distance.OPEN_FROM || micros == JoinBound.Distance.OPEN_TO) {
            return "any time";
        }
        if (micros % MICROS_PER_SECOND == 0) {
            return micros / MICROS_PER_SECOND + " s";
        }
        return micros % MICROS_PER_MILLI == 0 ? micros / MICROS_PER_MILLI + " ms" : micros + " us";
    }
}
