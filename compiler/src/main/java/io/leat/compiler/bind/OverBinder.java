package io.leat.compiler.bind;

import io.leat.compiler.bind.OverCalls.Order;
import io.leat.compiler.bind.OverCalls.Partitions;
import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Expr.Literal;
import io.leat.compiler.function.Aggregates;
import io.leat.compiler.logical.WindowCall;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.grammar.source.Suggestion;
import io.leat.grammar.tree.Expression;
import io.leat.grammar.tree.Query;
import io.leat.grammar.tree.Window;
import io.leat.runtime.job.RankFunction;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.RowType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** One window function: {@code call OVER window}. */
final class OverBinder {
    private static final Set<String> RANKS = Set.of("ROW_NUMBER", "RANK", "DENSE_RANK", "PERCENT_RANK", "CUME_DIST");
    private static final Set<String> PICKS = Set.of("FIRST_VALUE", "LAST_VALUE", "NTH_VALUE");
    private static final Set<String> SHIFTS = Set.of("LAG", "LEAD");
    private static final String TILE = "NTILE";

    private final Problems problems;
    private final ExpressionBinder expressions;
    private final List<Window.Named> named;

    /** A window function and its partitions. */
    record Bound(Partitions partitions, WindowCall call) {}

    /**
     * @param named the windows of a WINDOW clause
     */
    OverBinder(Problems problems, ExpressionBinder expressions, List<Window.Named> named) {
        this.problems = problems;
        this.expressions = expressions;
        this.named = named;
    }

    /** Whether a function looks at other rows, and is no aggregate. */
    static boolean isWindowFunction(String name) {
        return RANKS.contains(name) || PICKS.contains(name) || SHIFTS.contains(name) || name.equals(TILE);
    }

    private static Set<String> names() {
        Set<String> names = new TreeSet<>(Aggregates.names());
        names.addAll(RANKS);
        names.addAll(PICKS);
        names.addAll(SHIFTS);
        names.add(TILE);
        return names;
    }

    /** The function with its partitions; empty if it is wrong, which has been said then. */
    Optional<Bound> bind(Expression.Over over) {
        Optional<Window> window = new NamedWindows(problems, named).resolve(over.window());
        if (window.isEmpty()) {
            return Optional.empty();
        }
        Partitions partitions = partitions(window.get());
        return call(over.call(), window.get(), partitions).map(call -> new Bound(partitions, call));
    }

    private Partitions partitions(Window window) {
        List<Expr> by = window.partitionBy().stream().map(this::value).toList();
        List<Order> order = new ArrayList<>();
        for (Query.SortItem item : window.orderBy()) {
            order.add(new Order(
                    value(item.expression()),
                    item.descending(),
                    item.nullsFirst().orElse(false)));
        }
        return new Partitions(by, order);
    }

    private Expr value(Expression expression) {
        Expr value = expressions.conversions().settled(expressions.bind(expression));
        if (value.type() instanceof RowType) {
            problems.add(
                    ErrorCode.TYPE_MISMATCH,
                    expression.at(),
                    "rows have no order, and cannot be grouped by",
                    "take a field of the row");
        }
        return value;
    }

    private Optional<WindowCall> call(Expression.Call call, Window window, Partitions partitions) {
        String written = call.name().text().toUpperCase(Locale.ROOT);
        // Of a frame these are the same.
        String name = written.equals("FIRST") || written.equals("LAST") ? written + "_VALUE" : written;
        if (!isWindowFunction(name) && !Aggregates.exists(name)) {
            String meant = Suggestion.nearest(name, names())
                    .map(known -> "did you mean " + known + "?")
                    .orElse("there are " + String.join(", ", names()));
            return fail(ErrorCode.UNKNOWN_FUNCTION, call.name().at(), "no window function " + name, meant);
        }
        boolean plain = Aggregates.exists(name) && !isWindowFunction(name);
        if (!plain && (call.distinct() || call.star() || call.filter().isPresent())) {
            return fail(
                    ErrorCode.NO_OVERLOAD,
                    call.at(),
                    name + " is no aggregate and takes no DISTINCT, * or FILTER",
                    "leave the rows out before: write WHERE in a subquery");
        }
        if (!call.orderBy().isEmpty()) {
            return fail(
                    ErrorCode.NO_OVERLOAD,
                    call.orderBy().get(0).at(),
                    "a window function takes its rows in the order of its window",
                    "write OVER (… ORDER BY …)");
        }
        if (call.ignoreNulls() && !PICKS.contains(name) && !SHIFTS.contains(name)) {
            return fail(
                    ErrorCode.NO_OVERLOAD,
                    call.at(),
                    name + " has no use for IGNORE NULLS",
                    "leave it out" + (plain ? ": aggregates skip NULLs" : ""));
        }
        boolean framed = plain || PICKS.contains(name);
        if (!framed && window.frame().isPresent()) {
            return fail(
                    ErrorCode.BAD_FRAME,
                    window.frame().get().at(),
                    name + " looks at the whole partition, and at no frame",
                    "leave out " + window.frame().get().unit() + " …");
        }
        return framed ? framed(call, name, window, partitions) : unframed(call, name, partitions);
    }

