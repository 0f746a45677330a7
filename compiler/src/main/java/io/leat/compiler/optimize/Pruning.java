package io.leat.compiler.optimize;

import io.leat.compiler.catalog.Table;
import io.leat.compiler.expr.Expr;
import io.leat.compiler.logical.Admission;
import io.leat.compiler.logical.ClockFilter;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.AggregateCall;
import io.leat.compiler.logical.LogicalPlan.Scan;
import io.leat.compiler.logical.LogicalPlan.SortKey;
import io.leat.compiler.logical.Over;
import io.leat.compiler.logical.Plans;
import io.leat.compiler.logical.Repeat;
import io.leat.compiler.logical.Sessions;
import io.leat.compiler.logical.StreamJoin;
import io.leat.compiler.logical.TopN;
import io.leat.compiler.logical.Unnest;
import io.leat.compiler.logical.WindowCall;
import io.leat.runtime.job.JoinKind;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Type.RowType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Rebuilds a plan with fewer columns. */
final class Pruning {
    private final Map<Table, TableColumns> read;
    private final BiFunction<LogicalPlan, Need[], Need[]> common;

    /**
     * @param common what is needed of a node by all its users, given what one of them needs
     */
    Pruning(Map<Table, TableColumns> read, BiFunction<LogicalPlan, Need[], Need[]> common) {
        this.read = read;
        this.common = common;
    }

    /**
     * A rebuilt plan.
     *
     * @param moved where each column of the old plan is now; -1 for one that is gone
     */
    private record Pruned(LogicalPlan plan, int[] moved) {
        int to(int column) {
            return moved[column];
        }

        Expr rewrite(Expr expression) {
            return Pruning.rewrite(expression, this::to, plan.output());
        }
    }

    /** The expression over rows whose columns have moved and lost fields. */
    static Expr rewrite(Expr expression, IntUnaryOperator moved, List<Field> fields) {
        if (expression instanceof Expr.Column column) {
            int to = moved.applyAsInt(column.index());
            return new Expr.Column(to, column.name(), fields.get(to).type(), column.nullable(), column.at());
        }
        if (expression.children().isEmpty()) {
            return expression;
        }
        List<Expr> children = expression.children().stream()
                .map(child -> rewrite(child, moved, fields))
                .toList();
        if (expression instanceof Expr.FieldAccess access) {
            RowType row = (RowType) children.get(0).type();
            int index = IntStream.range(0, row.fields().size())
                    .filter(i -> row.fields().get(i).name().equals(access.name()))
                    .findFirst()
                    .orElseThrow();
            return new Expr.FieldAccess(
                    children.get(0),
                    index,
                    access.name(),
                    row.fields().get(index).type(),
                    access.nullable(),
                    access.at());
        }
        return expression.withChildren(children);
    }

    /** The plan with the needed columns and no others, in their old order. */
    LogicalPlan exactly(LogicalPlan plan, Need[] needed) {
        Pruned pruned = prune(plan, needed);
        List<Expr> all = Plans.columns(pruned.plan(), plan.at());
        List<Expr> kept = new ArrayList<>();
        List<String> names = new ArrayList<>();
        boolean same = true;
        for (int i = 0; i < needed.length; i++) {
            if (needed[i] != null) {
                same &= pruned.to(i) == kept.size();
                kept.add(all.get(pruned.to(i)));
                names.add(plan.output().get(i).name());
            }
        }
        same &= kept.size() == all.size();
        return same ? pruned.plan() : new LogicalPlan.Project(pruned.plan(), kept, names, plan.at());
    }

    private static int[] kept(Need[] needed) {
        int[] moved = new int[needed.length];
        int next = 0;
        for (int i = 0; i < needed.length; i++) {
            moved[i] = needed[i] == null ? -1 : next++;
        }
        return moved;
    }

