package io.leat.compiler.physical;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.function.AggregateFunction;
import io.leat.compiler.function.Aggregates;
import io.leat.compiler.logical.LogicalPlan.Aggregate;
import io.leat.compiler.logical.LogicalPlan.AggregateCall;
import io.leat.compiler.logical.Plans;
import io.leat.compiler.logical.Traits.WindowColumns;
import io.leat.compiler.logical.WindowKind;
import io.leat.compiler.physical.HashAggregation.Call;
import io.leat.compiler.physical.HashAggregation.DistinctValues;
import io.leat.compiler.physical.HashAggregation.OutputColumn;
import io.leat.compiler.physical.PhysicalOperator.EmitGroups;
import io.leat.compiler.physical.Terminal.Input;
import io.leat.compiler.physical.Terminal.Slicing;
import io.leat.runtime.job.NodeSpec.Distribution;
import io.leat.runtime.job.NodeSpec.Edge;
import io.leat.runtime.state.TableLayout;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Physical;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.TimestampType;
import io.leat.runtime.window.Closing;
import io.leat.runtime.window.Windowing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Groups: pipelines put rows into hash tables by slice of time, an operator emits the groups when their windows close. */
final class AggregatePlanner {
    /** Keys whose handling is guessed to take more code than this are held as one run of bytes. */
    private static final int MAX_KEY_COST = 130;

    private final Aggregate plan;
    private final boolean changes;
    private final Optional<WindowColumns> window;
    /** The windows whose slices the groups are kept by, if they are. */
    private final Optional<Windowing> slices;

    private final List<Expr> columns;
    private final List<Integer> keys = new ArrayList<>();
    private final List<Input> inputs = new ArrayList<>();

    /**
     * @param changes whether each change of a group is to be emitted
     * @param shapes which may be chosen; takes those that are
     */
    AggregatePlanner(Aggregate plan, boolean changes, Shapes shapes) {
        this.plan = plan;
        this.changes = changes;
        this.window = plan.windowed() ? plan.input().traits().window() : Optional.empty();
        this.slices = window.filter(each -> !each.fired())
                .flatMap(AggregatePlanner::even)
                .filter(even -> even.isTumbling() || !changes && !keepsValues(plan, shapes))
                .filter(even -> !WindowUse.isLookedAt(plan) && shapes.choose(Shape.SLICE_WINDOWS));
        this.columns = Plans.columns(plan.input(), plan.at());
        for (int key : plan.keys()) {
            if (!isBound(key)) {
                keys.add(key);
            }
        }
        plan.calls().forEach(call -> inputs.add(new Input(call.argument(), call.filter())));
    }

    /** Whether the values of groups are kept, which belong to windows and not to pieces of them, since rows come and go. */
    private static boolean keepsValues(Aggregate plan, Shapes shapes) {
        boolean takesBack = Plans.comesAndGoes(plan.input()) || !shapes.allows(Shape.SPECIALIZE_APPEND);
        return takesBack
                && plan.calls().stream()
                        .anyMatch(call -> call.distinct()
                                || Aggregates.overChanges(call.function()).keepsValues());
    }

    private static Optional<Windowing> even(WindowColumns window) {
        return window.kind() instanceof WindowKind.Even even ? Optional.of(even.windowing()) : Optional.empty();
    }

    /** Whether a column is known from the piece of state that a group is in. By its end alone a window's start is not known. */
    private boolean isBound(int column) {
        return window.isPresent()
                && window.get().holds(column)
                && (isSliced() || column != window.get().start());
    }

    /**
     * Whether the window's columns are only grouped by. The paths then carry the event time in their place, and nothing is expanded.
     */
    boolean isSliced() {
        return slices.isPresent();
    }

    // ---- what is kept
    // --------------------------------------------------------------------------------------------------

    private HashAggregation aggregation(int id, boolean weighted) {
        List<Field> fields = plan.input().output();
        List<Field> keyFields = keys.stream().map(fields::get).toList();
        boolean packed = isPacked(keyFields);
        List<Field> held = packed ? List.of(Field.required("keys", Type.VARBINARY)) : keyFields;
        List<AggregateFunction> functions = plan.calls().stream()
                .map(call -> weighted ? Aggregates.overChanges(call.function()) : call.function())
                .toList();
        boolean counted = changes || weighted;
        TableLayout layout = LayoutPlanner.ofGroups(held, counted ? withRows(functions) : functions);
        List<DistinctValues> sets = new ArrayList<>();
        List<Call> calls = weighted ? callsByValue(functions, layout) : calls(functions, layout, sets);
        List<Field> output = plan.output();
        return new HashAggregation(
                id,
                keyFields.stream().map(Field::type).toList(),
                packed,
                layout,
                calls,
                sets,
                closing(),
                !counted && functions.stream().anyMatch(AggregateFunction::orderSensitive),
                weighted,
                changes,
                counted ? layout.accumulators().get(functions.size()).offset() : HashAggregation.NOT_COUNTED,
                new Schema(changes ? Operators.weighted(output) : output),
                outputColumns());
    }

    private Closing closing() {
        if (window.isEmpty()) {
            return new Closing.AtEnd();
        }
        return slices.isPresent() ? new Closing.BySlice(slices.get()) : new Closing.ByEnd();
    }

    /** The functions, and behind them the count of a group's rows. */
    private static List<AggregateFunction> withRows(List<AggregateFunction> functions) {
        List<AggregateFunction> all = new ArrayList<>(functions);
        all.add(Aggregates.countRows());
        return all;
    }

    /** Whether keys are so many that they are held as one run of bytes. */
    static boolean isPacked(List<Field> keys) {
        return keys.stream().mapToInt(AggregatePlanner::cost).sum() > MAX_KEY_COST;
    }

