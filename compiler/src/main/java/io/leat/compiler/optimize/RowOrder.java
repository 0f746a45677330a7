package io.leat.compiler.optimize;

import io.leat.compiler.catalog.Table;
import io.leat.compiler.expr.Expr;
import io.leat.compiler.logical.Admission;
import io.leat.compiler.logical.ClockFilter;
import io.leat.compiler.logical.JoinTime.AsOf;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.Aggregate;
import io.leat.compiler.logical.LogicalPlan.AggregateCall;
import io.leat.compiler.logical.Over;
import io.leat.compiler.logical.Plans;
import io.leat.compiler.logical.Sessions;
import io.leat.compiler.logical.StreamJoin;
import io.leat.compiler.logical.TopN;
import io.leat.compiler.logical.Traits.Changelog;
import io.leat.compiler.logical.Unnest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Settles what rows that are equal in an order follow each other by: source in the order of the query, partition, position. The
 * columns are asked from the scans below, through everything that passes rows on one by one. Rows made from several others, or of a
 * source whose rows may go away, have no place of their own: they follow each other by their columns, left to right, which needs
 * nothing here.
 *
 * <p>Not a rule that can be left out: it is part of what a query means.
 */
public final class RowOrder {
    private RowOrder() {}

    /** The plan with every order in it settled. The same columns. */
    public static LogicalPlan settle(LogicalPlan plan) {
        if (plan instanceof StreamJoin join && join.time() instanceof AsOf asOf) {
            return settle(join, asOf);
        }
        if (plan instanceof Aggregate aggregate && aggregate.calls().stream().anyMatch(RowOrder::isOpen)) {
            return settle(aggregate);
        }
        if (!(plan instanceof Over || plan instanceof TopN)) {
            return plan.withInputs(plan.inputs().stream().map(RowOrder::settle).toList());
        }
        LogicalPlan input = plan.inputs().get(0);
        Optional<LogicalPlan> placed = placed(input);
        if (placed.isEmpty()) {
            return plan.withInputs(List.of(settle(input)));
        }
        int width = input.output().size();
        LogicalPlan ordered = ordered(plan, placed.get(), width);
        // The columns of the place are in the middle now, and of no use to anybody above.
        List<Integer> kept = range(0, width);
        kept.addAll(range(placed.get().output().size(), ordered.output().size()));
        return Placing.project(ordered, kept);
    }

    /** Of rows of the right side at the same time the one that stands last counts. */
    private static LogicalPlan settle(StreamJoin join, AsOf asOf) {
        LogicalPlan left = settle(join.left());
        Optional<LogicalPlan> placed = placed(join.right());
        if (placed.isEmpty()) {
            return join.withInputs(List.of(left, settle(join.right())));
        }
        AsOf settled = asOf.withTies(
                range(join.right().output().size(), placed.get().output().size()));
        LogicalPlan ordered = new StreamJoin(join.kind(), left, placed.get(), join.condition(), settled, join.at());
        return Placing.project(ordered, range(0, join.output().size()));
    }

    // ---- aggregates that look at the order of their rows
    // ---------------------------------------------------------------------------------

    private static boolean isOpen(AggregateCall call) {
        return call.argument().filter(RowOrder::isOpen).isPresent();
    }

    private static boolean isOpen(Expr argument) {
        return argument instanceof Expr.Item item && item.ties() != Expr.Item.Ties.SETTLED;
    }

    private static LogicalPlan settle(Aggregate plan) {
        LogicalPlan input = plan.input();
        Optional<LogicalPlan> placed = isPaired(input) ? Optional.empty() : placed(input);
        List<Expr> place = placed.map(rows -> Plans.columns(rows, plan.at())
                        .subList(input.output().size(), rows.output().size()))
                .orElse(List.of());
        boolean alone = placed.isPresent() && !isRepeated(input);
        List<AggregateCall> calls = plan.calls().stream()
                .map(call -> call.rewritten(each -> isOpen(each) ? settled((Expr.Item) each, place, alone) : each))
                .toList();
        return new Aggregate(placed.orElseGet(() -> settle(input)), plan.keys(), calls, plan.windowed(), plan.at());
    }

