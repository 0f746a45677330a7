package io.leat.compiler.bind;

import io.leat.compiler.bind.BoundRelation.Entry;
import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Expr.Literal;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.ProcessingTime;
import io.leat.compiler.logical.Sessions;
import io.leat.compiler.logical.WindowKind;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.grammar.source.Suggestion;
import io.leat.grammar.tree.Expression;
import io.leat.grammar.tree.Name;
import io.leat.grammar.tree.Relation;
import io.leat.grammar.tree.Relation.ArgumentValue;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.TimestampType;
import io.leat.runtime.window.Windowing;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** TUMBLE, HOP, CUMULATE and SESSION: {@code TUMBLE(TABLE t, DESCRIPTOR(ts), size)} in FROM, {@code CALL TUMBLE(ts, size)} in a pipe. */
final class WindowBinder {
    /** The window functions there are. */
    static final List<String> NAMES = List.of("TUMBLE", "HOP", "CUMULATE", "SESSION");

    private static final String SESSION = "SESSION";
    /** The argument that stands before the size, or in its place. */
    private static final Map<String, String> BEFORE_SIZE =
            Map.of("HOP", WindowArguments.SLIDE, "CUMULATE", WindowArguments.STEP, SESSION, WindowArguments.GAP);

    private static final List<String> ADDED = List.of("window_start", "window_end", "window_time");

    private final QueryBinder queries;
    private final Context context;
    private final Problems problems;

    WindowBinder(QueryBinder queries) {
        this.queries = queries;
        this.context = queries.context();
        this.problems = context.problems();
    }

    static boolean isWindow(String name) {
        return NAMES.contains(name);
    }

    /**
     * @param piped the rows before {@code |> CALL}; empty in FROM, where the function names its table
     */
    BoundRelation bind(Relation.TableFunction function, Optional<BoundRelation> piped) {
        String name = function.name().text().toUpperCase(Locale.ROOT);
        WindowArguments arguments = new WindowArguments(
                        problems, function, Optional.ofNullable(BEFORE_SIZE.get(name)), piped.isPresent())
                .bind();
        BoundRelation rows = piped.orElseGet(() -> table(arguments, name.equals(SESSION)));
        rows.expiry().ifPresent(this::refuseExpiry);
        LogicalPlan plan = rows.plan();
        Expr.Column time = timeColumn(rows, arguments);
        boolean byClock = ProcessingTime.isIn(plan, time.index());
        WindowChecks checks = new WindowChecks(problems);
        if (byClock) {
            checks.clock(plan, time);
        } else {
            checks.time(plan, time);
        }
        if (name.equals(SESSION)) {
            checks.sessions(plan, function.at());
            BoundRelation result = sessions(rows, arguments, time, byClock, function.at());
            return function.alias().map(alias -> result.as(alias.text())).orElse(result);
        }
        Optional<WindowKind> kind = kind(name, arguments, time);
        BoundRelation result = kind.isPresent()
                ? windowed(rows, new LogicalPlan.Window(plan, time.index(), kind.get(), byClock, function.at()))
                : stub(rows, time, function.at());
        return function.alias().map(alias -> result.as(alias.text())).orElse(result);
    }

    private void refuseExpiry(Expiry expiry) {
        throw problems.abandon(
                ErrorCode.MISPLACED_CLAUSE,
                expiry.at(),
                "rows of a window are kept until it closes, and do not expire before",
                "leave EXPIRE AFTER out, or the window");
    }

    private BoundRelation sessions(
            BoundRelation rows, WindowArguments arguments, Expr.Column time, boolean byClock, Origin at) {
        Optional<Long> gap = length(arguments, WindowArguments.GAP, true);
        if (gap.isEmpty()) {
            return stub(rows, time, at);
        }
        if (gap.get() % ((TimestampType) time.type()).unit() != 0) {
            problems.add(
                    ErrorCode.BAD_WINDOW,
                    arguments.at(WindowArguments.GAP),
                    "the bounds of these windows are finer than " + time.type().sql(),
                    "choose a gap that " + time.type().sql() + " can express");
        }
        List<Integer> keys = new ArrayList<>();
        if (arguments.has(WindowArguments.DATA)
                && arguments.required(WindowArguments.DATA) instanceof Relation.TableArgument table) {
            table.partitionBy().forEach(name -> keys.add(column(rows, name).index()));
        }
        return windowed(rows, new Sessions(rows.plan(), keys, time.index(), gap.get(), byClock, at));
    }

