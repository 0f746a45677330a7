package io.leat.grammar.parse;

import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Expression;
import io.leat.grammar.tree.Expression.Arithmetic;
import io.leat.grammar.tree.Expression.Between;
import io.leat.grammar.tree.Expression.Call;
import io.leat.grammar.tree.Expression.Cast;
import io.leat.grammar.tree.Expression.Comparison;
import io.leat.grammar.tree.Expression.Element;
import io.leat.grammar.tree.Expression.FieldAccess;
import io.leat.grammar.tree.Expression.InList;
import io.leat.grammar.tree.Expression.InQuery;
import io.leat.grammar.tree.Expression.IsNull;
import io.leat.grammar.tree.Expression.IsTruth;
import io.leat.grammar.tree.Expression.Like;
import io.leat.grammar.tree.Expression.Logical;
import io.leat.grammar.tree.Expression.Quantified;
import io.leat.grammar.tree.Expression.Reference;
import io.leat.grammar.tree.Expression.Unary;
import io.leat.grammar.tree.Identifier;
import io.leat.grammar.tree.Name;
import io.leat.grammar.tree.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.RuleNode;
import org.antlr.v4.runtime.tree.TerminalNode;

/**
 * Builds expressions: the levels of operators; what stands between them is for others.
 *
 * <p>The parser drops levels without an operator, so a child of a level may be any deeper one: operands are found by being no
 * token, not by their rule.
 */
final class ExpressionBuilder extends FamilyBuilder<Expression> {
    private final TreeBuilder build;

    ExpressionBuilder(TreeBuilder build) {
        this.build = build;
    }

    List<Expression> visitAll(List<? extends ParseTree> contexts) {
        List<Expression> expressions = new ArrayList<>(contexts.size());
        for (ParseTree context : contexts) {
            expressions.add(visit(context));
        }
        return expressions;
    }

    Optional<Expression> visitOptional(ParseTree context) {
        return Optional.ofNullable(context).map(this::visit);
    }

    /** What is no level is a primary. */
    @Override
    public Expression visitChildren(RuleNode node) {
        return build.primaries.visit(node);
    }

    @Override
    public Expression visitValue(QueryParser.ValueContext context) {
        return visit(context.getChild(0));
    }

    @Override
    public Expression visitOr(QueryParser.OrContext context) {
        return logical(false, context);
    }

    @Override
    public Expression visitAnd(QueryParser.AndContext context) {
        return logical(true, context);
    }

    private Expression logical(boolean and, ParserRuleContext context) {
        Origin at = Places.of(context);
        return build.depth.below(1, at, () -> new Logical(and, visitAll(operands(context)), at));
    }

    @Override
    public Expression visitNot(QueryParser.NotContext context) {
        return prefixed(context);
    }

    @Override
    public Expression visitSign(QueryParser.SignContext context) {
        return prefixed(context);
    }

    /** Operators in front of one operand; the last one binds first. */
    private Expression prefixed(ParserRuleContext context) {
        int operators = context.getChildCount() - 1;
        return build.depth.below(operators, Places.of(context), () -> {
            Expression value = visit(context.getChild(operators));
            for (int index = operators - 1; index >= 0; index--) {
                TerminalNode operator = (TerminalNode) context.getChild(index);
                value = new Unary(unary(operator), value, Places.of(operator).to(value.at()));
            }
            return value;
        });
    }

    private static Unary.Operator unary(TerminalNode operator) {
        return switch (operator.getSymbol().getType()) {
            case QueryParser.NOT -> Unary.Operator.NOT;
            case QueryParser.PLUS -> Unary.Operator.PLUS;
            default -> Unary.Operator.MINUS;
        };
    }

