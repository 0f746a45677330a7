package io.leat.compiler.physical;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.SortKey;
import io.leat.compiler.logical.Over;
import io.leat.compiler.logical.Plans;
import io.leat.compiler.logical.TopN;
import io.leat.compiler.logical.Traits;
import io.leat.compiler.physical.PhysicalOperator.EvaluateWindows;
import io.leat.compiler.physical.PhysicalOperator.RankRows;
import io.leat.compiler.physical.Terminal.EmitKeyed;
import io.leat.compiler.physical.Terminal.LateRule;
import io.leat.grammar.source.Origin;
import io.leat.runtime.job.NodeSpec;
import io.leat.runtime.job.NodeSpec.Edge;
import io.leat.runtime.job.PartitionSpec;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntUnaryOperator;

/** Rows that rest by partition, in order: what is sent there, and what the operator does with them. */
final class PartitionPlanner {
    private final LogicalPlan input;
    private final List<SortKey> order;
    private final List<Integer> ties;
    private final boolean windowed;
    private final boolean changes;
    private final Origin at;
    private final List<Field> fields;
    private final List<Expr> columns;
    private final List<Integer> keys = new ArrayList<>();
    private final List<Integer> others = new ArrayList<>();

    /**
     * @param changes whether what rows change is to be told at once
     */
    private PartitionPlanner(
            LogicalPlan input,
            List<Integer> partition,
            List<SortKey> order,
            List<Integer> ties,
            boolean windowed,
            boolean changes,
            Origin at) {
        this.input = input;
        this.order = order;
        this.ties = ties;
        this.windowed = windowed;
        this.changes = changes && !windowed;
        this.at = at;
        this.fields = input.output();
        this.columns = Plans.columns(input, at);
        addKeys(partition);
        for (int i = 0; i < fields.size(); i++) {
            if (!keys.contains(i)) {
                others.add(i);
            }
        }
    }

    /** The end of a window comes first, so that what ends together lies together. */
    private void addKeys(List<Integer> partition) {
        Set<Integer> all = new HashSet<>();
        if (windowed) {
            Traits.WindowColumns window = input.traits().window().orElseThrow();
            keys.add(window.end());
            all.add(window.end());
        }
        for (int column : partition) {
            if (all.add(column)) {
                keys.add(column);
            }
        }
    }

    /** The first rows of partitions. */
    static Path rank(TopN plan, List<Path> paths, boolean changes, Operators operators) {
        PartitionPlanner planner = new PartitionPlanner(
                plan.input(), plan.partition(), plan.order(), plan.ties(), plan.windowed(), changes, plan.at());
        Sent sent = planner.send(paths, List.of(), operators);
        PartitionSpec rows = planner.rows(sent, plan.output());
        int id = operators.newId();
        operators.add(new RankRows(
                id,
                sent.edges(),
                rows,
                plan.function(),
                plan.limit(),
                plan.rank().isPresent(),
                Bound.of(plan.input(), plan),
                plan.at()));
        return planner.path(id, rows, sent);
    }

    /** Rows of partitions with what window functions say of them. */
    static Path over(Over plan, List<Path> paths, boolean changes, Operators operators) {
        PartitionPlanner planner = new PartitionPlanner(
                plan.input(), plan.partition(), plan.order(), plan.ties(), plan.windowed(), changes, plan.at());
        WindowCalls calls = new WindowCalls(plan, operators);
        Sent sent = planner.send(paths, calls.computed(), operators);
        PartitionSpec rows = planner.rows(sent, plan.output());
        IntUnaryOperator columns = column -> planner.arrived(sent, column);
        int id = operators.newId();
        operators.add(new EvaluateWindows(
                id,
                sent.edges(),
                rows,
                calls.functions(columns),
                calls.totals(columns),
                Bound.of(plan.input(), plan),
                plan.at()));
        return planner.path(id, rows, sent);
    }

