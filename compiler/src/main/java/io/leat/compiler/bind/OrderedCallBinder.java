package io.leat.compiler.bind;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Expr.Item;
import io.leat.compiler.expr.Expr.Item.Key;
import io.leat.compiler.expr.Expr.Item.Ties;
import io.leat.compiler.expr.Expr.Literal;
import io.leat.compiler.expr.Exprs;
import io.leat.compiler.function.AggregateFunction;
import io.leat.compiler.function.Aggregates;
import io.leat.compiler.logical.LogicalPlan.AggregateCall;
import io.leat.compiler.type.Types;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Expression;
import io.leat.grammar.tree.Query;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.RowType;
import io.leat.runtime.type.Type.TimestampType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Calls of aggregates that look at the order of their rows. Each takes an item of a row ({@link Item}) in which that order is; LAST is
 * FIRST in the opposite order, ARG_MIN is FIRST in the order of its second argument.
 */
final class OrderedCallBinder {
    private static final Set<String> ENDS = Set.of("FIRST", "LAST", "FIRST_VALUE", "LAST_VALUE");
    private static final Map<String, Integer> LEAST_ARGUMENTS = Map.of(
            "FIRST",
            1,
            "LAST",
            1,
            "FIRST_VALUE",
            1,
            "LAST_VALUE",
            1,
            "ANY_VALUE",
            1,
            "ARG_MIN",
            2,
            "ARG_MAX",
            2,
            "STRING_AGG",
            1,
            "ARRAY_AGG",
            1);
    /** What others call them. */
    private static final Map<String, String> ALIASES =
            Map.of("MIN_BY", "ARG_MIN", "MAX_BY", "ARG_MAX", "LISTAGG", "STRING_AGG", "LIST", "ARRAY_AGG");

    private final Problems problems;
    private final ExpressionBinder expressions;
    private final Optional<Expr> eventTime;
    private final boolean framed;

    /**
     * @param expressions binds arguments
     * @param eventTime of the rows, if they have one
     * @param framed whether rows are taken in the order of a window
     */
    OrderedCallBinder(Problems problems, ExpressionBinder expressions, Optional<Expr> eventTime, boolean framed) {
        this.problems = problems;
        this.expressions = expressions;
        this.eventTime = eventTime;
        this.framed = framed;
    }

    /** Whether an aggregate looks at the order of its rows. */
    static boolean takes(String name) {
        return LEAST_ARGUMENTS.containsKey(known(name));
    }

    /** Whether IGNORE NULLS makes a difference to an aggregate. */
    static boolean mayIgnoreNulls(String name) {
        return ENDS.contains(name);
    }

    private static String known(String name) {
        return ALIASES.getOrDefault(name, name);
    }

    /** The call with its item; empty if it is wrong, which has been said then. */
    Optional<AggregateCall> bind(Expression.Call call, String name) {
        int least = LEAST_ARGUMENTS.get(known(name));
        int most = known(name).equals("STRING_AGG") ? 2 : least;
        int given = call.arguments().size();
        if (call.star() || given < least || given > most) {
            String wanted = least < most
                    ? "one or two arguments"
                    : least == 1 ? "one argument" : "two arguments, a value and what it is chosen by";
            return fail(
                    call.at(),
                    name + " takes " + wanted + ", and not " + (call.star() ? "*" : given),
                    "write " + example(known(name)));
        }
        List<Expr> arguments = new ArrayList<>();
        for (Expression argument : call.arguments()) {
            Expr bound = value(argument);
            if (bound.type() instanceof RowType) {
                return fail(
                        argument.at(),
                        "there is no " + name + " of " + bound.type().sql(),
                        "take a field of the row");
            }
            arguments.add(bound);
        }
        Optional<Expr> filter = call.filter().map(expressions::bindCondition);
        List<Key> order = new ArrayList<>();
        for (Query.SortItem item : call.orderBy()) {
            Expr by = value(item.expression());
            if (!Types.isComparable(by.type())) {
                return fail(item.at(), by.type().sql() + " has no order", "order by a field of it");
            }
            order.add(new Key(by, item.descending(), item.nullsFirst().orElse(false)));
        }
        return switch (known(name)) {
            case "STRING_AGG" -> join(call, name, arguments, order, filter);
            case "ARRAY_AGG" -> list(call, name, arguments, order, filter);
            case "ARG_MIN", "ARG_MAX" -> chosen(call, name, arguments, order, filter);
            default -> end(call, name, arguments.get(0), order, filter);
        };
    }

    private static String example(String name) {
        return switch (name) {
            case "STRING_AGG" -> "STRING_AGG(a, ', ' ORDER BY b)";
            case "ARG_MIN", "ARG_MAX" -> name + "(a, b)";
            case "ANY_VALUE" -> "ANY_VALUE(a)";
            case "ARRAY_AGG" -> "ARRAY_AGG(a ORDER BY b)";
            default -> name + "(a ORDER BY b)";
        };
    }

    private Expr value(Expression expression) {
        return expressions.conversions().settled(expressions.bind(expression));
    }

