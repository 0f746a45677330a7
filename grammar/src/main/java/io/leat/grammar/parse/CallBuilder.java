package io.leat.grammar.parse;

import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.tree.Expression;
import io.leat.grammar.tree.Expression.Call;
import io.leat.grammar.tree.Expression.Over;
import io.leat.grammar.tree.Expression.Reference;
import io.leat.grammar.tree.Expression.Unit;
import io.leat.grammar.tree.Identifier;
import io.leat.grammar.tree.Name;
import io.leat.grammar.tree.Query.SortItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;

/** Builds calls, among them those with words between their arguments, which become plain ones. */
final class CallBuilder extends FamilyBuilder<Call> {
    /** Functions that the standard calls without parentheses. */
    private static final Set<String> WITHOUT_PARENTHESES =
            Set.of("CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP", "LOCALTIME", "LOCALTIMESTAMP");

    /** Functions whose first argument is a unit of time. */
    private static final Set<String> WITH_UNIT = Set.of("TIMESTAMPADD", "TIMESTAMPDIFF");

    private final TreeBuilder build;

    CallBuilder(TreeBuilder build) {
        this.build = build;
    }

    /** A call with all that stands behind it: the function of a window is a call of its own. */
    Expression call(QueryParser.CallContext context) {
        Call call = visit(context.functionCall());
        List<SortItem> orderBy = context.withinGroup() == null
                ? call.orderBy()
                : withinGroup(context, (QueryParser.OrderWithinGroupContext) context.withinGroup());
        Optional<Expression> condition = Optional.ofNullable(context.filter())
                .map(filter -> build.expressions.visit(((QueryParser.FilterWhereContext) filter).expression()));
        boolean ignoreNulls = context.nullTreatment() != null
                && context.nullTreatment().getStart().getType() == QueryParser.IGNORE;
        boolean isWindow = context.over() != null;
        ParseTree last = context.getChild(context.getChildCount() - (isWindow ? 2 : 1));
        Call whole = new Call(
                call.name(),
                call.distinct(),
                call.star(),
                call.arguments(),
                orderBy,
                condition,
                ignoreNulls,
                call.at().to(Places.of(last)));
        return isWindow ? new Over(whole, build.windows.over(context.over()), Places.of(context)) : whole;
    }

    /** The order of the rows that a call with arguments takes; it is written once. */
    private List<SortItem> withinGroup(QueryParser.CallContext call, QueryParser.OrderWithinGroupContext written) {
        boolean isPlain = call.functionCall() instanceof QueryParser.CallOfArgumentsContext arguments
                && arguments.orderBy() == null;
        if (!isPlain) {
            throw new SyntaxException(
                    ErrorCode.MISPLACED_CLAUSE,
                    "WITHIN GROUP orders the rows of a call with arguments and without an ORDER BY inside",
                    Places.of(written),
                    "such as STRING_AGG(a, ',') WITHIN GROUP (ORDER BY b)");
        }
        return build.queries.sortItems(written.orderBy());
    }

    /** A name on its own is a column, or a function without parentheses. */
    Expression reference(Identifier name) {
        if (!name.quoted() && WITHOUT_PARENTHESES.contains(name.text().toUpperCase(Locale.ROOT))) {
            return Call.of(name, List.of(), name.at());
        }
        return new Reference(new Name(List.of(name), name.at()), name.at());
    }

    @Override
    public Call visitCallWithoutArguments(QueryParser.CallWithoutArgumentsContext context) {
        return Call.of(build.names.identifier(context.functionName()), List.of(), Places.of(context));
    }

    @Override
    public Call visitCallOfAll(QueryParser.CallOfAllContext context) {
        Identifier name = build.names.identifier(context.functionName());
        return new Call(name, false, true, List.of(), List.of(), Optional.empty(), false, Places.of(context));
    }

    @Override
    public Call visitCallOfArguments(QueryParser.CallOfArgumentsContext context) {
        Identifier name = build.names.identifier(context.functionName());
        List<Expression> arguments = build.expressions.visitAll(context.expression());
        if (!name.quoted() && WITH_UNIT.contains(name.text().toUpperCase(Locale.ROOT))) {
            arguments.set(0, unitIfOne(context.expression(0), arguments.get(0)));
        }
        List<SortItem> orderBy = context.orderBy() == null ? List.of() : build.queries.sortItems(context.orderBy());
        boolean distinct = context.DISTINCT() != null;
        return new Call(name, distinct, false, arguments, orderBy, Optional.empty(), false, Places.of(context));
    }

