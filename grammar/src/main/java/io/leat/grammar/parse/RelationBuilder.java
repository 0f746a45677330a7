package io.leat.grammar.parse;

import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Expression;
import io.leat.grammar.tree.Expression.ScalarQuery;
import io.leat.grammar.tree.Identifier;
import io.leat.grammar.tree.Name;
import io.leat.grammar.tree.Relation;
import io.leat.grammar.tree.Relation.Argument;
import io.leat.grammar.tree.Relation.ArgumentValue;
import io.leat.grammar.tree.Relation.AsOf;
import io.leat.grammar.tree.Relation.DescriptorArgument;
import io.leat.grammar.tree.Relation.Expiring;
import io.leat.grammar.tree.Relation.ExpressionArgument;
import io.leat.grammar.tree.Relation.Join;
import io.leat.grammar.tree.Relation.JoinCondition;
import io.leat.grammar.tree.Relation.JoinKind;
import io.leat.grammar.tree.Relation.On;
import io.leat.grammar.tree.Relation.Refreshing;
import io.leat.grammar.tree.Relation.Subquery;
import io.leat.grammar.tree.Relation.Table;
import io.leat.grammar.tree.Relation.TableArgument;
import io.leat.grammar.tree.Relation.TableFunction;
import io.leat.grammar.tree.Relation.Unconditional;
import io.leat.grammar.tree.Relation.Using;
import io.leat.grammar.tree.Statement.Property;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Builds what a FROM clause names, and joins. */
final class RelationBuilder extends FamilyBuilder<Relation> {
    /** Words that other engines write in front of a table, where they would be read as the table and its name as the alias. */
    private static final Set<String> PREFIXES = Set.of("STREAM", "TABLE", "ONLY");

    private static final Unconditional NO_CONDITION = new Unconditional(false);

    private final TreeBuilder build;

    RelationBuilder(TreeBuilder build) {
        this.build = build;
    }

    /** The relations of one FROM clause; a comma between two is a cross join. */
    Relation from(QueryParser.FromClauseContext context) {
        List<QueryParser.RelationContext> relations = ((QueryParser.FromContext) context).relation();
        return build.depth.below(relations.size() - 1, Places.of(context), () -> {
            Relation left = visit(relations.get(0));
            for (QueryParser.RelationContext next : relations.subList(1, relations.size())) {
                Relation right = visit(next);
                left = new Join(
                        JoinKind.CROSS, left, right, NO_CONDITION, left.at().to(right.at()));
            }
            return left;
        });
    }

    @Override
    public Relation visitJoins(QueryParser.JoinsContext context) {
        return build.depth.below(context.joinStep().size(), Places.of(context), () -> {
            Relation left = visit(context.relationTerm());
            for (QueryParser.JoinStepContext step : context.joinStep()) {
                JoinParts parts = joinParts(step);
                Origin at = Places.of(context.relationTerm()).to(Places.of(step));
                left = new Join(parts.kind(), left, parts.right(), parts.condition(), at);
            }
            return left;
        });
    }

    /** A join without its left side, which a pipe provides. */
    record JoinParts(JoinKind kind, Relation right, JoinCondition condition) {}

    JoinParts joinParts(QueryParser.JoinStepContext step) {
        if (step instanceof QueryParser.CrossJoinContext cross) {
            return new JoinParts(JoinKind.CROSS, visit(cross.relationTerm()), NO_CONDITION);
        }
        if (step instanceof QueryParser.NaturalJoinContext natural) {
            return new JoinParts(kind(natural.joinKind()), visit(natural.relationTerm()), new Unconditional(true));
        }
        if (step instanceof QueryParser.AsOfJoinContext asOf) {
            JoinKind kind = asOf.LEFT() == null ? JoinKind.ASOF : JoinKind.ASOF_LEFT;
            return new JoinParts(kind, visit(asOf.relationTerm()), condition(asOf.joinCondition()));
        }
        QueryParser.ConditionalJoinContext join = (QueryParser.ConditionalJoinContext) step;
        return new JoinParts(kind(join.joinKind()), visit(join.relationTerm()), condition(join.joinCondition()));
    }

    private static JoinKind kind(QueryParser.JoinKindContext kind) {
        if (kind == null || kind instanceof QueryParser.InnerContext) {
            return JoinKind.INNER;
        }
        if (kind instanceof QueryParser.LeftContext) {
            return JoinKind.LEFT;
        }
        if (kind instanceof QueryParser.RightContext) {
            return JoinKind.RIGHT;
        }
        if (kind instanceof QueryParser.FullContext) {
            return JoinKind.FULL;
        }
        return kind instanceof QueryParser.SemiContext ? JoinKind.SEMI : JoinKind.ANTI;
    }

    private JoinCondition condition(QueryParser.JoinConditionContext condition) {
        if (condition == null) {
            return NO_CONDITION;
        }
        if (condition instanceof QueryParser.OnConditionContext on) {
            return new On(build.expressions.visit(on.expression()));
        }
        QueryParser.UsingColumnsContext using = (QueryParser.UsingColumnsContext) condition;
        return new Using(build.names.columns(using.columnList()), Places.of(using));
    }

