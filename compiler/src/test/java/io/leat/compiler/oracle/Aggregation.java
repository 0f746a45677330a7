package io.leat.compiler.oracle;

import io.leat.compiler.function.AggregateFunction;
import io.leat.runtime.type.Type.DecimalType;
import io.leat.runtime.type.Type.FloatType;
import io.leat.runtime.type.Type.IntegerType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The aggregates, over all values of a group at once. */
final class Aggregation {
    private static final Set<String> ORDERED = Set.of(
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

    private Aggregation() {}

    /**
     * @param given a value per row that counts, in order; for {@code COUNT(*)} anything but null
     */
    static Object result(AggregateFunction function, List<Object> given, boolean distinct) {
        if (ORDERED.contains(function.name())) {
            return ordered(function, Taken.inOrder(given, distinct));
        }
        List<Object> present =
                given.stream().filter(value -> value != null).map(Values::key).toList();
        List<Object> values = distinct ? List.copyOf(new LinkedHashSet<>(present)) : present;
        if (function.name().equals("COUNT")) {
            return (long) values.size();
        }
        if (values.isEmpty()) {
            return null;
        }
        return switch (function.name()) {
            case "SUM" -> sum(function, values);
            case "AVG" -> mean(function, values);
            case "MIN" -> values.stream().min(Values::compare).orElseThrow();
            case "MAX" -> values.stream().max(Values::compare).orElseThrow();
            default -> throw new Refusal("aggregate " + function.name());
        };
    }

    private static Object ordered(AggregateFunction function, List<List<Object>> values) {
        if (values.isEmpty()) {
            return null;
        }
        return switch (function.name()) {
            case "STRING_AGG", "LISTAGG" -> joined(values);
            case "ARRAY_AGG", "LIST" -> values.stream().map(each -> each.get(0)).toList();
            default -> values.get(0).get(0);
        };
    }

    private static String joined(List<List<Object>> values) {
        StringBuilder joined = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            joined.append(
                    i == 0 || values.get(i).get(1) == null ? "" : values.get(i).get(1));
            joined.append(values.get(i).get(0));
        }
        return joined.toString();
    }

    private static Object sum(AggregateFunction function, List<Object> values) {
        if (function.result() instanceof FloatType) {
            return Numbers.real(floats(values), function.result());
        }
        return function.result() instanceof DecimalType decimal
                ? Numbers.decimal(total(values), decimal)
                : Numbers.bigint(total(values).toBigIntegerExact());
    }

    private static Object mean(AggregateFunction function, List<Object> values) {
        if (function.result() instanceof DecimalType decimal) {
            BigDecimal mean =
                    total(values).divide(BigDecimal.valueOf(values.size()), decimal.scale(), RoundingMode.HALF_UP);
            return Numbers.decimal(mean, decimal);
        }
        boolean integers = function.argument().orElseThrow() instanceof IntegerType;
        double sum = integers ? total(values).doubleValue() : floats(values);
        return Numbers.real(sum / values.size(), function.result());
    }

    private static BigDecimal total(List<Object> values) {
        BigDecimal total = new BigDecimal(BigInteger.ZERO);
        for (Object value : values) {
            total = total.add(Numbers.exact(value));
        }
        return total;
    }

    private static double floats(List<Object> values) {
        double sum = 0;
        for (Object value : values) {
            sum += ((Number) value).doubleValue();
        }
        return sum;
    }
}
