package io.leat.compiler.bind;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Expr.Compare;
import io.leat.compiler.expr.Expr.Literal;
import io.leat.compiler.expr.Exprs;
import io.leat.compiler.function.Operators;
import io.leat.compiler.function.Overload.Bound;
import io.leat.compiler.function.ScalarFunction;
import io.leat.compiler.function.ScalarFunction.Kernel;
import io.leat.compiler.type.Casting;
import io.leat.compiler.type.Types;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Expression;
import io.leat.grammar.tree.Name;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.NullType;
import io.leat.runtime.type.Type.RowType;
import io.leat.runtime.type.Type.TimestampType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Expressions over the columns of a relation. After an error the result is a NULL, so that the rest of the clause can still be bound
 * and checked.
 */
final class ExpressionBinder {
    /** The limit named <em>terms</em>: each term of a chain such as a + b + c is an expression around those before it. */
    private static final int MAX_TERMS = 10_000;

    private final Context context;
    private final Problems problems;
    private final BoundRelation relation;
    private final Optional<Groups> groups;
    private final Optional<OverCalls> overs;
    private final Aliases aliases;
    private final Optional<Subqueries> subqueries;
    private final LiteralBinder literals;
    private final Conversions conversions;
    private final NameResolver names;

    /**
     * @param groups takes aggregate calls; empty where there are none
     * @param overs takes calls of window functions; empty where there are none
     * @param aliases what names mean that are no columns
     * @param subqueries takes subqueries; empty where there are none
     */
    ExpressionBinder(
            Context context,
            BoundRelation relation,
            Optional<Groups> groups,
            Optional<OverCalls> overs,
            Aliases aliases,
            Optional<Subqueries> subqueries) {
        this.context = context;
        this.problems = context.problems();
        this.relation = relation;
        this.groups = groups;
        this.overs = overs;
        this.aliases = aliases;
        this.subqueries = subqueries;
        this.literals = new LiteralBinder(context);
        this.conversions = new Conversions(context);
        this.names = new NameResolver(problems, relation, context.outside());
    }

    ExpressionBinder(Context context, BoundRelation relation) {
        this(context, relation, Optional.empty(), Optional.empty(), Aliases.none(context.problems()), Optional.empty());
    }

    Conversions conversions() {
        return conversions;
    }

    BoundRelation relation() {
        return relation;
    }

    private Literal nothing(Origin at) {
        return Literal.ofNull(Type.NULL, at);
    }

    private Literal fail(ErrorCode code, Origin at, String message) {
        problems.add(code, at, message);
        return nothing(at);
    }

    private Literal fail(ErrorCode code, Origin at, String message, String help) {
        problems.add(code, at, message, help);
        return nothing(at);
    }

    /** A condition: a boolean. */
    Expr bindCondition(Expression expression) {
        Expr bound = bind(expression);
        return conversions.implicit(bound, Type.BOOLEAN).orElseGet(() -> {
            fail(
                    ErrorCode.TYPE_MISMATCH,
                    expression.at(),
                    "a condition is BOOLEAN, and this is " + bound.type().sql(),
                    "compare it with something, such as a = b or a IS NOT NULL");
            return Literal.ofNull(Type.BOOLEAN, expression.at());
        });
    }

    Expr bind(Expression expression) {
        if (expression instanceof Expression.NullLiteral literal) {
            return nothing(literal.at());
        }
        if (expression instanceof Expression.BooleanLiteral literal) {
            return Literal.of(literal.value(), literal.at());
        }
        if (expression instanceof Expression.NumberLiteral literal) {
            return literals.number(literal.text(), false, literal.at());
        }
        if (expression instanceof Expression.StringLiteral literal) {
            return new Literal(literal.value(), Type.VARCHAR, literal.at());
        }
        if (expression instanceof Expression.BinaryLiteral literal) {
            return literals.binary(literal);
        }
        if (expression instanceof Expression.TypedLiteral literal) {
            Type type = new TypeBinder(problems).bind(literal.type());
            return literals.typed(literal.text(), type, literal.at())
                    .orElseGet(() -> Literal.ofNull(type, literal.at()));
        }
        if (expression instanceof Expression.IntervalLiteral literal) {
            return literals.interval(literal);
        }
        if (expression instanceof Expression.Parameter parameter) {
            return new ParameterBinder(context, literals).bind(parameter);
        }
        if (expression instanceof Expression.Reference reference) {
            return reference(reference.name());
        }
        if (expression instanceof Expression.FieldAccess access) {
            return names.field(bind(access.value()), access.field());
        }
        return bindOperation(expression);
    }

    private Expr reference(Name name) {
        boolean isAlias = name.parts().size() == 1 && aliases.has(name.last()) && !names.isColumn(name.last());
        Optional<Expr> value = isAlias ? aliases.bind(name.last(), this) : Optional.empty();
        return value.orElseGet(() -> names.resolve(name));
    }