    /**
     * Rows without a place of their own follow each other by their values: nothing else of them is seen.
     *
     * @param alone whether no two rows have the same place
     */
    private static Expr settled(Expr.Item item, List<Expr> place, boolean alone) {
        boolean reversed = item.ties() == Expr.Item.Ties.BY_PLACE_REVERSED;
        return item.settled((alone ? place : Plans.concat(place, item.values()))
                .stream()
                        .map(value -> new Expr.Item.Key(value, reversed, reversed))
                        .toList());
    }

    /** Whether rows are pairs, of which a row may be in several: like those of a join of streams, which have no place. */
    private static boolean isPaired(LogicalPlan plan) {
        boolean paired =
                plan instanceof LogicalPlan.Join join && join.kind().hasRightColumns() && !Plans.matchesAtMostOne(join);
        return paired
                || passesOn(plan) && plan.inputs().stream().limit(width(plan)).anyMatch(RowOrder::isPaired);
    }

    /** Whether a row may be there several times, in windows that overlap. */
    private static boolean isRepeated(LogicalPlan plan) {
        boolean repeated =
                plan instanceof LogicalPlan.Window window && !window.kind().isTumbling();
        return repeated
                || passesOn(plan) && plan.inputs().stream().limit(width(plan)).anyMatch(RowOrder::isRepeated);
    }

    /** How many inputs rows come from: those on the right of a join are only looked up. */
    private static int width(LogicalPlan plan) {
        return plan instanceof LogicalPlan.Union ? plan.inputs().size() : 1;
    }

    /**
     * The plan with the place of each row in columns behind the others: the rank of its source, if there are several, that of its
     * partition, its position in there, and its positions in arrays that it was taken from. In it, every order is settled. Empty if rows have no place.
     */
    public static Optional<LogicalPlan> placed(LogicalPlan plan) {
        int sources = sources(plan);
        return sources < 0 ? Optional.empty() : Optional.of(new Placing(sources > 1, unnested(plan)).place(plan));
    }

    /** How many sources have rows that keep their place in the plan's output; -1 if some rows there have none. */
    private static int sources(LogicalPlan plan) {
        if (plan instanceof LogicalPlan.Scan scan) {
            boolean kept =
                    scan.table().kind() == Table.Kind.CONNECTOR && scan.traits().changelog() == Changelog.APPEND;
            return kept ? 1 : -1;
        }
        if (plan instanceof LogicalPlan.Values) {
            return 1;
        }
        if (plan instanceof LogicalPlan.Union union) {
            int sum = 0;
            for (LogicalPlan input : union.inputs()) {
                int sources = sources(input);
                if (sources < 0) {
                    return -1;
                }
                sum += sources;
            }
            return sum;
        }
        return passesOn(plan) ? sources(plan.inputs().get(0)) : -1;
    }

    /** How often, at most, rows of the plan were taken from arrays in others. */
    static int unnested(LogicalPlan plan) {
        int below = plan.inputs().stream()
                .limit(width(plan))
                .mapToInt(RowOrder::unnested)
                .max()
                .orElse(0);
        return plan instanceof Unnest ? below + 1 : below;
    }

    /** Whether rows come out as they went in, each once, or once for each element of an array. */
    private static boolean passesOn(LogicalPlan plan) {
        return plan instanceof LogicalPlan.Filter
                || plan instanceof ClockFilter
                || plan instanceof Admission
                || plan instanceof LogicalPlan.Project
                || plan instanceof LogicalPlan.Window
                || plan instanceof Sessions
                || plan instanceof Unnest
                || plan instanceof LogicalPlan.Join
                || plan instanceof LogicalPlan.Union
                || plan instanceof Over
                || plan instanceof TopN;
    }

    /** The node over an input that has places behind its first columns. */
    static LogicalPlan ordered(LogicalPlan plan, LogicalPlan placed, int width) {
        List<Integer> ties = range(width, placed.output().size());
        if (plan instanceof Over over) {
            return new Over(placed, over.partition(), over.order(), ties, over.calls(), over.at());
        }
        TopN top = (TopN) plan;
        return new TopN(placed, top.partition(), top.order(), ties, top.function(), top.limit(), top.rank(), top.at());
    }

    private static List<Integer> range(int from, int to) {
        List<Integer> columns = new ArrayList<>();
        for (int i = from; i < to; i++) {
            columns.add(i);
        }
        return columns;
    }
}
