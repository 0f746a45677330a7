package io.leat.compiler.bind;

import io.leat.compiler.catalog.Table;
import io.leat.compiler.catalog.Table.TableColumn;
import io.leat.compiler.expr.Expr;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.Plans;
import io.leat.compiler.type.Coercion;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Identifier;
import io.leat.grammar.tree.Statement.Emit;
import io.leat.runtime.connector.Connector;
import io.leat.runtime.connector.Connectors;
import io.leat.runtime.connector.SinkTraits;
import io.leat.runtime.connector.SourceTraits.End;
import io.leat.runtime.connector.print.PrintConnector;
import io.leat.runtime.job.Pauses;
import io.leat.runtime.job.SinkSpec;
import io.leat.runtime.job.SinkSpec.Kind;
import io.leat.runtime.job.Telling;
import io.leat.runtime.type.Field;
import io.leat.runtime.type.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Rows of a query to the columns of the table they are written to. */
final class SinkBinder {
    private final Context context;
    private final Problems problems;

    SinkBinder(Context context) {
        this.context = context;
        this.problems = context.problems();
    }

    /**
     * @param columns the columns that the query's columns go to, in their order; empty for all
     * @param emit how the result is to be told, if that is said
     * @param replace whether the table holds this result only
     * @param queryAt where the query stands
     */
    BoundStatement write(
            String title,
            LogicalPlan rows,
            Table table,
            List<Identifier> columns,
            Optional<Emit> emit,
            boolean replace,
            Origin at,
            Origin queryAt) {
        Optional<SinkTraits> takes = takes(table, rows, at);
        List<Field> given = rows.output();
        List<TableColumn> all = written(table);
        // The kind of a change is none of the query's columns.
        boolean kinds = EmitBinder.hasKind(table)
                && emit.filter(each -> each.mode() == Emit.Mode.CHANGES).isPresent();
        if (kinds) {
            all = all.subList(1, all.size());
        }
        List<TableColumn> targets = columns.isEmpty() ? all : targets(table, columns, all);
        if (targets.size() != given.size()) {
            throw problems.abandon(
                    ErrorCode.COLUMN_COUNT,
                    at,
                    "the query has " + count(given.size()) + ", and " + table.name() + " takes " + targets.size(),
                    "it takes "
                            + String.join(
                                    ", ",
                                    targets.stream().map(TableColumn::name).toList()));
        }
        if (takes.isEmpty()) {
            throw new Problems.Abandoned();
        }
        EmitBinder emits = new EmitBinder(context);
        EmitBinder.Told told = emits.written(rows, table, targets, takes.get(), emit, at);
        LogicalPlan query = told.plan();
        List<Expr> values = Plans.columns(query, at);
        List<Expr> expressions = new ArrayList<>();
        for (TableColumn column : all) {
            int position = targets.indexOf(column);
            Expr value = position < 0
                    ? Expr.Literal.ofNull(column.type(), at)
                    : assigned(
                            values.get(position),
                            column,
                            table,
                            place(query, position, queryAt).orElse(at));
            expressions.add(column.nullable() || !value.nullable() ? value : new Expr.Required(value, at));
        }
        List<Field> fields = all.stream().map(TableColumn::field).toList();
        LogicalPlan plan = new LogicalPlan.Project(
                query, expressions, fields.stream().map(Field::name).toList(), at);
        return new BoundStatement(
                title, plan, spec(table, all, replace).told(told.telling(), emits.pauses(told.telling(), emit)), at);
    }

    /** Where the query computes a column; empty if that is not in its own text, but in a view that it reads. */
    private static Optional<Origin> place(LogicalPlan plan, int column, Origin within) {
        if (plan instanceof LogicalPlan.Sort || plan instanceof LogicalPlan.Limit) {
            return place(plan.inputs().get(0), column, within);
        }
        if (!(plan instanceof LogicalPlan.Project project)) {
            return Optional.empty();
        }
        Origin at = project.expressions().get(column).at();
        boolean inside = at.end() > at.start() && at.start() >= within.start() && at.end() <= within.end();
        return inside ? Optional.of(at) : Optional.empty();
    }

    /** A query whose rows are shown. */
    BoundStatement print(String title, LogicalPlan rows, Optional<Emit> emit, Origin at) {
        EmitBinder emits = new EmitBinder(context);
        EmitBinder.Told told = emits.shown(rows, emit, at);
        LogicalPlan query = told.plan();
        Telling telling = told.telling();
        SinkSpec sink = new SinkSpec(
                Kind.PRINT,
                title,
                Optional.empty(),
                Map.of(),
                new Schema(query.output()),
                telling,
                emits.pauses(telling, emit),
                Optional.empty(),
                List.of(),
                false);
        return new BoundStatement(title, query, sink, at);
    }