    @Override
    public Relation visitRelationWithUpkeep(QueryParser.RelationWithUpkeepContext context) {
        Relation relation = visit(context.plainRelation());
        if (context.expiry() instanceof QueryParser.ExpireContext expire) {
            Expression after = build.literals.visit(expire.intervalLiteral());
            relation = new Expiring(
                    relation, after, Places.of(context.plainRelation()).to(Places.of(expire)));
        }
        if (context.refreshing() instanceof QueryParser.RefreshEveryContext refresh) {
            Optional<Expression> every = Optional.of(build.literals.visit(refresh.intervalLiteral()));
            return new Refreshing(relation, every, refresh.WAIT() != null, Places.of(context));
        }
        return context.refreshing() == null
                ? relation
                : new Refreshing(relation, Optional.empty(), true, Places.of(context));
    }

    @Override
    public Relation visitTable(QueryParser.TableContext context) {
        Name name = build.names.name(context.name());
        checkPrefix(name, context.alias());
        Table table = new Table(name, options(context.optionHint()), alias(context.alias()), Places.of(context));
        if (context.asOf() == null) {
            return table;
        }
        QueryParser.AtTimeContext time = (QueryParser.AtTimeContext) context.asOf();
        return new AsOf(table, build.expressions.visit(time.expression()), Places.of(context));
    }

    private List<Property> options(QueryParser.OptionHintContext hint) {
        return hint == null ? List.of() : build.tables.properties(((QueryParser.HintedOptionsContext) hint).property());
    }

    private void checkPrefix(Name name, QueryParser.AliasContext alias) {
        Identifier first = name.parts().get(0);
        boolean isPrefix = name.parts().size() == 1
                && !first.quoted()
                && PREFIXES.contains(first.text().toUpperCase(Locale.ROOT))
                && alias instanceof QueryParser.AliasWithoutAsContext;
        if (isPrefix) {
            String word = first.text().toUpperCase(Locale.ROOT);
            throw new SyntaxException(
                    ForeignSpelling.diagnostic(word + " in front of a table", first.at(), "FROM " + alias.getText()));
        }
    }

    @Override
    public Relation visitFile(QueryParser.FileContext context) {
        return new Relation.File(build.literals.text(context.STRING()), alias(context.alias()), Places.of(context));
    }

    @Override
    public Relation visitFunctionTable(QueryParser.FunctionTableContext context) {
        TableFunction function = function(context.tableFunction(), context.alias(), Places.of(context));
        if (!function.name().quoted() && function.name().key().equals("stream")) {
            throw new SyntaxException(ForeignSpelling.diagnostic(
                    "STREAM around a table", function.name().at(), "write the table alone: FROM t"));
        }
        return new TableFunction(
                function.name(),
                function.arguments(),
                context.ORDINALITY() != null,
                function.alias(),
                build.names.columns(context.columnList()),
                function.at());
    }

    @Override
    public Relation visitWrappedFunctionTable(QueryParser.WrappedFunctionTableContext context) {
        return function(context.tableFunction(), context.alias(), Places.of(context));
    }

    @Override
    public Relation visitSubquery(QueryParser.SubqueryContext context) {
        return new Subquery(
                build.queries.query(context.query()),
                alias(context.alias()),
                build.names.columns(context.columnList()),
                Places.of(context));
    }

    @Override
    public Relation visitLateral(QueryParser.LateralContext context) {
        Subquery subquery = new Subquery(
                build.queries.query(context.query()),
                alias(context.alias()),
                build.names.columns(context.columnList()),
                Places.of(context));
        return new Relation.Lateral(subquery, Places.of(context));
    }

    @Override
    public Relation visitRelationInParentheses(QueryParser.RelationInParenthesesContext context) {
        return visit(context.relation());
    }

    TableFunction function(QueryParser.TableFunctionContext function, QueryParser.AliasContext alias, Origin at) {
        QueryParser.TableCallContext call = (QueryParser.TableCallContext) function;
        List<Argument> arguments = call.argument().stream().map(this::argument).toList();
        return new TableFunction(build.names.identifier(call.functionName()), arguments, alias(alias), at);
    }

    private Argument argument(QueryParser.ArgumentContext context) {
        QueryParser.PassedContext passed = (QueryParser.PassedContext) context;
        Optional<Identifier> name = Optional.ofNullable(passed.identifier()).map(build.names::identifier);
        return new Argument(name, value(passed.argumentValue()), Places.of(context));
    }

    private ArgumentValue value(QueryParser.ArgumentValueContext context) {
        if (context instanceof QueryParser.TableArgumentContext table) {
            Name name = build.names.name(table.name());
            Table read = new Table(name, options(table.optionHint()), Optional.empty(), name.at());
            return new TableArgument(read, partitionBy(table.partitioning()));
        }
        if (context instanceof QueryParser.DescriptorArgumentContext descriptor) {
            return new DescriptorArgument(build.names.names(descriptor.name()), Places.of(descriptor));
        }
        Expression value = build.expressions.visit(((QueryParser.ExpressionArgumentContext) context).expression());
        // To tell the two apart in the grammar, the parser would have to read the query twice.
        if (value instanceof ScalarQuery query) {
            return new TableArgument(new Subquery(query.query(), Optional.empty(), List.of(), query.at()), List.of());
        }
        return new ExpressionArgument(value);
    }

    private List<Name> partitionBy(QueryParser.PartitioningContext context) {
        if (context == null) {
            return List.of();
        }
        return context instanceof QueryParser.PartitionByOneContext one
                ? List.of(build.names.name(one.name()))
                : build.names.names(((QueryParser.PartitionByAllContext) context).name());
    }

    Optional<Identifier> alias(QueryParser.AliasContext alias) {
        // The last token is the alias, with or without AS in front of it.
        return Optional.ofNullable(alias).map(written -> build.names.identifier(written.getStop()));
    }
}
