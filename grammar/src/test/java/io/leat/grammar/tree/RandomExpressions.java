package io.leat.grammar.tree;

import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Expression.Arithmetic;
import io.leat.grammar.tree.Expression.Call;
import io.leat.grammar.tree.Expression.Comparison;
import io.leat.grammar.tree.Expression.TimeUnit;
import io.leat.grammar.tree.Expression.Unary;
import io.leat.grammar.tree.Expression.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Random expressions and types. */
final class RandomExpressions {
    private static final Origin AT = Origin.NONE;

    private final Dice dice;
    private final RandomTrees trees;
    private int depth;

    RandomExpressions(Dice dice, RandomTrees trees) {
        this.dice = dice;
        this.trees = trees;
    }

    Expression expression() {
        depth++;
        boolean isLeaf = trees.isDeepEnough(depth, 4) || dice.below(4) == 0;
        Expression expression = isLeaf ? leaf() : branch();
        depth--;
        return expression;
    }

    /** For a place where a query in parentheses is not read as a value. */
    Expression withoutQuery() {
        Expression expression = expression();
        return expression instanceof Expression.ScalarQuery ? leaf() : expression;
    }

    private Expression leaf() {
        return switch (dice.below(10)) {
            case 0 -> new Expression.NullLiteral(AT);
            case 1 -> new Expression.BooleanLiteral(dice.flip(), AT);
            case 2 -> new Expression.NumberLiteral(dice.pick("0", "12", "1.50", ".5", "5.", "1e3", "1.5E-3"), AT);
            case 3 -> new Expression.StringLiteral(dice.text(), AT);
            case 4 -> new Expression.BinaryLiteral(dice.pick("", "00", "aFfe"), AT);
            case 5 ->
                new Expression.TypedLiteral(
                        plainType(dice.pick("DATE", "TIME", "TIMESTAMP", "TIMESTAMP_LTZ")), dice.text(), AT);
            case 6 -> interval();
            case 7 -> new Expression.Parameter(dice.pick("a", "key", "odd name", "select"), AT);
            default -> new Expression.Reference(new Name(dice.many(1, 3, trees::identifier), AT), AT);
        };
    }

    Expression interval() {
        Optional<TimeUnit> from = dice.maybe(this::intervalUnit);
        return new Expression.IntervalLiteral(
                dice.text(), from, from.isPresent() ? dice.maybe(this::intervalUnit) : from, AT);
    }

    private TimeUnit intervalUnit() {
        return dice.pick(TimeUnit.YEAR, TimeUnit.MONTH, TimeUnit.DAY, TimeUnit.SECOND, TimeUnit.CENTURY);
    }

    private Expression branch() {
        return switch (dice.below(22)) {
            case 0 -> new Expression.FieldAccess(expression(), trees.identifier(), AT);
            case 1, 2 -> new Unary(dice.pick(Unary.Operator.values()), expression(), AT);
            case 3, 4 -> arithmetic();
            case 5, 6 -> new Expression.Logical(dice.flip(), dice.many(2, 4, this::expression), AT);
            case 7, 8 -> new Comparison(dice.pick(Comparison.Operator.values()), expression(), expression(), AT);
            case 9 -> new Expression.Between(expression(), dice.flip(), expression(), expression(), AT);
            case 10 -> new Expression.InList(expression(), dice.flip(), dice.many(1, 3, this::withoutQuery), AT);
            case 11 ->
                dice.flip()
                        ? new Expression.InQuery(expression(), dice.flip(), trees.query(), AT)
                        : new Expression.Quantified(
                                expression(),
                                dice.pick(Comparison.Operator.LESS, Comparison.Operator.GREATER_OR_EQUAL),
                                dice.flip(),
                                trees.query(),
                                AT);
            case 12 ->
                dice.flip() ? new Expression.Exists(trees.query(), AT) : new Expression.ScalarQuery(trees.query(), AT);
            case 13 ->
                new Expression.Like(
                        expression(), dice.flip(), dice.flip(), expression(), dice.maybe(this::expression), AT);
            case 14 -> new Expression.IsNull(expression(), dice.flip(), AT);
            case 15 -> new Expression.IsTruth(expression(), dice.flip(), dice.maybe(dice::flip), AT);
            case 16 ->
                new Expression.Case(
                        dice.maybe(this::expression),
                        dice.many(1, 3, () -> new Expression.When(expression(), expression(), AT)),
                        dice.maybe(this::expression),
                        AT);
            case 17 -> new Expression.Cast(expression(), type(), dice.flip(), AT);
            case 18 -> callOrWindow();
            case 19 -> new Expression.ArrayConstructor(dice.many(0, 3, this::withoutQuery), AT);
            case 20 -> new Expression.Element(expression(), withoutQuery(), AT);
            default -> new Expression.RowConstructor(dice.many(1, 3, this::expression), AT);
        };
    }

    private Arithmetic arithmetic() {
        boolean additive = dice.flip();
        List<Expression> operands = dice.many(2, 4, this::expression);
        List<Arithmetic.Operator> operators = new ArrayList<>();
        List<Origin> operatorsAt = new ArrayList<>();
        for (int index = 1; index < operands.size(); index++) {
            operators.add(
                    additive
                            ? dice.pick(
                                    Arithmetic.Operator.ADD, Arithmetic.Operator.SUBTRACT, Arithmetic.Operator.CONCAT)
                            : dice.pick(
                                    Arithmetic.Operator.MULTIPLY,
                                    Arithmetic.Operator.DIVIDE,
                                    Arithmetic.Operator.REMAINDER));
            operatorsAt.add(AT);
        }
        return new Arithmetic(operators, operands, operatorsAt, AT);
    }

