package io.leat.compiler.physical;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.function.Aggregates;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.Aggregate;
import io.leat.compiler.logical.LogicalPlan.AggregateCall;
import io.leat.compiler.logical.Plans;
import io.leat.compiler.logical.Sessions;
import io.leat.compiler.logical.Traits.WindowColumns;
import io.leat.compiler.physical.HashAggregation.Call;
import io.leat.compiler.physical.HashAggregation.OutputColumn;
import io.leat.compiler.physical.PhysicalOperator.GroupSessions;
import io.leat.compiler.physical.PhysicalOperator.Pipeline;
import io.leat.compiler.physical.Terminal.Input;
import io.leat.compiler.physical.Terminal.LateRule;
import io.leat.compiler.physical.Terminal.Slicing;
import io.leat.runtime.job.NodeSpec.Edge;
import io.leat.runtime.job.Pace;
import io.leat.runtime.state.TableLayout;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.TimestampType;
import io.leat.runtime.window.Closing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Groups of whole sessions, where nothing needs their rows: an operator keeps what the aggregates need of each session instead of its
 * rows, and merges it where sessions merge.
 */
final class SessionGroupsPlanner {
    private final Aggregate plan;
    private final Sessions sessions;
    private final WindowColumns bounds;
    private final List<Expr> columns;
    /** Columns that are grouped by, other than bounds. */
    private final List<Integer> keys;

    /**
     * @param sessions what {@link #sessions} found, of which the paths carry the times of rows where bounds are expected
     */
    SessionGroupsPlanner(Aggregate plan, Sessions sessions) {
        this.plan = plan;
        this.sessions = sessions;
        this.bounds = plan.input().traits().window().orElseThrow();
        this.columns = Plans.columns(plan.input(), plan.at());
        this.keys = plan.keys().stream().filter(key -> !bounds.holds(key)).toList();
    }

    /**
     * The sessions that an aggregate makes one group of each, without looking at a row again when it is over. Rows are kept for what
     * depends on their order (sums of floating-point numbers) or on all values (DISTINCT, lists), for groups within sessions or across
     * them, and for keys that are very many.
     */
    static Optional<Sessions> sessions(Aggregate plan) {
        LogicalPlan below = plan.input();
        while (below instanceof LogicalPlan.Project project) {
            below = project.input();
        }
        Optional<WindowColumns> window = plan.input().traits().window();
        if (!(below instanceof Sessions sessions) || !plan.windowed() || window.isEmpty()) {
            return Optional.empty();
        }
        List<Integer> keys =
                plan.keys().stream().filter(key -> !window.get().holds(key)).toList();
        Set<Integer> origins = new HashSet<>();
        keys.forEach(key -> origins.add(origin(plan.input(), key).orElse(-1)));
        boolean whole = origins.equals(new HashSet<>(sessions.keys())) && !WindowUse.isLookedAt(plan);
        boolean merges =
                plan.calls().stream().allMatch(call -> !call.distinct() && Aggregates.isMergeable(call.function()));
        boolean few = !AggregatePlanner.isPacked(
                held(keys.stream().map(plan.input().output()::get).toList()));
        return whole && merges && few ? Optional.of(sessions) : Optional.empty();
    }

    /** The column of the sessions' output that a column is, if it is one. */
    private static OptionalInt origin(LogicalPlan plan, int column) {
        if (plan instanceof LogicalPlan.Project project) {
            return project.expressions().get(column) instanceof Expr.Column of
                    ? origin(project.input(), of.index())
                    : OptionalInt.empty();
        }
        return OptionalInt.of(column);
    }

    /** What identifies a group of a batch: hash and time stand before the key. */
    private static List<Field> held(List<Field> keys) {
        List<Field> held =
                new ArrayList<>(List.of(Field.required("$hash", Type.BIGINT), Field.required("$time", Type.BIGINT)));
        held.addAll(keys);
        return held;
    }