    private <T> Optional<T> fail(Origin at, String message, String help) {
        problems.add(ErrorCode.NO_OVERLOAD, at, message, help);
        return Optional.empty();
    }

    // ---- a value of one row
    // --------------------------------------------------------------------------------------------

    private Optional<AggregateCall> end(
            Expression.Call call, String name, Expr value, List<Key> order, Optional<Expr> filter) {
        boolean any = name.equals("ANY_VALUE");
        List<Key> by = new ArrayList<>(order);
        if (by.isEmpty() && !any) {
            eventTime.ifPresent(time -> by.add(new Key(time, false, false)));
        }
        boolean last = name.startsWith("LAST");
        List<Key> directed = last ? by.stream().map(Key::reversed).toList() : by;
        Ties ties = last ? Ties.BY_PLACE_REVERSED : Ties.BY_PLACE;
        Optional<Expr> taken = any || call.ignoreNulls() ? present(value, filter) : filter;
        return Optional.of(first(call, name, new Item(directed, List.of(value), ties(ties), call.at()), taken));
    }

    private Optional<AggregateCall> chosen(
            Expression.Call call, String name, List<Expr> arguments, List<Key> order, Optional<Expr> filter) {
        Expr value = arguments.get(0);
        Expr by = arguments.get(1);
        boolean greatest = known(name).equals("ARG_MAX");
        List<Key> all = new ArrayList<>();
        all.add(new Key(by, greatest, greatest));
        all.addAll(order);
        Item item = new Item(all, List.of(value), ties(Ties.BY_PLACE), call.at());
        return Optional.of(first(call, name, item, present(by, present(value, filter))));
    }

    private Ties ties(Ties ties) {
        return framed ? Ties.SETTLED : ties;
    }

    private static AggregateCall first(Expression.Call call, String name, Item item, Optional<Expr> filter) {
        AggregateFunction function = Aggregates.first(name, item.values().get(0).type());
        return call(call, function, item, false, filter);
    }

    private static AggregateCall call(
            Expression.Call call, AggregateFunction function, Item item, boolean distinct, Optional<Expr> filter) {
        String name = call.name().text().toLowerCase(Locale.ROOT);
        return new AggregateCall(function, Optional.of(item), distinct, filter, name, call.at());
    }

    /** A filter that lets no row through that has NULL here. */
    private static Optional<Expr> present(Expr value, Optional<Expr> filter) {
        if (!value.nullable()) {
            return filter;
        }
        Expr test = new Expr.Not(new Expr.IsNull(value, value.at()), value.at());
        // AND goes on behind a NULL, but a row that the filter does not let through has no value to be tested.
        return Optional.of(filter.map(other -> other.nullable() ? new Expr.IsTrue(other, other.at()) : other)
                .map(other -> Exprs.and(other, test))
                .orElse(test));
    }

    // ---- values of all rows
    // --------------------------------------------------------------------------------------------

    private Optional<AggregateCall> join(
            Expression.Call call, String name, List<Expr> arguments, List<Key> order, Optional<Expr> filter) {
        Expr given = arguments.get(0);
        Expr text = expressions.conversions().toText(given);
        Expr separator = arguments.size() == 1
                ? new Literal(",", Type.VARCHAR, call.at())
                : expressions.conversions().toText(arguments.get(1));
        if (call.distinct() && !(separator instanceof Literal)) {
            return fail(
                    separator.at(),
                    "with DISTINCT, the separator is the same for all rows",
                    "write a text such as ', '");
        }
        // Times that clocks show twice are the same text.
        boolean orderedAsGiven = !(given.type() instanceof TimestampType time && time.local());
        List<Expr> known = orderedAsGiven ? List.of(given, text) : List.of(text);
        return collect(call, Aggregates.join(name), List.of(text, separator), known, order, present(given, filter));
    }

    /** NULLs are elements like all others. */
    private Optional<AggregateCall> list(
            Expression.Call call, String name, List<Expr> arguments, List<Key> order, Optional<Expr> filter) {
        AggregateFunction function = Aggregates.list(name, arguments.get(0).type());
        return collect(call, function, arguments, arguments, order, filter);
    }

    /**
     * @param known what tells the value from others, the first of which orders it where nothing else does
     */
    private Optional<AggregateCall> collect(
            Expression.Call call,
            AggregateFunction function,
            List<Expr> values,
            List<Expr> known,
            List<Key> order,
            Optional<Expr> filter) {
        if (!call.distinct()) {
            return Optional.of(
                    call(call, function, new Item(order, values, ties(Ties.BY_PLACE), call.at()), false, filter));
        }
        for (Key key : order) {
            if (!known.contains(key.value())) {
                return fail(
                        key.value().at(),
                        "with DISTINCT, rows with the same value are one, which can be ordered by that value only",
                        "order by the argument itself, or leave out DISTINCT");
            }
        }
        List<Key> by = order.isEmpty() ? List.of(new Key(known.get(0), false, false)) : order;
        return Optional.of(call(call, function, new Item(by, values, Ties.SETTLED, call.at()), true, filter));
    }
}