    @Override
    public Expression visitIs(QueryParser.IsContext context) {
        Origin at = Places.of(context);
        int tests = context.getChildCount() - 1;
        return build.depth.below(tests, at, () -> {
            Expression value = visit(context.getChild(0));
            for (int index = 1; index <= tests; index++) {
                ParseTree test = context.getChild(index);
                value = tested(value, test, start(context).to(Places.of(test)));
            }
            return value;
        });
    }

    private Expression tested(Expression value, ParseTree test, Origin at) {
        if (test instanceof QueryParser.IsNullContext isNull) {
            return new IsNull(value, isNull.NOT() != null, at);
        }
        if (test instanceof QueryParser.IsTruthContext isTruth) {
            Optional<Boolean> truth =
                    isTruth.UNKNOWN() != null ? Optional.empty() : Optional.of(isTruth.TRUE() != null);
            return new IsTruth(value, isTruth.NOT() != null, truth, at);
        }
        QueryParser.IsDistinctContext isDistinct = (QueryParser.IsDistinctContext) test;
        Comparison.Operator operator =
                isDistinct.NOT() != null ? Comparison.Operator.NOT_DISTINCT : Comparison.Operator.DISTINCT;
        Expression right = visit(isDistinct.getChild(isDistinct.getChildCount() - 1));
        return new Comparison(operator, value, right, at);
    }

    @Override
    public Expression visitCompare(QueryParser.CompareContext context) {
        Origin at = Places.of(context);
        return build.depth.below(1, at, () -> {
            Comparison.Operator operator = comparison(context.comparisonOperator());
            Expression left = visit(context.getChild(0));
            return context.query() == null
                    ? new Comparison(operator, left, visit(context.getChild(2)), at)
                    : quantified(left, operator, context, at);
        });
    }

    private Expression quantified(
            Expression value, Comparison.Operator operator, QueryParser.CompareContext context, Origin at) {
        boolean all = context.quantifier().getStart().getType() == QueryParser.ALL;
        Query query = build.queries.query(context.query());
        return operator == (all ? Comparison.Operator.NOT_EQUAL : Comparison.Operator.EQUAL)
                ? new InQuery(value, all, query, at)
                : new Quantified(value, operator, all, query, at);
    }

    private static Comparison.Operator comparison(ParserRuleContext operator) {
        return switch (operator.getStart().getType()) {
            case QueryParser.EQUAL -> Comparison.Operator.EQUAL;
            case QueryParser.NOT_EQUAL -> Comparison.Operator.NOT_EQUAL;
            case QueryParser.LESS -> Comparison.Operator.LESS;
            case QueryParser.LESS_OR_EQUAL -> Comparison.Operator.LESS_OR_EQUAL;
            case QueryParser.GREATER -> Comparison.Operator.GREATER;
            default -> Comparison.Operator.GREATER_OR_EQUAL;
        };
    }

    @Override
    public Expression visitRange(QueryParser.RangeContext context) {
        Origin at = Places.of(context);
        return build.depth.below(1, at, () -> inRange(visit(context.getChild(0)), context.rangeTest(), at));
    }

    private Expression inRange(Expression value, QueryParser.RangeTestContext test, Origin at) {
        List<ParseTree> operands = operands(test);
        boolean negated = test.getStart().getType() == QueryParser.NOT;
        if (test instanceof QueryParser.BetweenContext) {
            return new Between(value, negated, visit(operands.get(0)), visit(operands.get(1)), at);
        }
        if (test instanceof QueryParser.InListContext) {
            return new InList(value, negated, visitAll(operands), at);
        }
        if (test instanceof QueryParser.InQueryContext inQuery) {
            return new InQuery(value, negated, build.queries.query(inQuery.query()), at);
        }
        QueryParser.LikeContext like = (QueryParser.LikeContext) test;
        Optional<Expression> escape = operands.size() > 1 ? Optional.of(visit(operands.get(1))) : Optional.empty();
        return new Like(value, negated, like.ILIKE() != null, visit(operands.get(0)), escape, at);
    }

    @Override
    public Expression visitAdd(QueryParser.AddContext context) {
        return arithmetic(context);
    }

