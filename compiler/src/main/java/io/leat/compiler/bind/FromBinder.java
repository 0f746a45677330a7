package io.leat.compiler.bind;

import io.leat.compiler.bind.BoundRelation.Entry;
import io.leat.compiler.catalog.SideTables;
import io.leat.compiler.catalog.Table;
import io.leat.compiler.catalog.Table.TableColumn;
import io.leat.compiler.catalog.View;
import io.leat.compiler.expr.Expr;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.grammar.source.Suggestion;
import io.leat.grammar.tree.Identifier;
import io.leat.grammar.tree.Name;
import io.leat.grammar.tree.Relation;
import io.leat.runtime.connector.Connectors;
import io.leat.runtime.type.Type.TimestampType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What FROM names: tables, views, subqueries, window functions and joins of these. */
final class FromBinder {
    private static final Map<String, String> SOURCES_OF_OTHERS = Map.of(
            "KAFKA", "declare the topic: CREATE TABLE t (…) WITH (connector = 'kafka', topic = '…', format = 'json')",
            "GENERATE_SERIES", "use a table with connector = 'datagen', or VALUES");

    private static final int ALL_STATEMENTS = -1;

    private final QueryBinder queries;
    private final Context context;
    private final Problems problems;

    FromBinder(QueryBinder queries) {
        this.queries = queries;
        this.context = queries.context();
        this.problems = context.problems();
    }

    BoundRelation bind(Relation relation) {
        if (relation instanceof Relation.Table table) {
            return table(table);
        }
        if (relation instanceof Relation.AsOf asOf) {
            throw problems.abandon(
                    ErrorCode.NOT_SUPPORTED,
                    asOf.at(),
                    "FOR SYSTEM_TIME AS OF stands on the right side of a join only",
                    "write a JOIN b FOR SYSTEM_TIME AS OF a.ts ON a.k = b.k");
        }
        if (relation instanceof Relation.Expiring expiring) {
            return expiring(expiring);
        }
        if (relation instanceof Relation.Refreshing refreshing) {
            return new RefreshBinder(context).bind(bind(refreshing.input()), refreshing);
        }
        if (relation instanceof Relation.File file) {
            return files(new FileBinder(context).table(file), file.alias(), file.at());
        }
        if (relation instanceof Relation.Subquery subquery) {
            return subquery(subquery);
        }
        if (relation instanceof Relation.Lateral lateral) {
            throw problems.abandon(
                    ErrorCode.NOT_SUPPORTED,
                    lateral.at(),
                    "LATERAL speaks of the rows in front of it, and there are none",
                    "leave LATERAL out, or write t JOIN LATERAL (…) AS l ON TRUE");
        }
        if (relation instanceof Relation.TableFunction function) {
            return function(function);
        }
        Relation.Join join = (Relation.Join) relation;
        return join(join.kind(), bind(join.left()), join.right(), join.condition(), join.at());
    }

    /** What is on the left side with what a join adds to it. */
    BoundRelation join(
            Relation.JoinKind kind, BoundRelation left, Relation right, Relation.JoinCondition condition, Origin at) {
        if (right instanceof Relation.Lateral lateral) {
            return new LateralBinder(context).bind(kind, left, lateral, condition, at);
        }
        if (UnnestBinder.takes(right)) {
            return new UnnestBinder(context).bind(kind, left, (Relation.TableFunction) right, condition, at);
        }
        boolean compares = kind == Relation.JoinKind.ASOF || kind == Relation.JoinKind.ASOF_LEFT;
        Optional<Relation.Refreshing> refreshing =
                right instanceof Relation.Refreshing each ? Optional.of(each) : Optional.empty();
        Relation kept = refreshing.map(Relation.Refreshing::input).orElse(right);
        Optional<Relation.Expiring> expiry =
                kept instanceof Relation.Expiring each && (compares || each.input() instanceof Relation.AsOf)
                        ? Optional.of(each)
                        : Optional.empty();
        Relation named = expiry.map(Relation.Expiring::input).orElse(kept);
        Optional<Relation.AsOf> asOf = named instanceof Relation.AsOf is ? Optional.of(is) : Optional.empty();
        BoundRelation rows = asOf.map(is -> table(is.table())).orElseGet(() -> bind(named));
        BoundRelation fresh = refreshing
                .map(each -> new RefreshBinder(context).bind(rows, each))
                .orElse(rows);
        JoinedSide side = new JoinedSide(fresh, asOf.map(Relation.AsOf::time), expiry);
        return new JoinBinder(context).bind(kind, left, side, condition, at);
    }

