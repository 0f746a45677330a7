package io.leat.compiler.bind;

import io.leat.compiler.catalog.Table;
import io.leat.compiler.catalog.Table.TableColumn;
import io.leat.compiler.logical.ClockFilter;
import io.leat.compiler.logical.Demand;
import io.leat.compiler.logical.JoinTime;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.Aggregate;
import io.leat.compiler.logical.Over;
import io.leat.compiler.logical.Sessions;
import io.leat.compiler.logical.StreamJoin;
import io.leat.compiler.logical.TopN;
import io.leat.compiler.logical.Traits.Changelog;
import io.leat.grammar.source.Diagnostic;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Expression;
import io.leat.grammar.tree.Statement.Emit;
import io.leat.runtime.connector.SinkTraits;
import io.leat.runtime.connector.SinkTraits.Changes;
import io.leat.runtime.job.Pauses;
import io.leat.runtime.job.Telling;
import io.leat.runtime.type.Type;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** How the result of a query is told where it goes: what EMIT asks for, and what the table can take. */
final class EmitBinder {
    /** A first column of this name takes the kind of each change. */
    static final String OP = "op";

    private final Context context;
    private final Problems problems;

    EmitBinder(Context context) {
        this.context = context;
        this.problems = context.problems();
    }

    /** A query whose conditions on the clock are what the way of telling makes of them. */
    record Told(LogicalPlan plan, Telling telling) {}

    /**
     * Of a result that is shown.
     *
     * @param at the statement
     */
    Told shown(LogicalPlan rows, Optional<Emit> emit, Origin at) {
        boolean changes = asksForChanges(emit);
        LogicalPlan query = new ClockConditions(context.zone(), problems, changes).in(rows);
        Origin place = emit.map(Emit::at).orElse(at);
        new ChangeChecks(problems, "write EMIT CHANGES to see every change")
                .check(query, changes ? Demand.CHANGES : Demand.FINAL, place);
        return new Told(query, changes ? Telling.CHANGES : Telling.ROWS);
    }

    /**
     * Of a result that is written to a table. Without EMIT a table with a key takes changes, and any other one the final rows.
     *
     * @param columns the columns that the query's columns go to
     * @param takes what the table takes
     * @param at the statement
     */
    Told written(
            LogicalPlan rows,
            Table table,
            List<TableColumn> columns,
            SinkTraits takes,
            Optional<Emit> emit,
            Origin at) {
        Problems ifChanges = new Problems();
        LogicalPlan leaving = new ClockConditions(context.zone(), ifChanges, true).in(rows);
        boolean updates = leaving.traits().changelog() == Changelog.RETRACT || asksForChanges(emit) && isEarly(leaving);
        boolean keyed = takes.changes() == Changes.UPSERT && !table.primaryKey().isEmpty();
        boolean net = takes.net() && (keyed || takes.changes() == Changes.RETRACT);
        boolean changes = emit.isPresent() ? asksForChanges(emit) : net && updates && !ChangeChecks.isOrdered(rows);
        LogicalPlan query = new ClockConditions(context.zone(), problems, changes).in(rows);
        Origin place = emit.map(Emit::at).orElse(at);
        String instead = net
                ? "leave EMIT FINAL out"
                : "write every change to a table with a key: connector = 'kafka' and PRIMARY KEY (…) NOT ENFORCED";
        new ChangeChecks(problems, instead).check(query, changes ? Demand.CHANGES : Demand.FINAL, place);
        if (!changes || !updates && !takesKinds(table, takes)) {
            return new Told(query, takes.changes() == Changes.RETRACT && takes.net() ? Telling.ARRIVALS : Telling.ROWS);
        }
        if (takesKinds(table, takes)) {
            return new Told(query, Telling.CHANGES);
        }
        if (keyed) {
            checkKey(query, table, columns, place);
        } else if (!net) {
            refuse(query, table, takes, place);
        }
        return new Told(query, updates ? Telling.NET_CHANGES : Telling.ARRIVALS);
    }

    private static boolean asksForChanges(Optional<Emit> emit) {
        return emit.isPresent() && emit.get().mode() == Emit.Mode.CHANGES;
    }

    /** Whether results that come once, when a window closes, are told before and corrected, where changes are asked for. */
    private static boolean isEarly(LogicalPlan plan) {
        if (plan instanceof Aggregate) {
            return true;
        }
        for (int input = 0; input < plan.inputs().size(); input++) {
            boolean told = Demand.CHANGES.ofInput(plan, input) == Demand.CHANGES;
            if (told && isEarly(plan.inputs().get(input))) {
                return true;
            }
        }
        return false;
    }

    /** Whether rows of a changelog are rows of the table: a first column takes their kind, or they are shown. */
    private static boolean takesKinds(Table table, SinkTraits takes) {
        return takes.changes() == Changes.RETRACT ? !takes.net() : hasKind(table);
    }

    /** Whether the first column that rows carry into a table takes the kind of a change. */
    static boolean hasKind(Table table) {
        List<TableColumn> written = SinkBinder.written(table);
        return !written.isEmpty()
                && written.get(0).name().equalsIgnoreCase(OP)
                && written.get(0).type().equals(Type.VARCHAR);
    }

