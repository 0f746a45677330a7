package io.leat.grammar.parse;

import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Expression;
import io.leat.grammar.tree.Identifier;
import io.leat.grammar.tree.Name;
import io.leat.grammar.tree.PipeOperator;
import io.leat.grammar.tree.Query;
import io.leat.grammar.tree.Query.About;
import io.leat.grammar.tree.Query.Column;
import io.leat.grammar.tree.Query.CommonTable;
import io.leat.grammar.tree.Query.Distinct;
import io.leat.grammar.tree.Query.DistinctOn;
import io.leat.grammar.tree.Query.EqualRows;
import io.leat.grammar.tree.Query.EveryRow;
import io.leat.grammar.tree.Query.GroupAll;
import io.leat.grammar.tree.Query.GroupItem;
import io.leat.grammar.tree.Query.Grouping;
import io.leat.grammar.tree.Query.Ordered;
import io.leat.grammar.tree.Query.Pipe;
import io.leat.grammar.tree.Query.Select;
import io.leat.grammar.tree.Query.SelectItem;
import io.leat.grammar.tree.Query.SetOperation;
import io.leat.grammar.tree.Query.SetOperator;
import io.leat.grammar.tree.Query.SortAll;
import io.leat.grammar.tree.Query.SortItem;
import io.leat.grammar.tree.Query.Sorting;
import io.leat.grammar.tree.Query.Star;
import io.leat.grammar.tree.Query.Values;
import io.leat.grammar.tree.Query.With;
import io.leat.grammar.tree.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;

/** Builds queries and the clauses they share with pipes. */
final class QueryBuilder extends FamilyBuilder<Query> {
    private final TreeBuilder build;
    private final GroupingBuilder sets;

    QueryBuilder(TreeBuilder build) {
        this.build = build;
        this.sets = new GroupingBuilder(build);
    }

    Query query(QueryParser.QueryContext context) {
        return build.depth.below(1, Places.of(context), () -> visit(context));
    }

    /** From the inside out: the rows, their order, the pipe, and the named queries in front of all. */
    @Override
    public Query visitWholeQuery(QueryParser.WholeQueryContext context) {
        Query query = visit(context.setOperation());
        if (context.resultOrder() != null || context.limitClause() != null) {
            query = ordered(query, context);
        }
        if (!context.pipeOperator().isEmpty()) {
            List<PipeOperator> operators =
                    context.pipeOperator().stream().map(build.pipes::visit).toList();
            query = new Pipe(query, operators, Places.of(context.setOperation()).to(Places.of(context)));
        }
        if (context.withClause() != null) {
            QueryParser.WithContext with = (QueryParser.WithContext) context.withClause();
            List<CommonTable> tables =
                    with.commonTable().stream().map(this::commonTable).toList();
            query = new With(tables, with.RECURSIVE() != null, query, Places.of(context));
        }
        return query;
    }

    @Override
    public Query visitAboutQuery(QueryParser.AboutQueryContext context) {
        About.Kind kind = context.SUMMARIZE() == null ? About.Kind.DESCRIBE : About.Kind.SUMMARIZE;
        return new About(kind, described(context.described()), Places.of(context));
    }

    private Query described(QueryParser.DescribedContext context) {
        if (context instanceof QueryParser.DescribedQueryContext query) {
            return query(query.query());
        }
        Origin at = Places.of(context);
        Relation relation = context instanceof QueryParser.DescribedFileContext file
                ? new Relation.File(build.literals.text(file.STRING()), Optional.empty(), at)
                : new Relation.Table(
                        build.names.name(((QueryParser.DescribedTableContext) context).name()),
                        List.of(),
                        Optional.empty(),
                        at);
        return Select.all(relation, at);
    }

    private CommonTable commonTable(QueryParser.CommonTableContext context) {
        QueryParser.NamedQueryContext named = (QueryParser.NamedQueryContext) context;
        return new CommonTable(
                build.names.identifier(named.identifier()),
                build.names.columns(named.columnList()),
                query(named.query()),
                Places.of(context));
    }

    private Ordered ordered(Query input, QueryParser.WholeQueryContext context) {
        QueryParser.ResultOrderContext orderBy = context.resultOrder();
        QueryParser.LimitClauseContext limitClause = context.limitClause();
        Optional<Expression> limit = Optional.empty();
        Optional<Expression> offset = Optional.empty();
        if (limitClause instanceof QueryParser.LimitContext written) {
            limit = build.expressions.visitOptional(written.expression());
            offset = offset(written.offset());
        } else if (limitClause instanceof QueryParser.OffsetThenLimitContext written) {
            limit = written.fetch() == null
                    ? build.expressions.visitOptional(written.expression())
                    : Optional.of(fetched(written.fetch()));
            offset = offset(written.offset());
        } else if (limitClause instanceof QueryParser.FetchAloneContext written) {
            limit = Optional.of(fetched(written.fetch()));
        }
        Origin at = Places.of(context.setOperation()).to(Places.of(limitClause != null ? limitClause : orderBy));
        return new Ordered(input, orderBy == null ? List.of() : sorting(orderBy), limit, offset, at);
    }

