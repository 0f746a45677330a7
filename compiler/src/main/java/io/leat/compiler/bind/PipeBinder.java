package io.leat.compiler.bind;

import io.leat.compiler.bind.BoundRelation.Entry;
import io.leat.compiler.expr.Expr;
import io.leat.compiler.logical.LogicalPlan;
import io.leat.compiler.logical.LogicalPlan.SortKey;
import io.leat.compiler.logical.Plans;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Expression;
import io.leat.grammar.tree.Identifier;
import io.leat.grammar.tree.PipeOperator;
import io.leat.grammar.tree.PipeVisitor;
import io.leat.grammar.tree.Query;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Pipes: each operator takes the rows of everything before it. */
final class PipeBinder {
    private final QueryBinder queries;
    private final Context context;
    private final Problems problems;

    PipeBinder(QueryBinder queries) {
        this.queries = queries;
        this.context = queries.context();
        this.problems = context.problems();
    }

    BoundRelation bind(Query.Pipe pipe) {
        BoundRelation rows = input(pipe.input());
        for (PipeOperator operator : pipe.operators()) {
            rows = PipeVisitor.visit(operator, new Step(rows));
        }
        return rows;
    }

    /** Where a pipe begins with FROM, its operators know the tables by their names. */
    BoundRelation input(Query query) {
        if (!(query instanceof Query.Select select) || select.from().isEmpty() || !isEverything(select)) {
            return queries.bind(query);
        }
        BoundRelation rows = new FromBinder(queries).bind(select.from().get());
        return select.where().isEmpty()
                ? rows
                : queries.filter(rows, select.where().get());
    }

    private static boolean isEverything(Query.Select select) {
        boolean all = select.items().size() == 1
                && select.items().get(0) instanceof Query.Star star
                && star.qualifier().isEmpty()
                && star.changes().equals(Query.StarChanges.NONE);
        return all
                && select.distinct() instanceof Query.EveryRow
                && select.groupBy().isEmpty()
                && select.having().isEmpty()
                && select.qualify().isEmpty();
    }

    /** One operator over the rows before it. */
    private final class Step implements PipeVisitor<BoundRelation> {
        private final BoundRelation rows;
        private final int before = problems.errors();
        private final Subqueries subqueries;

        Step(BoundRelation rows) {
            this.rows = rows;
            this.subqueries = Subqueries.of(context, rows);
        }

        private boolean failed() {
            return problems.errors() > before;
        }

        @Override
        public BoundRelation where(PipeOperator.Where node) {
            return queries.filter(rows, node.condition());
        }

        @Override
        public BoundRelation select(PipeOperator.Select node) {
            Aliases aliases = new Aliases(problems, node.items());
            OverCalls overs = overs(aliases);
            List<SelectItems.Item> items = items(node.items(), overs, aliases);
            if (failed()) {
                return SelectItems.stub(items, node.at());
            }
            LogicalPlan plan = over(overs, node.at());
            LogicalPlan.Project project = new LogicalPlan.Project(
                    plan,
                    items.stream().map(item -> replace(overs, item.value())).toList(),
                    items.stream().map(SelectItems.Item::name).toList(),
                    node.at());
            Optional<Expiry> expiry = expiry(overs);
            BoundRelation selected = new BoundRelation(
                    expiry.isPresent() ? Expiry.withTime(plan, project) : project,
                    BoundRelation.of(project, "").names(),
                    expiry);
            return node.distinct() ? queries.distinct(selected, node.at()) : selected;
        }

        /** How long the rows behind an operator stand: those with window functions come when they stand no longer. */
        private Optional<Expiry> expiry(OverCalls overs) {
            return overs.isEmpty() ? rows.expiry() : Optional.empty();
        }

        /** Takes the window functions of an operator. */
        private OverCalls overs(Aliases aliases) {
            return new OverCalls(context, rows, Optional.empty(), List.of(), subqueries, aliases);
        }

        /** The rows with what subqueries and window functions say of them behind their columns. */
        private LogicalPlan over(OverCalls overs, Origin at) {
            LogicalPlan joined = subqueries.join(rows.plan());
            overs.change(subqueries::replace);
            return overs.over(joined, rows.expiry(), at);
        }

        private Expr replace(OverCalls overs, Expr expression) {
            return overs.replace(subqueries.replace(expression));
        }

        private List<SelectItems.Item> items(List<Query.SelectItem> list, OverCalls overs, Aliases aliases) {
            return new SelectItems(problems, overs.binder(), aliases).bind(list);
        }

        @Override
        public BoundRelation extend(PipeOperator.Extend node) {
            Aliases aliases = new Aliases(problems, node.items());
            OverCalls overs = overs(aliases);
            List<SelectItems.Item> added = items(node.items(), overs, aliases);
            if (failed()) {
                return rows;
            }
            LogicalPlan plan = over(overs, node.at());
            List<Expr> expressions = new ArrayList<>(Plans.columns(rows.plan(), node.at()));
            List<String> names = new ArrayList<>(Plans.names(rows.plan()));
            List<Entry> entries = new ArrayList<>(rows.names());
            for (SelectItems.Item item : added) {
                entries.add(new Entry("", item.name(), expressions.size(), false));
                expressions.add(new Conversions(context).settled(replace(overs, item.value())));
                names.add(item.name());
            }
            return new BoundRelation(
                    new LogicalPlan.Project(plan, expressions, names, node.at()), entries, expiry(overs));
        }

