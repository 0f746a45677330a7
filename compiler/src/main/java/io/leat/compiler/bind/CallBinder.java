package io.leat.compiler.bind;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Expr.Literal;
import io.leat.compiler.function.Aggregates;
import io.leat.compiler.function.Functions;
import io.leat.compiler.function.Overload;
import io.leat.compiler.function.Overload.Bound;
import io.leat.compiler.function.TimeUnits;
import io.leat.compiler.function.TimeUnits.Unit;
import io.leat.compiler.type.Coercion;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Suggestion;
import io.leat.grammar.tree.Expression;
import io.leat.grammar.tree.Expression.TimeUnit;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.DecimalType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Function calls: aggregates, functions by name, and those with a syntax or an evaluation order of their own. */
final class CallBinder {
    private static final Set<String> CHOICES =
            Set.of("COALESCE", "IFNULL", "NVL", "NULLIF", "IF", "GREATEST", "LEAST", "CONCAT", "CONCAT_WS");
    private static final Set<String> WITH_UNITS =
            Set.of("EXTRACT", "DATE_TRUNC", "TIMESTAMPADD", "TIMESTAMPDIFF", "DATE_PART");

    private static final String ELEMENTS = "elements become rows in FROM: FROM t CROSS JOIN UNNEST(a) AS u (x)";

    /** What other engines' users type, and what to write instead. */
    private static final Map<String, String> ELSEWHERE = Map.ofEntries(
            Map.entry(
                    "TUMBLE",
                    "a window is a table: FROM TABLE(TUMBLE(TABLE t, DESCRIPTOR(ts), INTERVAL '1' MINUTE)), or |> CALL TUMBLE(ts, INTERVAL '1' MINUTE)"),
            Map.entry(
                    "HOP",
                    "a window is a table: FROM TABLE(HOP(TABLE t, DESCRIPTOR(ts), slide, size)), or |> CALL HOP(ts, slide, size)"),
            Map.entry("WINDOW", "write FROM TABLE(TUMBLE(TABLE t, DESCRIPTOR(ts), INTERVAL '5' MINUTE))"),
            Map.entry("TUMBLE_START", "group by window_start of TABLE(TUMBLE(…))"),
            Map.entry("TUMBLE_END", "group by window_end of TABLE(TUMBLE(…))"),
            Map.entry("FROM_JSON", "declare the fields as columns of the source"),
            Map.entry("JSON_VALUE", "declare the fields as columns of the source"),
            Map.entry("SAFE_CAST", "write TRY_CAST(value AS type)"),
            Map.entry("TRY_PARSE", "write TRY_CAST(value AS type)"),
            Map.entry("DATE_ADD", "write ts + INTERVAL '1' DAY"),
            Map.entry("DATE_SUB", "write ts - INTERVAL '1' DAY"),
            Map.entry("DATEDIFF", "write TIMESTAMPDIFF(DAY, start, end)"),
            Map.entry(
                    "AT_TIME_ZONE",
                    "SET zone = 'Europe/Berlin' holds for the whole file; then CAST(ts AS TIMESTAMP(3))"),
            Map.entry("TO_CHAR", "write DATE_FORMAT(ts, 'yyyy-MM-dd') or CAST(value AS VARCHAR)"),
            Map.entry("STRFTIME", "write DATE_FORMAT(ts, 'yyyy-MM-dd')"),
            Map.entry("FORMAT_TIMESTAMP", "write DATE_FORMAT(ts, 'yyyy-MM-dd')"),
            Map.entry("TIMESTAMPTOSTRING", "write DATE_FORMAT(ts, 'yyyy-MM-dd')"),
            Map.entry("EXTRACTJSONFIELD", "declare the fields as columns of the source"),
            Map.entry("GET_JSON_OBJECT", "declare the fields as columns of the source"),
            Map.entry("SESSION_WINDOW", "write FROM TABLE(SESSION(TABLE t, DESCRIPTOR(ts), INTERVAL '5' MINUTE))"),
            Map.entry("COUNT_IF", "write COUNT(*) FILTER (WHERE condition)"),
            Map.entry("COUNT_DISTINCT", "write COUNT(DISTINCT value)"),
            Map.entry(
                    "LATEST_BY_OFFSET",
                    "keep the last row of a key: QUALIFY row_number() OVER (PARTITION BY k ORDER BY ts DESC) = 1"),
            Map.entry(
                    "EARLIEST_BY_OFFSET",
                    "keep the first row of a key: QUALIFY row_number() OVER (PARTITION BY k ORDER BY ts) = 1"),
            Map.entry(
                    "TOPK",
                    "keep the first rows of a key: QUALIFY row_number() OVER (PARTITION BY k ORDER BY v DESC) <= 3"),
            Map.entry("CURRENT_WATERMARK", "rows behind the watermark are in t$late, with the watermark that they met"),
            Map.entry("MZ_NOW", "write NOW()"),
            Map.entry("TIME_BUCKET", "write FLOOR(ts TO MINUTE), or a TUMBLE window"),
            Map.entry("UNNEST", ELEMENTS),
            Map.entry("EXPLODE", ELEMENTS),
            Map.entry("COLLECT_LIST", "write ARRAY_AGG(a) FILTER (WHERE a IS NOT NULL)"),
            Map.entry("COLLECT_SET", "write ARRAY_AGG(DISTINCT a) FILTER (WHERE a IS NOT NULL)"),
            Map.entry("COLLECT", "multisets come later; ARRAY_AGG(a ORDER BY a) keeps all values"),
            Map.entry("GROUP_CONCAT", "write STRING_AGG(a, ', ' ORDER BY b)"),
            Map.entry("RAND", "random numbers come later"),
            Map.entry("RANDOM", "random numbers come later"));