    /** A word such as HOUR, where it stands alone. */
    private static Expression unitIfOne(ParserRuleContext argument, Expression expression) {
        Token word = argument.getStart();
        Optional<Expression> unit = word.getType() == QueryParser.IDENTIFIER && word == argument.getStop()
                ? LiteralBuilder.unit(word.getText()).map(named -> new Unit(named, Places.of(word)))
                : Optional.empty();
        return unit.orElse(expression);
    }

    @Override
    public Call visitExtract(QueryParser.ExtractContext context) {
        Token unit = ((TerminalNode) context.getChild(2)).getSymbol();
        return Call.of(
                build.names.identifier(context.getStart()),
                List.of(
                        new Unit(LiteralBuilder.unit(unit), Places.of(unit)),
                        build.expressions.visit(context.expression())),
                Places.of(context));
    }

    /** {@code TRIM(LEADING 'x' FROM s)} is {@code LTRIM(s, 'x')}. */
    @Override
    public Call visitTrimSideOnly(QueryParser.TrimSideOnlyContext context) {
        List<Expression> written = build.expressions.visitAll(context.expression());
        String name = switch (context.trimSide().getStart().getType()) {
            case QueryParser.LEADING -> "LTRIM";
            case QueryParser.TRAILING -> "RTRIM";
            default -> "BTRIM";
        };
        List<Expression> arguments = written.size() == 1 ? written : List.of(written.get(1), written.get(0));
        return Call.of(renamed(name, context.getStart()), arguments, Places.of(context));
    }

    @Override
    public Call visitPosition(QueryParser.PositionContext context) {
        List<Expression> arguments = new ArrayList<>();
        arguments.add(build.expressions.visit(context.getChild(2)));
        if (context.positionRest() != null) {
            addOperands(context.positionRest(), arguments);
        }
        return Call.of(build.names.identifier(context.getStart()), arguments, Places.of(context));
    }

    @Override
    public Call visitSpecialCall(QueryParser.SpecialCallContext context) {
        Token function = context.getStart();
        Identifier name = build.names.identifier(function);
        List<Expression> arguments = new ArrayList<>();
        arguments.add(build.expressions.visit(context.expression()));
        QueryParser.SpecialRestContext rest = context.specialRest();
        if (rest instanceof QueryParser.FromForContext fromFor) {
            boolean isTrim = function.getType() == QueryParser.TRIM && fromFor.FOR() == null;
            if (!isTrim && function.getType() != QueryParser.SUBSTRING) {
                throw misplaced(fromFor.FOR() == null ? fromFor.FROM() : fromFor.FOR(), name);
            }
            addOperands(fromFor, arguments);
            if (isTrim) {
                name = renamed("BTRIM", function);
                arguments = List.of(arguments.get(1), arguments.get(0));
            }
        } else if (rest instanceof QueryParser.ToUnitContext toUnit) {
            if (function.getType() != QueryParser.FLOOR && function.getType() != QueryParser.CEIL) {
                throw misplaced(toUnit.TO(), name);
            }
            Token unit = toUnit.TIME_UNIT().getSymbol();
            arguments.add(new Unit(LiteralBuilder.unit(unit), Places.of(unit)));
        } else if (rest != null) {
            addOperands(rest, arguments);
        }
        return Call.of(name, arguments, Places.of(context));
    }

    private void addOperands(ParserRuleContext context, List<Expression> arguments) {
        for (ParseTree child : context.children) {
            if (child instanceof ParserRuleContext operand) {
                arguments.add(build.expressions.visit(operand));
            }
        }
    }

    private static SyntaxException misplaced(ParseTree word, Identifier function) {
        return new SyntaxException(
                ErrorCode.UNEXPECTED_TOKEN,
                "found " + word.getText().toUpperCase(Locale.ROOT) + " in a call of " + function
                        + ", expected ',' or ')'",
                Places.of(word));
    }

    private static Identifier renamed(String name, Token at) {
        return new Identifier(name, false, Places.of(at));
    }
}