    /** Rows that replace each other in the table must be those that replace each other in the query. */
    private void checkKey(LogicalPlan query, Table table, List<TableColumn> columns, Origin at) {
        Set<TableColumn> key =
                table.primaryKey().stream().map(table.columns()::get).collect(Collectors.toSet());
        List<Set<Integer>> known = query.traits().uniqueKeys();
        boolean covered =
                known.stream().anyMatch(each -> each.stream().allMatch(column -> key.contains(columns.get(column))));
        if (covered) {
            return;
        }
        String inTable = table.primaryKey().stream()
                .map(each -> table.columns().get(each).name())
                .collect(Collectors.joining(", "));
        Optional<String> inQuery = known.stream().findFirst().map(each -> names(query, each));
        String what = inQuery.map(each -> "and those of the query by (" + each + ")")
                .orElse("and nothing tells rows of the query apart");
        problems.add(
                ErrorCode.UPDATING_RESULT,
                at,
                "rows of '" + table.name() + "' replace each other by (" + inTable + "), " + what,
                inQuery.map(each -> "declare PRIMARY KEY (" + each + ") NOT ENFORCED in '" + table.name()
                                + "', or write EMIT FINAL")
                        .orElse("select the key of the groups, too, or write EMIT FINAL"));
    }

    private static String names(LogicalPlan query, Set<Integer> key) {
        return new TreeSet<>(key)
                .stream().map(column -> query.output().get(column).name()).collect(Collectors.joining(", "));
    }

    private void refuse(LogicalPlan query, Table table, SinkTraits takes, Origin at) {
        LogicalPlan updating = updating(query);
        String keyed = takes.changes() == Changes.UPSERT
                ? "declare PRIMARY KEY (…) NOT ENFORCED in '" + table.name() + "'"
                : "write to a table with a key: connector = 'kafka' and PRIMARY KEY (…) NOT ENFORCED";
        problems.add(new Diagnostic(
                        ErrorCode.UPDATING_RESULT,
                        "'" + table.name() + "' takes new rows only, and EMIT CHANGES changes rows",
                        at)
                .withNote(what(updating) + " changes rows that it told before", updating.at())
                .withHelp("write EMIT FINAL, or " + keyed + "; a first column 'op STRING' takes changes as rows"));
    }

    /** The lowest node whose rows may go away, where those below only come. */
    private static LogicalPlan updating(LogicalPlan plan) {
        return plan.inputs().stream()
                .filter(input -> input.traits().changelog() == Changelog.RETRACT || isEarly(input))
                .findFirst()
                .map(EmitBinder::updating)
                .orElse(plan);
    }

    private static String what(LogicalPlan plan) {
        if (plan instanceof LogicalPlan.Scan scan) {
            return "the changelog '" + scan.table().name() + "'";
        }
        if (plan instanceof Aggregate aggregate) {
            return aggregate.calls().isEmpty() ? "DISTINCT" : "this aggregate";
        }
        if (plan instanceof ClockFilter) {
            return "this condition on the clock";
        }
        if (plan instanceof StreamJoin) {
            return "this join";
        }
        if (plan instanceof Over) {
            return "this window function";
        }
        return plan instanceof TopN ? "this choice of the first rows" : "this";
    }

    // ---- times
    // ---------------------------------------------------------------------------------------------------------

    /** How long changes are summed up before they are told. */
    Pauses pauses(Telling telling, Optional<Emit> emit) {
        Optional<Expression> every = emit.flatMap(Emit::every);
        if (every.isEmpty()) {
            return Pauses.NONE;
        }
        if (!telling.changes()) {
            problems.add(
                    ErrorCode.MISPLACED_CLAUSE,
                    every.get().at(),
                    "rows of this query only come, so there is nothing to sum up between two times of telling",
                    "leave EVERY out: they are written as they come");
            return Pauses.NONE;
        }
        return Pauses.every(length(every.get(), "EVERY", 1));
    }

    /** The same rows for a statement that waits longer for late ones. */
    LogicalPlan patient(LogicalPlan plan, Emit emit) {
        if (emit.after().isEmpty()) {
            return plan;
        }
        Expression after = emit.after().get();
        if (!waits(plan)) {
            problems.add(
                    ErrorCode.MISPLACED_CLAUSE,
                    after.at(),
                    "no row is late for this query, so there is nothing to wait for",
                    "leave AFTER out; it belongs to windows, and to joins that are bounded in time");
            return plan;
        }
        return patient(plan, length(after, "AFTER", 0));
    }

    private static LogicalPlan patient(LogicalPlan plan, long micros) {
        if (plan instanceof LogicalPlan.Scan scan) {
            return scan.withPatience(micros);
        }
        return plan.inputs().isEmpty()
                ? plan
                : plan.withInputs(plan.inputs().stream()
                        .map(input -> patient(input, micros))
                        .toList());
    }

    /** Whether rows may come late for it, or might if its tables were streams. */
    private static boolean waits(LogicalPlan plan) {
        return plan instanceof LogicalPlan.Window window && !window.byClock()
                || plan instanceof Sessions sessions && !sessions.byClock()
                || plan instanceof LogicalPlan.Join
                || plan instanceof StreamJoin join && !(join.time() instanceof JoinTime.Unbounded)
                || plan.inputs().stream().anyMatch(EmitBinder::waits);
    }

    private long length(Expression written, String clause, long least) {
        OptionalLong micros = new FixedLength(context).micros(written);
        if (micros.isPresent() && micros.getAsLong() >= least) {
            return micros.getAsLong();
        }
        problems.add(
                ErrorCode.BAD_WINDOW,
                written.at(),
                clause + " takes a time of fixed length, " + (least > 0 ? "more than 0" : "0 or more"),
                "write it in days or less, such as " + clause + " INTERVAL '10' SECOND");
        return least;
    }
}
