package io.leat.compiler.oracle;

import io.leat.compiler.expr.ByteText;
import io.leat.runtime.type.Type;
import io.leat.runtime.type.Type.ArrayType;
import io.leat.runtime.type.Type.DecimalType;
import io.leat.runtime.type.Type.FloatType;
import io.leat.runtime.type.Type.IntegerType;
import io.leat.runtime.type.Type.RowType;
import io.leat.runtime.type.Type.VarcharType;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;

/** The order of values, and which values a type has. Values are those of {@link io.leat.compiler.corpus.CellText}. */
final class Values {
    private Values() {}

    /** The order of two values of one type, neither of them NULL. */
    @SuppressWarnings("unchecked")
    static int compare(Object left, Object right) {
        if (left instanceof String a) {
            return Arrays.compare(
                    a.codePoints().toArray(), ((String) right).codePoints().toArray());
        }
        if (left instanceof ByteText a) {
            return Arrays.compareUnsigned(a.bytes(), ((ByteText) right).bytes());
        }
        if (left instanceof Double || left instanceof Float) {
            double a = ((Number) left).doubleValue();
            double b = ((Number) right).doubleValue();
            return a < b ? -1 : a > b ? 1 : 0;
        }
        if (left instanceof List<?> a) {
            return compareElements(a, (List<?>) right);
        }
        return ((Comparable<Object>) left).compareTo(right);
    }

    /** The first elements that differ decide, NULL behind all others; then it is the shorter array that comes first. */
    private static int compareElements(List<?> left, List<?> right) {
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            Object a = left.get(i);
            Object b = right.get(i);
            int order = a == null || b == null ? Boolean.compare(a == null, b == null) : compare(a, b);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.size(), right.size());
    }

    /** A value such that equal ones are equal as Java objects: zero has no sign. */
    static Object key(Object value) {
        if (value instanceof Double number) {
            return number + 0.0;
        }
        if (value instanceof List<?> elements) {
            return elements.stream().map(Values::key).toList();
        }
        return value instanceof Float number ? (Object) (number + 0.0F) : value;
    }

    /** Whether a value that is not NULL is one of its type. */
    static boolean fits(Object value, Type type) {
        if (type instanceof IntegerType integer) {
            long number = (Long) value;
            return integer.bits() == 64 || number >= -(1L << integer.bits() - 1) && number < 1L << integer.bits() - 1;
        }
        if (type instanceof DecimalType decimal) {
            return ((BigDecimal) value).signum() == 0 || ((BigDecimal) value).precision() <= decimal.precision();
        }
        if (type instanceof FloatType) {
            return Double.isFinite(((Number) value).doubleValue());
        }
        if (type instanceof VarcharType text) {
            return ((String) value).codePointCount(0, ((String) value).length()) <= text.length();
        }
        if (type instanceof ArrayType array) {
            return ((List<?>) value).stream().allMatch(element -> element == null || fits(element, array.element()));
        }
        return !(type instanceof RowType row) || fieldsFit((List<?>) value, row);
    }

    private static boolean fieldsFit(List<?> values, RowType type) {
        boolean fit = true;
        for (int i = 0; i < values.size(); i++) {
            Object value = values.get(i);
            fit &= value == null
                    ? type.fields().get(i).nullable()
                    : fits(value, type.fields().get(i).type());
        }
        return fit;
    }
}