        @Override
        public BoundRelation assign(PipeOperator.Assign node) {
            OverCalls overs = overs(Aliases.none(problems));
            ExpressionBinder binder = overs.binder();
            List<Expr> expressions = new ArrayList<>(Plans.columns(rows.plan(), node.at()));
            Map<Integer, Integer> moved = new HashMap<>();
            for (PipeOperator.Assignment assignment : node.assignments()) {
                Optional<Integer> column = column(assignment.column());
                Expr value = new Conversions(context).settled(binder.bind(assignment.value()));
                if (column.isPresent()) {
                    if (moved.put(column.get(), expressions.size()) != null) {
                        problems.add(
                                ErrorCode.DUPLICATE_COLUMN,
                                assignment.at(),
                                "'" + assignment.column() + "' is set twice");
                    }
                    expressions.add(value);
                }
            }
            if (failed()) {
                return rows;
            }
            // Where two names share a column, only the one that was set gets the new value.
            List<String> names = new ArrayList<>(Plans.names(rows.plan()));
            node.assignments()
                    .forEach(assignment -> names.add(assignment.column().text()));
            List<Entry> entries = new ArrayList<>();
            for (Entry entry : rows.names()) {
                boolean set = !entry.hidden()
                        && node.assignments().stream()
                                .anyMatch(assignment ->
                                        entry.is(assignment.column().text()));
                int at = set ? moved.get(entry.column()) : entry.column();
                entries.add(new Entry(entry.qualifier(), entry.name(), at, entry.hidden()));
            }
            LogicalPlan plan = over(overs, node.at());
            expressions.replaceAll(each -> replace(overs, each));
            return new BoundRelation(
                    new LogicalPlan.Project(plan, expressions, names, node.at()), entries, expiry(overs));
        }

        @Override
        public BoundRelation drop(PipeOperator.Drop node) {
            List<Entry> left = new ArrayList<>(rows.names());
            for (Identifier name : node.columns()) {
                if (column(name).isPresent()) {
                    left.removeIf(entry -> !entry.hidden() && entry.is(name.text()));
                }
            }
            if (left.stream().allMatch(Entry::hidden) && !failed()) {
                problems.add(ErrorCode.COLUMN_COUNT, node.at(), "no column is left");
            }
            return failed() ? rows : new BoundRelation(rows.plan(), left, rows.expiry());
        }

        @Override
        public BoundRelation rename(PipeOperator.Rename node) {
            Map<Integer, String> renamed = new HashMap<>();
            for (PipeOperator.Renaming renaming : node.renamings()) {
                column(renaming.from())
                        .ifPresent(column -> renamed.put(column, renaming.to().text()));
            }
            if (failed()) {
                return rows;
            }
            List<Entry> entries = new ArrayList<>();
            for (Entry entry : rows.names()) {
                boolean isRenamed = !entry.hidden()
                        && node.renamings().stream()
                                .anyMatch(renaming -> entry.is(renaming.from().text()));
                String name = isRenamed ? renamed.get(entry.column()) : entry.name();
                entries.add(new Entry(entry.qualifier(), name, entry.column(), entry.hidden()));
            }
            return new BoundRelation(rows.plan(), entries, rows.expiry());
        }

        @Override
        public BoundRelation as(PipeOperator.As node) {
            return rows.as(node.alias().text());
        }

        @Override
        public BoundRelation join(PipeOperator.Join node) {
            return new FromBinder(queries).join(node.kind(), rows, node.right(), node.condition(), node.at());
        }

        @Override
        public BoundRelation call(PipeOperator.Call node) {
            String name = node.function().name().text().toUpperCase(Locale.ROOT);
            if (!WindowBinder.isWindow(name)) {
                throw new FromBinder(queries).unknownFunction(name, node.function());
            }
            return new WindowBinder(queries).bind(node.function(), Optional.of(rows));
        }

        @Override
        public BoundRelation aggregate(PipeOperator.Aggregate node) {
            refuseAll(node);
            Aliases aliases = new Aliases(problems, node.items());
            Groupings keys =
                    new GroupKeys(context, rows, subqueries, Aliases.none(problems)).bind(node.groupBy(), List.of());
            Subqueries ofGroups = subqueries.ofGroups();
            Groups groups = new Groups(context, rows, keys, subqueries, ofGroups, aliases);
            List<SelectItems.Item> items = keys(node.groupBy(), groups.binder());
            if (!node.items().isEmpty()) {
                items.addAll(new SelectItems(problems, groups.binder(), aliases).bind(node.items()));
            }
            List<SelectItems.Item> selected = items.stream()
                    .map(item -> new SelectItems.Item(groups.overGroups(item.value()), item.name()))
                    .toList();
            ofGroups.change(groups::overGroups);
            if (failed()) {
                return SelectItems.stub(selected, node.at());
            }
            LogicalPlan plan = ofGroups.join(groups.plan(node.at()));
            return BoundRelation.of(
                    new LogicalPlan.Project(
                            plan,
                            selected.stream()
                                    .map(item -> ofGroups.replace(item.value()))
                                    .toList(),
                            selected.stream().map(SelectItems.Item::name).toList(),
                            node.at()),
                    "");
        }