    private Expr bindOperation(Expression expression) {
        if (expression instanceof Expression.Unary unary) {
            return unary(unary);
        }
        if (expression instanceof Expression.Arithmetic arithmetic) {
            return arithmetic(arithmetic);
        }
        if (expression instanceof Expression.Logical logical) {
            List<Expr> operands =
                    logical.operands().stream().map(this::bindCondition).toList();
            return new Expr.Logical(logical.and(), operands, logical.at());
        }
        if (expression instanceof Expression.Comparison comparison) {
            return compare(
                    operator(comparison.operator()),
                    bind(comparison.left()),
                    bind(comparison.right()),
                    comparison.at());
        }
        if (expression instanceof Expression.Between between) {
            return between(between);
        }
        if (expression instanceof Expression.InList in) {
            return new InListBinder(this).bind(in);
        }
        if (expression instanceof Expression.Like like) {
            return like(like);
        }
        if (expression instanceof Expression.IsNull isNull) {
            Expr test = new Expr.IsNull(bind(isNull.value()), isNull.at());
            return isNull.negated() ? new Expr.Not(test, isNull.at()) : test;
        }
        if (expression instanceof Expression.IsTruth truth) {
            return truth(truth);
        }
        if (expression instanceof Expression.Case choice) {
            return new ChoiceBinder(this, problems).choose(choice);
        }
        if (expression instanceof Expression.Cast cast) {
            return cast(cast);
        }
        if (expression instanceof Expression.Call call) {
            return new CallBinder(this, context, groups).bind(call);
        }
        if (expression instanceof Expression.Over over) {
            return over(over);
        }
        if (expression instanceof Expression.ArrayConstructor array) {
            return new ArrayBinder(this, problems).array(array);
        }
        if (expression instanceof Expression.Element element) {
            return new ArrayBinder(this, problems).element(element);
        }
        if (SubqueryBinder.isOne(expression)) {
            return subquery(expression);
        }
        return unsupported(expression);
    }

    private Expr over(Expression.Over over) {
        if (overs.isEmpty()) {
            return fail(
                    ErrorCode.MISPLACED_WINDOW_FUNCTION,
                    over.at(),
                    "a window function cannot stand here",
                    "window functions stand in SELECT, |> EXTEND and ORDER BY, and a condition on them in QUALIFY");
        }
        return overs.get().add(over);
    }

    private Expr subquery(Expression expression) {
        if (subqueries.isEmpty()) {
            return fail(
                    ErrorCode.NOT_SUPPORTED,
                    expression.at(),
                    "a subquery cannot stand here",
                    "compute it in a query of its own, and name that in FROM");
        }
        Expr value = subqueries.get().add(expression, this);
        return SubqueryBinder.isNegated(expression) && value.type().equals(Type.BOOLEAN)
                ? new Expr.Not(value, expression.at())
                : value;
    }

    private Expr unsupported(Expression expression) {
        if (expression instanceof Expression.Unit) {
            return fail(ErrorCode.UNKNOWN_COLUMN, expression.at(), "a unit of time is no value");
        }
        return fail(
                ErrorCode.NOT_SUPPORTED,
                expression.at(),
                "rows cannot be put together yet",
                "write the values as columns of their own");
    }

    private Expr unary(Expression.Unary unary) {
        if (unary.operator() == Expression.Unary.Operator.NOT) {
            return new Expr.Not(bindCondition(unary.operand()), unary.at());
        }
        boolean minus = unary.operator() == Expression.Unary.Operator.MINUS;
        // The least integer has no positive counterpart, so a sign belongs to its literal.
        if (unary.operand() instanceof Expression.NumberLiteral literal) {
            return literals.number(literal.text(), minus, unary.at());
        }
        Expr operand = bind(unary.operand());
        if (!minus && Types.isNumeric(operand.type())) {
            return operand;
        }
        Optional<Bound> bound = Operators.negate(operand.type());
        if (bound.isEmpty()) {
            return fail(
                    ErrorCode.TYPE_MISMATCH,
                    unary.at(),
                    "no sign stands before a " + operand.type().sql(),
                    "cast it to a number with CAST(… AS DOUBLE)");
        }
        return minus ? call(bound.get(), List.of(operand), unary.at()) : operand;
    }