    private Expr.Column column(BoundRelation rows, Name name) {
        int before = problems.errors();
        Expr resolved = new NameResolver(problems, rows, Optional.empty()).resolve(name);
        if (problems.errors() > before) {
            throw new Problems.Abandoned();
        }
        if (!(resolved instanceof Expr.Column column) || resolved.type() instanceof Type.RowType) {
            throw problems.abandon(
                    ErrorCode.BAD_WINDOW,
                    name.at(),
                    "sessions are kept apart by columns, and '" + name + "' is none, or a row",
                    "select the field as a column first");
        }
        return column;
    }

    private BoundRelation table(WindowArguments arguments, boolean partitioned) {
        ArgumentValue data = arguments.required(WindowArguments.DATA);
        FromBinder from = new FromBinder(queries);
        if (data instanceof Relation.TableArgument table) {
            if (!table.partitionBy().isEmpty() && !partitioned) {
                throw problems.abandon(
                        ErrorCode.NOT_SUPPORTED,
                        table.partitionBy().get(0).at(),
                        "these windows have no PARTITION BY",
                        "group by the column instead");
            }
            return from.bind(table.relation());
        }
        if (data instanceof Relation.ExpressionArgument argument
                && argument.expression() instanceof Expression.Reference reference) {
            return from.bind(new Relation.Table(reference.name(), Optional.empty(), reference.at()));
        }
        throw problems.abandon(
                ErrorCode.BAD_WINDOW,
                arguments.at(WindowArguments.DATA),
                "the first argument of a window is a table",
                arguments.usage());
    }

    private Expr.Column timeColumn(BoundRelation rows, WindowArguments arguments) {
        ArgumentValue value = arguments.required(WindowArguments.TIME);
        Origin at = arguments.at(WindowArguments.TIME);
        Name name = null;
        if (value instanceof Relation.DescriptorArgument descriptor
                && descriptor.columns().size() == 1) {
            name = descriptor.columns().get(0);
        } else if (value instanceof Relation.ExpressionArgument argument
                && argument.expression() instanceof Expression.Reference reference) {
            name = reference.name();
        }
        if (name == null) {
            throw problems.abandon(
                    ErrorCode.NO_TIME_COLUMN,
                    at,
                    "a window goes by one column",
                    "write DESCRIPTOR(ts); an expression needs a computed column: ts AS … in CREATE TABLE");
        }
        int before = problems.errors();
        Expr resolved = new NameResolver(problems, rows, Optional.empty()).resolve(name);
        if (problems.errors() > before) {
            throw new Problems.Abandoned();
        }
        if (!(resolved instanceof Expr.Column column)) {
            throw problems.abandon(
                    ErrorCode.NO_TIME_COLUMN,
                    at,
                    "'" + name + "' is a field of a row; a window goes by a column",
                    "add a computed column, such as ts AS " + name + ", and its WATERMARK to CREATE TABLE");
        }
        return column;
    }

    // ---- sizes
    // ---------------------------------------------------------------------------------------------------------

    private Optional<WindowKind> kind(String name, WindowArguments arguments, Expr.Column time) {
        Optional<Long> size = length(arguments, WindowArguments.SIZE, true);
        String before = BEFORE_SIZE.get(name);
        Optional<Long> slide = before == null ? size : length(arguments, before, true);
        Optional<Long> offset = arguments.has(WindowArguments.OFFSET)
                ? length(arguments, WindowArguments.OFFSET, false)
                : Optional.of(0L);
        TimestampType type = (TimestampType) time.type();
        Optional<ZoneId> zone = zone(arguments, type);
        if (size.isEmpty() || slide.isEmpty() || offset.isEmpty() || zone.isEmpty()) {
            return Optional.empty();
        }
        if (name.equals("CUMULATE") && size.get() % slide.get() != 0) {
            problems.add(
                    ErrorCode.BAD_WINDOW,
                    arguments.at(WindowArguments.STEP),
                    "the size of these windows is no multiple of their step",
                    "choose a step that divides the size");
            return Optional.empty();
        }
        Windowing windowing = name.equals("CUMULATE")
                ? Windowing.cumulate(size.get(), slide.get(), offset.get())
                : Windowing.hop(size.get(), slide.get(), offset.get());
        return new WindowChecks(problems).lengths(windowing, type, zone.get(), arguments);
    }

