package io.leat.compiler.bind;

import io.leat.compiler.catalog.Table;
import io.leat.compiler.catalog.Table.TableColumn;
import io.leat.compiler.logical.ProcessingTime;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.tree.Expression;
import io.leat.grammar.tree.Identifier;
import io.leat.grammar.tree.Statement.Watermark;
import io.leat.runtime.type.Type.TimestampType;
import java.util.List;
import java.util.Optional;

/** {@code WATERMARK FOR ts AS ts - INTERVAL …}: the event-time column and how late its rows may come. */
final class WatermarkBinder {
    private static final String HELP = "write WATERMARK FOR %1$s AS %1$s - INTERVAL '5' SECOND";

    private final Context context;
    private final Problems problems;
    private final String table;
    private final List<TableColumn> columns;

    WatermarkBinder(Context context, String table, List<TableColumn> columns) {
        this.context = context;
        this.problems = context.problems();
        this.table = table;
        this.columns = columns;
    }

    /** A watermark, also where its interval is wrong: a query must not be told that there is none. */
    Table.Watermark bind(Watermark definition) {
        String name = definition.column().toString();
        int column = position(name);
        if (column < 0) {
            List<String> names = columns.stream().map(TableColumn::name).toList();
            throw problems.abandon(
                    ErrorCode.UNKNOWN_COLUMN,
                    definition.column().at(),
                    "no column '" + name + "' in " + table,
                    Problems.meant(
                            name,
                            names,
                            "the event time is a column of the table, or a computed one such as"
                                    + " ts AS payload.ts; there is"));
        }
        if (!(columns.get(column).type() instanceof TimestampType timestamp)) {
            throw problems.abandon(
                    ErrorCode.BAD_WATERMARK,
                    definition.column().at(),
                    "event time is a TIMESTAMP or TIMESTAMP_LTZ, and '" + name + "' is "
                            + columns.get(column).type().sql(),
                    "add a computed column, such as ts AS TO_TIMESTAMP_LTZ(" + name + ", 3)");
        }
        if (timestamp.nanos()) {
            throw problems.abandon(
                    ErrorCode.BAD_WATERMARK,
                    definition.column().at(),
                    "event time keeps microseconds at most, and '" + name + "' is " + timestamp.sql(),
                    "declare it as " + new TimestampType(TimestampType.MAX_MICROS_PRECISION, timestamp.local()).sql());
        }
        if (columns.get(column)
                .computed()
                .filter(ProcessingTime::isProcessingTime)
                .isPresent()) {
            problems.add(
                    ErrorCode.BAD_WATERMARK,
                    definition.column().at(),
                    "'" + name + "' is the processing time, which goes as the clock goes",
                    "leave WATERMARK out: windows over '" + name + "' close by the clock");
        }
        return new Table.Watermark(column, delay(definition, name).orElse(0L), definition.at());
    }

    private int position(String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (Identifier.key(columns.get(i).name()).equals(Identifier.key(name))) {
                return i;
            }
        }
        return -1;
    }

    /** How far the watermark stays behind, in microseconds: {@code ts}, or {@code ts - INTERVAL …}. */
    private Optional<Long> delay(Watermark definition, String column) {
        Expression expression = definition.expression();
        if (isColumn(expression, column)) {
            return Optional.of(0L);
        }
        boolean subtracts = expression instanceof Expression.Arithmetic arithmetic
                && arithmetic.operators().equals(List.of(Expression.Arithmetic.Operator.SUBTRACT))
                && isColumn(arithmetic.operands().get(0), column)
                && arithmetic.operands().get(1) instanceof Expression.IntervalLiteral;
        if (!subtracts) {
            problems.add(
                    ErrorCode.BAD_WATERMARK,
                    expression.at(),
                    "a watermark is the event time minus a fixed interval",
                    HELP.formatted(column));
            return Optional.empty();
        }
        Expression.IntervalLiteral interval = (Expression.IntervalLiteral)
                ((Expression.Arithmetic) expression).operands().get(1);
        Object micros = new LiteralBinder(context).interval(interval).value();
        boolean months =
                new LiteralBinder(context).interval(interval).type().equals(io.leat.runtime.type.Type.INTERVAL_MONTHS);
        if (months || (Long) micros < 0) {
            problems.add(
                    ErrorCode.BAD_WATERMARK,
                    interval.at(),
                    months
                            ? "a watermark cannot stay behind by months, which differ in length"
                            : "the interval is negative",
                    HELP.formatted(column));
            return Optional.empty();
        }
        return Optional.of((Long) micros);
    }

    private static boolean isColumn(Expression expression, String column) {
        return expression instanceof Expression.Reference reference
                && Identifier.key(reference.name().toString()).equals(Identifier.key(column));
    }
}