    private final ExpressionBinder expressions;
    private final Problems problems;
    private final Optional<Groups> groups;

    CallBinder(ExpressionBinder expressions, Context context, Optional<Groups> groups) {
        this.expressions = expressions;
        this.problems = context.problems();
        this.groups = groups;
    }

    Expr bind(Expression.Call call) {
        String name = call.name().text().toUpperCase(Locale.ROOT);
        if (call.ignoreNulls() && !OrderedCallBinder.mayIgnoreNulls(name)) {
            return fail(
                    ErrorCode.NO_OVERLOAD,
                    call,
                    "IGNORE NULLS belongs to a window function, FIRST or LAST",
                    "leave NULLs out before: write WHERE a IS NOT NULL");
        }
        if (groups.isPresent() && (name.equals("GROUPING") || name.equals("GROUPING_ID"))) {
            return groups.get().leftOut(call);
        }
        if (Aggregates.exists(name)) {
            return aggregate(call, name);
        }
        if (!call.orderBy().isEmpty()) {
            return fail(
                    ErrorCode.NO_OVERLOAD,
                    call,
                    name + " is no aggregate and takes no ORDER BY",
                    "sort the rows with ORDER BY at the end of the query");
        }
        if (call.distinct() || call.star() || call.filter().isPresent()) {
            return fail(
                    ErrorCode.NO_OVERLOAD,
                    call,
                    name + " is no aggregate and takes no DISTINCT, * or FILTER",
                    "only aggregates take them, such as COUNT, SUM, MAX and STRING_AGG");
        }
        boolean hasUnit = call.arguments().stream().anyMatch(Expression.Unit.class::isInstance);
        if (WITH_UNITS.contains(name) || hasUnit) {
            return withUnit(call, name);
        }
        List<Expr> arguments = new ArrayList<>();
        call.arguments().forEach(argument -> arguments.add(expressions.bind(argument)));
        if (CHOICES.contains(name)) {
            return choice(call, name, arguments);
        }
        return byName(call, name, arguments);
    }

    private Expr fail(ErrorCode code, Expression.Call call, String message) {
        problems.add(code, call.at(), message);
        return Literal.ofNull(Type.NULL, call.at());
    }

    private Expr fail(ErrorCode code, Expression.Call call, String message, String help) {
        problems.add(code, call.at(), message, help);
        return Literal.ofNull(Type.NULL, call.at());
    }

    private Expr aggregate(Expression.Call call, String name) {
        if (groups.isEmpty()) {
            return fail(
                    ErrorCode.MISPLACED_AGGREGATE,
                    call,
                    "the aggregate " + name + " cannot stand here",
                    "aggregates stand in SELECT and |> AGGREGATE, and a condition on them in HAVING");
        }
        return groups.get().add(call);
    }

