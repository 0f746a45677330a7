package io.leat.compiler.corpus;

import io.leat.runtime.type.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares rows and says how they differ. Numbers of floating point may differ by a relative tolerance; everything else is exact.
 *
 * @param tolerance of floating point; 0 for none
 * @param ordered whether the order counts
 */
public record RowComparison(double tolerance, boolean ordered) {

    /** How the rows differ, a line each; empty if they do not. */
    public List<String> differences(List<List<Object>> expected, List<List<Object>> actual, List<Type> types) {
        return ordered ? inOrder(expected, actual, types) : inAnyOrder(expected, actual, types);
    }

    private List<String> inOrder(List<List<Object>> expected, List<List<Object>> actual, List<Type> types) {
        List<String> lines = new ArrayList<>();
        boolean same = expected.size() == actual.size();
        for (int i = 0; i < Math.max(expected.size(), actual.size()); i++) {
            String left = i < expected.size() ? Answer.line(expected.get(i), types) : "(nothing)";
            String right = i < actual.size() ? Answer.line(actual.get(i), types) : "(nothing)";
            boolean equal = i < expected.size() && i < actual.size() && equal(expected.get(i), actual.get(i));
            same &= equal;
            lines.add((equal ? "  " : "! ") + left + (equal ? "" : "     but was     " + right));
        }
        return same ? List.of() : lines;
    }

    private List<String> inAnyOrder(List<List<Object>> expected, List<List<Object>> actual, List<Type> types) {
        List<List<Object>> missing = new ArrayList<>();
        Map<String, List<List<Object>>> left = new HashMap<>();
        actual.forEach(row -> left.computeIfAbsent(Answer.line(row, types), line -> new ArrayList<>())
                .add(row));
        for (List<Object> row : expected) {
            List<List<Object>> same = left.getOrDefault(Answer.line(row, types), List.of());
            if (same.isEmpty()) {
                missing.add(row);
            } else {
                same.remove(same.size() - 1);
            }
        }
        List<List<Object>> surplus = new ArrayList<>();
        left.values().forEach(surplus::addAll);
        for (List<Object> row : List.copyOf(missing)) {
            surplus.stream().filter(other -> equal(row, other)).findFirst().ifPresent(other -> {
                missing.remove(row);
                surplus.remove(other);
            });
        }
        List<String> lines = new ArrayList<>();
        missing.forEach(row -> lines.add("missing  " + Answer.line(row, types)));
        surplus.forEach(row -> lines.add("surplus  " + Answer.line(row, types)));
        return lines;
    }

    private boolean equal(Object left, Object right) {
        if (left == null || right == null) {
            return left == right;
        }
        if (left instanceof List<?> a && right instanceof List<?> b) {
            boolean same = a.size() == b.size();
            for (int i = 0; same && i < a.size(); i++) {
                same = equal(a.get(i), b.get(i));
            }
            return same;
        }
        if (left instanceof BigDecimal a && right instanceof BigDecimal b) {
            return a.equals(b);
        }
        if (left instanceof Double || left instanceof Float) {
            double a = ((Number) left).doubleValue();
            double b = ((Number) right).doubleValue();
            return a == b || Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b));
        }
        return left.equals(right);
    }
}