    private static String count(int columns) {
        return columns + (columns == 1 ? " column" : " columns");
    }

    /** The columns that rows carry into a table: neither computed nor filled in by the transport. */
    static List<TableColumn> written(Table table) {
        return table.physicalColumns().stream()
                .filter(column -> column.metadata().isEmpty())
                .toList();
    }

    private List<TableColumn> targets(Table table, List<Identifier> columns, List<TableColumn> all) {
        List<TableColumn> targets = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Identifier name : columns) {
            Optional<TableColumn> found = all.stream()
                    .filter(column -> Identifier.key(column.name()).equals(name.key()))
                    .findFirst();
            if (found.isEmpty()) {
                problems.add(
                        ErrorCode.UNKNOWN_COLUMN,
                        name.at(),
                        "no column '" + name + "' to write to in " + table.name(),
                        Problems.meant(
                                name.text(), all.stream().map(TableColumn::name).toList(), "there are"));
            } else if (!seen.add(name.key())) {
                problems.add(ErrorCode.DUPLICATE_COLUMN, name.at(), "column '" + name + "' is named twice");
            } else {
                targets.add(found.get());
            }
        }
        if (targets.size() < columns.size()) {
            throw new Problems.Abandoned();
        }
        return targets;
    }

    private Expr assigned(Expr value, TableColumn column, Table table, Origin at) {
        Conversions conversions = new Conversions(context);
        Optional<Expr> converted = conversions.implicit(value, column.type());
        if (converted.isEmpty() && Coercion.isAssignable(value.type(), column.type())) {
            converted = Optional.of(conversions.cast(value, column.type()));
        }
        if (converted.isEmpty()) {
            problems.add(
                    ErrorCode.NOT_ASSIGNABLE,
                    at,
                    "column '" + column.name() + "' of " + table.name() + " is "
                            + column.type().sql() + ", and the query has "
                            + value.type().sql() + " for it",
                    "write CAST(… AS " + column.type().sql() + ") in the query");
            return Expr.Literal.ofNull(column.type(), at);
        }
        return converted.get();
    }

    /** What a table takes; empty, and problems noted, if its options are not in order for that. */
    private Optional<SinkTraits> takes(Table table, LogicalPlan query, Origin at) {
        if (table.kind() == Table.Kind.MEMORY) {
            if (query.traits().end() == End.UNBOUNDED) {
                problems.add(
                        ErrorCode.NEVER_ENDS,
                        at,
                        "'" + table.name() + "' is kept in memory, and " + EndChecks.endless(query) + " never ends",
                        "give the table a place: WITH (connector = 'filesystem', …), or declare a VIEW");
            }
            return Optional.of(new SinkTraits(SinkTraits.Changes.APPEND, false));
        }
        Connector connector =
                Connectors.installed().find(table.connector().orElse("")).orElseThrow(Problems.Abandoned::new);
        if (connector.writable().isEmpty()) {
            throw problems.abandon(
                    ErrorCode.WRONG_DIRECTION,
                    at,
                    "'" + table.name() + "' cannot be written: connector " + connector.name() + " only reads",
                    "write to a table with another connector, such as filesystem or kafka");
        }
        for (int column : table.primaryKey()) {
            TableColumn key = table.columns().get(column);
            if (!written(table).contains(key)) {
                throw problems.abandon(
                        ErrorCode.WRONG_DIRECTION,
                        at,
                        "'" + table.name() + "' cannot be written: its key has '" + key.name()
                                + "', which no row carries",
                        "leave it out of the primary key");
            }
        }
        return new OptionBinder(context, table.name()).sink(connector.writable().get(), table, at);
    }

    private SinkSpec spec(Table table, List<TableColumn> written, boolean replace) {
        boolean prints = table.connector().equals(Optional.of(PrintConnector.NAME));
        Kind kind = prints ? Kind.PRINT : table.kind() == Table.Kind.MEMORY ? Kind.MEMORY : Kind.TABLE;
        List<Integer> key = new ArrayList<>();
        table.primaryKey()
                .forEach(column -> key.add(written.indexOf(table.columns().get(column))));
        List<Field> fields = written.stream().map(TableColumn::field).toList();
        return new SinkSpec(
                kind,
                table.name(),
                table.connector(),
                table.options(),
                new Schema(fields),
                Telling.ROWS,
                Pauses.NONE,
                Optional.empty(),
                key,
                replace);
    }
}