    private <T> Optional<T> fail(ErrorCode code, Origin at, String message, String help) {
        problems.add(code, at, message, help);
        return Optional.empty();
    }

    // ---- functions of a frame
    // ------------------------------------------------------------------------------------------

    private Optional<WindowCall> framed(Expression.Call call, String name, Window window, Partitions partitions) {
        Optional<WindowCall.Frame> frame = new FrameBinder(problems, expressions).bind(window, partitions.order());
        if (frame.isEmpty()) {
            return Optional.empty();
        }
        if (PICKS.contains(name)) {
            return pick(call, name, frame.get());
        }
        return AggregateCallBinder.ofFrames(problems, expressions)
                .bind(call)
                .map(aggregate -> new WindowCall.Total(aggregate, frame.get()));
    }

    private Optional<WindowCall> pick(Expression.Call call, String name, WindowCall.Frame frame) {
        int wanted = name.equals("NTH_VALUE") ? 2 : 1;
        if (call.arguments().size() != wanted) {
            return count(call, name, wanted == 1 ? "one argument" : "two arguments: a value, and which one");
        }
        Optional<Long> rank = switch (name) {
            case "FIRST_VALUE" -> Optional.of(1L);
            case "LAST_VALUE" -> Optional.of(-1L);
            default -> number(call.arguments().get(1), 1, "the second argument of NTH_VALUE");
        };
        Expr value = expressions
                .conversions()
                .settled(expressions.bind(call.arguments().get(0)));
        return rank.map(which ->
                new WindowCall.Pick(value, which, call.ignoreNulls(), frame, name.toLowerCase(Locale.ROOT), call.at()));
    }

    private Optional<WindowCall> count(Expression.Call call, String name, String wanted) {
        return fail(
                ErrorCode.NO_OVERLOAD,
                call.at(),
                name + " takes " + wanted + ", and not " + call.arguments().size(),
                "give it as many");
    }

    /** A whole number that stands in the query. */
    private Optional<Long> number(Expression expression, long least, String what) {
        Expr value = expressions.bind(expression);
        boolean fits = value instanceof Literal literal
                && value.type() instanceof Type.IntegerType
                && literal.value() instanceof Long number
                && number >= least;
        return fits
                ? Optional.of((Long) ((Literal) value).value())
                : fail(
                        ErrorCode.NO_OVERLOAD,
                        expression.at(),
                        what + " is a whole number that stands there, at least " + least,
                        "write a number such as 2");
    }

    // ---- functions of the partition
    // ------------------------------------------------------------------------------------

    private Optional<WindowCall> unframed(Expression.Call call, String name, Partitions partitions) {
        if (SHIFTS.contains(name)) {
            return shift(call, name);
        }
        if (name.equals(TILE)) {
            if (call.arguments().size() != 1) {
                return count(call, name, "one argument: the number of parts");
            }
            return number(call.arguments().get(0), 1, "the argument of NTILE")
                    .map(buckets -> new WindowCall.Tile(buckets, "ntile", call.at()));
        }
        if (!call.arguments().isEmpty()) {
            return count(call, name, "no argument");
        }
        RankFunction function = RankFunction.valueOf(name);
        if (function != RankFunction.ROW_NUMBER && partitions.order().isEmpty()) {
            return fail(
                    ErrorCode.BAD_FRAME,
                    call.at(),
                    name + " without ORDER BY: all rows are equal",
                    "write " + name + "() OVER (… ORDER BY …)");
        }
        return Optional.of(new WindowCall.Ranking(function, name.toLowerCase(Locale.ROOT), call.at()));
    }

    private Optional<WindowCall> shift(Expression.Call call, String name) {
        List<Expression> arguments = call.arguments();
        if (arguments.isEmpty() || arguments.size() > 3) {
            return count(call, name, "a value, a distance and what stands for a row that is not there");
        }
        Expr given = expressions.conversions().settled(expressions.bind(arguments.get(0)));
        Optional<Long> distance =
                arguments.size() < 2 ? Optional.of(1L) : number(arguments.get(1), 0, "the distance of " + name);
        if (distance.isEmpty()) {
            return Optional.empty();
        }
        long signed = name.equals("LEAD") ? distance.get() : -distance.get();
        String column = name.toLowerCase(Locale.ROOT);
        if (arguments.size() < 3) {
            return Optional.of(
                    new WindowCall.Shift(given, signed, Optional.empty(), call.ignoreNulls(), column, call.at()));
        }
        Conversions conversions = expressions.conversions();
        Expr fallback = conversions.literalAs(expressions.bind(arguments.get(2)), given.type());
        Optional<Type> common = conversions.common(given.type(), fallback.type());
        if (common.isEmpty()) {
            return fail(
                    ErrorCode.TYPE_MISMATCH,
                    fallback.at(),
                    "the value is " + given.type().sql() + ", and what stands for a row that is not there is "
                            + fallback.type().sql(),
                    "cast one of them with CAST(… AS type)");
        }
        Expr value = conversions.cast(given, common.get());
        return Optional.of(new WindowCall.Shift(
                value,
                signed,
                Optional.of(conversions.cast(fallback, common.get())),
                call.ignoreNulls(),
                column,
                call.at()));
    }
}