    private Path path(int id, PartitionSpec rows, Sent sent) {
        return changes
                ? Path.ofChanges(List.of(id), rows.output(), sent.parallel()).placedBy(sent.placed())
                : Path.of(id, rows.output(), sent.parallel()).placedBy(sent.placed());
    }

    // ---- how rows get there
    // --------------------------------------------------------------------------------------------

    /**
     * Rows that arrive.
     *
     * @param parallel whether they are on any worker
     * @param placed by which columns they are spread, if they are
     */
    private record Sent(
            List<Edge> edges, Schema schema, boolean weighted, boolean parallel, List<List<Integer>> placed) {}

    /**
     * Sends the rows of paths to their partitions.
     *
     * @param computed what comes behind their columns
     */
    private Sent send(List<Path> paths, List<Expr> computed, Operators operators) {
        boolean weighted = operators.takesBack(paths);
        Schema schema = arriving(computed, weighted);
        List<Expr> sent = new ArrayList<>();
        others.forEach(column -> sent.add(columns.get(column)));
        sent.addAll(computed);
        Spreading spreading = Spreading.by(keys, paths, operators);
        List<Expr> hashed = spreading.by().stream().map(columns::get).toList();
        List<Edge> edges = new ArrayList<>();
        for (Path path : paths) {
            Optional<LateRule> late = windowed && path.judged()
                    ? Optional.of(new LateRule(columns.get(keys.get(0)), 0))
                    : Optional.empty();
            EmitKeyed keyed =
                    new EmitKeyed(keys.stream().map(columns::get).toList(), hashed, sent, weighted, late, schema, at);
            edges.add(new Edge(operators.pipeline(path, keyed), spreading.distribution()));
        }
        boolean parallel = Spreading.isSpread(keys, paths);
        return new Sent(edges, schema, weighted, parallel, parallel ? List.of(spreading.by()) : List.of());
    }

    private Schema arriving(List<Expr> computed, boolean weighted) {
        List<Field> arriving = new ArrayList<>();
        keys.forEach(key -> arriving.add(fields.get(key)));
        others.forEach(column -> arriving.add(fields.get(column)));
        for (int i = 0; i < computed.size(); i++) {
            arriving.add(new Field(
                    "argument" + (i + 1),
                    computed.get(i).type(),
                    computed.get(i).nullable()));
        }
        arriving.add(Field.required("$hash", Type.BIGINT));
        return new Schema(weighted ? Operators.weighted(arriving) : arriving);
    }

    // ---- what rests
    // ----------------------------------------------------------------------------------------------------

    private PartitionSpec rows(Sent sent, List<Field> output) {
        List<NodeSpec.SortKey> by = new ArrayList<>();
        order.forEach(
                key -> by.add(new NodeSpec.SortKey(arrived(sent, key.column()), key.descending(), key.nullsFirst())));
        List<Integer> rest = new ArrayList<>(ties);
        if (!isTotal()) {
            rest.addAll(others);
        }
        rest.forEach(column -> by.add(new NodeSpec.SortKey(arrived(sent, column), false, false)));
        List<Integer> told = new ArrayList<>();
        for (int column = 0; column < fields.size(); column++) {
            told.add(arrived(sent, column));
        }
        return new PartitionSpec(
                sent.schema(),
                sent.weighted(),
                keys.size(),
                by,
                order.size(),
                windowed,
                changes,
                told,
                new Schema(changes ? Operators.weighted(output) : output));
    }

    /** Where a column of the input stands among those that arrive; those that are computed come behind the input's. */
    private int arrived(Sent sent, int column) {
        int first = sent.weighted() ? 1 : 0;
        if (column >= fields.size()) {
            return first + column;
        }
        int key = keys.indexOf(column);
        return first + (key >= 0 ? key : keys.size() + others.indexOf(column));
    }

    /** Whether no two rows of a partition are equal in all that they are ordered by. */
    private boolean isTotal() {
        Set<Integer> known = new HashSet<>(keys);
        known.addAll(ties);
        order.forEach(key -> known.add(key.column()));
        return input.traits().uniqueKeys().stream().anyMatch(known::containsAll);
    }
}
