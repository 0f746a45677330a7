package io.leat.compiler.bind;

import io.leat.compiler.expr.Expr;
import io.leat.compiler.expr.Expr.Literal;
import io.leat.compiler.function.Functions;
import io.leat.compiler.function.Overload.Bound;
import io.leat.compiler.type.Types;
import io.leat.grammar.source.ErrorCode;
import io.leat.grammar.source.Origin;
import io.leat.grammar.tree.Expression;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.ArrayType;
import io.leat.runtime.type.Type.NullType;
import io.leat.runtime.type.Type.RowType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Arrays as they are written, their elements, and the arguments of functions of arrays. */
final class ArrayBinder {
    /** Functions whose second argument is an element of the first. */
    private static final Set<String> OF_AN_ELEMENT =
            Set.of("ARRAY_CONTAINS", "LIST_CONTAINS", "ARRAY_POSITION", "LIST_POSITION", "ARRAY_APPEND", "LIST_APPEND");

    private final ExpressionBinder expressions;
    private final Problems problems;

    ArrayBinder(ExpressionBinder expressions, Problems problems) {
        this.expressions = expressions;
        this.problems = problems;
    }

    /** Elements get the type they have in common; where there are none, or NULLs only, the array takes it from its surroundings. */
    Expr array(Expression.ArrayConstructor written) {
        List<Expr> elements = new ArrayList<>();
        written.elements().forEach(element -> elements.add(expressions.bind(element)));
        for (Expr element : elements) {
            if (element.type() instanceof RowType) {
                problems.add(
                        ErrorCode.TYPE_MISMATCH,
                        element.at(),
                        "rows cannot be elements of an array yet",
                        "make an array of each field");
                return Literal.ofNull(Type.NULL, written.at());
            }
        }
        if (elements.stream().allMatch(element -> element.type() instanceof NullType)) {
            return new Expr.ArrayOf(elements, new ArrayType(Type.NULL), written.at());
        }
        Optional<Type> type = new ChoiceBinder(expressions, problems).unify(elements, "the elements of an array");
        return type.isEmpty()
                ? Literal.ofNull(Type.NULL, written.at())
                : new Expr.ArrayOf(elements, new ArrayType(type.get()), written.at());
    }

    Expr element(Expression.Element written) {
        Expr array = expressions.conversions().settled(expressions.bind(written.array()));
        Expr position = expressions.bind(written.position());
        if (!(array.type() instanceof ArrayType)) {
            String help = array.type() instanceof RowType
                    ? "take a field of a row by its name: r.a"
                    : "only arrays have elements; of a text, take a part with SUBSTRING(s, 1, 1)";
            problems.add(ErrorCode.TYPE_MISMATCH, written.at(), array.type().sql() + " has no elements", help);
            return Literal.ofNull(Type.NULL, written.at());
        }
        boolean isPosition = position.type() instanceof Type.IntegerType || position.type() instanceof NullType;
        if (!isPosition
                || position instanceof Literal literal && literal.value() instanceof Long number && number < 1) {
            problems.add(
                    ErrorCode.TYPE_MISMATCH,
                    written.position().at(),
                    "a position in an array is a whole number from 1 on",
                    "the first element is a[1], the last a[CARDINALITY(a)]");
            return Literal.ofNull(Type.NULL, written.at());
        }
        return new Expr.Element(array, expressions.conversions().cast(position, Type.BIGINT), written.at());
    }

    /** Arrays one behind the other. */
    Expr concat(List<Expr> operands, Origin at) {
        List<Expr> arrays = new ArrayList<>(operands);
        boolean fit = prepare("ARRAY_CONCAT", arrays);
        Expr result = arrays.get(0);
        for (Expr array : arrays.subList(1, arrays.size())) {
            Optional<Bound> bound =
                    fit ? Functions.bind("ARRAY_CONCAT", List.of(result.type(), array.type())) : Optional.empty();
            if (bound.isEmpty()) {
                problems.add(
                        ErrorCode.TYPE_MISMATCH,
                        at,
                        "there is no " + result.type().sql() + " || "
                                + array.type().sql(),
                        "arrays are put together with arrays of the same type; write a || ARRAY[b] for an element");
                return Literal.ofNull(Type.NULL, at);
            }
            result = expressions.call(bound.get(), List.of(result, array), at);
        }
        return result;
    }

    /**
     * Makes arrays of one type of all arguments that are arrays, in place, and of an element that is looked for: then a kernel only ever
     * sees arrays. False if they have no type in common.
     */
    boolean prepare(String name, List<Expr> arguments) {
        boolean isArray = !arguments.isEmpty() && arguments.get(0).type() instanceof ArrayType;
        if (isArray && OF_AN_ELEMENT.contains(name) && arguments.size() == 2) {
            Type type = ((ArrayType) arguments.get(0).type()).element();
            Expr element = expressions.conversions().literalAs(arguments.get(1), type);
            arguments.set(1, new Expr.ArrayOf(List.of(element), new ArrayType(element.type()), element.at()));
        }
        Optional<Type> type = Optional.of(Type.NULL);
        for (Expr argument : arguments) {
            if (argument.type() instanceof ArrayType array) {
                type = type.flatMap(known -> expressions.conversions().common(known, array));
            }
        }
        if (type.isEmpty()) {
            return false;
        }
        Type common = Types.settled(type.get());
        for (int i = 0; i < arguments.size() && common instanceof ArrayType; i++) {
            if (arguments.get(i).type() instanceof ArrayType) {
                arguments.set(i, expressions.conversions().cast(arguments.get(i), common));
            }
        }
        return true;
    }
}