    /** {@code FETCH FIRST ROW ONLY} is one row. */
    private Expression fetched(QueryParser.FetchContext context) {
        QueryParser.FetchRowsContext rows = (QueryParser.FetchRowsContext) context;
        return build.expressions
                .visitOptional(rows.expression())
                .orElseGet(() -> new Expression.NumberLiteral("1", Places.of(rows)));
    }

    Optional<Expression> offset(QueryParser.OffsetContext context) {
        return Optional.ofNullable(context)
                .map(offset -> build.expressions.visit(((QueryParser.SkipContext) offset).expression()));
    }

    // Set operations -------------------------------------------------------------------------------------------------

    @Override
    public Query visitUnionOrExcept(QueryParser.UnionOrExceptContext context) {
        return setOperations(context);
    }

    @Override
    public Query visitIntersect(QueryParser.IntersectContext context) {
        return setOperations(context);
    }

    /** One operation, written once or several times in a row. */
    private record Run(SetOperator operator, List<ParserRuleContext> inputs) {}

    /** A run becomes one flat node, and the first input of the next run. */
    private Query setOperations(ParserRuleContext context) {
        List<Run> runs = runs(context);
        return build.depth.below(runs.size(), Places.of(context), () -> {
            Query left = visit(context.getChild(0));
            Origin at = Places.of(context.getChild(0));
            for (Run run : runs) {
                List<Query> inputs = new ArrayList<>(List.of(left));
                run.inputs().forEach(input -> inputs.add(visit(input)));
                at = at.to(Places.of(run.inputs().get(run.inputs().size() - 1)));
                left = new SetOperation(run.operator(), inputs, at);
            }
            return left;
        });
    }

    private static List<Run> runs(ParserRuleContext context) {
        List<Run> runs = new ArrayList<>();
        SetOperator next = null;
        for (ParseTree child : context.children.subList(1, context.getChildCount())) {
            if (child instanceof QueryParser.ByNameContext) {
                next = new SetOperator(next.kind(), next.all(), true);
            } else if (child instanceof TerminalNode word) {
                int type = word.getSymbol().getType();
                boolean isKind = type != QueryParser.ALL && type != QueryParser.DISTINCT;
                next = new SetOperator(isKind ? kind(type) : next.kind(), type == QueryParser.ALL, false);
            } else {
                Run last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
                if (last == null || !last.operator().equals(next)) {
                    last = new Run(next, new ArrayList<>());
                    runs.add(last);
                }
                last.inputs().add((ParserRuleContext) child);
            }
        }
        return runs;
    }

    static SetOperator.Kind kind(int tokenType) {
        return switch (tokenType) {
            case QueryParser.UNION -> SetOperator.Kind.UNION;
            case QueryParser.INTERSECT -> SetOperator.Kind.INTERSECT;
            default -> SetOperator.Kind.EXCEPT;
        };
    }

    // Terms ----------------------------------------------------------------------------------------------------------

    @Override
    public Query visitSelectFirst(QueryParser.SelectFirstContext context) {
        return select(
                context,
                distinct(context.distinct()),
                context.selectItems(),
                context.fromClause(),
                context.where(),
                context.groupBy(),
                context.having(),
                context.windowClause(),
                context.qualify());
    }

    @Override
    public Query visitFromFirst(QueryParser.FromFirstContext context) {
        return select(
                context,
                distinct(context.distinct()),
                context.selectItems(),
                context.fromClause(),
                context.where(),
                context.groupBy(),
                context.having(),
                context.windowClause(),
                context.qualify());
    }

    private Select select(
            ParserRuleContext context,
            Distinct distinct,
            QueryParser.SelectItemsContext items,
            QueryParser.FromClauseContext from,
            QueryParser.WhereContext where,
            QueryParser.GroupByContext groupBy,
            QueryParser.HavingContext having,
            QueryParser.WindowClauseContext windows,
            QueryParser.QualifyContext qualify) {
        Origin at = Places.of(context);
        return new Select(
                distinct,
                items == null ? List.of(Star.of(Optional.empty(), Places.of(from))) : selectItems(items),
                Optional.ofNullable(from).map(build.relations::from),
                condition(where),
                groupBy == null ? List.of() : groupings(groupBy),
                condition(having),
                build.windows.named(windows),
                condition(qualify),
                at);
    }