        private void refuseAll(PipeOperator.Aggregate node) {
            for (Query.Grouping grouping : node.groupBy()) {
                if (grouping instanceof Query.GroupAll) {
                    throw problems.abandon(
                            ErrorCode.NOT_SUPPORTED,
                            grouping.at(),
                            "AGGREGATE takes aggregates only, so that there is nothing ALL could stand for",
                            "name what is grouped by: |> AGGREGATE count(*) AS n GROUP BY a, b");
                }
            }
        }

        /** The columns that groups begin with: of several groupings those of each one's keys that are not there yet. */
        private List<SelectItems.Item> keys(List<Query.Grouping> groupBy, ExpressionBinder binder) {
            Conversions conversions = new Conversions(context);
            List<SelectItems.Item> items = new ArrayList<>();
            for (Query.Grouping grouping : groupBy) {
                if (grouping instanceof Query.GroupItem item) {
                    String name = item.alias()
                            .map(Identifier::text)
                            .orElseGet(() -> ExpressionBinder.nameOf(item.expression(), items.size()));
                    items.add(new SelectItems.Item(conversions.settled(binder.bind(item.expression())), name));
                    continue;
                }
                for (List<Expression> set : ((Query.GroupingSets) grouping).sets()) {
                    for (Expression written : set) {
                        Expr key = conversions.settled(binder.bind(written));
                        if (items.stream().noneMatch(item -> item.value().equals(key))) {
                            items.add(new SelectItems.Item(key, ExpressionBinder.nameOf(written, items.size())));
                        }
                    }
                }
            }
            return items;
        }

        @Override
        public BoundRelation distinct(PipeOperator.Distinct node) {
            return queries.distinct(rows, node.at());
        }

        @Override
        public BoundRelation distinctOn(PipeOperator.DistinctOn node) {
            ExpressionBinder expressions = subqueries.binder();
            List<Expr> columns = new ArrayList<>(Plans.columns(rows.plan(), node.at()));
            List<String> names = new ArrayList<>(Plans.names(rows.plan()));
            List<Integer> by = new ArrayList<>();
            List<SortKey> order = new ArrayList<>();
            for (Expression each : node.by()) {
                by.add(column(each, expressions, columns, names));
            }
            for (Query.SortItem item : node.order()) {
                order.add(SortBinder.key(item, column(item.expression(), expressions, columns, names)));
            }
            if (failed()) {
                return rows;
            }
            LogicalPlan joined = subqueries.join(rows.plan());
            columns.replaceAll(subqueries::replace);
            LogicalPlan.Project computed = new LogicalPlan.Project(joined, columns, names, node.at());
            return queries.first(rows.with(computed), by, order, node.at());
        }

        /** Where the value of an expression stands behind the columns of the rows, or among them. */
        private int column(Expression written, ExpressionBinder expressions, List<Expr> columns, List<String> names) {
            Expr value = expressions.conversions().settled(expressions.bind(written));
            if (!columns.contains(value)) {
                columns.add(value);
                names.add("first" + columns.size());
            }
            return columns.indexOf(value);
        }

        @Override
        public BoundRelation setOperation(PipeOperator.SetOperation node) {
            List<BoundRelation> inputs = new ArrayList<>();
            inputs.add(rows);
            node.inputs().forEach(input -> inputs.add(queries.bind(input)));
            return queries.setOperation(node.operator(), inputs, node.at());
        }

        @Override
        public BoundRelation orderBy(PipeOperator.OrderBy node) {
            return queries.sort(rows, node.items(), node.at());
        }

        @Override
        public BoundRelation limit(PipeOperator.Limit node) {
            return queries.limit(rows, Optional.of(node.count()), node.offset(), node.at());
        }

        /** The column that SET, DROP or RENAME speaks of. */
        private Optional<Integer> column(Identifier name) {
            List<Entry> found = rows.named(name.text());
            if (found.size() == 1) {
                return Optional.of(found.get(0).column());
            }
            List<String> names =
                    rows.visible().stream().map(Entry::name).distinct().toList();
            if (found.isEmpty()) {
                problems.add(
                        ErrorCode.UNKNOWN_COLUMN,
                        name.at(),
                        "no column '" + name + "' here",
                        Problems.meant(name.text(), names, "there are"));
            } else {
                problems.add(
                        ErrorCode.AMBIGUOUS_COLUMN,
                        name.at(),
                        "'" + name + "' could be any of several columns",
                        "select the columns with qualified names first");
            }
            return Optional.empty();
        }
    }
}
