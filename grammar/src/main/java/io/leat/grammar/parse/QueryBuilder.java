package io.leat.grammar.parse;

import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Expression;
import io.leat.grammar.tree.Identifier;
import io.leat.grammar.tree.PipeOperator;
import io.leat.grammar.tree.Query;
import io.leat.grammar.tree.Query.Column;
import io.leat.grammar.tree.Query.CommonTable;
import io.leat.grammar.tree.Query.GroupItem;
import io.leat.grammar.tree.Query.Grouping;
import io.leat.grammar.tree.Query.Ordered;
import io.leat.grammar.tree.Query.Pipe;
import io.leat.grammar.tree.Query.Select;
import io.leat.grammar.tree.Query.SelectItem;
import io.leat.grammar.tree.Query.SetOperation;
import io.leat.grammar.tree.Query.SortItem;
import io.leat.grammar.tree.Query.Star;
import io.leat.grammar.tree.Query.Values;
import io.leat.grammar.tree.Query.With;
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
        if (context.orderBy() != null || context.limitClause() != null) {
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

    private CommonTable commonTable(QueryParser.CommonTableContext context) {
        QueryParser.NamedQueryContext named = (QueryParser.NamedQueryContext) context;
        return new CommonTable(
                build.names.identifier(named.identifier()),
                build.names.columns(named.columnList()),
                query(named.query()),
                Places.of(context));
    }

    private Ordered ordered(Query input, QueryParser.WholeQueryContext context) {
        QueryParser.OrderByContext orderBy = context.orderBy();
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
        return new Ordered(input, orderBy == null ? List.of() : sortItems(orderBy), limit, offset, at);
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
    private record Run(SetOperation.Kind kind, boolean all, List<ParserRuleContext> inputs) {}

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
                left = new SetOperation(run.kind(), run.all(), inputs, at);
            }
            return left;
        });
    }

    private static List<Run> runs(ParserRuleContext context) {
        List<Run> runs = new ArrayList<>();
        Run next = null;
        for (ParseTree child : context.children.subList(1, context.getChildCount())) {
            if (child instanceof TerminalNode word) {
                int type = word.getSymbol().getType();
                boolean isKind = type != QueryParser.ALL && type != QueryParser.DISTINCT;
                next = isKind
                        ? new Run(kind(type), false, new ArrayList<>())
                        : new Run(next.kind(), type == QueryParser.ALL, next.inputs());
            } else {
                Run last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
                if (last == null || last.kind() != next.kind() || last.all() != next.all()) {
                    runs.add(next);
                    last = next;
                }
                last.inputs().add((ParserRuleContext) child);
            }
        }
        return runs;
    }

    static SetOperation.Kind kind(int tokenType) {
        return switch (tokenType) {
            case QueryParser.UNION -> SetOperation.Kind.UNION;
            case QueryParser.INTERSECT -> SetOperation.Kind.INTERSECT;
            default -> SetOperation.Kind.EXCEPT;
        };
    }

    // Terms ----------------------------------------------------------------------------------------------------------

    @Override
    public Query visitSelectFirst(QueryParser.SelectFirstContext context) {
        return select(
                context,
                context.DISTINCT() != null,
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
                context.DISTINCT() != null,
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
            boolean distinct,
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
                items == null ? List.of(new Star(Optional.empty(), Places.of(from))) : selectItems(items),
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
        if (context instanceof QueryParser.StarContext) {
            return new Star(Optional.empty(), Places.of(context));
        }
        if (context instanceof QueryParser.QualifiedStarContext star) {
            return new Star(Optional.of(build.names.name(star.name())), Places.of(context));
        }
        QueryParser.SelectColumnContext column = (QueryParser.SelectColumnContext) context;
        Optional<Identifier> alias = build.relations.alias(column.alias());
        return new Column(build.expressions.visit(column.expression()), alias, Places.of(context));
    }

    List<Grouping> groupings(QueryParser.GroupByContext context) {
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
        Optional<Boolean> nullsFirst = sort.NULLS() == null ? Optional.empty() : Optional.of(sort.FIRST() != null);
        return new SortItem(
                build.expressions.visit(sort.expression()), sort.DESC() != null, nullsFirst, Places.of(context));
    }
}
