package io.leat.compiler.function;

import io.leat.compiler.function.AggregateFunction.StateField;
import io.leat.compiler.type.ArithmeticTypes;
import io.leat.compiler.type.Types;
import io.leat.runtime.type.Physical;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.ArrayType;
import io.leat.runtime.type.Type.DecimalType;
import io.leat.runtime.type.Type.FloatType;
import io.leat.runtime.type.Type.IntegerType;
import io.leat.runtime.type.Type.IntervalType;
import io.leat.runtime.type.Type.NullType;
import io.leat.runtime.type.Type.RowType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The aggregate functions. */
public final class Aggregates {
    private static final Set<String> NAMES = Set.of(
            "COUNT",
            "SUM",
            "AVG",
            "MIN",
            "MAX",
            "FIRST",
            "LAST",
            "FIRST_VALUE",
            "LAST_VALUE",
            "ANY_VALUE",
            "ARG_MIN",
            "ARG_MAX",
            "MIN_BY",
            "MAX_BY",
            "STRING_AGG",
            "LISTAGG",
            "ARRAY_AGG",
            "LIST");
    private static final List<StateField> ITEM = List.of(StateField.BYTES, StateField.LONG);
    private static final List<StateField> ONE = List.of(StateField.LONG);
    private static final List<StateField> TWO = List.of(StateField.LONG, StateField.LONG);
    private static final List<StateField> THREE = List.of(StateField.LONG, StateField.LONG, StateField.LONG);
    private static final List<StateField> FOUR =
            List.of(StateField.LONG, StateField.LONG, StateField.LONG, StateField.LONG);

    private Aggregates() {}

    public static boolean exists(String name) {
        return NAMES.contains(name.toUpperCase(Locale.ROOT));
    }

    public static Set<String> names() {
        return NAMES;
    }

    /** {@code COUNT(*)}. */
    public static AggregateFunction countRows() {
        return new AggregateFunction(
                "COUNT", "Count", Optional.empty(), ONE, List.of(), Type.BIGINT, false, false, false, false);
    }

    /** The form of an aggregate that values also leave: with a change for each weight. */
    public static AggregateFunction overChanges(AggregateFunction function) {
        return switch (function.accumulator()) {
            case "FloatSum" -> function.keptAs("CompensatedSum", THREE);
            case "FloatMean" -> function.keptAs("CompensatedMean", THREE);
            case "ItemList" -> function.keptAs("CountedItems", ONE);
            default -> function;
        };
    }

    /** Whether what it keeps of some rows and of others, merged, is the same in whatever pieces rows come, and no larger. */
    public static boolean isMergeable(AggregateFunction function) {
        return !function.orderSensitive() && !function.accumulator().equals("ItemList");
    }

    /** The value of the row that comes first, from the items of all rows. */
    public static AggregateFunction first(String name, Type result) {
        return ofItems(name, "FirstItem", result);
    }

    /** The texts of all rows, from their items. */
    public static AggregateFunction join(String name) {
        return ofItems(name, "ItemList", Type.VARCHAR);
    }

    /** An array of the values of all rows, from their items. */
    public static AggregateFunction list(String name, Type element) {
        return ofItems(name, "ItemList", new ArrayType(element));
    }

    private static AggregateFunction ofItems(String name, String accumulator, Type result) {
        return new AggregateFunction(
                name,
                accumulator,
                Optional.of(Type.VARBINARY),
                ITEM,
                List.of(),
                result,
                true,
                false,
                accumulator.equals("ItemList"),
                true);
    }

    /** The aggregate for an argument of this type; empty if it takes none such. */
    public static Optional<AggregateFunction> bind(String name, Type given) {
        Type type = given instanceof NullType ? Type.BIGINT : given;
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "COUNT" ->
                type instanceof RowType
                        ? Optional.empty()
                        : Optional.of(new AggregateFunction(
                                "COUNT",
                                "Count",
                                Optional.of(type),
                                ONE,
                                List.of(),
                                Type.BIGINT,
                                false,
                                false,
                                false,
                                false));
            case "SUM" -> sum(type);
            case "AVG" -> mean(type);
            case "MIN" -> extreme("MIN", "Min", type);
            case "MAX" -> extreme("MAX", "Max", type);
            default -> Optional.empty();
        };
    }

    private static Optional<AggregateFunction> sum(Type type) {
        if (type instanceof IntegerType) {
            return Optional.of(aggregate("SUM", "IntegerSum", Type.BIGINT, FOUR, Type.BIGINT, false));
        }
        if (type instanceof FloatType) {
            return Optional.of(aggregate("SUM", "FloatSum", Type.DOUBLE, TWO, Type.DOUBLE, true));
        }
        if (type instanceof DecimalType decimal) {
            return Optional.of(aggregate("SUM", "DecimalSum", type, FOUR, ArithmeticTypes.total(decimal), false));
        }
        if (type instanceof IntervalType interval && !interval.months()) {
            return Optional.of(aggregate("SUM", "IntegerSum", type, FOUR, type, false));
        }
        return Optional.empty();
    }

    private static Optional<AggregateFunction> mean(Type type) {
        if (type instanceof IntegerType) {
            return Optional.of(aggregate("AVG", "IntegerMean", Type.BIGINT, FOUR, Type.DOUBLE, false));
        }
        if (type instanceof FloatType) {
            return Optional.of(aggregate("AVG", "FloatMean", Type.DOUBLE, TWO, Type.DOUBLE, true));
        }
        if (type instanceof DecimalType decimal) {
            DecimalType result = ArithmeticTypes.mean(decimal);
            return Optional.of(new AggregateFunction(
                    "AVG",
                    "DecimalMean",
                    Optional.of(type),
                    FOUR,
                    List.of(decimal.scale(), result.scale()),
                    result,
                    true,
                    false,
                    true,
                    false));
        }
        return Optional.empty();
    }

    private static Optional<AggregateFunction> extreme(String name, String suffix, Type type) {
        if (!Types.isComparable(type)) {
            return Optional.empty();
        }
        Physical physical = type.physical();
        return Optional.of(
                switch (physical) {
                    case BYTES ->
                        new AggregateFunction(
                                name,
                                "Bytes" + suffix,
                                Optional.of(type),
                                List.of(StateField.BYTES, StateField.LONG),
                                List.of(),
                                type,
                                true,
                                false,
                                false,
                                true);
                    case INT128 -> aggregate(name, "Wide" + suffix, type, THREE, type, false);
                    case FLOAT32, FLOAT64 -> aggregate(name, "Float" + suffix, type, THREE, type, false);
                    default -> aggregate(name, "Integer" + suffix, type, THREE, type, false);
                });
    }

    private static AggregateFunction aggregate(
            String name,
            String accumulator,
            Type argument,
            List<StateField> state,
            Type result,
            boolean orderSensitive) {
        boolean canFail = name.equals("SUM");
        boolean keepsValues = name.equals("MIN") || name.equals("MAX");
        return new AggregateFunction(
                name,
                accumulator,
                Optional.of(argument),
                state,
                List.of(),
                result,
                true,
                orderSensitive,
                canFail,
                keepsValues);
    }
}
