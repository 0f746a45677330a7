package io.leat.grammar.tree;

import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Query.Column;
import io.leat.grammar.tree.Query.CommonTable;
import io.leat.grammar.tree.Query.GroupItem;
import io.leat.grammar.tree.Query.Grouping;
import io.leat.grammar.tree.Query.GroupingSets;
import io.leat.grammar.tree.Query.Select;
import io.leat.grammar.tree.Query.SelectItem;
import io.leat.grammar.tree.Query.SetOperator;
import io.leat.grammar.tree.Query.SortAll;
import io.leat.grammar.tree.Query.SortItem;
import io.leat.grammar.tree.Query.Sorting;
import io.leat.grammar.tree.Query.Star;
import io.leat.grammar.tree.Query.StarChanges;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Prints queries. */
final class QueryPrinter implements QueryVisitor<String> {
    private static final QueryPrinter PRINTER = new QueryPrinter();
    private static final List<SelectItem> ALL_COLUMNS = List.of(Star.of(Optional.empty(), Origin.NONE));

    private QueryPrinter() {}

    static String print(Query query) {
        return QueryVisitor.visit(query, PRINTER);
    }

    static String inParentheses(Query query) {
        return query instanceof Query.About ? print(query) : "(" + print(query) + ")";
    }

    /** As a part of a set operation, which has room for a single SELECT or VALUES. */
    private static String term(Query query) {
        return query instanceof Select || query instanceof Query.Values ? print(query) : inParentheses(query);
    }

    @Override
    public String select(Select node) {
        return "SELECT "
                + distinct(node.distinct())
                + items(node.items())
                + node.from()
                        .map(from -> " FROM " + RelationPrinter.print(from))
                        .orElse("")
                + clause(" WHERE ", node.where())
                + groupBy(" GROUP BY ", node.groupBy())
                + clause(" HAVING ", node.having())
                + WindowPrinter.clause(node.windows())
                + clause(" QUALIFY ", node.qualify());
    }

    @Override
    public String values(Query.Values node) {
        return "VALUES " + NamePrinter.list(node.rows(), row -> "(" + ExpressionPrinter.printAll(row) + ")");
    }

    @Override
    public String setOperation(Query.SetOperation node) {
        String operation = " " + operator(node.operator()) + " ";
        return node.inputs().stream().map(QueryPrinter::term).collect(Collectors.joining(operation));
    }

    @Override
    public String ordered(Query.Ordered node) {
        Query input = node.input();
        return (input instanceof Query.SetOperation ? print(input) : term(input))
                + orderBy(" ORDER BY ", node.orderBy())
                + clause(" LIMIT ", node.limit())
                + clause(" OFFSET ", node.offset());
    }

    @Override
    public String pipe(Query.Pipe node) {
        return head(node.input())
                + node.operators().stream()
                        .map(operator -> " |> " + PipePrinter.print(operator))
                        .collect(Collectors.joining());
    }

    /** What a pipe begins with: usually a table, which is written FROM t. */
    private static String head(Query input) {
        if (input instanceof Select select
                && select.distinct() instanceof Query.EveryRow
                && select.items().equals(ALL_COLUMNS)) {
            String all = "SELECT * ";
            String text = print(select);
            return select.from().isPresent() ? text.substring(all.length()) : text;
        }
        boolean isOpen = input instanceof Query.Pipe || input instanceof Query.With;
        return isOpen ? inParentheses(input) : print(input);
    }

    @Override
    public String with(Query.With node) {
        String recursive = node.recursive() ? "RECURSIVE " : "";
        String body = node.body() instanceof Query.With ? inParentheses(node.body()) : print(node.body());
        return "WITH " + recursive + NamePrinter.list(node.tables(), QueryPrinter::commonTable) + " " + body;
    }

    /** In parentheses, in which it can stand wherever a query does. */
    @Override
    public String about(Query.About node) {
        return "(" + node.kind() + " " + print(node.input()) + ")";
    }

    /** The sign of the first step stands for it. */
    @Override
    public String incoming(Query.Incoming node) {
        return "";
    }

    private static String commonTable(CommonTable table) {
        return NamePrinter.identifier(table.name())
                + NamePrinter.columns(table.columns())
                + " AS "
                + inParentheses(table.query());
    }

    // Clauses, shared with pipes --------------------------------------------------------------------------------------

    static String operator(SetOperator operator) {
        return operator.kind() + (operator.all() ? " ALL" : "") + (operator.byName() ? " BY NAME" : "");
    }

    static String distinct(Query.Distinct distinct) {
        if (distinct instanceof Query.DistinctOn on) {
            return distinctOn(on.by()) + " ";
        }
        return distinct instanceof Query.EqualRows ? "DISTINCT " : "";
    }

    static String distinctOn(List<Expression> by) {
        return "DISTINCT ON (" + ExpressionPrinter.printAll(by) + ")";
    }

    static String items(List<SelectItem> items) {
        return NamePrinter.list(items, QueryPrinter::item);
    }

    private static String item(SelectItem item) {
        if (item instanceof Column column) {
            return ExpressionPrinter.print(column.expression()) + NamePrinter.alias(column.alias());
        }
        Star star = (Star) item;
        return star.qualifier().map(name -> NamePrinter.name(name) + ".*").orElse("*") + changes(star.changes());
    }

    private static String changes(StarChanges changes) {
        return list(" EXCLUDE ", changes.excluded(), NamePrinter::name)
                + list(" REPLACE ", changes.replaced(), QueryPrinter::item)
                + list(" RENAME ", changes.renamed(), NamePrinter::renaming);
    }

    private static <T> String list(String words, List<T> items, Function<T, String> print) {
        return items.isEmpty() ? "" : words + "(" + NamePrinter.list(items, print) + ")";
    }

    static String groupBy(String words, List<? extends Grouping> items) {
        return items.isEmpty() ? "" : words + NamePrinter.list(items, QueryPrinter::grouping);
    }

    private static String grouping(Grouping grouping) {
        if (grouping instanceof Query.GroupAll) {
            return "ALL";
        }
        if (grouping instanceof GroupingSets sets) {
            return "GROUPING SETS ("
                    + NamePrinter.list(sets.sets(), set -> "(" + NamePrinter.list(set, ExpressionPrinter::print) + ")")
                    + ")";
        }
        GroupItem item = (GroupItem) grouping;
        return ExpressionPrinter.print(item.expression()) + NamePrinter.alias(item.alias());
    }

    static String orderBy(String words, List<? extends Sorting> items) {
        return items.isEmpty() ? "" : words + NamePrinter.list(items, QueryPrinter::sorting);
    }

    private static String sorting(Sorting sorting) {
        if (sorting instanceof SortAll all) {
            return "ALL" + direction(all.descending(), all.nullsFirst());
        }
        SortItem item = (SortItem) sorting;
        return ExpressionPrinter.print(item.expression()) + direction(item.descending(), item.nullsFirst());
    }

    private static String direction(boolean descending, Optional<Boolean> nullsFirst) {
        return (descending ? " DESC" : "")
                + nullsFirst
                        .map(first -> first ? " NULLS FIRST" : " NULLS LAST")
                        .orElse("");
    }

    static String clause(String words, Optional<Expression> value) {
        return value.map(expression -> words + ExpressionPrinter.print(expression))
                .orElse("");
    }
}