    private Pruned prune(LogicalPlan plan, Need[] needed) {
        Need[] together = common.apply(plan, needed);
        return plan.accept(new Rebuild(together, Needs.ofInputs(plan, together)));
    }

    /** Rows that are kept, and so carry nothing that is not needed. Equal ones may follow each other by their columns, too. */
    private Pruned resting(LogicalPlan plan, Need[] needed) {
        return new Pruned(exactly(plan, needed), kept(needed));
    }

    private final class Rebuild implements LogicalPlan.Visitor<Pruned> {
        private final Need[] needed;
        private final List<Need[]> ofInputs;

        Rebuild(Need[] needed, List<Need[]> ofInputs) {
            this.needed = needed;
            this.ofInputs = ofInputs;
        }

        @Override
        public Pruned scan(Scan plan) {
            TableColumns columns = read.get(plan.table());
            int[] moved = new int[plan.output().size()];
            Arrays.setAll(moved, columns.positions()::indexOf);
            return new Pruned(plan.narrow(columns.fields(), column -> moved[column]), moved);
        }

        @Override
        public Pruned values(LogicalPlan.Values plan) {
            int[] all = IntStream.range(0, needed.length).toArray();
            return new Pruned(plan, all);
        }

        @Override
        public Pruned filter(LogicalPlan.Filter plan) {
            Pruned input = prune(plan.input(), ofInputs.get(0));
            LogicalPlan filter = new LogicalPlan.Filter(input.plan(), input.rewrite(plan.condition()), plan.at());
            return new Pruned(filter, input.moved());
        }

        @Override
        public Pruned clockFilter(ClockFilter plan) {
            Pruned input = resting(plan.input(), ofInputs.get(0));
            UnaryOperator<ClockFilter.Moment> rewrite = moment -> moment.with(input.rewrite(moment.time()));
            return new Pruned(
                    new ClockFilter(
                            input.plan(),
                            plan.from().stream().map(rewrite).toList(),
                            plan.until().stream().map(rewrite).toList(),
                            plan.at()),
                    input.moved());
        }

        @Override
        public Pruned admission(Admission plan) {
            Pruned input = prune(plan.input(), ofInputs.get(0));
            LogicalPlan admission = new Admission(input.plan(), input.rewrite(plan.condition()), plan.at());
            return new Pruned(admission, input.moved());
        }

        @Override
        public Pruned project(LogicalPlan.Project plan) {
            Pruned input = prune(plan.input(), ofInputs.get(0));
            List<Expr> expressions = new ArrayList<>();
            List<String> names = new ArrayList<>();
            for (int i = 0; i < needed.length; i++) {
                if (needed[i] != null) {
                    expressions.add(input.rewrite(plan.expressions().get(i)));
                    names.add(plan.names().get(i));
                }
            }
            return new Pruned(new LogicalPlan.Project(input.plan(), expressions, names, plan.at()), kept(needed));
        }

        /** The right side is kept in memory, so it carries nothing that is not looked up. */
        @Override
        public Pruned join(LogicalPlan.Join plan) {
            Pruned left = prune(plan.left(), ofInputs.get(0));
            LogicalPlan right = exactly(plan.right(), ofInputs.get(1));
            int[] rightMoved = kept(ofInputs.get(1));
            int oldWidth = plan.left().output().size();
            int width = left.plan().output().size();
            int[] moved = new int[oldWidth + rightMoved.length];
            Arrays.setAll(moved, column -> {
                if (column < oldWidth) {
                    return left.to(column);
                }
                int to = rightMoved[column - oldWidth];
                return to < 0 ? -1 : width + to;
            });
            List<Field> fields = Plans.concat(left.plan().output(), right.output());
            Expr condition = Pruning.rewrite(plan.condition(), column -> moved[column], fields);
            LogicalPlan join = new LogicalPlan.Join(plan.kind(), left.plan(), right, condition, plan.at());
            boolean marks = plan.kind() == LogicalPlan.Join.Kind.MARK;
            return new Pruned(join, marks ? marked(moved, oldWidth, width) : Arrays.copyOf(moved, needed.length));
        }

