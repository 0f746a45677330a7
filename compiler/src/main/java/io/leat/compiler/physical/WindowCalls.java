package io.leat.compiler.physical;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.function.AggregateFunction;
import io.leat.compiler.logical.LogicalPlan.AggregateCall;
import io.leat.compiler.logical.Over;
import io.leat.compiler.logical.WindowCall;
import io.leat.compiler.physical.HashAggregation.Call;
import io.leat.compiler.physical.HashAggregation.DistinctValues;
import io.leat.compiler.physical.HashAggregation.OutputColumn;
import io.leat.compiler.physical.Terminal.Input;
import io.leat.compiler.physical.Terminal.Slicing;
import io.leat.runtime.job.FrameSpec;
import io.leat.runtime.job.FrameSpec.BoundSpec;
import io.leat.runtime.job.Pace;
import io.leat.runtime.job.WindowFunctionSpec;
import io.leat.runtime.state.TableLayout;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.DateType;
import io.leat.runtime.type.Type.IntervalType;
import io.leat.runtime.type.Type.TimestampType;
import io.leat.runtime.window.Closing;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * The window functions of an operator: what is computed of a row before it rests, and what the operator then does. Aggregates over the
 * same frame share a table, whose groups have numbers, so that there can be one for a frame, or one for each row.
 */
final class WindowCalls {
    private static final long MICROS_PER_DAY = 86_400_000_000L;
    private static final long NANOS_PER_MICRO = 1_000;
    private static final Field GROUP = Field.required("$group", Type.BIGINT);

    private final Over plan;
    private final Operators operators;
    private final List<Expr> computed = new ArrayList<>();
    private final Map<FrameSpec, List<WindowCall.Total>> frames = new LinkedHashMap<>();

    WindowCalls(Over plan, Operators operators) {
        this.plan = plan;
        this.operators = operators;
        for (WindowCall call : plan.calls()) {
            call.arguments().forEach(this::column);
            if (call instanceof WindowCall.Total total) {
                frames.computeIfAbsent(frame(total.frame()), key -> new ArrayList<>())
                        .add(total);
            }
        }
    }

    /** What comes behind the columns of a row: arguments that are no columns themselves. */
    List<Expr> computed() {
        return computed;
    }

    /** The column with the value of an argument. */
    private int column(Expr argument) {
        if (argument instanceof Expr.Column column) {
            return column.index();
        }
        if (!computed.contains(argument)) {
            computed.add(argument);
        }
        return plan.input().output().size() + computed.indexOf(argument);
    }

    /**
     * What the operator computes for each row.
     *
     * @param arrived where a column stands among those that arrive
     */
    List<WindowFunctionSpec> functions(IntUnaryOperator arrived) {
        List<FrameSpec> known = List.copyOf(frames.keySet());
        List<WindowFunctionSpec> functions = new ArrayList<>();
        for (WindowCall call : plan.calls()) {
            if (call instanceof WindowCall.Ranking ranking) {
                functions.add(new WindowFunctionSpec.Ranking(ranking.function()));
            } else if (call instanceof WindowCall.Tile tile) {
                functions.add(new WindowFunctionSpec.Tile(tile.buckets()));
            } else if (call instanceof WindowCall.Shift shift) {
                int fallback = shift.fallback()
                        .map(value -> arrived.applyAsInt(column(value)))
                        .orElse(-1);
                functions.add(new WindowFunctionSpec.Shift(
                        arrived.applyAsInt(column(shift.value())), shift.distance(), fallback, shift.ignoreNulls()));
            } else if (call instanceof WindowCall.Pick pick) {
                functions.add(new WindowFunctionSpec.Pick(
                        arrived.applyAsInt(column(pick.value())),
                        pick.rank(),
                        pick.ignoreNulls(),
                        frame(pick.frame())));
            } else if (call instanceof WindowCall.Total total) {
                FrameSpec frame = frame(total.frame());
                functions.add(new WindowFunctionSpec.Total(
                        known.indexOf(frame), frames.get(frame).indexOf(total)));
            }
        }
        return functions;
    }

    // ---- frames
    // --------------------------------------------------------------------------------------------------------

    private FrameSpec frame(WindowCall.Frame frame) {
        return new FrameSpec(frame.unit(), bound(frame.start()), bound(frame.end()), frame.exclusion());
    }

    private BoundSpec bound(WindowCall.Bound bound) {
        if (bound.distance().isEmpty()) {
            return new BoundSpec(bound.kind(), 0, 0);
        }
        Expr.Literal distance = bound.distance().get();
        if (distance.value() instanceof Double real) {
            return new BoundSpec(bound.kind(), 0, real);
        }
        if (distance.value() instanceof BigDecimal decimal) {
            return new BoundSpec(bound.kind(), decimal.unscaledValue().longValueExact(), 0);
        }
        long whole = (Long) distance.value();
        return new BoundSpec(bound.kind(), distance.type() instanceof IntervalType ? inUnits(whole) : whole, 0);
    }

