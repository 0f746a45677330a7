package io.leat.compiler.function;

import static io.leat.compiler.function.Parameter.DOUBLE;
import static io.leat.compiler.function.Parameter.INT;
import static io.leat.compiler.function.Parameter.NUMBER;

import io.leat.compiler.function.Overload.Bound;
import io.leat.compiler.function.Overload.Resolved;
import io.leat.compiler.function.ScalarFunction.Kernel;
import io.leat.runtime.type.Physical;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.DecimalType;
import io.leat.runtime.type.Type.FloatType;
import java.util.List;
import java.util.Locale;

/** Functions of numbers. */
final class NumberFunctions {
    private NumberFunctions() {}

    static void addTo(FunctionTable table) {
        table.add("ABS", List.of(NUMBER), types -> unary("absolute", types.get(0)));
        table.add("SIGN", List.of(NUMBER), types -> sign(types.get(0)));
        for (String rounding : List.of("CEIL:ceil", "FLOOR:floor")) {
            String name = rounding.substring(0, rounding.indexOf(':'));
            String method = rounding.substring(rounding.indexOf(':') + 1);
            table.add(name, List.of(NUMBER), types -> whole(method, types.get(0)));
        }
        table.alias("CEILING", "CEIL");
        for (String rounding : List.of("ROUND:round", "TRUNCATE:truncate")) {
            String name = rounding.substring(0, rounding.indexOf(':'));
            String method = rounding.substring(rounding.indexOf(':') + 1);
            table.add(name, List.of(NUMBER), types -> whole(method, types.get(0)));
            table.add(name, List.of(NUMBER, INT), types -> toDigits(method, types.get(0)));
        }
        table.alias("TRUNC", "TRUNCATE");
        table.add("MOD", List.of(NUMBER, NUMBER), types -> remainder(types.get(0), types.get(1)));
        addReal(table);
    }

    private static void addReal(FunctionTable table) {
        for (String name : List.of("SIN", "COS", "ATAN", "TANH", "CBRT", "RADIANS", "DEGREES")) {
            table.add(name, List.of(DOUBLE), real(name));
        }
        for (String name : List.of("SQRT", "EXP", "LN", "LOG10", "LOG2", "TAN", "ASIN", "ACOS", "SINH", "COSH")) {
            table.add(name, List.of(DOUBLE), real(name).failing());
        }
        table.add("POWER", List.of(DOUBLE, DOUBLE), real("POWER").failing());
        table.alias("POW", "POWER");
        table.add("ATAN2", List.of(DOUBLE, DOUBLE), real("ATAN2"));
        table.add("LOG", List.of(DOUBLE), real("LN").failing());
        table.add("LOG", List.of(DOUBLE, DOUBLE), real("LOG").failing());
        table.add("PI", List.of(), real("PI"));
    }

    /** The same as the operator: it has the sign of what is divided. */
    private static Resolved remainder(Type left, Type right) {
        Bound operator = Operators.bind(Operators.Binary.REMAINDER, left, right).orElseThrow();
        return Resolved.of(operator.function().kernel(), operator.result())
                .taking(operator.arguments().toArray(Type[]::new))
                .shownAs(operator.shown())
                .failing();
    }

    private static Resolved real(String name) {
        return Resolved.of(Kernel.of("MathFunctions", name.toLowerCase(Locale.ROOT)), Type.DOUBLE);
    }

    private static Resolved unary(String operation, Type type) {
        Kernel kernel = Kernel.of(Kernels.arithmetic(type), operation + Kernels.suffix(type));
        return Resolved.of(kernel, type).failing();
    }

    private static Resolved sign(Type type) {
        Physical physical = type.physical();
        String suffix = physical == Physical.INT128 ? "Int128" : type instanceof FloatType ? "Float64" : "Int64";
        return Resolved.of(Kernel.of("MathFunctions", "sign" + suffix), Type.INT);
    }

    /** Rounding to whole numbers: nothing to do for integers; a decimal loses its fraction digits and may gain a whole one. */
    private static Resolved whole(String method, Type type) {
        if (type instanceof DecimalType decimal && decimal.scale() > 0) {
            Resolved rounded = decimal(method, decimal, "$0, 0");
            DecimalType result = (DecimalType) rounded.result();
            return rounded.shownAs(new DecimalType(Math.max(1, result.precision() - result.scale()), 0));
        }
        return type instanceof FloatType
                ? Resolved.of(Kernel.of("Rounding", method + Kernels.suffix(type)), type)
                : Resolved.of(Kernel.value("$0"), type);
    }

    /** Rounding to a number of digits that may differ from row to row keeps the fraction digits of the type. */
    private static Resolved toDigits(String method, Type type) {
        return type instanceof DecimalType decimal
                ? decimal(method, decimal, "$0, $1").taking(wideEnough(decimal), Type.INT)
                : Resolved.of(Kernel.of("Rounding", method + Kernels.suffix(type)), type)
                        .failing();
    }

    /** Rounding up may take a digit more, for which a decimal at the edge of the narrow form needs the wide one. */
    private static Resolved decimal(String method, DecimalType type, String arguments) {
        DecimalType argument = wideEnough(type);
        DecimalType result =
                new DecimalType(Math.min(DecimalType.MAX_PRECISION, argument.precision() + 1), type.scale());
        String all = arguments + ", " + result.precision() + ", " + type.scale();
        return Resolved.of(Kernel.of("DecimalRounding", method + Kernels.suffix(argument), all), result)
                .taking(argument)
                .failing();
    }

    private static DecimalType wideEnough(DecimalType type) {
        return type.precision() == DecimalType.MAX_LONG_PRECISION
                ? new DecimalType(DecimalType.MAX_LONG_PRECISION + 1, type.scale())
                : type;
    }
}
