package io.leat.compiler.logictest;

import io.leat.compiler.logictest.LogicRecord.Order;
import io.leat.compiler.logictest.LogicRecord.Query;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** The rows that a query gave, in the form in which the files have them. */
final class LogicAnswer {
    private static final char FIRST_SHOWN = ' ';
    private static final char LAST_SHOWN = '~';

    private LogicAnswer() {}

    /** Whether these rows are those that the file has. */
    static boolean isExpected(Query query, List<List<Object>> rows) {
        List<String> values = values(query, rows);
        return values.equals(query.expected()) || List.of(hashed(values)).equals(query.expected());
    }

    /** All values as texts, in the order in which they are compared. */
    static List<String> values(Query query, List<List<Object>> rows) {
        List<List<String>> texts = new ArrayList<>();
        for (List<Object> row : rows) {
            List<String> text = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                text.add(text(row.get(i), query.types().charAt(i)));
            }
            texts.add(text);
        }
        if (query.order() == Order.ROWSORT) {
            texts.sort(LogicAnswer::compare);
        }
        List<String> values = new ArrayList<>();
        texts.forEach(values::addAll);
        if (query.order() == Order.VALUESORT) {
            values.sort(Comparator.naturalOrder());
        }
        return values;
    }

    private static int compare(List<String> one, List<String> other) {
        int order = 0;
        for (int i = 0; i < one.size() && order == 0; i++) {
            order = one.get(i).compareTo(other.get(i));
        }
        return order;
    }

    static String hashed(List<String> values) {
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            for (String value : values) {
                md5.update((value + "\n").getBytes(StandardCharsets.UTF_8));
            }
            return values.size() + " values hashing to " + HexFormat.of().formatHex(md5.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(Object value, char type) {
        if (value == null) {
            return "NULL";
        }
        return switch (type) {
            case 'I' -> whole(value);
            case 'R' -> String.format(Locale.ROOT, "%.3f", number(value));
            default -> shown(value.toString());
        };
    }

    /** As the program that made the files prints whole numbers: without a fraction, and those of texts that begin with none are 0. */
    private static String whole(Object value) {
        if (value instanceof Boolean is) {
            return is ? "1" : "0";
        }
        if (value instanceof String text) {
            String digits = text.strip().replaceFirst("^([-+]?\\d*).*$", "$1");
            return digits.matches("[-+]?\\d+") ? Long.toString(Long.parseLong(digits)) : "0";
        }
        if (value instanceof BigDecimal exact) {
            return exact.toBigInteger().toString();
        }
        return Long.toString(((Number) value).longValue());
    }

    private static double number(Object value) {
        return value instanceof Number number ? number.doubleValue() : Double.parseDouble(value.toString());
    }

    private static String shown(String text) {
        if (text.isEmpty()) {
            return "(empty)";
        }
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            shown.append(each < FIRST_SHOWN || each > LAST_SHOWN ? '@' : each);
        }
        return shown.toString();
    }
}