    /** A call, sometimes with an order of its rows, a filter, a treatment of NULLs or a window. */
    private Expression callOrWindow() {
        Call plain = call();
        Call call = new Call(
                plain.name(),
                plain.distinct(),
                plain.star(),
                plain.arguments(),
                canBeOrdered(plain) ? dice.many(0, 2, trees::sortItem) : List.of(),
                dice.maybe(this::expression),
                dice.flip(),
                AT);
        return dice.flip() ? call : new Expression.Over(call, window(), AT);
    }

    /** Those with words between their arguments have no room for more. */
    private static boolean canBeOrdered(Call call) {
        boolean isPlain = !Set.of("EXTRACT", "FLOOR", "CEIL", "CEILING", "TRIM", "SUBSTRING", "POSITION")
                .contains(call.name().text().toUpperCase(Locale.ROOT));
        boolean isOfQuery = !call.arguments().isEmpty() && call.arguments().get(0) instanceof Expression.ScalarQuery;
        return !call.arguments().isEmpty()
                && !isOfQuery
                && (isPlain || call.name().quoted());
    }

    private Call call() {
        return switch (dice.below(7)) {
            case 0 -> new Call(name("COUNT"), false, true, List.of(), List.of(), Optional.empty(), false, AT);
            case 1 -> Call.of(name("extract"), List.of(unit(TimeUnit.EPOCH, TimeUnit.DAY), expression()), AT);
            case 2 ->
                Call.of(
                        name(dice.pick("FLOOR", "ceil", "CEILING")),
                        List.of(expression(), unit(TimeUnit.HOUR, TimeUnit.WEEK)),
                        AT);
            case 3 ->
                Call.of(
                        name(dice.pick("TRIM", "Substring", "POSITION", "floor")),
                        dice.many(1, 3, this::expression),
                        AT);
            case 4 ->
                Call.of(
                        name("TIMESTAMPDIFF"),
                        List.of(unit(TimeUnit.SECOND, TimeUnit.MONTH), expression(), expression()),
                        AT);
            case 5 ->
                Call.of(
                        new Identifier(dice.pick("row", "position", "a b"), true, AT),
                        dice.many(0, 2, this::expression),
                        AT);
            default ->
                new Call(
                        name(dice.pick("f", "AT_TIME_ZONE", "left", "year", "filter", "over", "CURRENT_TIMESTAMP")),
                        dice.flip(),
                        false,
                        dice.many(1, 3, this::expression),
                        List.of(),
                        Optional.empty(),
                        false,
                        AT);
        };
    }

    // Windows --------------------------------------------------------------------------------------------------------

    Window window() {
        return new Window(
                dice.maybe(trees::identifier),
                dice.many(0, 2, this::expression),
                dice.many(0, 2, trees::sortItem),
                dice.maybe(this::frame),
                AT);
    }

    private Window.Frame frame() {
        return new Window.Frame(
                dice.pick(Window.Frame.Unit.values()),
                bound(),
                bound(),
                dice.pick(Window.Frame.Exclusion.values()),
                AT);
    }

    private Window.Bound bound() {
        Window.Bound.Kind kind = dice.pick(Window.Bound.Kind.values());
        boolean hasDistance = kind == Window.Bound.Kind.PRECEDING || kind == Window.Bound.Kind.FOLLOWING;
        return new Window.Bound(kind, hasDistance ? Optional.of(expression()) : Optional.empty(), AT);
    }

    private Unit unit(TimeUnit... units) {
        return new Unit(dice.pick(units), AT);
    }

    private static Identifier name(String name) {
        return new Identifier(name, false, AT);
    }

    // Types ----------------------------------------------------------------------------------------------------------

    TypeName type() {
        depth++;
        TypeName type = switch (depth > 5 ? dice.below(3) : dice.below(6)) {
            case 0 ->
                plainType(dice.pick("INT", "DATE", "INTERVAL_MONTHS", "INTERVAL_MICROS", "VARBINARY", "GEOMETRY"));
            case 1 ->
                new TypeName(
                        dice.pick("VARCHAR", "TIMESTAMP", "TIMESTAMP_LTZ", "TIME", "FOO", "MY TYPE", "LEFT", "SELECT"),
                        dice.many(0, 1, () -> (long) dice.below(99)),
                        List.of(),
                        List.of(),
                        AT);
            case 2 -> new TypeName("DECIMAL", List.of(10L, 2L), List.of(), List.of(), AT);
            case 3 -> new TypeName("ARRAY", List.of(), List.of(), List.of(type()), AT);
            case 4 -> new TypeName("MAP", List.of(), List.of(), List.of(type(), type()), AT);
            default ->
                new TypeName(
                        "ROW",
                        List.of(),
                        dice.many(
                                1, 3, () -> new TypeName.FieldDefinition(trees.identifier(), type(), dice.flip(), AT)),
                        List.of(),
                        AT);
        };
        depth--;
        return type;
    }

    private static TypeName plainType(String name) {
        return new TypeName(name, List.of(), List.of(), List.of(), AT);
    }
}