    /** The zone in which the windows lie; empty, and a problem noted, if that makes no sense. */
    private Optional<ZoneId> zone(WindowArguments arguments, TimestampType time) {
        if (!arguments.has(WindowArguments.ZONE)) {
            return Optional.of(context.zone());
        }
        Origin at = arguments.at(WindowArguments.ZONE);
        if (!time.local()) {
            problems.add(
                    ErrorCode.BAD_WINDOW,
                    at,
                    "windows over " + time.sql() + " lie as its times are written, in no zone",
                    "leave the zone out, or declare the event time as TIMESTAMP_LTZ");
            return Optional.empty();
        }
        ArgumentValue value = arguments.required(WindowArguments.ZONE);
        Expr bound = value instanceof Relation.ExpressionArgument argument
                ? new ExpressionBinder(context, QueryBinder.nothing(at)).bind(argument.expression())
                : Literal.ofNull(Type.NULL, at);
        String name = bound instanceof Literal literal && literal.value() instanceof String text ? text : "";
        try {
            return Optional.of(ZoneId.of(name));
        } catch (DateTimeException e) {
            problems.add(
                    ErrorCode.BAD_WINDOW,
                    at,
                    "the zone of a window is the name of a time zone",
                    Suggestion.nearest(name, new TreeSet<>(ZoneId.getAvailableZoneIds()))
                            .map(meant -> "did you mean '" + meant + "'?")
                            .orElse("write it like ZONE => 'Europe/Berlin'"));
            return Optional.empty();
        }
    }

    /** A fixed length of time in microseconds; empty, and a problem noted, if it is none. */
    private Optional<Long> length(WindowArguments arguments, String which, boolean positive) {
        ArgumentValue value = arguments.required(which);
        Origin at = arguments.at(which);
        int before = problems.errors();
        Expr bound = value instanceof Relation.ExpressionArgument argument
                ? new ExpressionBinder(context, QueryBinder.nothing(at)).bind(argument.expression())
                : Literal.ofNull(Type.NULL, at);
        if (problems.errors() > before) {
            return Optional.empty();
        }
        if (bound.type().equals(Type.INTERVAL_MONTHS)) {
            problems.add(
                    ErrorCode.BAD_WINDOW,
                    at,
                    "a window has a fixed length, and months and years have none",
                    "write days: INTERVAL '30' DAY");
            return Optional.empty();
        }
        if (!(bound instanceof Literal literal) || !bound.type().equals(Type.INTERVAL_MICROS) || literal.isNull()) {
            problems.add(
                    ErrorCode.BAD_WINDOW,
                    at,
                    "the " + which.toLowerCase(Locale.ROOT) + " of a window is an interval",
                    "write it like INTERVAL '1' MINUTE");
            return Optional.empty();
        }
        long micros = (Long) literal.value();
        if (positive && micros <= 0) {
            problems.add(
                    ErrorCode.BAD_WINDOW,
                    at,
                    "the " + which.toLowerCase(Locale.ROOT) + " of a window is longer than zero",
                    "write it like INTERVAL '1' MINUTE");
            return Optional.empty();
        }
        return Optional.of(micros);
    }

    // ---- the result
    // ----------------------------------------------------------------------------------------------------

    private static BoundRelation windowed(BoundRelation rows, LogicalPlan plan) {
        List<Entry> names = new ArrayList<>(rows.names());
        int first = rows.plan().output().size();
        for (int i = 0; i < ADDED.size(); i++) {
            names.add(new Entry("", ADDED.get(i), first + i, false));
        }
        return new BoundRelation(plan, names);
    }

    /** The columns of a window that could not be bound, so that what follows still can be. */
    private static BoundRelation stub(BoundRelation rows, Expr.Column time, Origin at) {
        WindowKind any = new WindowKind.Even(Windowing.tumble(1, 0));
        return windowed(rows, new LogicalPlan.Window(rows.plan(), time.index(), any, false, at));
    }
}
