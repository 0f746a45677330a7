package io.leat.grammar.parse;

import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Expression;
import io.leat.grammar.tree.Expression.ArrayConstructor;
import io.leat.grammar.tree.Expression.Case;
import io.leat.grammar.tree.Expression.Cast;
import io.leat.grammar.tree.Expression.Exists;
import io.leat.grammar.tree.Expression.RowConstructor;
import io.leat.grammar.tree.Expression.ScalarQuery;
import io.leat.grammar.tree.Expression.When;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.RuleNode;

/** Builds what the operators of an expression stand between: names, calls, and all that has an end of its own. */
final class PrimaryBuilder extends FamilyBuilder<Expression> {
    private final TreeBuilder build;

    PrimaryBuilder(TreeBuilder build) {
        this.build = build;
    }

    /** What is nothing of the below is a literal. */
    @Override
    public Expression visitChildren(RuleNode node) {
        return build.literals.visit(node);
    }

    @Override
    public Expression visitReference(QueryParser.ReferenceContext context) {
        return build.calls.reference(build.names.identifier(context));
    }

    @Override
    public Expression visitCall(QueryParser.CallContext context) {
        return build.depth.below(1, Places.of(context), () -> build.calls.call(context));
    }

    @Override
    public Expression visitCase(QueryParser.CaseContext context) {
        Origin at = Places.of(context);
        return build.depth.below(1, at, () -> {
            // The operand stands in front of the branches, the other value behind them.
            boolean hasOperand = !(context.getChild(1) instanceof QueryParser.WhenBranchContext);
            List<QueryParser.ExpressionContext> around = context.expression();
            List<When> branches =
                    context.whenBranch().stream().map(this::branch).toList();
            return new Case(
                    hasOperand ? Optional.of(value(around.get(0))) : Optional.empty(),
                    branches,
                    context.ELSE() != null ? Optional.of(value(around.get(around.size() - 1))) : Optional.empty(),
                    at);
        });
    }

    private When branch(QueryParser.WhenBranchContext context) {
        QueryParser.WhenContext when = (QueryParser.WhenContext) context;
        return new When(value(when.expression(0)), value(when.expression(1)), Places.of(context));
    }

    @Override
    public Expression visitCast(QueryParser.CastContext context) {
        Origin at = Places.of(context);
        boolean orNull = context.TRY_CAST() != null;
        return build.depth.below(
                1, at, () -> new Cast(value(context.expression()), build.types.visit(context.type()), orNull, at));
    }

    @Override
    public Expression visitExists(QueryParser.ExistsContext context) {
        return new Exists(build.queries.query(context.query()), Places.of(context));
    }

    @Override
    public Expression visitScalarQuery(QueryParser.ScalarQueryContext context) {
        return new ScalarQuery(build.queries.query(context.query()), Places.of(context));
    }

    /** Parentheses leave no trace, except that several values in them are a row. */
    @Override
    public Expression visitParentheses(QueryParser.ParenthesesContext context) {
        List<QueryParser.ExpressionContext> values = context.expression();
        return values.size() == 1 ? value(values.get(0)) : row(context, values);
    }

    @Override
    public Expression visitRowConstructor(QueryParser.RowConstructorContext context) {
        return row(context, context.expression());
    }

    @Override
    public Expression visitArrayConstructor(QueryParser.ArrayConstructorContext context) {
        Origin at = Places.of(context);
        return build.depth.below(1, at, () -> {
            List<Expression> elements = new ArrayList<>();
            context.expression().forEach(element -> elements.add(value(element)));
            return new ArrayConstructor(elements, at);
        });
    }

    private Expression row(ParserRuleContext context, List<QueryParser.ExpressionContext> values) {
        Origin at = Places.of(context);
        return build.depth.below(1, at, () -> {
            List<Expression> columns = new ArrayList<>();
            values.forEach(column -> columns.add(value(column)));
            return new RowConstructor(columns, at);
        });
    }

    private Expression value(QueryParser.ExpressionContext context) {
        return build.expressions.visit(context);
    }
}