    /** An interval in the units of what rows are ordered by. */
    private long inUnits(long micros) {
        Type by = plan.input().output().get(plan.order().get(0).column()).type();
        if (by instanceof DateType) {
            return micros / MICROS_PER_DAY;
        }
        boolean nanos = by instanceof TimestampType time && time.precision() > TimestampType.MAX_MICROS_PRECISION;
        // What is longer than time itself is no different from all of it.
        return nanos ? Math.min(micros, Long.MAX_VALUE / NANOS_PER_MICRO) * NANOS_PER_MICRO : micros;
    }

    // ---- aggregates
    // ----------------------------------------------------------------------------------------------------

    /** The aggregates, frame by frame. */
    List<FrameAggregation> totals(IntUnaryOperator arrived) {
        List<FrameAggregation> totals = new ArrayList<>();
        frames.forEach((frame, calls) -> totals.add(totals(frame, calls, arrived)));
        return totals;
    }

    private FrameAggregation totals(FrameSpec frame, List<WindowCall.Total> totals, IntUnaryOperator arrived) {
        List<Integer> columns = new ArrayList<>();
        List<Field> feed = new ArrayList<>(List.of(GROUP));
        List<Input> inputs = new ArrayList<>();
        for (WindowCall.Total total : totals) {
            inputs.add(new Input(
                    total.call().argument().map(each -> fed(each, columns, feed)),
                    total.call().filter().map(each -> fed(each, columns, feed))));
        }
        HashAggregation aggregation =
                aggregation(totals.stream().map(WindowCall.Total::call).toList(), inputs);
        Expr group = new Expr.Column(0, GROUP.name(), GROUP.type(), false, plan.at());
        Terminal update = new Terminal.Update(
                aggregation,
                List.of(group),
                inputs,
                new Slicing.None(),
                totals.get(0).at());
        PhysicalOperator.Pipeline pipeline = new PhysicalOperator.Pipeline(
                operators.newId(),
                List.of(),
                new Schema(feed),
                false,
                false,
                Pace.OF_ROWS,
                false,
                operators.statements(),
                List.of(),
                update);
        return new FrameAggregation(
                frame, columns.stream().map(arrived::applyAsInt).toList(), aggregation, pipeline);
    }

    /** An argument as a column of what the pipeline takes. */
    private Expr fed(Expr argument, List<Integer> columns, List<Field> feed) {
        int column = column(argument);
        if (!columns.contains(column)) {
            columns.add(column);
            feed.add(new Field("argument" + columns.size(), argument.type(), argument.nullable()));
        }
        int at = 1 + columns.indexOf(column);
        return new Expr.Column(
                at, feed.get(at).name(), argument.type(), feed.get(at).nullable(), argument.at());
    }

    private HashAggregation aggregation(List<AggregateCall> totals, List<Input> inputs) {
        List<AggregateFunction> functions =
                totals.stream().map(AggregateCall::function).toList();
        TableLayout layout = LayoutPlanner.ofGroups(List.of(GROUP), functions);
        List<Call> calls = new ArrayList<>();
        List<DistinctValues> sets = new ArrayList<>();
        List<Input> ofSets = new ArrayList<>();
        for (int i = 0; i < totals.size(); i++) {
            int set = -1;
            if (totals.get(i).distinct()) {
                set = ofSets.indexOf(inputs.get(i));
                if (set < 0) {
                    set = ofSets.size();
                    ofSets.add(inputs.get(i));
                    Type type = inputs.get(i).argument().orElseThrow().type();
                    sets.add(new DistinctValues(type, LayoutPlanner.ofDistinctValues(type)));
                }
            }
            calls.add(new Call(
                    functions.get(i),
                    layout.accumulators().get(i).offset(),
                    set,
                    totals.get(i).distinct()));
        }
        List<Field> results = totals.stream()
                .map(call -> new Field(
                        call.name(), call.function().result(), call.function().nullable()))
                .toList();
        List<OutputColumn> output = IntStream.range(0, totals.size())
                .<OutputColumn>mapToObj(OutputColumn.Result::new)
                .toList();
        return new HashAggregation(
                operators.newId(),
                List.of(GROUP.type()),
                false,
                layout,
                calls,
                sets,
                new Closing.AtEnd(),
                false,
                false,
                false,
                HashAggregation.NOT_COUNTED,
                new Schema(results),
                output);
    }
}