    Path plan(List<Path> paths, Operators operators) {
        int id = operators.newId();
        Expr time = columns.get(IntStream.of(bounds.end(), bounds.time(), bounds.start())
                .filter(each -> each >= 0)
                .findFirst()
                .orElseThrow());
        List<Expr> sentKeys = keys.stream().map(columns::get).toList();
        Spreading spreading = Spreading.by(keys, paths, operators);
        List<Expr> hashed = spreading.by().stream().map(columns::get).toList();
        List<Input> inputs = plan.calls().stream()
                .map(call -> new Input(call.argument(), call.filter()))
                .toList();
        SentInputs values = new SentInputs(inputs, keys.size() + 1, plan.at());
        List<Expr> sent = new ArrayList<>(List.of(time));
        sent.addAll(values.sent());
        Schema schema = new Schema(fields(time, values));
        List<Edge> edges = new ArrayList<>();
        for (Path path : paths) {
            // A row before its watermark is late.
            Optional<LateRule> late = path.judged() ? Optional.of(new LateRule(time, 1)) : Optional.empty();
            Terminal send = new Terminal.EmitKeyed(sentKeys, hashed, sent, false, late, schema, plan.at());
            edges.add(new Edge(operators.pipeline(path, send), spreading.distribution()));
        }
        HashAggregation aggregation = aggregation(id);
        Pipeline update = new Pipeline(
                id,
                edges,
                schema,
                false,
                false,
                Pace.OF_ROWS,
                false,
                operators.statements(),
                List.of(),
                new Terminal.Update(aggregation, received(schema), values.received(), new Slicing.None(), plan.at()));
        operators.add(new GroupSessions(id, edges, aggregation, update, sessions.gap(), plan.at()));
        boolean parallel = Spreading.isSpread(keys, paths);
        List<Integer> told = spreading.by().stream()
                .map(column -> plan.keys().indexOf(column))
                .toList();
        return Path.of(id, aggregation.output(), parallel).placedBy(parallel ? List.of(told) : List.of());
    }

    /** Key, time, values, hash. */
    private List<Field> fields(Expr time, SentInputs values) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            Expr key = columns.get(keys.get(i));
            fields.add(new Field("key" + (i + 1), key.type(), key.nullable()));
        }
        fields.add(Field.required("time", time.type()));
        fields.addAll(values.fields());
        fields.add(Field.required("$hash", Type.BIGINT));
        return fields;
    }

    /** The columns that arrive, as the table holds them. */
    private List<Expr> received(Schema schema) {
        List<Expr> columns = Plans.columns(schema.fields(), plan.at());
        List<Expr> received = new ArrayList<>();
        received.add(columns.get(schema.size() - 1));
        received.add(columns.get(keys.size()));
        received.addAll(columns.subList(0, keys.size()));
        return received;
    }

    private HashAggregation aggregation(int id) {
        List<Field> held = held(keys.stream().map(plan.input().output()::get).toList());
        TableLayout layout = LayoutPlanner.ofGroups(
                held, plan.calls().stream().map(AggregateCall::function).toList());
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < plan.calls().size(); i++) {
            int offset = layout.accumulators().get(i).offset();
            calls.add(new Call(plan.calls().get(i).function(), offset, -1, false));
        }
        return new HashAggregation(
                id,
                held.stream().map(Field::type).toList(),
                false,
                layout,
                calls,
                List.of(),
                new Closing.ByEnd(),
                false,
                false,
                false,
                HashAggregation.NOT_COUNTED,
                new Schema(plan.output()),
                outputColumns(held.size() - keys.size()));
    }

    private List<OutputColumn> outputColumns(int firstKey) {
        List<OutputColumn> output = new ArrayList<>();
        for (int key : plan.keys()) {
            if (key == bounds.start()) {
                output.add(new OutputColumn.WindowStart());
            } else if (key == bounds.end()) {
                output.add(new OutputColumn.WindowEnd());
            } else if (key == bounds.time()) {
                TimestampType type =
                        (TimestampType) plan.input().output().get(key).type();
                output.add(new OutputColumn.WindowTime(type.unit()));
            } else {
                output.add(new OutputColumn.Key(firstKey + keys.indexOf(key)));
            }
        }
        IntStream.range(0, plan.calls().size()).forEach(call -> output.add(new OutputColumn.Result(call)));
        return output;
    }
}