    private BoundRelation expiring(Relation.Expiring relation) {
        Expiry expiry = new Expiry(problems, new ExpiryBinder(context).micros(relation), relation.at());
        BoundRelation rows = bind(relation.input());
        if (rows.plan().traits().eventTime().isEmpty()) {
            throw expiry.withoutTime();
        }
        problems.addExpiry(expiry);
        return rows.expiring(Optional.of(expiry));
    }

    // ---- tables and views
    // ----------------------------------------------------------------------------------------------

    private BoundRelation table(Relation.Table relation) {
        String name = relation.name().toString();
        BoundRelation rows = relation.options().isEmpty() ? named(relation.name()) : hinted(relation);
        return rows.as(relation.alias().map(Identifier::text).orElse(name));
    }

    private BoundRelation files(Table table, Optional<Identifier> alias, Origin at) {
        problems.countTable(at);
        return scan(table, at).as(alias.map(Identifier::text).orElseGet(() -> FileBinder.qualifier(table.name())));
    }

    /** A table with other options is another source: what it reads, and what is refused there, is its own. */
    private BoundRelation hinted(Relation.Table relation) {
        Table table = context.catalog()
                .table(relation.name().toString())
                .filter(each -> each.kind() == Table.Kind.CONNECTOR)
                .orElseThrow(() -> problems.abandon(
                        ErrorCode.BAD_OPTION,
                        relation.options().get(0).at(),
                        "'" + relation.name() + "' is no table with a connector, and has no options",
                        "write them behind a table of CREATE TABLE … WITH (…)"));
        problems.countTable(relation.name().at());
        return scan(
                new TableBinder(context).with(table, relation.options()),
                relation.name().at());
    }

    private BoundRelation named(Name name) {
        String text = name.toString();
        problems.countTable(name.at());
        Optional<View> view = context.catalog().view(text);
        if (view.isPresent()) {
            return view(view.get());
        }
        Optional<Table> table = context.catalog().table(text);
        if (table.isPresent()) {
            return scan(table.get(), name.at());
        }
        Optional<Table> source = SideTables.sourceOf(text).flatMap(context.catalog()::table);
        if (source.isPresent()) {
            return scan(sideTable(source.get(), SideTables.isLate(text), name.at()), name.at());
        }
        throw unknown(text, name.at());
    }

    /** The late or rejected rows of a source. */
    Table sideTable(Table source, boolean late, Origin at) {
        if (source.kind() != Table.Kind.CONNECTOR || source.source().isEmpty()) {
            throw problems.abandon(
                    ErrorCode.WRONG_DIRECTION,
                    at,
                    "'" + source.name() + "' is no source: it has no late or rejected rows",
                    "only a table that is read through a connector has them");
        }
        boolean hasVersions = source.comesAndGoes()
                && source.changelog().flatMap(Table.Changelog::declared).isPresent();
        if (late && source.watermark().isEmpty() && hasVersions) {
            // Rows by key have no event time and are never late, but as versions they may be.
            return SideTables.late(VersionedRows.table(source));
        }
        if (late && source.watermark().isEmpty()) {
            throw problems.abandon(
                    ErrorCode.NO_WATERMARK,
                    at,
                    "no row of '" + source.name() + "' is late: it has no watermark",
                    "declare WATERMARK FOR %1$s AS %1$s - INTERVAL '5' SECOND in its CREATE TABLE"
                            .formatted(timeColumn(source)));
        }
        return late ? SideTables.late(source) : SideTables.rejected(source);
    }

    /** The name of a column that could be the event time. */
    private static String timeColumn(Table table) {
        return table.columns().stream()
                .filter(column -> column.type() instanceof TimestampType)
                .map(TableColumn::name)
                .findFirst()
                .orElse("ts");
    }

    Problems.Abandoned unknown(String name, Origin at) {
        if (problems.isBroken(SideTables.sourceOf(name).orElse(name))) {
            return new Problems.Abandoned();
        }
        Optional<String> source = SideTables.sourceOf(name);
        String suffix = source.map(base -> name.substring(base.length())).orElse("");
        List<String> names =
                context.catalog().names().stream().map(each -> each + suffix).toList();
        String help = names.isEmpty() ? "no table is declared before this" : Problems.meant(name, names, "there is");
        return problems.abandon(ErrorCode.UNKNOWN_TABLE, at, "no table or view '" + name + "'", help);
    }

    /** A view is its query, over what existed when it was declared. */
    BoundRelation view(View view) {
        BoundRelation rows = new QueryBinder(context.ofView(view.scope())).shown(view.query());
        return named(rows, view.columns());
    }