        /** Both sides are kept, so they carry nothing that is not asked for. */
        @Override
        public Pruned streamJoin(StreamJoin plan) {
            LogicalPlan left = exactly(plan.left(), ofInputs.get(0));
            LogicalPlan right = exactly(plan.right(), ofInputs.get(1));
            int[] leftMoved = kept(ofInputs.get(0));
            int[] rightMoved = kept(ofInputs.get(1));
            int width = left.output().size();
            int[] both = new int[leftMoved.length + rightMoved.length];
            Arrays.setAll(both, column -> {
                int to = column < leftMoved.length ? leftMoved[column] : rightMoved[column - leftMoved.length];
                return to < 0 || column < leftMoved.length ? to : width + to;
            });
            List<Field> fields = Plans.concat(left.output(), right.output());
            Expr condition = Pruning.rewrite(plan.condition(), column -> both[column], fields);
            LogicalPlan join = new StreamJoin(
                    plan.kind(),
                    left,
                    right,
                    condition,
                    plan.time().map(column -> leftMoved[column], column -> rightMoved[column]),
                    plan.at());
            boolean marks = plan.kind() == JoinKind.MARK;
            return new Pruned(join, marks ? marked(both, leftMoved.length, width) : Arrays.copyOf(both, needed.length));
        }

        /** Where the columns of the left side and the mark behind them are, which stays whether it is needed or not. */
        private static int[] marked(int[] moved, int oldWidth, int width) {
            int[] marked = Arrays.copyOf(moved, oldWidth + 1);
            marked[oldWidth] = width;
            return marked;
        }

        @Override
        public Pruned sessions(Sessions plan) {
            Pruned input = resting(plan.input(), ofInputs.get(0));
            int oldWidth = plan.input().output().size();
            int width = input.plan().output().size();
            int[] moved = new int[needed.length];
            Arrays.setAll(moved, column -> column < oldWidth ? input.to(column) : width + column - oldWidth);
            List<Integer> keys = columns(plan.keys(), input);
            int time = input.to(plan.timeColumn());
            return new Pruned(new Sessions(input.plan(), keys, time, plan.gap(), plan.byClock(), plan.at()), moved);
        }

        @Override
        public Pruned window(LogicalPlan.Window plan) {
            Pruned input = prune(plan.input(), ofInputs.get(0));
            int oldWidth = plan.input().output().size();
            int width = input.plan().output().size();
            int[] moved = new int[needed.length];
            Arrays.setAll(moved, column -> column < oldWidth ? input.to(column) : width + column - oldWidth);
            return new Pruned(
                    new LogicalPlan.Window(
                            input.plan(), input.to(plan.timeColumn()), plan.kind(), plan.byClock(), plan.at()),
                    moved);
        }

        @Override
        public Pruned aggregate(LogicalPlan.Aggregate plan) {
            Pruned input = prune(plan.input(), ofInputs.get(0));
            List<AggregateCall> kept = Needs.keptCalls(plan, needed);
            List<AggregateCall> calls =
                    kept.stream().map(call -> call.rewritten(input::rewrite)).toList();
            int keys = plan.keys().size();
            int[] moved = new int[needed.length];
            int next = keys;
            for (int i = 0; i < needed.length; i++) {
                boolean isKept = i < keys || kept.contains(plan.calls().get(i - keys)) && needed[i] != null;
                moved[i] = i < keys ? i : isKept ? next++ : -1;
            }
            return new Pruned(
                    new LogicalPlan.Aggregate(
                            input.plan(),
                            plan.keys().stream().map(input::to).toList(),
                            calls,
                            plan.windowed(),
                            plan.at()),
                    moved);
        }