    private Expr arithmetic(Expression.Arithmetic arithmetic) {
        if (arithmetic.operators().stream().allMatch(each -> each == Expression.Arithmetic.Operator.CONCAT)) {
            return concat(arithmetic.operands().stream().map(this::bind).toList(), arithmetic.at());
        }
        if (arithmetic.operands().size() > MAX_TERMS) {
            return fail(
                    ErrorCode.TOO_LARGE,
                    arithmetic.operatorsAt().get(MAX_TERMS - 1),
                    "this chain of " + arithmetic.operands().size() + " terms is longer than the limit 'terms' of "
                            + MAX_TERMS,
                    "put data into a table and aggregate it with SUM");
        }
        Expr result = bind(arithmetic.operands().get(0));
        for (int i = 0; i < arithmetic.operators().size(); i++) {
            Expr right = bind(arithmetic.operands().get(i + 1));
            result = operation(
                    arithmetic.operators().get(i),
                    result,
                    right,
                    arithmetic.operatorsAt().get(i));
        }
        return result;
    }

    /** Texts one behind the other, or arrays. */
    private Expr concat(List<Expr> operands, Origin at) {
        if (operands.stream().anyMatch(operand -> operand.type() instanceof Type.ArrayType)) {
            return new ArrayBinder(this, problems).concat(operands, at);
        }
        return new Expr.Concat(operands.stream().map(conversions::toText).toList(), Optional.empty(), false, at);
    }

    private Expr operation(Expression.Arithmetic.Operator operator, Expr left, Expr right, Origin at) {
        if (operator == Expression.Arithmetic.Operator.CONCAT) {
            return concat(List.of(left, right), at);
        }
        Operators.Binary binary = Operators.Binary.valueOf(operator.name());
        Expr a = conversions.literalAs(left, right.type());
        Expr b = conversions.literalAs(right, left.type());
        Optional<Bound> bound = Operators.bind(binary, a.type(), b.type());
        if (bound.isEmpty()) {
            String types =
                    a.type().sql() + " " + operator.symbol() + " " + b.type().sql();
            return fail(ErrorCode.TYPE_MISMATCH, at, "there is no " + types, "cast one side with CAST(… AS type)");
        }
        return call(bound.get(), List.of(a, b), at);
    }