    /** The same rows, with other names for all columns if there are any. */
    private BoundRelation named(BoundRelation rows, List<Identifier> columns) {
        if (columns.isEmpty()) {
            return rows;
        }
        List<Entry> visible = rows.visible();
        if (columns.size() != visible.size()) {
            throw problems.abandon(
                    ErrorCode.COLUMN_COUNT,
                    columns.get(0).at().to(columns.get(columns.size() - 1).at()),
                    columns.size() + " names for " + visible.size() + " columns");
        }
        List<Entry> renamed = new ArrayList<>();
        for (int i = 0; i < visible.size(); i++) {
            renamed.add(new Entry("", columns.get(i).text(), visible.get(i).column(), false));
        }
        return new BoundRelation(rows.plan(), renamed);
    }

    /** All columns of a table as declared: those that the source carries, and the computed ones from them. */
    private BoundRelation scan(Table table, Origin at) {
        if (table.source().isEmpty()) {
            throw unreadable(table, at);
        }
        LogicalPlan scan = LogicalPlan.Scan.of(table, context.statement(), ALL_STATEMENTS, at);
        // The kind of a change is none of the row's columns.
        boolean op = table.changelog().filter(Table.Changelog::op).isPresent();
        if (!op && table.columns().stream().noneMatch(TableColumn::isComputed)) {
            return BoundRelation.of(scan, table.name());
        }
        int time = table.watermark().map(Table.Watermark::column).orElse(-1);
        List<Expr> expressions = new ArrayList<>();
        List<String> names = new ArrayList<>();
        int physical = 0;
        for (int i = 0; i < table.columns().size(); i++) {
            TableColumn column = table.columns().get(i);
            if (op && i == 0) {
                physical++;
                continue;
            }
            names.add(column.name());
            if (column.isComputed() && i != time) {
                expressions.add(column.computed().get());
                continue;
            }
            int index = column.isComputed() ? scan.output().size() - 1 : physical++;
            expressions.add(new Expr.Column(index, column.name(), column.type(), column.nullable(), at));
        }
        return BoundRelation.of(new LogicalPlan.Project(scan, expressions, names, at), table.name());
    }

    /** A table that only takes rows, or one whose options are wrong, which was said where it is declared. */
    private Problems.Abandoned unreadable(Table table, Origin at) {
        boolean onlyWrites = table.connector()
                .flatMap(Connectors.installed()::find)
                .map(connector -> connector.readable().isEmpty())
                .orElse(false);
        return onlyWrites
                ? problems.abandon(
                        ErrorCode.WRONG_DIRECTION,
                        at,
                        "'" + table.name() + "' cannot be read: connector "
                                + table.connector().get() + " only writes",
                        "read what is written to it")
                : new Problems.Abandoned();
    }

    BoundRelation subquery(Relation.Subquery subquery) {
        BoundRelation rows = named(queries.shown(subquery.query()), subquery.columns());
        return rows.as(subquery.alias().map(Identifier::text).orElse(""));
    }

    // ---- functions
    // -----------------------------------------------------------------------------------------------------

    private BoundRelation function(Relation.TableFunction function) {
        if (UnnestBinder.takes(function)) {
            return new UnnestBinder(context).bind(QueryBinder.nothing(function.at()), function, false);
        }
        if (FileBinder.takes(function)) {
            return renamed(files(new FileBinder(context).table(function), function.alias(), function.at()), function);
        }
        String name = function.name().text().toUpperCase(Locale.ROOT);
        if (!WindowBinder.isWindow(name)) {
            throw unknownFunction(name, function);
        }
        if (function.ordinality()) {
            throw problems.abandon(
                    ErrorCode.NOT_SUPPORTED,
                    function.at(),
                    "WITH ORDINALITY numbers the elements of an array, and " + name + " has none",
                    "number the rows with ROW_NUMBER() OVER (…)");
        }
        return renamed(new WindowBinder(queries).bind(function, Optional.empty()), function);
    }

    private BoundRelation renamed(BoundRelation rows, Relation.TableFunction function) {
        return function.columns().isEmpty()
                ? rows
                : named(rows, function.columns())
                        .as(function.alias().orElseThrow().text());
    }

    Problems.Abandoned unknownFunction(String name, Relation.TableFunction function) {
        String elsewhere = SOURCES_OF_OTHERS.get(name);
        if (elsewhere != null) {
            return problems.abandon(
                    ErrorCode.NOT_SUPPORTED,
                    function.name().at(),
                    "the table function " + name + " is not supported yet",
                    elsewhere);
        }
        Optional<String> meant = Suggestion.nearest(name, WindowBinder.NAMES);
        return problems.abandon(
                ErrorCode.UNKNOWN_FUNCTION,
                function.name().at(),
                "no table function " + name,
                meant.map(known -> "did you mean " + known + "?")
                        .orElse("table functions are TUMBLE, HOP, CUMULATE and SESSION"));
    }
}