    @Override
    public Expression visitMultiply(QueryParser.MultiplyContext context) {
        return arithmetic(context);
    }

    private Expression arithmetic(ParserRuleContext context) {
        Origin at = Places.of(context);
        return build.depth.below(1, at, () -> {
            List<Arithmetic.Operator> operators = new ArrayList<>();
            List<Origin> operatorsAt = new ArrayList<>();
            for (int index = 1; index < context.getChildCount(); index += 2) {
                operators.add(arithmetic((TerminalNode) context.getChild(index)));
                operatorsAt.add(Places.of(context.getChild(index)));
            }
            return new Arithmetic(operators, visitAll(operands(context)), operatorsAt, at);
        });
    }

    private static Arithmetic.Operator arithmetic(TerminalNode operator) {
        return switch (operator.getSymbol().getType()) {
            case QueryParser.PLUS -> Arithmetic.Operator.ADD;
            case QueryParser.MINUS -> Arithmetic.Operator.SUBTRACT;
            case QueryParser.CONCAT -> Arithmetic.Operator.CONCAT;
            case QueryParser.ASTERISK -> Arithmetic.Operator.MULTIPLY;
            case QueryParser.SLASH -> Arithmetic.Operator.DIVIDE;
            default -> Arithmetic.Operator.REMAINDER;
        };
    }

    @Override
    public Expression visitAtTimeZone(QueryParser.AtTimeZoneContext context) {
        List<ParseTree> operands = operands(context);
        return build.depth.below(operands.size() - 1, Places.of(context), () -> {
            Expression value = visit(operands.get(0));
            for (int index = 1; index < operands.size(); index++) {
                Expression zone = visit(operands.get(index));
                Identifier name = new Identifier("AT_TIME_ZONE", false, Places.of(context.AT(index - 1)));
                value = Call.of(name, List.of(value, zone), value.at().to(zone.at()));
            }
            return value;
        });
    }

    /** A name and the fields behind it are one dotted name; which part is the column is for the compiler to find out. */
    @Override
    public Expression visitSteps(QueryParser.StepsContext context) {
        int steps = context.getChildCount() - 1;
        return build.depth.below(steps, Places.of(context), () -> {
            int next = 1;
            Expression value;
            if (context.getChild(0) instanceof QueryParser.ReferenceContext first) {
                List<Identifier> parts = new ArrayList<>(List.of(build.names.identifier(first)));
                while (next <= steps && context.getChild(next) instanceof QueryParser.FieldStepContext field) {
                    parts.add(build.names.identifier(field.identifier()));
                    next++;
                }
                Origin at = parts.get(0).at().to(parts.get(parts.size() - 1).at());
                value = new Reference(new Name(parts, at), at);
            } else {
                value = visit(context.getChild(0));
            }
            for (; next <= steps; next++) {
                ParseTree step = context.getChild(next);
                value = stepped(value, step, start(context).to(Places.of(step)));
            }
            return value;
        });
    }

    private Expression stepped(Expression value, ParseTree step, Origin at) {
        if (step instanceof QueryParser.CastStepContext cast) {
            return new Cast(value, build.types.visit(cast.type()), false, at);
        }
        if (step instanceof QueryParser.ElementStepContext element) {
            return new Element(value, visit(element.expression()), at);
        }
        return new FieldAccess(value, build.names.identifier(((QueryParser.FieldStepContext) step).identifier()), at);
    }

    /** Where the first operand begins, with its parentheses. */
    private static Origin start(ParserRuleContext context) {
        return Places.of(context.getStart());
    }

    /** Everything that is no token. */
    private static List<ParseTree> operands(ParserRuleContext context) {
        List<ParseTree> operands = new ArrayList<>();
        for (ParseTree child : context.children) {
            if (child instanceof ParserRuleContext) {
                operands.add(child);
            }
        }
        return operands;
    }
}