    /** A call with its arguments cast to what the function wants, and the result to what it shows. */
    Expr call(Bound bound, List<Expr> arguments, Origin at) {
        List<Expr> converted = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            converted.add(conversions.cast(arguments.get(i), bound.arguments().get(i)));
        }
        return conversions.cast(new Expr.Call(bound.function(), converted, bound.result(), at), bound.shown());
    }

    private static Compare.Operator operator(Expression.Comparison.Operator operator) {
        return Compare.Operator.valueOf(operator.name());
    }

    /** A comparison of two values that have a type in common. */
    Expr compare(Compare.Operator operator, Expr left, Expr right, Origin at) {
        Expr a = conversions.literalAs(left, right.type());
        Expr b = conversions.literalAs(right, left.type());
        Optional<Type> common = conversions.common(a.type(), b.type());
        if (common.isEmpty()) {
            for (Expr side : List.of(a, b)) {
                Type other = side == a ? b.type() : a.type();
                if (side instanceof Literal literal && literal.value() instanceof String text) {
                    Optional<String> example = LiteralParser.example(other);
                    if (example.isPresent()) {
                        return fail(
                                ErrorCode.BAD_LITERAL,
                                literal.at(),
                                "'" + text + "' is no " + other.sql(),
                                "write it like " + example.get());
                    }
                }
            }
            return fail(
                    ErrorCode.TYPE_MISMATCH,
                    at,
                    a.type().sql() + " and " + b.type().sql() + " cannot be compared",
                    "cast one side with CAST(… AS type)");
        }
        Type type = common.get() instanceof NullType ? Type.INT : common.get();
        if (type instanceof RowType) {
            return fail(ErrorCode.TYPE_MISMATCH, at, "rows cannot be compared", "compare their fields");
        }
        return new Compare(operator, conversions.cast(a, type), conversions.cast(b, type), at);
    }

    private Expr between(Expression.Between between) {
        Expr value = bind(between.value());
        Expr low = compare(Compare.Operator.GREATER_OR_EQUAL, value, bind(between.low()), between.at());
        Expr high = compare(Compare.Operator.LESS_OR_EQUAL, value, bind(between.high()), between.at());
        if (!low.type().equals(Type.BOOLEAN) || !high.type().equals(Type.BOOLEAN)) {
            return nothing(between.at());
        }
        Expr both = new Expr.Logical(true, List.of(low, high), between.at());
        return between.negated() ? new Expr.Not(both, between.at()) : both;
    }

    private Expr truth(Expression.IsTruth truth) {
        Expr value = bindCondition(truth.value());
        Expr test;
        if (truth.truth().isEmpty()) {
            test = new Expr.IsNull(value, truth.at());
        } else {
            Expr wanted = truth.truth().get() ? value : new Expr.Not(value, truth.at());
            test = new Expr.IsTrue(wanted, truth.at());
        }
        return truth.negated() ? new Expr.Not(test, truth.at()) : test;
    }

    private Expr like(Expression.Like like) {
        Expr value = bind(like.value());
        Expr pattern = bind(like.pattern());
        for (Expr side : List.of(value, pattern)) {
            if (!Types.isText(side.type()) && !(side.type() instanceof NullType)) {
                return fail(
                        ErrorCode.TYPE_MISMATCH,
                        like.at(),
                        "LIKE takes texts, and not " + side.type().sql(),
                        "write CAST(… AS VARCHAR)");
            }
        }
        String escape = "LikeMatcher.NO_ESCAPE";
        if (like.escape().isPresent()) {
            Expr bound = bind(like.escape().get());
            boolean single = bound instanceof Literal literal
                    && literal.value() instanceof String text
                    && text.codePointCount(0, text.length()) == 1;
            if (!single) {
                return fail(
                        ErrorCode.BAD_LITERAL,
                        like.escape().get().at(),
                        "ESCAPE takes one character, as a literal",
                        "write it like ESCAPE '!'");
            }
            escape = Integer.toString(((String) ((Literal) bound).value()).codePointAt(0));
        }
        String method = like.caseInsensitive() ? "matchesIgnoreCase" : "matches";
        Kernel kernel = Kernel.owned("LikeMatcher", method, "$0, $1, " + escape);
        // A pattern that ends in an escape is an error of the row, unless it is known now to be in order.
        boolean canFail = !(pattern instanceof Literal) || like.escape().isPresent();
        ScalarFunction function =
                new ScalarFunction(like.caseInsensitive() ? "ILIKE" : "LIKE", kernel, canFail, false, true);
        Expr call = new Expr.Call(
                function,
                List.of(conversions.cast(value, Type.VARCHAR), conversions.cast(pattern, Type.VARCHAR)),
                Type.BOOLEAN,
                like.at());
        return like.negated() ? new Expr.Not(call, like.at()) : call;
    }

    private Expr cast(Expression.Cast cast) {
        Type type = new TypeBinder(problems).bind(cast.type());
        Expr value = bind(cast.value());
        if (!Casting.exists(value.type(), type)) {
            return fail(
                    ErrorCode.INVALID_CAST,
                    cast.at(),
                    "there is no cast from " + value.type().sql() + " to " + type.sql(),
                    insteadOfCast(value.type(), type));
        }
        if (value instanceof Literal literal && literal.isNull()) {
            return Literal.ofNull(type, cast.at());
        }
        return cast(value, type, cast);
    }

    /** A cast of an array as it is written is one of each element. */
    private static Expr cast(Expr value, Type type, Expression.Cast cast) {
        if (value.type().equals(type)) {
            return value;
        }
        if (value.type() instanceof NullType) {
            return Literal.ofNull(type, value.at());
        }
        if (value instanceof Expr.ArrayOf array && type instanceof Type.ArrayType wanted) {
            List<Expr> elements = array.elements().stream()
                    .map(element -> cast(element, wanted.element(), cast))
                    .toList();
            return new Expr.ArrayOf(elements, wanted, array.at());
        }
        return new Expr.Cast(value, type, cast.orNull(), cast.at());
    }

    /** How to get from one type to another where there is no cast. */
    private static String insteadOfCast(Type from, Type to) {
        if (from instanceof RowType || to instanceof RowType) {
            return "cast the fields of the row one by one";
        }
        if (to instanceof Type.ArrayType) {
            return "an array is made of its elements: ARRAY[a, b]";
        }
        if (from instanceof Type.ArrayType) {
            return "cast an element of it: a[1]";
        }
        if (from instanceof TimestampType && Types.isNumeric(to)) {
            return "take a part of it with EXTRACT, or a distance with TIMESTAMPDIFF";
        }
        if (Types.isNumeric(from) && to instanceof TimestampType) {
            return "write TO_TIMESTAMP_LTZ(…, 3) for milliseconds since 1970";
        }
        return "cast it to VARCHAR first, and take what is needed from the text";
    }

    /** Whether an expression is the same for every row. */
    static boolean isConstant(Expr expression) {
        return Exprs.columns(expression).isEmpty() && Exprs.isDeterministic(expression);
    }

    /** What a select item without alias is called. */
    static String nameOf(Expression expression, int position) {
        if (expression instanceof Expression.Reference reference) {
            return reference.name().last().text();
        }
        if (expression instanceof Expression.FieldAccess access) {
            return access.field().text();
        }
        if (expression instanceof Expression.Call call) {
            return call.name().text().toLowerCase(Locale.ROOT);
        }
        if (expression instanceof Expression.Over over) {
            return nameOf(over.call(), position);
        }
        if (expression instanceof Expression.Cast cast) {
            return nameOf(cast.value(), position);
        }
        return "column" + (position + 1);
    }
}