    /** WHERE, HAVING or QUALIFY: the word, then the condition. */
    private Optional<Expression> condition(ParserRuleContext clause) {
        return Optional.ofNullable(clause).map(written -> build.expressions.visit(written.getChild(1)));
    }

    @Override
    public Query visitValues(QueryParser.ValuesContext context) {
        List<List<Expression>> rows =
                context.valuesRow().stream().map(this::row).toList();
        return new Values(rows, Places.of(context));
    }

    private List<Expression> row(QueryParser.ValuesRowContext context) {
        if (context instanceof QueryParser.QueryAsRowContext query) {
            return List.of(new Expression.ScalarQuery(query(query.query()), Places.of(query.query())));
        }
        return build.expressions.visitAll(((QueryParser.ValuesOfRowContext) context).expression());
    }

    @Override
    public Query visitQueryInParentheses(QueryParser.QueryInParenthesesContext context) {
        return query(context.query());
    }

    // Clauses --------------------------------------------------------------------------------------------------------

    List<SelectItem> selectItems(QueryParser.SelectItemsContext context) {
        return ((QueryParser.SelectListContext) context)
                .selectItem().stream().map(this::selectItem).toList();
    }

    private SelectItem selectItem(QueryParser.SelectItemContext context) {
        if (context instanceof QueryParser.StarContext star) {
            return new Star(Optional.empty(), build.stars.changes(star.starChanges()), Places.of(context));
        }
        if (context instanceof QueryParser.QualifiedStarContext star) {
            Optional<Name> qualifier = Optional.of(build.names.name(star.name()));
            return new Star(qualifier, build.stars.changes(star.starChanges()), Places.of(context));
        }
        QueryParser.SelectColumnContext column = (QueryParser.SelectColumnContext) context;
        Optional<Identifier> alias = build.relations.alias(column.alias());
        return new Column(build.expressions.visit(column.expression()), alias, Places.of(context));
    }

    /** Which rows a select list gives once. */
    private Distinct distinct(QueryParser.DistinctContext context) {
        if (context == null) {
            return new EveryRow();
        }
        return context instanceof QueryParser.FirstRowsContext first
                ? new DistinctOn(distinctBy(first.distinctOn()), Places.of(first.distinctOn()))
                : new EqualRows();
    }

    List<Expression> distinctBy(QueryParser.DistinctOnContext context) {
        return build.expressions.visitAll(((QueryParser.DistinctByContext) context).expression());
    }

    List<Grouping> groupings(QueryParser.GroupByContext context) {
        if (context instanceof QueryParser.GroupsOfAllContext) {
            return List.of(new GroupAll(Places.of(context)));
        }
        return ((QueryParser.GroupsContext) context)
                .groupItem().stream().map(this::grouping).toList();
    }

    private Grouping grouping(QueryParser.GroupItemContext context) {
        Optional<Grouping> grouping = sets.of(context);
        return grouping.isPresent() ? grouping.get() : groupItem((QueryParser.GroupContext) context);
    }

    private GroupItem groupItem(QueryParser.GroupContext group) {
        return new GroupItem(
                build.expressions.visit(group.expression()),
                Optional.ofNullable(group.identifier()).map(build.names::identifier),
                Places.of(group));
    }

    List<SortItem> sortItems(QueryParser.OrderByContext context) {
        return ((QueryParser.OrderContext) context)
                .sortItem().stream().map(this::sortItem).toList();
    }

    private SortItem sortItem(QueryParser.SortItemContext context) {
        QueryParser.SortContext sort = (QueryParser.SortContext) context;
        Direction direction = Direction.of(sort.direction());
        return new SortItem(
                build.expressions.visit(sort.expression()),
                direction.descending(),
                direction.nullsFirst(),
                Places.of(context));
    }

    /** The order of a result, which may be that of all its columns. */
    List<? extends Sorting> sorting(QueryParser.ResultOrderContext context) {
        if (context instanceof QueryParser.OrderByItemsContext items) {
            return sortItems(items.orderBy());
        }
        Direction direction = Direction.of(((QueryParser.OrderByAllContext) context).direction());
        return List.of(new SortAll(direction.descending(), direction.nullsFirst(), Places.of(context)));
    }

    private record Direction(boolean descending, Optional<Boolean> nullsFirst) {
        static Direction of(QueryParser.DirectionContext context) {
            QueryParser.SortDirectionContext written = (QueryParser.SortDirectionContext) context;
            Optional<Boolean> nullsFirst =
                    written.NULLS() == null ? Optional.empty() : Optional.of(written.FIRST() != null);
            return new Direction(written.DESC() != null, nullsFirst);
        }
    }
}