    private Expr byName(Expression.Call call, String name, List<Expr> given) {
        if (!Functions.exists(name)) {
            return unknown(call, name);
        }
        List<Expr> arguments = new ArrayList<>(given);
        boolean fit = new ArrayBinder(expressions, problems).prepare(name, arguments);
        if ((name.equals("LPAD") || name.equals("RPAD")) && arguments.size() == 2) {
            arguments.add(new Literal(" ", Type.VARCHAR, call.at()));
        }
        Optional<Bound> bound = fit ? bind(name, arguments) : Optional.empty();
        if (bound.isEmpty()) {
            String types = given.stream().map(argument -> argument.type().sql()).collect(Collectors.joining(", "));
            String overloads = Functions.overloads(name).stream()
                    .map(Overload::title)
                    .distinct()
                    .collect(Collectors.joining(" or "));
            return fail(
                    ErrorCode.NO_OVERLOAD, call, name + " does not take (" + types + ")", name + " takes " + overloads);
        }
        Expr result = expressions.call(bound.get(), arguments, call.at());
        return rounded(name, arguments, result);
    }

    /** The overload for these arguments; where there is none, text literals are tried as dates and times. */
    private Optional<Bound> bind(String name, List<Expr> arguments) {
        List<Type> types = arguments.stream().map(Expr::type).toList();
        Optional<Bound> bound = Functions.bind(name, types);
        for (int i = 0; bound.isEmpty() && i < arguments.size(); i++) {
            for (Type type : List.of(Type.DATE, new Type.TimestampType(6, false))) {
                Expr read = expressions.conversions().literalAs(arguments.get(i), type);
                if (read != arguments.get(i)) {
                    List<Type> changed = new ArrayList<>(types);
                    changed.set(i, type);
                    bound = Functions.bind(name, changed);
                    if (bound.isPresent()) {
                        arguments.set(i, read);
                        break;
                    }
                }
            }
        }
        return bound;
    }

    /** Rounding a decimal to a number of digits that is known leaves it with as many. */
    private Expr rounded(String name, List<Expr> arguments, Expr result) {
        boolean rounds = name.equals("ROUND") || name.equals("TRUNCATE") || name.equals("TRUNC");
        if (rounds
                && arguments.size() == 2
                && result.type() instanceof DecimalType decimal
                && arguments.get(1) instanceof Literal literal
                && literal.value() instanceof Long digits) {
            int scale = (int) Math.max(0, Math.min(decimal.scale(), digits));
            int precision = Math.max(1, decimal.precision() - decimal.scale() + scale);
            return expressions.conversions().cast(result, new DecimalType(precision, scale));
        }
        return result;
    }

    private Expr unknown(Expression.Call call, String name) {
        if (OverBinder.isWindowFunction(name)) {
            return fail(
                    ErrorCode.MISPLACED_WINDOW_FUNCTION,
                    call,
                    name + " looks at other rows, and it is not said which",
                    "write " + name + "(…) OVER (PARTITION BY … ORDER BY …)");
        }
        String elsewhere = ELSEWHERE.get(name);
        if (elsewhere != null) {
            return unknown(call, name, elsewhere);
        }
        Set<String> names = new TreeSet<>(Functions.names());
        names.addAll(Aggregates.names());
        names.addAll(CHOICES);
        names.addAll(WITH_UNITS);
        Optional<String> meant = Suggestion.nearest(name, names);
        return unknown(
                call,
                name,
                meant.map(known -> "did you mean " + known + "?")
                        .orElse("functions of your own come later; write it as an expression"));
    }

    private Expr unknown(Expression.Call call, String name, String help) {
        problems.add(ErrorCode.UNKNOWN_FUNCTION, call.name().at(), "no function " + name, help);
        return Literal.ofNull(Type.NULL, call.at());
    }

    private Expr choice(Expression.Call call, String name, List<Expr> arguments) {
        ChoiceBinder choices = new ChoiceBinder(expressions, problems);
        int count = arguments.size();
        switch (name) {
            case "COALESCE", "IFNULL", "NVL" -> {
                if (count >= 1 && (name.equals("COALESCE") || count == 2)) {
                    return choices.coalesce(arguments, call.at());
                }
            }
            case "NULLIF" -> {
                if (count == 2) {
                    return choices.nullIf(arguments.get(0), arguments.get(1), call.at());
                }
            }
            case "IF" -> {
                if (count == 3) {
                    return choices.choose(arguments.get(0), arguments.get(1), arguments.get(2), call.at());
                }
            }
            case "GREATEST", "LEAST" -> {
                if (count >= 1) {
                    return choices.extreme(name.equals("GREATEST"), arguments, call.at());
                }
            }
            default -> {
                return concat(call, name, arguments);
            }
        }
        return fail(ErrorCode.NO_OVERLOAD, call, name + " does not take " + count + " arguments");
    }