    /** About how much code a key column takes wherever keys are hashed, compared and written. */
    private static int cost(Field key) {
        return 15 + (key.nullable() ? 15 : 0) + (key.type().physical() == Physical.BYTES ? 25 : 0);
    }

    /** Calls of the same distinct values share a set. */
    private List<Call> calls(List<AggregateFunction> functions, TableLayout layout, List<DistinctValues> sets) {
        List<Call> calls = new ArrayList<>();
        List<Input> ofSets = new ArrayList<>();
        for (int i = 0; i < plan.calls().size(); i++) {
            AggregateCall call = plan.calls().get(i);
            int set = -1;
            if (call.distinct()) {
                set = ofSets.indexOf(inputs.get(i));
                if (set < 0) {
                    set = ofSets.size();
                    ofSets.add(inputs.get(i));
                    Type type = call.argument().orElseThrow().type();
                    sets.add(new DistinctValues(type, LayoutPlanner.ofDistinctValues(type)));
                }
            }
            calls.add(new Call(
                    functions.get(i),
                    layout.accumulators().get(i).offset(),
                    set,
                    plan.calls().get(i).distinct()));
        }
        return calls;
    }

    /** Over changes, all calls of the same argument that need its values share one count of them. */
    private List<Call> callsByValue(List<AggregateFunction> functions, TableLayout layout) {
        List<Call> calls = new ArrayList<>();
        List<Input> counted = new ArrayList<>();
        for (int i = 0; i < functions.size(); i++) {
            boolean byValue = plan.calls().get(i).distinct() || functions.get(i).keepsValues();
            if (byValue && !counted.contains(inputs.get(i))) {
                counted.add(inputs.get(i));
            }
            int set = byValue ? counted.indexOf(inputs.get(i)) : -1;
            calls.add(new Call(
                    functions.get(i),
                    layout.accumulators().get(i).offset(),
                    set,
                    plan.calls().get(i).distinct()));
        }
        return calls;
    }

    private List<OutputColumn> outputColumns() {
        List<OutputColumn> output = new ArrayList<>();
        for (int key : plan.keys()) {
            if (!isBound(key)) {
                output.add(new OutputColumn.Key(keys.indexOf(key)));
            } else if (key == window.get().start()) {
                output.add(new OutputColumn.WindowStart());
            } else if (key == window.get().end()) {
                output.add(new OutputColumn.WindowEnd());
            } else {
                output.add(new OutputColumn.WindowTime(unit(key)));
            }
        }
        IntStream.range(0, plan.calls().size()).forEach(call -> output.add(new OutputColumn.Result(call)));
        return output;
    }

    private long unit(int timeColumn) {
        return ((TimestampType) plan.input().output().get(timeColumn).type()).unit();
    }

    // ---- how rows get there
    // --------------------------------------------------------------------------------------------

    /** Plans the pipelines and the operator; answers with the path of the groups. */
    Path plan(List<Path> paths, Operators operators) {
        int id = operators.newId();
        HashAggregation aggregation = aggregation(id, operators.takesBack(paths));
        Spreading spreading = Spreading.by(keys, plan.keys(), paths, operators);
        List<Integer> feeding = spreading.moves()
                ? List.of(exchange(paths, aggregation, operators).plan())
                : paths.stream()
                        .map(path -> operators.pipeline(path, update(aggregation, path)))
                        .toList();
        boolean alwaysEmits = plan.keys().isEmpty();
        List<Edge> edges =
                feeding.stream().map(from -> new Edge(from, Distribution.LOCAL)).toList();
        operators.add(new EmitGroups(id, edges, aggregation, alwaysEmits, Bound.of(plan.input(), plan), plan.at()));
        boolean parallel = Spreading.isSpread(keys, paths);
        List<List<Integer>> placed = parallel ? List.of(told(spreading.by())) : List.of();
        if (!changes) {
            return Path.of(id, aggregation.output(), parallel).placedBy(placed);
        }
        List<Integer> from = new ArrayList<>(feeding);
        from.add(id);
        return Path.ofChanges(from, aggregation.output(), parallel).placedBy(placed);
    }

    /** Where columns that are grouped by are in the output. */
    private List<Integer> told(List<Integer> columns) {
        return columns.stream().map(column -> plan.keys().indexOf(column)).toList();
    }

    private AggregateExchange exchange(List<Path> paths, HashAggregation aggregation, Operators operators) {
        return new AggregateExchange(
                plan, aggregation, operators, keys.stream().map(columns::get).toList(), inputs, paths, this::slicing);
    }

    private Terminal update(HashAggregation aggregation, Path path) {
        return new Terminal.Update(
                aggregation, keys.stream().map(columns::get).toList(), inputs, slicing(path), plan.at());
    }

    private Slicing slicing(Path path) {
        if (window.isEmpty()) {
            return new Slicing.None();
        }
        WindowColumns bounds = window.get();
        if (isSliced()) {
            int bound = plan.keys().stream().filter(this::isBound).findFirst().orElseThrow();
            return new Slicing.ByTime(columns.get(bound), slices.get(), path.judged());
        }
        if (plan.keys().contains(bounds.end())) {
            return new Slicing.ByEnd(columns.get(bounds.end()), 0, path.judged());
        }
        if (plan.keys().contains(bounds.time())) {
            return new Slicing.ByEnd(columns.get(bounds.time()), unit(bounds.time()), path.judged());
        }
        return new Slicing.ByEnd(
                columns.get(bounds.start()), even(bounds).orElseThrow().size(), path.judged());
    }
}