        @Override
        public Pruned union(LogicalPlan.Union plan) {
            List<LogicalPlan> inputs = new ArrayList<>();
            for (int i = 0; i < plan.inputs().size(); i++) {
                inputs.add(exactly(plan.inputs().get(i), ofInputs.get(i)));
            }
            return new Pruned(new LogicalPlan.Union(inputs, plan.at()), kept(needed));
        }

        @Override
        public Pruned repeat(Repeat plan) {
            Pruned input = prune(plan.input(), ofInputs.get(0));
            LogicalPlan repeat = new Repeat(input.plan(), input.rewrite(plan.times()), plan.at());
            return new Pruned(repeat, input.moved());
        }

        @Override
        public Pruned unnest(Unnest plan) {
            Pruned input = prune(plan.input(), ofInputs.get(0));
            int oldWidth = plan.input().output().size();
            int width = input.plan().output().size();
            int[] moved = new int[needed.length];
            Arrays.setAll(moved, column -> column < oldWidth ? input.to(column) : width + column - oldWidth);
            List<Expr> arrays = plan.arrays().stream().map(input::rewrite).toList();
            return new Pruned(new Unnest(input.plan(), arrays, plan.padded(), plan.at()), moved);
        }

        @Override
        public Pruned sort(LogicalPlan.Sort plan) {
            Pruned input = resting(plan.input(), ofInputs.get(0));
            return new Pruned(new LogicalPlan.Sort(input.plan(), keys(plan.keys(), input), plan.at()), input.moved());
        }

        @Override
        public Pruned limit(LogicalPlan.Limit plan) {
            LogicalPlan input = exactly(plan.input(), ofInputs.get(0));
            return new Pruned(new LogicalPlan.Limit(input, plan.count(), plan.offset(), plan.at()), kept(needed));
        }

        @Override
        public Pruned over(Over plan) {
            Pruned input = resting(plan.input(), ofInputs.get(0));
            List<WindowCall> kept = Needs.keptCalls(plan, needed);
            int oldWidth = plan.input().output().size();
            int next = input.plan().output().size();
            int[] moved = new int[needed.length];
            for (int i = 0; i < needed.length; i++) {
                moved[i] = i < oldWidth ? input.to(i) : needed[i] == null ? -1 : next++;
            }
            if (kept.isEmpty()) {
                // Nobody looks at what the partitions tell.
                return new Pruned(input.plan(), moved);
            }
            List<WindowCall> calls = kept.stream()
                    .map(call -> call.withArguments(
                            call.arguments().stream().map(input::rewrite).toList()))
                    .toList();
            return new Pruned(
                    new Over(
                            input.plan(),
                            columns(plan.partition(), input),
                            keys(plan.order(), input),
                            columns(plan.ties(), input),
                            calls,
                            plan.at()),
                    moved);
        }

        private static List<Integer> columns(List<Integer> columns, Pruned input) {
            return columns.stream().map(input::to).toList();
        }

        private static List<SortKey> keys(List<SortKey> keys, Pruned input) {
            return keys.stream()
                    .map(key -> new SortKey(input.to(key.column()), key.descending(), key.nullsFirst()))
                    .toList();
        }

        @Override
        public Pruned topN(TopN plan) {
            Pruned input = resting(plan.input(), ofInputs.get(0));
            int oldWidth = plan.input().output().size();
            boolean ranked = plan.rank().isPresent() && needed[oldWidth] != null;
            int width = input.plan().output().size();
            int[] moved = new int[needed.length];
            Arrays.setAll(moved, column -> column < oldWidth ? input.to(column) : ranked ? width : -1);
            return new Pruned(
                    new TopN(
                            input.plan(),
                            columns(plan.partition(), input),
                            keys(plan.order(), input),
                            columns(plan.ties(), input),
                            plan.function(),
                            plan.limit(),
                            ranked ? plan.rank() : Optional.empty(),
                            plan.at()),
                    moved);
        }
    }
}