    private Expr concat(Expression.Call call, String name, List<Expr> arguments) {
        boolean separated = name.equals("CONCAT_WS");
        if (arguments.isEmpty() || separated && arguments.size() < 2) {
            return fail(ErrorCode.NO_OVERLOAD, call, name + " does not take " + arguments.size() + " arguments");
        }
        List<Expr> texts = new ArrayList<>();
        arguments.forEach(argument -> texts.add(expressions.conversions().toText(argument)));
        Optional<Expr> separator = separated ? Optional.of(texts.remove(0)) : Optional.empty();
        return new Expr.Concat(texts, separator, true, call.at());
    }

    // ---- units of time
    // -------------------------------------------------------------------------------------------------

    private Expr withUnit(Expression.Call call, String name) {
        Optional<Unit> unit = call.arguments().isEmpty() ? Optional.empty() : unit(name, call);
        if (unit.isEmpty()) {
            return fail(
                    ErrorCode.NO_OVERLOAD,
                    call,
                    name + " needs a unit of time that it knows",
                    "units are YEAR, QUARTER, MONTH, WEEK, DAY, HOUR, MINUTE, SECOND, MILLISECOND …");
        }
        List<Expr> values = new ArrayList<>();
        for (Expression argument : call.arguments()) {
            if (!(argument instanceof Expression.Unit)) {
                values.add(expressions.bind(argument));
            }
        }
        if (name.equals("DATE_TRUNC") || name.equals("DATE_PART")) {
            values.remove(0);
        }
        Optional<Bound> bound = bindUnit(name, unit.get(), values);
        if (bound.isEmpty()) {
            String types = values.stream().map(value -> value.type().sql()).collect(Collectors.joining(", "));
            return fail(
                    ErrorCode.NO_OVERLOAD,
                    call,
                    name + " with " + unit.get() + " does not take (" + types + ")",
                    "cast the value to a type that has this unit, such as TIMESTAMP");
        }
        return expressions.call(bound.get(), values, call.at());
    }

    /** The unit, a word or, for functions that take it as text, a literal. */
    private Optional<Unit> unit(String name, Expression.Call call) {
        for (Expression argument : call.arguments()) {
            if (argument instanceof Expression.Unit unit) {
                return Optional.of(unit(unit.unit()));
            }
        }
        boolean asText = name.equals("DATE_TRUNC") || name.equals("DATE_PART");
        if (asText && call.arguments().get(0) instanceof Expression.StringLiteral text) {
            String word = text.value().strip().toUpperCase(Locale.ROOT);
            String single = word.endsWith("S") && word.length() > 3 ? word.substring(0, word.length() - 1) : word;
            for (TimeUnit each : TimeUnit.values()) {
                if (each.name().equals(single)) {
                    return Optional.of(unit(each));
                }
            }
        }
        return Optional.empty();
    }

    private static Unit unit(TimeUnit unit) {
        return Unit.valueOf(unit.name());
    }

    private Optional<Bound> bindUnit(String name, Unit unit, List<Expr> values) {
        if (name.equals("TIMESTAMPADD") || name.equals("TIMESTAMPDIFF")) {
            return values.size() == 2 ? bindDistance(name, unit, values) : Optional.empty();
        }
        if (values.size() != 1) {
            return Optional.empty();
        }
        Type type = values.get(0).type();
        return switch (name) {
            case "EXTRACT", "DATE_PART" -> TimeUnits.bindExtract(unit, type);
            case "FLOOR", "DATE_TRUNC" -> TimeUnits.bindRound(false, unit, type);
            case "CEIL", "CEILING" -> TimeUnits.bindRound(true, unit, type);
            default -> Optional.empty();
        };
    }

    private Optional<Bound> bindDistance(String name, Unit unit, List<Expr> values) {
        if (name.equals("TIMESTAMPADD")) {
            Type count = values.get(0).type();
            if (!(count instanceof Type.IntegerType || count instanceof Type.NullType)) {
                return Optional.empty();
            }
            return TimeUnits.bindAdd(unit, values.get(1).type());
        }
        for (int i = 0; i < 2; i++) {
            values.set(
                    i,
                    expressions
                            .conversions()
                            .literalAs(values.get(i), values.get(1 - i).type()));
        }
        return Coercion.common(values.get(0).type(), values.get(1).type())
                .filter(type -> type instanceof Type.TimestampType || type instanceof Type.DateType)
                .flatMap(type -> TimeUnits.bindDifference(unit, type));
    }
}
